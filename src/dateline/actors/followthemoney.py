"""Entities in FollowTheMoney JSON, the format of OpenSanctions, as rows of the register.

The model is described at https://followthemoney.tech. An entity stands on a line of its own and
has an `id`, a `schema` and `properties`, whose values are lists.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dateline.actors.identity import SECTORS, STATE_SECTORS
from dateline.actors.tables import COLUMNS, Row, own_rows
from dateline.errors import DatelineError

_TABLES = {
    "Person": "people",
    "PublicBody": "institutions",
    "Organization": "groups",
    "Company": "groups",
    "LegalEntity": "groups",
}
"""The register's table for a schema; entities of other schemas name no actor."""
_COUNTRIES = ("country", "nationality", "citizenship", "jurisdiction", "mainCountry")
_YEARS = re.compile(r"\s*\((\d{4})\s*[-–]\s*(\d{4})?\)\s*$")


@dataclass(frozen=True, slots=True)
class _Thing:
    """An entity as it was read, and where from."""

    where: str
    id: str
    schema: str
    properties: dict[str, list[str]]

    def all(self, *names: str) -> list[str]:
        return [value for name in names for value in self.properties.get(name, ())]

    def first(self, *names: str) -> str:
        return next(iter(self.all(*names)), "")


def rows_of_entities(text: str, name: str) -> Iterator[tuple[str, Row]]:
    """The rows of the register for each entity of a file that names an actor.

    Offices come from `Occupancy` and `Position` entities, with their dates, and else from the
    property `position`. Raises DatelineError where a line is no entity.
    """
    things = [
        _thing(line, f"{name}, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    ]
    posts = {thing.id: thing for thing in things if thing.schema == "Position"}
    held: dict[str, list[_Thing]] = {}
    for thing in things:
        if thing.schema == "Occupancy":
            held.setdefault(thing.first("holder"), []).append(thing)
    for thing in things:
        table = _TABLES.get(thing.schema)
        if table is None or not thing.all("name", "alias"):
            continue
        yield table, _row(thing, table)
        if table == "people":
            yield from (("roles", role) for role in _roles(thing, held.get(thing.id, []), posts))


def _thing(line: str, where: str) -> _Thing:
    try:
        entity = json.loads(line)
        properties = {
            key: [str(value) for value in (values if isinstance(values, list) else [values])]
            for key, values in entity["properties"].items()
        }
        return _Thing(where, str(entity["id"]), str(entity["schema"]), properties)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise DatelineError(
            f"{where}: is no FollowTheMoney entity; write one JSON object a line with id, schema "
            "and properties"
        ) from error


def _row(thing: _Thing, table: str) -> Row:
    names = [name.replace(";", ",") for name in thing.all("name", "alias")]
    sector = _sector(thing)
    row = dict.fromkeys(COLUMNS[table], "")
    row |= {"id": thing.id, "name": names[0], "country": _country(thing), "sector": sector}
    others = ";".join(dict.fromkeys(names[1:]))
    row["names" if table == "institutions" else "aliases"] = others
    if table == "people":
        row["gender"] = {"male": "m", "female": "f"}.get(thing.first("gender").lower(), "")
        row["surname_ok"] = "0"
    return row


def _roles(thing: _Thing, held: list[_Thing], posts: dict[str, _Thing]) -> Iterator[Row]:
    sector = _sector(thing)
    acting = sector if sector in STATE_SECTORS | {"LEG", "IGO"} else "GOV"
    named = False
    for occupancy in held:
        post = posts.get(occupancy.first("post"))
        if post is not None:
            named = True
            yield {
                "person": thing.id,
                "title": post.first("name", "caption"),
                "of": _country(post) or _country(thing),
                "sector": acting,
                "start": _date(occupancy.first("startDate", "periodStart"), occupancy.where),
                "end": _date(occupancy.first("endDate", "periodEnd"), occupancy.where),
            }
    if named:
        return
    for position in thing.all("position"):
        years = _YEARS.search(position)
        yield {
            "person": thing.id,
            "title": _YEARS.sub("", position),
            "of": _country(thing),
            "sector": acting,
            "start": years[1] if years else "",
            "end": (years[2] or "") if years else "",
        }


def _date(value: str, where: str) -> str:
    day = value[:10]
    if day and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", day):
        raise DatelineError(f"{where}: {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return day


def _sector(thing: _Thing) -> str:
    """By the entity's topics, the likeliest first; else by its schema."""
    topics = _topics()
    for key in (*sorted(thing.all("topics")), f"schema:{thing.schema}"):
        if key in topics:
            return topics[key]
    return "GOV" if thing.all("position") else "ELI" if thing.schema == "Person" else "NGO"


@cache
def _topics() -> dict[str, str]:
    return {row["id"]: row["sector"] for row in own_rows("topics") if row["sector"] in SECTORS}


def _country(thing: _Thing) -> str:
    for code in thing.all(*_COUNTRIES):
        if code.lower() in _alpha2():
            return _alpha2()[code.lower()]
    return ""


@cache
def _alpha2() -> dict[str, str]:
    """Codes of states by those that FollowTheMoney writes; read when first needed."""
    import pycountry

    codes = {country.alpha_2.lower(): country.alpha_3 for country in pycountry.countries}
    states = {row["id"].lower(): row["id"] for row in own_rows("states")}
    return {**states, **codes, "xk": "XKX", "suhh": "SUN", "yucs": "YUG", "cshh": "CSK"}
