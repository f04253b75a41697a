"""How the feeds stand."""

from __future__ import annotations

import statistics

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger.schema import articles, feeds
from dateline.records import FeedHealth

_RECENT = 101
"""The delay of a feed is the median of that many articles, the newest ones."""


def store(connection: Connection, health: FeedHealth) -> None:
    """Note how a feed stands after a poll."""
    row = {"url": health.url, "status": health.status, "record": health.model_dump_json()}
    changed = connection.execute(feeds.update().where(feeds.c.name == health.name).values(row))
    if not changed.rowcount:
        connection.execute(feeds.insert(), row | {"name": health.name})


def load(connection: Connection) -> list[FeedHealth]:
    """All feeds by name, with the number of their articles and their delay."""
    records = connection.execute(sa.select(feeds.c.record).order_by(feeds.c.name)).scalars().all()
    counted = connection.execute(
        sa.select(articles.c.feed, sa.func.count())
        .where(articles.c.feed.is_not(None))
        .group_by(articles.c.feed)
    )
    counts = {row[0]: row[1] for row in counted}
    found = []
    for record in records:
        health = FeedHealth.model_validate_json(record)
        delays = _delays(connection, health.name)
        measured = {
            "articles": counts.get(health.name, 0),
            "delay_seconds": statistics.median(delays) if delays else None,
        }
        found.append(health.model_copy(update=measured))
    return found


def _delays(connection: Connection, name: str) -> list[float]:
    query = (
        sa.select(articles.c.delay)
        .where(articles.c.feed == name, articles.c.delay.is_not(None))
        .order_by(articles.c.first_seen.desc())
        .limit(_RECENT)
    )
    return [delay for delay in connection.execute(query).scalars() if delay is not None]
