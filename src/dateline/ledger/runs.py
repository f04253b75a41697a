"""Storing what the coder found: the run, its mentions, and what superseded ones it replaces."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from dateline.errors import DatelineError
from dateline.ledger import identity
from dateline.ledger.articles import next_id
from dateline.ledger.events import Run, refresh
from dateline.ledger.model import RunResult
from dateline.ledger.schema import (
    articles,
    attributions,
    mentions,
    parties,
    runs,
    statements,
    versions,
)
from dateline.records import Article, Mention, Statement

Row = dict[str, Any]


def store(
    connection: Connection, version: int, coded: Article, coder: str, at: dt.datetime
) -> RunResult:
    """Store a run of the coder; does nothing where that coder's run of the version is stored."""
    found = connection.execute(
        sa.select(versions.c.article, versions.c.number, versions.c.text, articles.c.coded)
        .join(articles, articles.c.id == versions.c.article)
        .where(versions.c.id == version)
    ).one_or_none()
    if found is None:
        raise DatelineError(f"version {version}: there is no such version of an article")
    if found.text != coded.text.replace("\x00", "\ufffd"):
        raise DatelineError(f"version {version}: what was coded is another text than is stored")
    known = connection.execute(
        sa.select(runs.c.id, runs.c.mentions).where(
            runs.c.version == version, runs.c.coder == coder
        )
    ).one_or_none()
    if known is not None:
        return RunResult(known.id, "same", known.mentions)
    why = _why(found.coded, version, found.number, coder)
    run = Run(next_id(connection, runs), found.article, version, coder, at, why)
    _insert_run(connection, run, coded)
    later = _overtaken_by(connection, run, found.coded)
    touched = [] if later else _supersede(connection, run)
    events = _insert_mentions(connection, run, coded.mentions, later)
    insert(connection, statements, _statements(run.id, coded.statements))
    _mark(connection, run, later)
    changed = refresh(connection, identity.merged([touched, events]), run)
    return RunResult(
        run.id,
        "stored",
        len(coded.mentions),
        new=tuple(event for event, kind in changed if kind == "new"),
        changed=tuple(event for event, kind in changed if kind != "new"),
    )


def _why(coded: int | None, version: int, number: int, coder: str) -> str:
    if coded is None:
        return "first coded"
    if coded == version:
        return f"coded anew by {coder}"
    if coded > version:
        return f"version {number} of its article was coded after a later one"
    return f"its article changed (version {number})"


def insert(connection: Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Insert rows, if there are any."""
    if rows:
        connection.execute(table.insert(), rows)


def _insert_run(connection: Connection, run: Run, coded: Article) -> None:
    row = {"id": run.id, "version": run.version, "coder": run.coder, "at": run.at}
    row |= {"mentions": len(coded.mentions), "statements": len(coded.statements)}
    connection.execute(runs.insert(), row)


def _overtaken_by(connection: Connection, run: Run, coded: int | None) -> int | None:
    """The run of a later version that was stored before this one, if any."""
    if coded is None or coded <= run.version:
        return None
    newest = sa.select(sa.func.max(runs.c.id)).where(
        runs.c.version == coded, runs.c.coder.is_not(None)
    )
    later: int | None = connection.execute(newest).scalar_one()
    return later


def _supersede(connection: Connection, run: Run) -> list[str]:
    """Mark the mentions of earlier runs of the article; returns the events that lose them."""
    earlier = sa.and_(mentions.c.article == run.article, mentions.c.superseded_by.is_(None))
    touched = connection.execute(
        sa.select(mentions.c.event).where(earlier).distinct().order_by(mentions.c.event)
    ).scalars()
    found = list(touched)
    connection.execute(mentions.update().where(earlier).values(superseded_by=run.id))
    of_article = sa.select(versions.c.id).where(versions.c.article == run.article)
    connection.execute(
        runs.update()
        .where(
            runs.c.version.in_(of_article),
            runs.c.id != run.id,
            runs.c.superseded_by.is_(None),
            runs.c.coder.is_not(None),
        )
        .values(superseded_by=run.id)
    )
    return found


def _mark(connection: Connection, run: Run, later: int | None) -> None:
    connection.execute(versions.update().where(versions.c.id == run.version).values(state="coded"))
    if later is None:
        connection.execute(
            articles.update().where(articles.c.id == run.article).values(coded=run.version)
        )
    else:
        connection.execute(runs.update().where(runs.c.id == run.id).values(superseded_by=later))


def _insert_mentions(
    connection: Connection, run: Run, found: Sequence[Mention], later: int | None
) -> list[str]:
    """Insert mentions with their parties and sources; returns their events."""
    first = next_id(connection, mentions)
    numbered = list(enumerate(found, first))
    events = [identity.event_id(mention, run.article) for mention in found]
    rows = [
        _mention(id, mention, event, run) | {"superseded_by": later}
        for (id, mention), event in zip(numbered, events, strict=True)
    ]
    insert(connection, mentions, rows)
    insert(connection, parties, [row for id, m in numbered for row in _parties(id, m)])
    insert(connection, attributions, [row for id, m in numbered for row in _chain(id, m)])
    return events


def _mention(id: int, mention: Mention, event: str, run: Run) -> Row:
    time, place = mention.time, mention.place
    return {
        "id": id,
        "mention": mention.id,
        "run": run.id,
        "version": run.version,
        "article": run.article,
        "event": event,
        "type": mention.type,
        "mode": mention.mode,
        "quad": mention.quad,
        "score": mention.score,
        "status": mention.status,
        "confidence": mention.confidence,
        "time_start": time.start if time else None,
        "time_end": time.end if time else None,
        "country": place.country if place else None,
        "origin": identity.origin(mention, run.article),
        "sentence": mention.sentence.text,
        "record": mention.model_dump_json(),
    }


def _parties(id: int, mention: Mention) -> list[Row]:
    return [
        {"mention": id, "side": side, "number": number}
        | party.model_dump(include={"text", "name", "code", "country", "sector", "role"})
        for side, found in (("actor", mention.actors), ("recipient", mention.recipients))
        for number, party in enumerate(found)
    ]


def _chain(id: int, mention: Mention) -> list[Row]:
    rows: list[Row] = []
    for number, link in enumerate(mention.attribution):
        source = link.source
        rows.append(
            {
                "mention": id,
                "number": number,
                "kind": link.kind,
                "source": source.text if source else None,
                "code": source.code if source else None,
                "country": source.country if source else None,
                "sector": source.sector if source else None,
                "cue": link.cue.text if link.cue else None,
            }
        )
    return rows


def _statements(run: int, found: Sequence[Statement]) -> list[Row]:
    return [
        {
            "run": run,
            "number": number,
            "kind": statement.kind,
            "source": statement.source.text if statement.source else None,
            "record": statement.model_dump_json(),
        }
        for number, statement in enumerate(found)
    ]
