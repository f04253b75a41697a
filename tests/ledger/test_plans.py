"""Lists are read through indices, in order, no further than the page goes."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from dateline.ledger import Filter, Ledger
from dateline.ledger.querying import events_query


@pytest.mark.parametrize(
    "where",
    [
        Filter(),
        Filter(actor="ALA"),
        Filter(party="ALA"),
        Filter(dyad=("ALA", "BOR")),
        Filter(type="AID"),
        Filter(status="denied"),
        Filter(country="KAZ"),
        Filter(mode="visit"),
        Filter(text="grain"),
        Filter(actor="ALA", text="grain"),
        Filter(actor="ALA", recipient="BOR"),
        Filter(origin="x"),
    ],
    ids=lambda where: " ".join(where.to_query()) or "all",
)
@pytest.mark.parametrize("before", [None, 5])
def test_events(sqlite_ledger: Ledger, where: Filter, before: int | None) -> None:
    query = events_query(where, "sqlite", before).limit(50)
    plan = explain(sqlite_ledger, query)
    assert "TEMP B-TREE" not in plan
    scans = [line for line in plan.splitlines() if line.startswith("SCAN")]
    assert all("_fts" in line or "USING INDEX" in line for line in scans), plan


def explain(ledger: Ledger, query: sa.Select[tuple[object, ...]]) -> str:
    written = query.compile(ledger._engine, compile_kwargs={"literal_binds": True})
    with ledger._engine.connect() as connection:
        rows = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {written}".replace("%", "%%"))
        return "\n".join(row[3] for row in rows)
