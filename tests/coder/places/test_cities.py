"""The index of cities."""

import os
from itertools import pairwise

import pytest

from dateline.coder.places import cities as module
from dateline.coder.places.cities import Cities, City, find_cities
from dateline.coder.places.indexing import header


def _index(names):
    records = b""
    places = {}
    first = len(header(0, 0))
    for i, name in enumerate(sorted(names)):
        places[name] = first + len(records)
        records += f"{i}\t{name}\tXX\t01\t1.5\t-2.5\t1000\n".encode()
    tail = b"".join(
        line + b"\n" for line in sorted(n.encode() + b"\t%d+" % at for n, at in places.items())
    )
    start = first + len(records)
    return header(start, start + len(tail)) + records + tail


def test_every_name_is_found_and_no_other():
    names = ["a", "ab", "abc", "b", "homs", "z", "ürümqi"]
    index = Cities(_index(names))
    for name in names:
        assert [c.name for c in index.find(name)] == [name]
    for name in ("", "aa", "abcd", "zz", "0"):
        assert index.find(name) == []


def test_a_record_is_read_whole():
    (city,) = Cities(_index(["homs"])).find("homs")
    assert city == City(0, "homs", "XX", "01", 1.5, -2.5, 1000, True)


def test_cities_of_geonames():
    assert find_cities("moscow")[0].country == "RU"
    assert {c.admin1 for c in find_cities("paris") if c.country == "US"} >= {"TX", "TN", "KY"}
    assert all(a.population >= b.population for a, b in pairwise(find_cities("san jose")))


def test_half_a_file_is_not_opened(tmp_path):
    path = tmp_path / "x.idx"
    data = _index(["homs", "hama"])
    path.write_bytes(data)
    assert module._opened(path) is not None
    for part in (b"", b"\n", data[:10], data[:-1], data + b"x", b"other file\n"):
        path.write_bytes(part)
        assert module._opened(path) is None
    assert module._opened(tmp_path / "none") is None


def test_written_in_one_piece(tmp_path):
    path = tmp_path / "deep" / "x.idx"
    module._write(path, _index(["homs"]))
    assert [p.name for p in path.parent.iterdir()] == ["x.idx"]


@pytest.mark.skipif(os.name == "nt", reason="folders are told apart by XDG")
def test_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert module._folder() == tmp_path / "dateline"
