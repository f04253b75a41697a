"""One spelling for the many spellings of a name."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_MARKS = str.maketrans(
    dict.fromkeys("-\u2010\u2011\u2012\u2013\u2014\u2015_/", " ") | dict.fromkeys(".'’‘`´ʼʻʿʾ\"“”")
)
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_LONG = {"st": "saint", "ft": "fort", "mt": "mount", "ste": "sainte", "pt": "point"}


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The form that names are compared in: small letters, no accents, hyphens or apostrophes."""
    return fold(name)


def fold(name: str) -> str:
    """As `key_of`, without keeping what it found: for many names that come but once."""
    if name.isascii() and name.isalpha():
        return name.lower()
    plain = name.casefold()
    if not plain.isascii():
        plain = plain.translate(_LETTERS)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _is_mark(c))
    words = plain.translate(_MARKS).split()
    if len(words) > 1:
        words[0] = _LONG.get(words[0], words[0])
        if words[0] == "the":
            del words[0]
    return " ".join(words)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0
