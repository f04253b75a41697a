"""From bytes to text: a byte order mark, UTF-8, what is declared, then a guess."""

from __future__ import annotations

import codecs
import re

from dateline.errors import DatelineError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# What a page calls by the first name it means by the second (WHATWG Encoding Standard).
_MEANT = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "tis-620": "cp874",
}
_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""")
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_SAMPLE = 60_000
_NOT_ASCII = re.compile("[^\x00-\x7f\ufffd]+")
_SURROGATE = re.compile("[\ud800-\udfff\0]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Text of some bytes; a byte order mark is no part of it.

    Source of the order: WHATWG's sniffing, but valid UTF-8 goes before a declared charset, which is
    wrong more often. Undecodable bytes become U+FFFD. Raises DatelineError for what is not text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    if data.startswith(_BINARY) or b"\0" in data:
        raise DatelineError("is binary, not text: hand in HTML, plain text, JSONL or WARC")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _legacy(data, declared)
    codec = _codec(declared)
    if text.isascii() and codec and codec.startswith(("iso2022", "hz", "utf-7")):
        return data.decode(codec, "replace")
    return text


def decode_html(data: bytes, declared: str | None = None) -> str:
    """Text of a page, which may declare its charset in its first bytes."""
    found = _DECLARED.search(data, 0, 4096)
    return decode(data, declared or (found[1].decode("ascii") if found else None))


def sound(text: str) -> str:
    """The same text, one for one, with what no text may hold (lone surrogates, NUL) replaced."""
    return _SURROGATE.sub("\ufffd", text)


def _codec(name: str | None) -> str | None:
    try:
        found = codecs.lookup((name or "").strip()).name
        b" ".decode(found, "replace")  # base64 and its like are codecs as well
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found, found)


def _legacy(data: bytes, declared: str | None) -> str:
    codec = _codec(declared)
    if codec and codec != "utf-8":
        try:
            return data.decode(codec)
        except (UnicodeError, ValueError):
            pass
    mended = data.decode("utf-8", "replace")
    sample = mended[:_SAMPLE]
    bad = sample.count("\ufffd")
    good = sum(map(len, _NOT_ASCII.findall(sample)))
    # A stray byte in what is UTF-8 otherwise: mending it beats reading all of it as something else.
    if bad * 4 < good:
        return mended
    guessed = _guess(data)
    if guessed is None:
        if bad * 20 > len(sample):
            raise DatelineError("is not text in any known encoding: convert it to UTF-8")
        return mended
    return data.decode(guessed, "replace")


def _guess(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:_SAMPLE]).best()
    return best.encoding if best else None
