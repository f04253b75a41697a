"""The steps from one form of the database to the next."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from dateline.ledger import Ledger, migrate, open_ledger
from dateline.ledger.schema import VERSION_TABLE, metadata


def test_the_newest_step_is_known() -> None:
    assert max(migrate._known()) == migrate.HEAD


def test_the_steps_make_the_tables_of_the_schema(ledger: Ledger) -> None:
    def ours(item: object, name: str | None, kind: str, reflected: bool, other: object) -> bool:
        hidden = {VERSION_TABLE, "words", "ix_versions_words", "ix_events_words"}
        return "_fts" not in (name or "") and name not in hidden

    options = {"version_table": VERSION_TABLE, "include_object": ours, "compare_type": False}
    with ledger._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_columns_have_the_same_kind_and_may_be_null_where_the_schema_says(ledger: Ledger) -> None:
    inspector = sa.inspect(ledger._engine)
    for table in metadata.sorted_tables:
        made = {column["name"]: column for column in inspector.get_columns(table.name)}
        for column in table.columns:
            assert made[column.name]["nullable"] == column.nullable, column
            kind = made[column.name]["type"]
            wanted = column.type.dialect_impl(ledger._engine.dialect)
            same = isinstance(kind, sa.Text) if isinstance(wanted, sa.Text) else True
            assert same, column


def test_several_may_make_it_at_once(url: str) -> None:
    errors: list[BaseException] = []

    def make() -> None:
        try:
            open_ledger(url).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=make) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_an_interrupted_making_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "events.db"

    class StopError(Exception):
        pass

    def stop(*_: object) -> None:
        raise StopError

    upgrade = migrate._upgrade

    def broken(connection: sa.Connection) -> None:
        upgrade(connection)
        stop()

    migrate._upgrade = broken  # type: ignore[assignment]
    try:
        open_ledger(path)
    except StopError:
        pass
    finally:
        migrate._upgrade = upgrade
    with open_ledger(path) as ledger:
        assert ledger.counts().articles == 0
