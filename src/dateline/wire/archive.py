"""WARC archives: the HTML pages among their records."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from dateline.errors import DatelineError
from dateline.wire import settings

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from fastwarc.warc import WarcRecord

_END = b"\r\n\r\n"
_PAGE_TYPES = frozenset(("text/html", "application/xhtml+xml"))


class Page(NamedTuple):
    """A page as it was archived; `html` is None for one that is over the limit."""

    url: str
    html: bytes | None
    charset: str | None


class Cut(NamedTuple):
    """The archive ends before its end, or is damaged there; `records` came before."""

    records: int


class _Watched(io.RawIOBase):
    """A stream that ends quietly where its compression is damaged, and remembers how it ended."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self._last = b""
        self.broken = False

    @property
    def complete(self) -> bool:
        return not self.broken and (self._last.endswith(_END) or not self._last)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        try:
            data = self._source.read(len(view))
        except (EOFError, OSError, zlib.error):
            self.broken = True
            return 0
        view[: len(data)] = data
        self._last = (self._last + data[-8:])[-8:]
        return len(data)


def pages(stream: BinaryIO) -> Iterator[Page | Cut]:
    """The HTML pages that were answered with 200; last of all a Cut if the archive is not whole.

    `stream` is decompressed. Source of the format: ISO 28500:2017.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    watched = _Watched(stream)
    count = 0
    try:
        for record in ArchiveIterator(
            io.BufferedReader(watched), record_types=WarcRecordType.response, parse_http=False
        ):
            length = record.content_length
            uri = record.headers.get("WARC-Target-URI")
            if length > settings.MAX_FILE:
                yield Page(uri or "?", None, None)
                continue
            record.freeze()
            if record.content_length < length or not uri:
                continue
            count += 1
            page = _page(record, uri.strip("<>"))
            if page:
                yield page
    except (AttributeError, OSError, ValueError, RuntimeError):
        # What fastwarc raises at a header that is cut or damaged, depending on the place.
        yield Cut(count)
        return
    if not watched.complete:
        yield Cut(count)


def _page(record: WarcRecord, uri: str) -> Page | None:
    record.parse_http(auto_decode="all")
    if not record.http_headers or record.http_headers.status_code != 200:
        return None
    if (record.http_content_type or "").lower() not in _PAGE_TYPES:
        return None
    html = record.reader.read(settings.MAX_FILE + 1)
    return Page(uri, html if len(html) <= settings.MAX_FILE else None, record.http_charset)


def html_of(page: Page) -> bytes:
    """The page's bytes. Raises DatelineError for one that is over the limit."""
    if page.html is None:
        raise DatelineError(f"is over {settings.MAX_FILE // 1_000_000} MB: no news page is")
    return page.html
