"""Making the index of cities, from what ships and from a file that the user names."""

import json
import logging
import mmap
import os
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder.places import cities as module
from dateline.coder.places import indexing, use_geonames
from dateline.coder.places.cities import Cities, find_cities
from dateline.coder.places.indexing import build, from_geonames
from dateline.coder.places.names import fold, key_of
from dateline.errors import DatelineError

RECORDS = {
    "7": {
        "geonameid": 7, "name": "Qu\u00e9 \"Sud\"", "latitude": 1.25, "longitude": -2e-05,
        "countrycode": "XA", "population": 1500, "timezone": "Etc/UTC", "admin1code": "0.1",
        "alternatenames": ["Que Bas", "KUE", "que", "\u041a\u0443\u0435", "\u00c9que"],
    },
    "9": {
        "geonameid": 9, "name": "Que", "latitude": -3, "longitude": 4, "countrycode": "XB",
        "population": 600, "timezone": "Etc/UTC", "admin1code": "", "alternatenames": [""],
    },
}  # fmt: skip


def geonames_line(number, name, others="", kind="P", country="XA", people=0, lat=10.5, lon=-20.25):
    row = [number, name, name, others, lat, lon, kind, "PPL", country, "", "07", "", "", ""]
    return "\t".join(map(str, [*row, people, "", 12, "Etc/UTC", "2020-01-01"]))


@pytest.fixture
def dump(tmp_path):
    path = tmp_path / "XA.txt"
    lines = [
        geonames_line(1, "Oberzell", "Zell,Ober-Zell,OZL,\u041e\u0431\u0435\u0440", people=2000),
        geonames_line(2, "Oberzell", people=30, country="XB"),
        geonames_line(3, "Mount Zell", kind="T"),
        geonames_line(4, "Nieder\u00e4u"),
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def own_cache(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    yield tmp_path / "cache" / "dateline"
    use_geonames(None)


def _mapped(tmp_path, text):
    path = tmp_path / "cities.json"
    path.write_text(text)
    with path.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def test_records_read_by_pattern_are_those_of_the_json(tmp_path):
    data = _mapped(tmp_path, json.dumps(RECORDS))
    found = [(*row[:7], list(row[7])) for row in indexing._records(data)]
    whole = [indexing._row(record) for record in RECORDS.values()]
    assert found[1] == (*whole[1][:7], [])
    assert found[0][1] == 'Qu\u00e9 "Sud"'
    assert found[0][7] == ["Que Bas", "\u00c9que"] == list(whole[0][7])


def test_another_layout_is_noticed(tmp_path):
    other = {key: dict(reversed(record.items())) for key, record in RECORDS.items()}
    with pytest.raises(indexing._OtherLayoutError):
        list(indexing._records(_mapped(tmp_path, json.dumps(other))))


def test_names_sorted_in_pieces_are_the_same(monkeypatch, dump):
    whole = from_geonames(dump)
    monkeypatch.setattr(indexing, "_PIECE", 1)
    assert from_geonames(dump) == whole


def test_populated_places_of_a_geonames_file(dump):
    index = Cities(from_geonames(dump))
    assert {(c.geonameid, c.country) for c in index.find("oberzell")} == {(1, "XA"), (2, "XB")}
    (zell,) = index.find("zell")
    assert (zell.name, zell.population, zell.own, zell.lat) == ("Oberzell", 2000, False, 10.5)
    assert index.find("mount zell") == []
    assert index.find("ozl") == []
    assert [c.geonameid for c in index.find(key_of("Nieder\u00e4u"))] == [4]


def test_the_file_that_the_user_names_is_used(own_cache, dump, caplog):
    caplog.set_level(logging.INFO)
    use_geonames(dump)
    assert [c.geonameid for c in find_cities("oberzell")] == [1, 2]
    assert find_cities("paris") == ()
    assert sum("making the index of cities" in r.message for r in caplog.records) == 1
    assert len(list(own_cache.glob("*.idx"))) == 1
    dump.write_text(geonames_line(5, "Oberzell"))
    use_geonames(dump)
    assert [c.geonameid for c in find_cities("oberzell")] == [5]


def test_many_processes_at_once_make_one_index(own_cache, dump):
    code = (
        "import logging; logging.basicConfig(level='INFO')\n"
        "from dateline.coder.places.cities import find_cities\n"
        "print([c.geonameid for c in find_cities('oberzell')])"
    )
    setting = {**os.environ, module.SETTING: str(dump)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code],
            env=setting, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    ended = [process.communicate() for process in started]
    assert [out for out, _ in ended] == ["[1, 2]\n"] * 3, ended
    if module.fcntl is not None:
        assert sum("making the index" in log for _, log in ended) == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a,b,c\n", "1 columns, not the 19"),
        (geonames_line("x", "Oberzell") + "\n", "not a line of a GeoNames file"),
        (geonames_line(1, "Oberzell", people="many") + "\n", "not a line of a GeoNames file"),
    ],
)
def test_a_file_that_is_none_is_told(own_cache, tmp_path, text, why):
    path = tmp_path / "bad.txt"
    path.write_text(text)
    use_geonames(path)
    with pytest.raises(DatelineError, match=r"bad\.txt:1: .*" + why):
        find_cities("oberzell")


def test_a_file_that_is_missing_is_told(tmp_path):
    with pytest.raises(DatelineError, match="no such file"):
        use_geonames(tmp_path / "none.txt")


@given(st.text(max_size=30))
def test_folding_is_stable(name):
    once = fold(name)
    assert once == key_of(name) == " ".join(once.split())


def test_an_index_of_nothing():
    assert Cities(build([])).find("paris") == []
