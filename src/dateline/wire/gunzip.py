"""Gzip as a stream that gives all it holds before it says that it is cut off.

`gzip.GzipFile` drops what it had decompressed of its last block when its input ends too soon.
"""

from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAGIC = b"\x1f\x8b"
_CHUNK = 1 << 16
_GZIP_WINDOW = 31


class Gunzip(io.RawIOBase):
    """The decompressed bytes of the gzip members of a stream.

    Reading raises EOFError where a member is cut off, and zlib.error where one is damaged. Memory
    is bounded by what is asked for, whatever the rate of compression.
    """

    def __init__(self, source: io.BufferedReader) -> None:
        self._source = source
        self._input = b""
        self._member: zlib._Decompress | None = None

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer with some of the bytes that are left; 0 at the end of the last member."""
        view = memoryview(buffer)
        while True:
            if self._member is None:
                if not self._input and not self._refill():
                    return 0
                self._member = zlib.decompressobj(_GZIP_WINDOW)
            member = self._member
            data = member.decompress(self._input, len(view))
            self._input = member.unconsumed_tail
            if member.eof:
                self._input = member.unused_data.lstrip(b"\0")
                self._member = None
            if data:
                view[: len(data)] = data
                return len(data)
            if self._member and not self._input and not self._refill():
                raise EOFError("the gzip stream is cut off")

    def _refill(self) -> bool:
        self._input = self._source.read1(_CHUNK)
        return bool(self._input)
