"""The query behind a filter."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.ledger.filters import Filter
from dateline.ledger.identity import fold
from dateline.ledger.schema import event_pairs, event_parties, events, mentions
from dateline.ledger.search import fts5, tsquery


class Link(NamedTuple):
    """Rows that lead to events by their position."""

    table: sa.FromClause
    position: sa.ColumnElement[int]
    condition: sa.ColumnElement[bool]


def events_query(where: Filter, dialect: str, before: int | None = None) -> sa.Select[Any]:
    """Ids, positions and records of the events that a filter admits, newest first.

    One link leads (dyad, then party, then words): its index gives positions in order, so that no
    more events are read than the page needs. Other links narrow it.
    """
    query = sa.select(events.c.id, events.c.position, events.c.record)
    links = _links(where, dialect)
    position: sa.ColumnElement[int] = events.c.position
    if links:
        lead = links[0]
        query = query.select_from(lead.table.join(events, events.c.position == lead.position))
        query = query.where(lead.condition)
        position = lead.position
    else:
        query = query.where(events.c.position.is_not(None))
    for link in links[1:]:
        found = sa.select(link.position).where(link.condition)
        query = query.where(events.c.position.in_(found))
    query = query.where(*_conditions(where, dialect))
    if before is not None:
        query = query.where(position < before)
    return query.order_by(position.desc())


def pair(a: str, b: str) -> Link:
    """The events of two parties, either way round."""
    first, second = sorted((fold(a), fold(b)))
    table = event_pairs.alias("pair")
    condition = sa.and_(table.c.a == first, table.c.b == second)
    return Link(table, table.c.position, condition)


def _links(where: Filter, dialect: str) -> list[Link]:
    links = [pair(*where.dyad)] if where.dyad else []
    for side, name in (
        ("either", where.party),
        ("actor", where.actor),
        ("recipient", where.recipient),
    ):
        if name:
            links.append(_party(side, name))
    if where.text and dialect == "sqlite" and (words := fts5(where.text)):
        table = sa.table("events_fts", sa.column("rowid"), sa.column("events_fts"))
        matches = table.c.events_fts.op("MATCH", is_comparison=True)(words)
        links.append(Link(table, table.c.rowid, matches))
    return links


def _party(side: str, name: str) -> Link:
    table = event_parties.alias(f"of_{side}")
    condition = sa.and_(table.c.term == fold(name), table.c.side == side)
    return Link(table, table.c.position, condition)


def _conditions(where: Filter, dialect: str) -> list[sa.ColumnElement[bool]]:
    found = [
        events.c[name] == value
        for name in ("type", "mode", "status", "quad", "country")
        if (value := getattr(where, name)) is not None
    ]
    if where.since:
        found.append(events.c.date >= where.since)
    if where.until:
        found.append(events.c.date <= where.until)
    if where.origin:
        found.append(
            sa.exists()
            .where(
                mentions.c.event == events.c.id,
                mentions.c.origin == where.origin,
                mentions.c.superseded_by.is_(None),
            )
            .correlate(events)
        )
    if where.text and dialect == "sqlite" and not fts5(where.text):
        found.append(sa.false())
    elif where.text and dialect != "sqlite":
        found.append(_told(where.text))
    return found


def _told(text: str) -> sa.ColumnElement[bool]:
    """Whether an event's sentences hold what a query asks for, on PostgreSQL."""
    words = tsquery(text)
    if not words:
        return sa.false()
    column: sa.ColumnElement[Any] = sa.literal_column("events.words")
    return column.op("@@", is_comparison=True)(sa.func.to_tsquery("english", words))
