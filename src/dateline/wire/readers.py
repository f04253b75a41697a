"""Whatever a user hands in, read by its kind: files, folders, URLs, standard input."""

from __future__ import annotations

import datetime as dt
import io
import logging
import re
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, Literal

from dateline.errors import DatelineError
from dateline.records import Article, Problem
from dateline.wire import archive, dates, jsonl, settings
from dateline.wire.decode import decode
from dateline.wire.fetch import fetch
from dateline.wire.given import Given, Reading
from dateline.wire.gunzip import MAGIC, Gunzip
from dateline.wire.text import read_text

log = logging.getLogger(__name__)

Kind = Literal["html", "text", "jsonl", "json", "warc"]
Result = Article | Problem

SUFFIXES: dict[str, Kind] = {
    ".htm": "html",
    ".html": "html",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".text": "text",
    ".txt": "text",
    ".warc": "warc",
    ".xhtml": "html",
}
"""The files that are read from a folder, as they are or with .gz behind."""

_PEEK = 4096
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype\s+html|html|head|body|article|div|meta)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON_ROW = re.compile(rb'\s*\{\s*"[^"\n]{1,100}"\s*:')


@dataclass(frozen=True, slots=True)
class _Source:
    """Something to read: how a problem names it, how its articles are named, and from when."""

    where: str
    name: str
    given: Given


def read(
    sources: Iterable[str],
    *,
    published: str | None = None,
    stdin: BinaryIO | None = None,
    allow_private: bool | None = None,
    today: dt.date | None = None,
) -> Iterator[Result]:
    """Articles from files, folders, http(s) URLs and "-" (standard input), in their order.

    Kinds, by suffix and content: HTML, plain text, JSONL (or a JSON list), WARC, and gzip of them.
    `published` (ISO 8601) is the date of articles that state none. What cannot be read comes as
    a Problem, and the rest goes on. `allow_private` lets URLs lead to the local network. Raises
    DatelineError if `published` is not a date.
    """
    today = today or dt.date.today()
    default, complaints = dates.choose([("the", published)], today)
    if complaints and (published is None or dates.parse(published) is None):
        raise DatelineError(f"--published {published!r} is not a date: write YYYY-MM-DD")
    given = Given("", today, default=default)
    notes = [Problem(where="--published", why=why) for why in complaints]
    return _read(sources, given, notes, stdin, allow_private)


def _read(
    sources: Iterable[str],
    given: Given,
    notes: list[Problem],
    stdin: BinaryIO | None,
    allow_private: bool | None,
) -> Iterator[Result]:
    yield from notes
    for source in sources:
        if source == "-":
            stream = stdin if stdin is not None else sys.stdin.buffer
            yield from _stream(stream, _Source("stdin", "stdin", replace(given, id="stdin")))
        elif re.match(r"https?://", source, re.IGNORECASE):
            yield from _url(source, given, allow_private)
        else:
            yield from _path(source, given)


def _path(source: str, given: Given) -> Iterator[Result]:
    path = Path(source)
    try:
        if not source or "\0" in source or not path.exists():
            yield Problem(where=source, why="does not exist: check the path")
        elif path.is_dir():
            yield from _folder(path, given)
        else:
            yield from _file(path, source, given)
    except OSError as error:
        yield Problem(where=source, why=f"cannot be opened: {error.strerror or error}")


def _folder(path: Path, given: Given) -> Iterator[Result]:
    files = [
        file
        for file in sorted(path.rglob("*"))
        if _by_suffix(file.name) and file.is_file() and not file.name.startswith(".")
    ]
    if not files:
        known = ", ".join(sorted(SUFFIXES))
        yield Problem(where=str(path), why=f"is a folder without files to read ({known}, or .gz)")
    for file in files:
        yield from _file(file, str(file), given)


def _file(path: Path, where: str, given: Given) -> Iterator[Result]:
    try:
        with path.open("rb") as stream:
            yield from _stream(stream, _Source(where, path.name, replace(given, id=path.name)))
    except OSError as error:
        yield Problem(where=where, why=f"cannot be opened: {error.strerror or error}")


def _url(url: str, given: Given, allow_private: bool | None) -> Iterator[Result]:
    try:
        found = fetch(url, allow_private=allow_private)
    except DatelineError as error:
        yield Problem(where=url, why=str(error))
        return
    given = replace(given, id=url, url=found.url)
    kind: Kind | None = None
    if "html" in found.content_type:
        kind = "html"
    elif found.content_type.startswith(("image/", "video/", "audio/")):
        yield Problem(where=url, why=f"is {found.content_type}, not a page")
        return
    name = url.split("?")[0].rstrip("/").rsplit("/", 1)[-1]
    source = _Source(url, name, given)
    stream = io.BufferedReader(io.BytesIO(found.data))
    yield from _stream(stream, source, kind, found.charset)


