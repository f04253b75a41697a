"""Bringing a database to the form that this version of Dateline uses."""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from dateline.errors import DatelineError
from dateline.ledger.engine import APPLICATION_ID, reading, translated, writing
from dateline.ledger.schema import VERSION_TABLE

HEAD = "0001"
"""The newest step; a test holds it against the files."""
_FOLDER = Path(__file__).parent / "migrations"


def prepare(engine: Engine, name: str, *, read_only: bool) -> None:
    """Check a database and, unless it is only to be read, make or migrate it.

    Raises DatelineError for a database that is of a newer version, of another program, locked or
    read-only; or, where it is only to be read, of an older version.
    """
    if read_only:
        with reading(engine, name) as connection:
            found = _revision(connection, name)
        if found is None:
            raise DatelineError(f"{name}: is empty; `dateline watch` fills it")
        if found != HEAD:
            raise DatelineError(f"{name}: is of an older version; `dateline watch` updates it")
        return
    _use_wal(engine, name)
    with writing(engine, name) as connection:
        if _revision(connection, name) != HEAD:
            _upgrade(connection)


def _use_wal(engine: Engine, name: str) -> None:
    if engine.dialect.name != "sqlite":
        return
    with reading(engine, name) as connection:
        _revision(connection, name)  # touch nothing that is not ours
    with translated(name):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        finally:
            raw.close()


def _revision(connection: Connection, name: str) -> str | None:
    """The step that a database has reached; None for an empty one."""
    tables = set(sa.inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        statement = sa.text(f"SELECT version_num FROM {VERSION_TABLE}")
        found = connection.execute(statement).scalar_one_or_none()
        if found is not None and found not in _known():
            raise DatelineError(
                f"{name}: was made by a newer version of Dateline ({found}); "
                "update Dateline, or choose another database"
            )
        return found
    if tables and connection.dialect.name == "sqlite":
        raise DatelineError(f"{name}: is the database of another program; choose another file")
    return None


def _known() -> frozenset[str]:
    files = (_FOLDER / "versions").glob("[0-9]*.py")
    return frozenset(file.name.split("_")[0] for file in files)


def _upgrade(connection: Connection) -> None:
    from alembic import command  # takes a while to load, and is seldom needed
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID}")
