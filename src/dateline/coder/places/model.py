"""A place name in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PlacePrecision = Literal["point", "city", "district", "region", "country", "sea", "none"]
Role = Literal["at", "from", "to", "metonym"]


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A name, where it stands and which place it means.

    `start` and `end` are code points into the paragraph. `country` is ISO 3166-1 alpha-3, None
    where the place is in none or in several. `lat` and `lon` are degrees: the geographic centre
    for a country or region, and None where the place is unknown. `precision` is "point", "city",
    "district", "region", "country", "sea" or "none"; `role` is "at", "from", "to", or "metonym"
    where the name stands for a state or a body.
    """

    start: int
    end: int
    name: str
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: PlacePrecision
    role: Role