def _stream(
    stream: BinaryIO, source: _Source, kind: Kind | None = None, charset: str | None = None
) -> Iterator[Result]:
    """Read a stream by its kind, decompressed if need be."""
    reader = stream if isinstance(stream, io.BufferedReader) else _buffered(stream)
    try:
        if reader.peek(2)[:2] == MAGIC:
            reader = io.BufferedReader(Gunzip(reader))
        head = reader.peek(_PEEK)[:_PEEK]
        kind = kind or _kind(source.name, head)
        if kind == "warc" and head:
            yield from _warc(reader, source)
        elif kind == "jsonl" and head:
            yield from _jsonl(reader, source)
        else:
            yield from _whole(reader, source, kind, charset)
    except (EOFError, zlib.error):
        yield Problem(where=source.where, why="is gzip that is cut off or damaged: get it again")


def _buffered(stream: BinaryIO) -> io.BufferedReader:
    return io.BufferedReader(_Raw(stream))


class _Raw(io.RawIOBase):
    """Any binary stream as a raw one; closing it leaves the stream open."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer)  # type: ignore[arg-type]
        data = self._stream.read(len(view))
        view[: len(data)] = data
        return len(data)


def _by_suffix(name: str) -> Kind | None:
    path = Path(name.lower())
    if path.suffix == ".gz":
        path = path.with_suffix("")
    return SUFFIXES.get(path.suffix)


def _kind(name: str, head: bytes) -> Kind:
    """A stream's kind: what it is outright, else what its name says, else text."""
    bare = head.removeprefix(b"\xef\xbb\xbf")
    if bare.startswith(b"WARC/"):
        return "warc"
    if _HTML.match(bare):
        return "html"
    named = _by_suffix(name)
    if named:
        return named
    return "jsonl" if _JSON_ROW.match(bare) else "text"


def _whole(
    reader: io.BufferedReader, source: _Source, kind: Kind, charset: str | None
) -> Iterator[Result]:
    """A stream that is one article, or one JSON value."""
    data = reader.read(settings.MAX_FILE + 1)
    if len(data) > settings.MAX_FILE:
        why = f"is over {settings.MAX_FILE // 1_000_000} MB: split it, or hand it in as JSONL"
        yield Problem(where=source.where, why=why)
    elif not data or data.isspace():
        yield Problem(where=source.where, why="is empty")
    elif kind == "json":
        yield from _json(data, source)
    elif kind == "html":
        yield from _convert(source.where, partial(_read_page, data, source.given, charset))
    else:
        yield from _convert(source.where, partial(_read_text, data, source.given, charset))


def _read_text(data: bytes, given: Given, charset: str | None) -> Reading:
    return read_text(decode(data, charset), given)


def _read_archived(page: archive.Page, given: Given) -> Reading:
    return _read_page(archive.html_of(page), given, page.charset)


def _read_page(data: bytes, given: Given, charset: str | None) -> Reading:
    from dateline.wire.pages import read_page

    return read_page(data, given, charset)


def _json(data: bytes, source: _Source) -> Iterator[Result]:
    items = jsonl.whole(data)
    if items is None:
        yield from _jsonl(io.BytesIO(data), source)
        return
    if not items:
        yield Problem(where=source.where, why="is an empty list")
    for number, item in enumerate(items, 1):
        given = replace(source.given, id=f"{source.name}:{number}")
        where = f"{source.where}:{number}"
        yield from _convert(where, partial(jsonl.read_item, item, given))


def _jsonl(stream: BinaryIO, source: _Source) -> Iterator[Result]:
    number = 0
    for number, line in jsonl.rows(stream):
        given = replace(source.given, id=f"{source.name}:{number}")
        where = f"{source.where}:{number}"
        yield from _convert(where, partial(jsonl.read_row, line, given))
    if not number:
        yield Problem(where=source.where, why="is empty")


def _warc(stream: io.BufferedReader, source: _Source) -> Iterator[Result]:
    found = False
    for page in archive.pages(stream):
        found = True
        if isinstance(page, archive.Cut):
            why = f"is cut off or damaged after {page.records} whole records: get it again"
            yield Problem(where=source.where, why=why)
            continue
        given = replace(source.given, id=page.url, url=page.url)
        where = f"{source.where} {page.url}"
        yield from _convert(
            where,
            partial(_read_archived, page, given),
        )
    if not found:
        yield Problem(where=source.where, why="holds no HTML page that was answered with 200")


def _convert(where: str, make: Callable[[], Reading]) -> Iterator[Result]:
    """What a reading gives: its article and complaints, or the problem that there is none."""
    try:
        reading = make()
    except DatelineError as error:
        yield Problem(where=where, why=str(error))
    except Exception as error:  # hostile input must not end the run; the trace goes to the log
        log.debug("cannot read %s", where, exc_info=True)
        reason = " ".join(str(error).split())[:200]
        yield Problem(where=where, why=f"cannot be read ({type(error).__name__}: {reason})")
    else:
        yield reading.article
        for complaint in reading.complaints:
            yield Problem(where=where, why=complaint)
