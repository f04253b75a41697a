"""The register's data files: reading, checking, and a user's own rows."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from pathlib import Path

from dateline.actors.identity import SECTORS
from dateline.errors import DatelineError

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

_KEYS = {"members": ("body", "state", "start"), "roles": ("person", "title", "of", "start"), "words": ("id", "kind")}


class Tables:
    """All rows of the register, Dateline's own first, then those of the user's files.

    A user's row takes the place of the row with the same id.
    """

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        """Read the user's files; raises DatelineError where one cannot be used."""
        self._extra: dict[str, list[Row]] = {}
        for path in extra:
            table, rows = _read_user(path)
            self._extra.setdefault(table, []).extend(rows)

    def rows(self, table: str) -> list[Row]:
        """The rows of a table."""
        rows = _own(table)
        added = self._extra.get(table)
        if not added:
            return rows
        key = _KEYS.get(table, ("id",))
        merged = {tuple(row[k] for k in key): row for row in [*rows, *added]}
        return list(merged.values())


def split(value: str) -> list[str]:
    """The parts of a field that holds several values."""
    return [part.strip() for part in value.split(";") if part.strip()]


@cache
def _own(table: str) -> list[Row]:
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


def _read_user(path: Path) -> tuple[str, list[Row]]:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatelineError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    reader = csv.DictReader(text.splitlines())
    table = _table_of(path, reader.fieldnames or ())
    return table, list(_checked(path, table, reader))


def _table_of(path: Path, header: Iterable[str]) -> str:
    columns = {name.strip() for name in header}
    for table, known in COLUMNS.items():
        if columns | OPTIONAL == set(known) | OPTIONAL:
            return table
    closest = max(COLUMNS, key=lambda table: len(columns & set(COLUMNS[table])))
    raise DatelineError(
        f"{path}: its columns are those of no register table; "
        f"for {closest} they are {','.join(COLUMNS[closest])}"
    )


def _checked(path: Path, table: str, reader: csv.DictReader[str]) -> Iterator[Row]:
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row or None in row.values():
            raise DatelineError(f"{where}: has not {len(COLUMNS[table])} fields; mend its commas")
        clean = dict.fromkeys(COLUMNS[table], "")
        clean |= {key.strip(): value.strip() for key, value in row.items()}
        if not clean[COLUMNS[table][0]]:
            raise DatelineError(f"{where}: {COLUMNS[table][0]} is empty; give it a value")
        sector = clean.get("sector")
        if sector and sector not in SECTORS:
            raise DatelineError(
                f"{where}: {sector!r} is no sector; use one of {' '.join(sorted(SECTORS))}"
            )
        yield clean
