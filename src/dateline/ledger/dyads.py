"""How pairs of parties act towards one another over time."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import cursor
from dateline.ledger.identity import fold
from dateline.ledger.model import By, DyadPeriod, DyadSeries, Pair
from dateline.ledger.querying import pair
from dateline.ledger.schema import event_pairs, events
from dateline.records import Event, EventParty

_Day = tuple[str | None, str, str, int, float]


def series(connection: Connection, a: str, b: str, by: By) -> DyadSeries:
    """The events of two parties, either way round and of any status, by the time of their date."""
    link = pair(a, b)
    rows = connection.execute(
        sa.select(
            events.c.date,
            events.c.quad,
            events.c.type,
            sa.func.count().label("events"),
            sa.func.sum(events.c.score).label("score"),
        )
        .select_from(link.table.join(events, events.c.position == link.table.c.position))
        .where(link.condition)
        .group_by(events.c.date, events.c.quad, events.c.type)
    )
    days: list[_Day] = [(r.date, r.quad, r.type, r.events, r.score) for r in rows]
    total = sum(count for *_, count, _ in days)
    types: Counter[str] = Counter()
    for _, _, type, count, _ in days:
        types[type] += count
    return DyadSeries(
        a=a,
        b=b,
        by=by,
        events=total,
        score=round(sum(score for *_, score in days) / total, 3) if total else None,
        undated=sum(count for date, _, _, count, _ in days if date is None),
        periods=tuple(_periods(days, by)),
        types=tuple(sorted(types.items(), key=lambda item: (-item[1], item[0]))),
    )


def _periods(days: Iterable[_Day], by: By) -> Iterable[DyadPeriod]:
    grouped: dict[dt.date, list[tuple[str, int, float]]] = defaultdict(list)
    for date, quad, _, count, score in days:
        if date is not None:
            grouped[_start(dt.date.fromisoformat(date), by)].append((quad, count, score))
    for start, found in sorted(grouped.items()):
        quads: Counter[str] = Counter()
        for quad, count, _ in found:
            quads[quad] += count
        number = quads.total()
        score = round(sum(score for *_, score in found) / number, 3)
        yield DyadPeriod(start, number, score, dict(sorted(quads.items())))


def _start(date: dt.date, by: By) -> dt.date:
    if by == "week":
        return date - dt.timedelta(days=date.weekday())
    return date.replace(day=1) if by == "month" else date


def most_active(connection: Connection, limit: int) -> list[Pair]:
    """The pairs with most events."""
    a, b, position = event_pairs.c.a, event_pairs.c.b, event_pairs.c.position
    counted = (
        sa.select(a, b, sa.func.count().label("events"), sa.func.max(position).label("latest"))
        .where(event_pairs.c.main.is_(True))
        .group_by(a, b)
        .order_by(sa.desc("events"), a, b)
        .limit(cursor.checked(limit))
        .subquery()
    )
    rows = connection.execute(
        sa.select(counted, events.c.record)
        .join(events, events.c.position == counted.c.latest)
        .order_by(counted.c.events.desc(), counted.c.a, counted.c.b)
    )
    return [_pair(row.a, row.b, row.events, row.record) for row in rows]


def _pair(a: str, b: str, number: int, record: str) -> Pair:
    latest = Event.model_validate_json(record)
    parties = (*latest.actors, *latest.recipients)
    return Pair(_shown(a, parties), _shown(b, parties), number, latest.id)


def _shown(term: str, parties: Iterable[EventParty]) -> str:
    """A term as it is written."""
    written = (t for party in parties for t in (party.code, party.name) if t)
    return next((t for t in written if fold(t) == term), term)
