"""The room's data files: words and patterns that a user may want to correct, read once."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The records of `data/<name>.csv`, in the file's order."""
    source = files("dateline.wire") / "data" / f"{name}.csv"
    return tuple(csv.DictReader(source.read_text(encoding="utf-8").splitlines()))


def column(name: str, field: str, **where: str) -> list[str]:
    """One field of the records of a table in which the other fields have the given values."""
    return [
        row[field] for row in rows(name) if all(row[key] == value for key, value in where.items())
    ]
