"""A user's own actors: rows in CSV or TOML, or entities in FollowTheMoney JSON."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from dateline.actors.followthemoney import rows_of_entities
from dateline.actors.identity import SECTORS
from dateline.actors.tables import COLUMNS, OPTIONAL, Row, own_rows
from dateline.errors import DatelineError

Read = Iterator[tuple[str, Row]]
"""The table and the row, one after another."""

_JSON = frozenset({".json", ".jsonl", ".ndjson", ".ftm"})


def read_own(path: Path) -> Read:
    """The rows of a user's file, each with its table, by the file's ending.

    CSV says by its columns which table it adds to; TOML by the names of its tables. Raises
    DatelineError, naming file and line or row, where something cannot be used.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatelineError(f"{path}: cannot be read as UTF-8 text ({error})") from error
    if path.suffix.lower() in _JSON:
        return rows_of_entities(text, str(path))
    if path.suffix.lower() == ".toml":
        return _toml(path, text)
    return _csv(path, text)


def _csv(path: Path, text: str) -> Read:
    reader = csv.DictReader(text.splitlines())
    table = _table_of(path, reader.fieldnames or ())
    for row in reader:
        where = f"{path}, line {reader.line_num}"
        if None in row or None in row.values():
            raise DatelineError(f"{where}: has not {len(row)} fields; mend its commas")
        yield table, _checked(where, table, {k.strip(): v.strip() for k, v in row.items()})


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


def _toml(path: Path, text: str) -> Read:
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DatelineError(f"{path}: is no TOML ({error})") from error
    for table, entries in tables.items():
        if table not in COLUMNS or not isinstance(entries, list):
            raise DatelineError(
                f"{path}: [[{table}]] is no register table; use one of {', '.join(COLUMNS)}"
            )
        for number, entry in enumerate(entries, start=1):
            where = f"{path}, [[{table}]] {number}"
            if not isinstance(entry, dict):
                raise DatelineError(f"{where}: is no table of keys and values")
            roles = entry.pop("roles", ()) if table == "people" else ()
            row = _checked(where, table, _plain(where, table, entry))
            yield table, row
            for role in roles:
                held = _plain(where, "roles", {"of": row["country"], "sector": "GOV", **role})
                yield "roles", _checked(where, "roles", {**held, "person": row["id"]})


def _plain(where: str, table: str, entry: Mapping[str, object]) -> Row:
    """Values as the tables have them: lists joined, yes and no for truth, dates written out."""
    unknown = set(entry) - set(COLUMNS[table])
    if unknown:
        raise DatelineError(
            f"{where}: {min(unknown)!r} is no column of {table}; "
            f"they are {', '.join(COLUMNS[table])}"
        )
    plain = {}
    for key, value in entry.items():
        if isinstance(value, bool):
            plain[key] = str(int(value)) if key == "surname_ok" else ("no", "yes")[value]
        elif isinstance(value, list):
            plain[key] = ";".join(map(str, value))
        else:
            plain[key] = str(value).strip()
    return plain


def _checked(where: str, table: str, row: Row) -> Row:
    row = dict.fromkeys(COLUMNS[table], "") | row
    key = COLUMNS[table][0]
    if not row[key]:
        raise DatelineError(f"{where}: {key} is empty; give it a value")
    if "name" in row and not row["name"]:
        raise DatelineError(f"{where}: name is empty; give it a value")
    country = row.get("country")
    if country and country not in _states():
        raise DatelineError(f"{where}: {country!r} is no state; write its ISO 3166-1 alpha-3 code")
    sector = row.get("sector")
    if sector and sector not in SECTORS:
        raise DatelineError(
            f"{where}: {sector!r} is no sector; use one of {' '.join(sorted(SECTORS))}"
        )
    return row


@cache
def _states() -> frozenset[str]:
    return frozenset(row["id"] for row in own_rows("states"))
