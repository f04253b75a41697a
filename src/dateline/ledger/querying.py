"""The query behind a filter."""

from __future__ import annotations

from typing import Any, NamedTuple

import sqlalchemy as sa

from dateline.ledger.filters import Filter
from dateline.ledger.identity import fold
from dateline.ledger.schema import event_pairs, event_parties, events, mentions
from dateline.ledger.search import sentences_match


class _Link(NamedTuple):
    """Rows that lead to events."""

    table: sa.FromClause
    condition: sa.ColumnElement[bool]


def events_query(where: Filter, dialect: str, before: int | None = None) -> sa.Select[Any]:
    """Ids, positions and records of the events that a filter admits, newest first.

    The rarest kind of link (dyad, then party) leads: its index holds an event's position, so that
    the events of a party are read in order, and no further than the page goes.
    """
    query = sa.select(events.c.id, events.c.position, events.c.record)
    links = _links(where)
    position: sa.ColumnElement[int] = events.c.position
    if links:
        lead = links[0].table
        query = query.select_from(lead.join(events, events.c.position == lead.c.position))
        query = query.where(links[0].condition)
        position = lead.c.position
    else:
        query = query.where(events.c.position.is_not(None))
    for link in links[1:]:
        of_event = link.table.c.position == events.c.position
        query = query.where(sa.exists().where(of_event, link.condition).correlate(events))
    query = query.where(*_conditions(where, dialect))
    if before is not None:
        query = query.where(position < before)
    return query.order_by(position.desc())


def pair(a: str, b: str) -> _Link:
    """The events of two parties, either way round."""
    first, second = sorted((fold(a), fold(b)))
    table = event_pairs.alias("pair")
    return _Link(table, sa.and_(table.c.a == first, table.c.b == second))


def _links(where: Filter) -> list[_Link]:
    links = [pair(*where.dyad)] if where.dyad else []
    for side, name in (
        ("either", where.party),
        ("actor", where.actor),
        ("recipient", where.recipient),
    ):
        if name:
            table = event_parties.alias(f"of_{side}")
            links.append(_Link(table, sa.and_(table.c.term == fold(name), table.c.side == side)))
    return links


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
    if where.text:
        told = sa.select(mentions.c.event).where(
            sentences_match(dialect, where.text), mentions.c.superseded_by.is_(None)
        )
        found.append(events.c.id.in_(told))
    return found
