"""The register's data files: reading, checking, and a user's own rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

Row = dict[str, str]

COLUMNS: dict[str, tuple[str, ...]] = {
    "bodies": ("id", "name", "code", "sector", "names"),
    "descriptions": ("id", "sector", "acts_for_state", "abroad", "forms"),
    "groups": ("id", "name", "country", "sector", "aliases", "adjectives"),
    "institutions": ("id", "name", "country", "sector", "names"),
    "leaders": ("id", "title"),
    "media": ("id", "name", "country", "sector", "acts_for_state", "names"),
    "members": ("body", "state", "start", "end"),
    "people": ("id", "name", "gender", "country", "sector", "aliases", "surname_ok", "checked"),
    "places": ("id", "country", "adjectives"),
    "roles": ("person", "title", "of", "sector", "start", "end"),
    "spellings": ("id", "becomes"),
    "states": (
        "id", "name", "formal", "names", "adjectives", "people", "capitals", "metonyms",
    ),
    "titles": ("id", "role", "sector", "acts_for_state", "abroad", "forms", "single", "also"),
    "topics": ("id", "sector"),
    "words": ("id", "kind"),
}  # fmt: skip
"""The tables and their columns. A user's file says by its columns which table it adds to."""

OPTIONAL = frozenset({"also", "checked", "single"})
"""Columns that a user's file may leave out."""

_KEYS = {
    "members": ("body", "state", "start"),
    "roles": ("person", "title", "of", "start"),
    "words": ("id", "kind"),
}


class Tables:
    """All rows of the register, Dateline's own first, then those of the user's files.

    A user's row takes the place of the row with the same id.
    """

    def __init__(self, extra: Iterable[tuple[str, Row]] = ()) -> None:
        """Keep the user's rows, each given with its table."""
        self._extra: dict[str, list[Row]] = {}
        for table, row in extra:
            self._extra.setdefault(table, []).append(row)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        rows = own_rows(table)
        added = self._extra.get(table)
        if not added:
            return rows
        key = _KEYS.get(table, ("id",))
        merged = {tuple(row[k] for k in key): row for row in [*rows, *added]}
        return list(merged.values())

    def added(self, table: str) -> list[Row]:
        """The user's rows of a table."""
        return self._extra.get(table, [])


def split(value: str) -> list[str]:
    """The parts of a field that holds several values."""
    if not value:
        return []
    return [part.strip() for part in value.split(";") if part.strip()]


@cache
def own_rows(table: str) -> list[Row]:
    """The rows of a table that ships with Dateline."""
    source = files("dateline.actors").joinpath("data", f"{table}.csv")
    try:
        text = source.read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    columns = COLUMNS[table]
    lines = csv.reader(text.splitlines())
    next(lines, None)
    # Strict: a row of the wrong length is a mistake in the data, found at once.
    return [dict(zip(columns, line, strict=True)) for line in lines if line]
