"""WARC archives: the HTML pages among their records."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from dateline.errors import DatelineError
from dateline.wire import settings

if TYPE_CHECKING:
    from fastwarc.warc import WarcRecord

log = logging.getLogger(__name__)

_CHUNK = 1 << 20
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


class _Watched:
    """A stream as fastwarc reads one, forward only.

    It ends quietly where its compression is damaged, and remembers how it ended.
    """

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._last = b""
        self._at = 0
        self.broken = False

    @property
    def complete(self) -> bool:
        return not self.broken and (self._last.endswith(_END) or not self._last)

    def read(self, size: int = -1) -> bytes:
        try:
            data = self._source.read1(size)
        except (EOFError, OSError, zlib.error):
            self.broken = True
            return b""
        self._at += len(data)
        self._last = (self._last + data[-len(_END) :])[-len(_END) :]
        return data

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Report the place, or read on to a later one; there is no way back."""
        target = offset + (self._at if whence == io.SEEK_CUR else 0)
        if whence == io.SEEK_END or target < self._at:
            raise OSError("an archive is read forward only")
        while self._at < target and self.read(min(target - self._at, _CHUNK)):
            pass
        return self._at

    def close(self) -> None:
        """Leave the source open: who opened it closes it."""


def pages(stream: io.BufferedReader) -> Iterator[Page | Cut]:
    """The HTML pages that were answered with 200; last of all a Cut if the archive is not whole.

    `stream` is decompressed. Source of the format: ISO 28500:2017.
    """
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    watched = _Watched(stream)
    count = 0
    try:
        for record in ArchiveIterator(
            watched, record_types=WarcRecordType.response, parse_http=False
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
    except GeneratorExit:
        raise
    except BaseException as error:
        # fastwarc raises this or that at a damaged header, and panics in Rust at some.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        log.debug("archive not read to its end", exc_info=True)
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
