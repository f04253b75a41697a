"""Keeping events in step with their mentions, with every state that they were in."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import identity
from dateline.ledger.articles import next_id
from dateline.ledger.model import ChangeKind
from dateline.ledger.schema import (
    Row,
    changes,
    event_pairs,
    event_parties,
    event_versions,
    events,
    mentions,
    runs,
)
from dateline.ledger.summary import Evidence, Seen, Summary, summarise
from dateline.records import Event, Mention

_Values = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Run:
    """The run of the coder that brings events to a new state."""

    id: int
    article: str
    version: int
    coder: str
    at: dt.datetime
    why: str
    """Why the article was coded: it is new, it changed, or the coder did."""


@dataclass(frozen=True, slots=True)
class _Update:
    summary: Summary
    position: int | None
    kind: ChangeKind
    reason: str
    is_new: bool
    silent: bool = False
    """Nothing that is to be seen changed."""

    @property
    def event(self) -> Event:
        return self.summary.event


def refresh(connection: Connection, ids: Sequence[str], run: Run) -> list[tuple[str, ChangeKind]]:
    """Bring events to the state that their mentions tell; returns what changed, and how."""
    if not ids:
        return []
    stored = _stored(connection, ids)
    reports = _reports(connection, ids)
    updates = [_update(id, stored.get(id, (None, None))[0], reports[id], run) for id in ids]
    _write_events(connection, updates)
    _write_terms(connection, updates, [was for _, was in stored.values() if was is not None])
    loud = [update for update in updates if not update.silent]
    _write_history(connection, loud, run)
    return [(update.event.id, update.kind) for update in loud]


def _stored(
    connection: Connection, ids: Sequence[str]
) -> dict[str, tuple[Event | None, int | None]]:
    """The events as they are, with their positions."""
    rows = connection.execute(
        sa.select(events.c.id, events.c.record, events.c.position).where(events.c.id.in_(ids))
    )
    return {row.id: (Event.model_validate_json(row.record), row.position) for row in rows}


def _reports(connection: Connection, ids: Sequence[str]) -> dict[str, list[Row]]:
    rows = connection.execute(
        sa.select(
            mentions.c.id,
            mentions.c.event,
            mentions.c.run,
            mentions.c.article,
            mentions.c.origin,
            mentions.c.record,
            mentions.c.superseded_by,
            runs.c.at,
        )
        .join(runs, runs.c.id == mentions.c.run)
        .where(mentions.c.event.in_(ids))
        .order_by(mentions.c.id)
    )
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.event].append(row)
    return found


def _update(id: str, before: Event | None, reports: Sequence[Row], run: Run) -> _Update:
    current = [row for row in reports if row.superseded_by is None]
    version = before.version if before else 0
    seen = _seen(reports, current or reports)
    summary = summarise(id, [_evidence(row) for row in current or reports], seen, version + 1)
    if not current:
        return _withdrawn(summary, before, run)
    if before and before == summary.event.model_copy(update={"version": before.version}):
        same = replace(summary, event=before)
        return _Update(same, seen.position, "changed", "", is_new=False, silent=True)
    origin = next((row.origin for row in current if row.article == run.article), None)
    kind, reason = _kind(before, reports, origin, run)
    return _Update(summary, seen.position, kind, reason, is_new=before is None)


def _withdrawn(summary: Summary, before: Event | None, run: Run) -> _Update:
    """An event that no article reports any longer; it stays as it was last reported."""
    last = before or summary.event
    silent = before is not None and before.mention_count == 0
    version = last.version if silent or before is None else last.version + 1
    event = last.model_copy(update={"version": version, "mention_count": 0, "source_count": 0})
    reason = f"no longer reported: {run.why}"
    gone = replace(summary, event=event)
    return _Update(gone, None, "withdrawn", reason, is_new=before is None, silent=silent)


def _kind(
    before: Event | None, reports: Sequence[Row], origin: str | None, run: Run
) -> tuple[ChangeKind, str]:
    if before is None:
        return "new", f"first reported, by {origin}"
    if before.mention_count == 0:
        return "new", f"reported again, by {origin}"
    earlier = any(row.article == run.article and row.run != run.id for row in reports)
    if origin is not None and not earlier:
        return "extended", f"also reported by {origin}"
    return "changed", run.why


def _seen(reports: Sequence[Row], current: Sequence[Row]) -> Seen:
    """First and last new report; an article that reports the event again is not a new one."""
    firsts: dict[str, Row] = {}
    for row in reports:
        firsts.setdefault(row.article, row)
    last = max((firsts[row.article] for row in current), key=lambda row: row.id)
    return Seen(first=reports[0].at, last=last.at, position=last.id)


def _evidence(row: Row) -> Evidence:
    return Evidence(Mention.model_validate_json(row.record), row.origin)


def _write_events(connection: Connection, updates: Sequence[_Update]) -> None:
    fresh = [_row(update) for update in updates if update.is_new]
    if fresh:
        connection.execute(events.insert(), fresh)
    old = [_row(update) for update in updates if not update.is_new]
    if old:
        statement = events.update().where(events.c.id == sa.bindparam("event"))
        connection.execute(statement, [{"event": row.pop("id")} | row for row in old])


def _row(update: _Update) -> _Values:
    event = update.event
    return {
        "id": event.id,
        "position": update.position,
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "score": event.score,
        "status": event.status,
        "date": event.date,
        "country": event.place.country if event.place else None,
        "sentences": update.summary.sentences,
        "record": event.model_dump_json(),
    }


def _write_terms(
    connection: Connection, updates: Sequence[_Update], earlier: Sequence[int]
) -> None:
    for table in (event_parties, event_pairs):
        if earlier:
            connection.execute(table.delete().where(table.c.position.in_(earlier)))
    listed = [update for update in updates if update.position is not None]
    _insert(connection, event_parties, (row for update in listed for row in _party_rows(update)))
    _insert(connection, event_pairs, (row for update in listed for row in _pair_rows(update)))


def _party_rows(update: _Update) -> Iterable[_Values]:
    actors = identity.merged(update.summary.actors)
    recipients = identity.merged(update.summary.recipients)
    either = identity.merged([actors, recipients])
    for side, terms in (("actor", actors), ("recipient", recipients), ("either", either)):
        for term in terms:
            yield {"term": term, "side": side, "position": update.position}


def _pair_rows(update: _Update) -> Iterable[_Values]:
    found = identity.pairs(update.summary.actors, update.summary.recipients)
    for (a, b), main in found.items():
        yield {"a": a, "b": b, "position": update.position, "main": main}


def _write_history(connection: Connection, updates: Sequence[_Update], run: Run) -> None:
    rows = (
        {
            "event": update.event.id,
            "version": update.event.version,
            "reason": update.reason,
            "at": run.at,
            "run": run.id,
            "record": update.event.model_dump_json(),
        }
        for update in updates
    )
    _insert(connection, event_versions, rows)
    seq = next_id(connection, changes)
    logged = (
        {"id": number, "kind": update.kind, "event": update.event.id, "at": run.at}
        for number, update in enumerate(updates, seq)
    )
    _insert(connection, changes, logged)


def _insert(connection: Connection, table: sa.Table, rows: Iterable[_Values]) -> None:
    found = list(rows)
    if found:
        connection.execute(table.insert(), found)
