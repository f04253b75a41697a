"""The change log, and how much the ledger holds."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import cursor
from dateline.ledger.model import Change, Counts
from dateline.ledger.schema import articles, changes, events, runs, versions


def changes_after(connection: Connection, after: int, limit: int) -> list[Change]:
    """Changes with a greater number than `after`, in order."""
    rows = connection.execute(
        sa.select(changes)
        .where(changes.c.id > after)
        .order_by(changes.c.id)
        .limit(cursor.checked(limit))
    )
    return [Change(row.id, row.kind, row.event, row.at) for row in rows]


def last_change(connection: Connection) -> int:
    """The number of the last change; 0 for none."""
    return connection.execute(sa.select(sa.func.max(changes.c.id))).scalar_one() or 0


def counts(connection: Connection) -> Counts:
    """How much there is of everything."""
    states = _by(connection, sa.select(versions.c.state, sa.func.count()), versions.c.state)
    listed = sa.select(events.c.type, sa.func.count()).where(events.c.position.is_not(None))
    types = _by(connection, listed, events.c.type)
    current = connection.execute(
        sa.select(sa.func.sum(runs.c.mentions), sa.func.sum(runs.c.statements)).where(
            runs.c.superseded_by.is_(None)
        )
    ).one()
    return Counts(
        articles=_count(connection, sa.select(sa.func.count()).select_from(articles)),
        versions=sum(states.values()),
        pending=states.get("pending", 0),
        failed=states.get("failed", 0),
        mentions=int(current[0] or 0),
        events=sum(types.values()),
        statements=int(current[1] or 0),
        runs=_count(connection, sa.select(sa.func.count()).select_from(runs)),
        by_type=types,
        since=connection.execute(sa.select(sa.func.min(articles.c.first_seen))).scalar_one(),
    )


def _by(connection: Connection, query: sa.Select[Any], column: sa.Column[str]) -> dict[str, int]:
    rows = connection.execute(query.group_by(column).order_by(column))
    return {row[0]: row[1] for row in rows}


def _count(connection: Connection, query: sa.Select[Any]) -> int:
    return int(connection.execute(query).scalar_one())
