from __future__ import annotations

import gzip
import io
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.gunzip import Gunzip


def opened(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(Gunzip(io.BufferedReader(io.BytesIO(data))))


@given(st.lists(st.binary(max_size=5000), max_size=4), st.integers(1, 9000))
def test_all_members_are_read(parts: list[bytes], size: int) -> None:
    reader = opened(b"".join(map(gzip.compress, parts)))
    found = b""
    while piece := reader.read(size):
        found += piece
    assert found == b"".join(parts)


def test_a_cut_stream_gives_what_it_holds_first() -> None:
    whole, cut = gzip.compress(b"whole"), gzip.compress(b"cut" * 100)
    stream = Gunzip(io.BufferedReader(io.BytesIO(whole + cut[:-4])))
    assert stream.read(1000) == b"whole"
    assert stream.read(1000) == b"cut" * 100
    with pytest.raises(EOFError):
        stream.read(1000)


def test_damage_is_an_error() -> None:
    with pytest.raises(zlib.error):
        opened(gzip.compress(b"abc") + b"garbage").read()


def test_a_bomb_is_read_no_further_than_asked() -> None:
    assert len(opened(gzip.compress(b"\0" * 50_000_000)).read(1000)) == 1000
