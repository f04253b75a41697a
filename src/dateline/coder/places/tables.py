"""The data files beside this module, read once.

countries.csv      states and territories: geographic centre, adjectives, other names
regions.csv        seas, straits, rivers, mountains, islands, regions, sites
divisions.csv      first-level divisions of all countries and the larger second-level ones, by the
                   cities in them (made from GeoNames, CC BY 4.0)
aliases.csv        other names of cities
abbreviations.csv  states after a city ("Paris, Tex.")
kinds.csv          for each kind of place: its precision, and its weight, on the scale of the
                   logarithm of a city's people
words.csv          the words that tell a place from a person, a body or a state
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import NamedTuple, cast

from dateline.coder.places.model import PlacePrecision
from dateline.coder.places.names import key_of


class Country(NamedTuple):
    """A state or territory."""

    iso3: str
    iso2: str
    name: str
    lat: float
    lon: float
    adjectives: tuple[str, ...]
    aliases: tuple[str, ...]


class Kind(NamedTuple):
    """What kind of place a name is of."""

    precision: PlacePrecision
    weight: float


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a data file."""
    with (files(__package__) / name).open(encoding="utf-8") as file:
        yield from csv.DictReader(file)


@cache
def countries() -> dict[str, Country]:
    """All countries by ISO 3166-1 alpha-3."""
    return {row["iso3"]: _country(row) for row in rows("countries.csv")}


def _country(row: dict[str, str]) -> Country:
    return Country(
        row["iso3"],
        row["iso2"],
        row["name"],
        float(row["lat"]),
        float(row["lon"]),
        tuple(filter(None, row["adjectives"].split("|"))),
        tuple(filter(None, row["aliases"].split("|"))),
    )


@cache
def iso3_of() -> dict[str, str]:
    """ISO 3166-1 alpha-2 to alpha-3."""
    return {c.iso2: c.iso3 for c in countries().values()}


@cache
def adjectives() -> dict[str, str]:
    """Adjectives and names of peoples, as written, to their country."""
    return {word: c.iso3 for c in countries().values() for word in c.adjectives}


@cache
def kinds() -> dict[str, Kind]:
    """Kinds of places."""
    return {
        row["kind"]: Kind(cast(PlacePrecision, row["precision"]), float(row["weight"]))
        for row in rows("kinds.csv")
    }


@cache
def aliases() -> dict[str, tuple[str, str]]:
    """Other names of cities, by key, to (key of the name, country)."""
    return {
        key_of(row["alias"]): (key_of(row["name"]), row["country"]) for row in rows("aliases.csv")
    }


@cache
def abbreviations() -> dict[str, tuple[tuple[str, str], ...]]:
    """States as written after a city, to (key of the name, country)."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("abbreviations.csv"):
        value = (key_of(row["name"]), row["country"])
        found[row["abbreviation"]] = (*found.get(row["abbreviation"], ()), value)
    return found


@cache
def words(name: str) -> frozenset[str]:
    """One list of words.csv."""
    return _lists().get(name, frozenset())


@cache
def _lists() -> dict[str, frozenset[str]]:
    lists: dict[str, set[str]] = {}
    for row in rows("words.csv"):
        lists.setdefault(row["list"], set()).add(row["word"])
    return {name: frozenset(found) for name, found in lists.items()}
