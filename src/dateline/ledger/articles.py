"""Storing articles and their versions, and which of them are still to be coded."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.errors import DatelineError
from dateline.ledger import identity
from dateline.ledger.model import Stored
from dateline.ledger.schema import articles, runs, versions
from dateline.records import Article


def store(connection: Connection, article: Article, feed: str | None, seen: dt.datetime) -> Stored:
    """Store an article, or a new version of it, or nothing where it is the same as before."""
    key = identity.article_key(article)
    id = identity.article_id(key)
    digest = identity.digest(article)
    known = connection.execute(
        sa.select(versions.c.id, versions.c.number, versions.c.digest)
        .join(articles, articles.c.latest == versions.c.id)
        .where(articles.c.id == id)
    ).one_or_none()
    if known is not None and known.digest == digest:
        return Stored(known.id, id, "same")
    version = next_id(connection, versions)
    number = known.number + 1 if known else 1
    if known is None:
        fresh = {"id": id, "key": key, "latest": version, "versions": 1, "feed": feed}
        times = {"first_seen": seen, "last_seen": seen, "delay": _delay(article, seen)}
        connection.execute(articles.insert(), fresh | times)
    else:
        connection.execute(
            articles.update()
            .where(articles.c.id == id)
            .values(latest=version, versions=number, last_seen=seen)
        )
    row: dict[str, Any] = {
        "id": version,
        "article": id,
        "number": number,
        "digest": digest,
        "feed": feed,
    }
    row |= {"title": article.title, "text": article.text, "record": _dump(article)}
    row |= {"seen": seen, "state": "pending"}
    connection.execute(versions.insert(), row)
    return Stored(version, id, "changed" if known else "new")


def pending(connection: Connection, limit: int) -> list[tuple[int, Article]]:
    """Versions that were stored and not yet coded, oldest first."""
    rows = connection.execute(
        sa.select(versions.c.id, versions.c.record, versions.c.text)
        .where(versions.c.state == "pending")
        .order_by(versions.c.id)
        .limit(limit)
    )
    return [(row.id, load(row.record, row.text)) for row in rows]


def fail(connection: Connection, version: int, why: str, at: dt.datetime) -> None:
    """Note that a version could not be coded; it is not pending any longer."""
    state = connection.execute(
        sa.select(versions.c.state).where(versions.c.id == version)
    ).scalar_one_or_none()
    if state is None:
        raise DatelineError(f"version {version}: there is no such version of an article")
    if state != "coded":
        connection.execute(versions.update().where(versions.c.id == version).values(state="failed"))
    row: dict[str, Any] = {
        "id": next_id(connection, runs),
        "version": version,
        "coder": None,
        "at": at,
    }
    row |= {"failure": " ".join(why.split()), "mentions": 0, "statements": 0}
    connection.execute(runs.insert(), row)


def load(record: str, text: str) -> Article:
    """An article from its row."""
    return Article.model_validate(json.loads(record) | {"text": text})


def next_id(connection: Connection, table: sa.Table) -> int:
    """The number of the next row; the caller is the only writer."""
    highest = connection.execute(sa.select(sa.func.max(table.c.id))).scalar_one()
    return (highest or 0) + 1


def _dump(article: Article) -> str:
    return article.model_dump_json(exclude={"text", "mentions", "statements"})


def _delay(article: Article, seen: dt.datetime) -> float | None:
    """Seconds from publication to storage, where the time and zone of publication are known."""
    if article.published is None:
        return None
    published = dt.datetime.fromisoformat(article.published)
    if published.tzinfo is None:
        return None
    delay = (seen - published).total_seconds()
    return delay if delay >= 0 else None
