"""Reading events, mentions and articles."""

from __future__ import annotations

import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.ledger import cursor
from dateline.ledger.articles import load
from dateline.ledger.filters import Filter
from dateline.ledger.model import (
    ArticleDetail,
    ArticleSummary,
    EventDetail,
    EventMention,
    EventVersion,
    Page,
    Version,
)
from dateline.ledger.querying import events_query
from dateline.ledger.schema import (
    Row,
    articles,
    event_versions,
    events,
    mentions,
    runs,
    statements,
    versions,
)
from dateline.records import Event, Mention, Statement


def list_events(
    connection: Connection, where: Filter, limit: int, before: str | None
) -> Page[Event]:
    """Events that a filter admits, those with the newest mention first."""
    limit = cursor.checked(limit)
    position = cursor.decode("e", before)
    query = events_query(where, connection.dialect.name, position).limit(limit + 1)
    rows = connection.execute(query).all()
    found = [Event.model_validate_json(row.record) for row in rows]
    return cursor.page("e", found, [row.position for row in rows], limit)


def event_detail(connection: Connection, id: str) -> EventDetail | None:
    """An event with its mentions and history."""
    record = connection.execute(
        sa.select(events.c.record).where(events.c.id == id)
    ).scalar_one_or_none()
    if record is None:
        return None
    query = (
        sa.select(mentions, runs.c.at)
        .join(runs, runs.c.id == mentions.c.run)
        .where(mentions.c.event == id)
        .order_by(mentions.c.superseded_by.is_not(None), mentions.c.id)
    )
    found = tuple(_event_mention(row) for row in connection.execute(query))
    history = connection.execute(
        sa.select(event_versions)
        .where(event_versions.c.event == id)
        .order_by(event_versions.c.version)
    )
    return EventDetail(
        event=Event.model_validate_json(record),
        mentions=found,
        origins=tuple(sorted({m.origin for m in found if m.current})),
        history=tuple(
            EventVersion(row.version, row.reason, row.at, Event.model_validate_json(row.record))
            for row in history
        ),
    )


def _event_mention(row: Row) -> EventMention:
    return EventMention(
        mention=Mention.model_validate_json(row.record),
        article_id=row.article,
        version_id=row.version,
        origin=row.origin,
        stored=row.at,
        current=row.superseded_by is None,
    )


def find_mention(connection: Connection, id: str) -> tuple[Mention, int] | None:
    """A mention and its version of the article; the current one, else the newest of that id."""
    row = connection.execute(
        sa.select(mentions.c.record, mentions.c.version)
        .where(mentions.c.mention == id)
        .order_by(mentions.c.superseded_by.is_not(None), mentions.c.id.desc())
        .limit(1)
    ).one_or_none()
    return (Mention.model_validate_json(row.record), row.version) if row else None


def find_version(connection: Connection, id: int) -> Version | None:
    """A version by its id."""
    row = connection.execute(_versions().where(versions.c.id == id)).one_or_none()
    return _version(row) if row else None


def article_detail(connection: Connection, id: str, version: int | None) -> ArticleDetail | None:
    """An article in one version (its id), by default the newest."""
    rows = connection.execute(
        _versions().where(versions.c.article == id).order_by(versions.c.number)
    ).all()
    chosen = [row for row in rows if version is None or row.id == version]
    if not chosen:
        return None
    shown = chosen[-1]
    stored = connection.execute(
        sa.select(versions.c.record, versions.c.text, articles.c.feed)
        .join(articles, articles.c.id == versions.c.article)
        .where(versions.c.id == shown.id)
    ).one()
    run = connection.execute(
        sa.select(runs.c.id, runs.c.superseded_by)
        .where(runs.c.version == shown.id, runs.c.coder.is_not(None))
        .order_by(runs.c.id.desc())
        .limit(1)
    ).one_or_none()
    found = _mentions(connection, run.id) if run else []
    return ArticleDetail(
        id=id,
        version=_version(shown),
        article=load(stored.record, stored.text),
        versions=tuple(_version(row) for row in rows),
        mentions=tuple(mention for mention, _ in found),
        event_ids=tuple(event for _, event in found),
        statements=_statements(connection, run.id) if run else (),
        current=run is not None and run.superseded_by is None,
        feed=stored.feed,
    )


def _versions() -> sa.Select[Any]:
    failure = (
        sa.select(runs.c.failure)
        .where(runs.c.version == versions.c.id, runs.c.failure.is_not(None))
        .order_by(runs.c.id.desc())
        .limit(1)
        .correlate(versions)
        .scalar_subquery()
    )
    shown = ("id", "article", "number", "seen", "state", "title")
    return sa.select(*(versions.c[name] for name in shown), failure.label("failure"))


def _version(row: Row) -> Version:
    failed = row.state == "failed"
    return Version(
        id=row.id,
        article_id=row.article,
        number=row.number,
        seen=row.seen,
        state=row.state,
        title=row.title,
        failure=row.failure if failed else None,
    )


def _mentions(connection: Connection, run: int) -> list[tuple[Mention, str]]:
    rows = connection.execute(
        sa.select(mentions.c.record, mentions.c.event)
        .where(mentions.c.run == run)
        .order_by(mentions.c.id)
    )
    found = [(Mention.model_validate_json(row.record), row.event) for row in rows]
    return sorted(found, key=lambda item: (item[0].sentence.start, item[0].trigger.start))


def _statements(connection: Connection, run: int) -> tuple[Statement, ...]:
    rows = connection.execute(
        sa.select(statements.c.record).where(statements.c.run == run).order_by(statements.c.number)
    ).scalars()
    return tuple(Statement.model_validate_json(record) for record in rows)


def list_articles(connection: Connection, limit: int, before: str | None) -> Page[ArticleSummary]:
    """Articles, those with the newest version first."""
    limit = cursor.checked(limit)
    position = cursor.decode("a", before)
    current = (
        sa.select(sa.func.count())
        .where(mentions.c.article == articles.c.id, mentions.c.superseded_by.is_(None))
        .correlate(articles)
        .scalar_subquery()
    )
    query = (
        sa.select(articles, versions.c.record, versions.c.state, current.label("mentions"))
        .join(versions, versions.c.id == articles.c.latest)
        .order_by(articles.c.latest.desc())
        .limit(limit + 1)
    )
    if position is not None:
        query = query.where(articles.c.latest < position)
    rows = connection.execute(query).all()
    found = [_summary(row) for row in rows]
    return cursor.page("a", found, [row.latest for row in rows], limit)


def _summary(row: Row) -> ArticleSummary:
    record = json.loads(row.record)
    return ArticleSummary(
        id=row.id,
        version_id=row.latest,
        versions=row.versions,
        title=record["title"],
        url=record["url"],
        publisher=record["publisher"],
        origin=record["origin"],
        published=record["published"],
        feed=row.feed,
        first_seen=row.first_seen,
        last_seen=row.last_seen,
        state=row.state,
        mentions=row.mentions,
    )
