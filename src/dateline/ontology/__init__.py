"""PLOVER as data: types, modes, contexts, sectors and scores, and the crosswalk to CAMEO.

Source: the PLOVER codebook (draft 0.8, 2021) as digested in `docs/reference/codebook.md`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from dateline.errors import DatelineError
from dateline.records import Quad

__all__ = ["Category", "category", "contexts", "from_cameo", "modes", "sectors", "types"]


@dataclass(frozen=True, slots=True)
class Category:
    """A type, or a mode of one, with what every mention of it carries."""

    type: str
    mode: str | None
    quad: Quad
    score: float
    """From -10 (conflict) to +10 (cooperation)."""
    cameo: str
    """The CAMEO code nearest to it."""


def _rows(name: str) -> list[dict[str, str]]:
    with (files(__package__) / "data" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@cache
def _categories() -> dict[tuple[str, str | None], Category]:
    table: dict[tuple[str, str | None], Category] = {}
    for row in _rows("types.csv"):
        quad = cast(Quad, row["quad"])
        table[row["type"], None] = Category(
            row["type"], None, quad, float(row["score"]), row["cameo"]
        )
    for row in _rows("modes.csv"):
        key = row["type"], row["mode"]
        quad = table[row["type"], None].quad
        table[key] = Category(*key, quad, float(row["score"]), row["cameo"])
    return table


def category(type: str, mode: str | None = None) -> Category:
    """The category of a type and mode.

    Raises DatelineError for one that PLOVER does not have.
    """
    try:
        return _categories()[type, mode]
    except KeyError:
        raise DatelineError(f"{type} {mode or ''} is no PLOVER type and mode") from None


@cache
def types() -> tuple[str, ...]:
    """The 16 event types, sorted."""
    return tuple(sorted({type for type, _ in _categories()}))


@cache
def modes(type: str) -> tuple[str, ...]:
    """The modes of a type, sorted; empty where it has none."""
    return tuple(sorted(mode for of, mode in _categories() if of == type and mode))


@cache
def contexts() -> frozenset[str]:
    """The contexts that a mention may carry."""
    return frozenset(row["context"] for row in _rows("contexts.csv"))


@cache
def sectors() -> frozenset[str]:
    """The sectors of an actor."""
    return frozenset(row["sector"] for row in _rows("sectors.csv"))


@cache
def _crosswalk() -> dict[str, tuple[str, str | None, tuple[str, ...]]]:
    return {
        row["cameo"]: (
            row["type"],
            row["mode"] or None,
            tuple(filter(None, row["contexts"].split(";"))),
        )
        for row in _rows("cameo.csv")
    }


def from_cameo(code: str) -> tuple[str, str | None, tuple[str, ...]]:
    """The type, mode and contexts of a CAMEO code ("042"); a code not listed falls to its root.

    Source: the PLOVER project's conversion table. Raises DatelineError for no CAMEO code.
    """
    table = _crosswalk()
    for length in range(len(code), 1, -1):
        if code[:length] in table:
            return table[code[:length]]
    raise DatelineError(f"{code!r} is no CAMEO code")
