"""The ledger: what its users call."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from dateline.errors import DatelineError
from dateline.ledger import (
    articles,
    counting,
    cursor,
    dyads,
    engine,
    feeds,
    migrate,
    reading,
    runs,
    search,
)
from dateline.ledger.filters import Filter
from dateline.ledger.model import (
    ArticleDetail,
    ArticleSummary,
    By,
    Change,
    Counts,
    DyadSeries,
    EventDetail,
    Hit,
    Page,
    Pair,
    RunResult,
    Stored,
    Version,
)
from dateline.ledger.querying import events_query
from dateline.ledger.schema import events, mentions
from dateline.records import Article, Event, FeedHealth, Mention

_ALL = Filter()
_BATCH = 2000


def open_ledger(url_or_path: str | Path, *, read_only: bool = False) -> Ledger:
    """Open a database, an SQLite file or a SQLAlchemy URL; makes and migrates it unless read-only.

    Raises DatelineError for a database that cannot be used: of a newer version or another program,
    read-only, locked for longer than 5 seconds, on a full disk, in a folder that does not exist.
    """
    url, name = engine.place_of(url_or_path)
    connected = engine.connect(url, name, read_only=read_only)
    try:
        migrate.prepare(connected, name, read_only=read_only)
    except BaseException:
        connected.dispose()
        raise
    return Ledger(connected, name, read_only=read_only)


class Ledger:
    """An open database. Threads may share it; other processes may read while one writes.

    Everything that writes is one transaction: after a crash it is there as a whole or not at all.
    All methods raise DatelineError where the database cannot be used. Times must have a zone.
    """

    def __init__(self, connected: Engine, name: str, *, read_only: bool) -> None:
        self.name = name
        """The database as messages call it."""
        self.read_only = read_only
        self._engine = connected
        self._writer = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # Writing

    def store_article(
        self, article: Article, *, feed: str | None = None, seen: dt.datetime
    ) -> Stored:
        """Store an article as it came in, or a new version of it if it changed.

        Articles are the same by their URL, without fragment and tracking parameters, or else by
        their id. A change of text, title or time of publication makes a new version.
        """
        with self._write() as connection:
            return articles.store(connection, article, feed, _zoned(seen))

    def pending(self, limit: int = 100) -> list[tuple[int, Article]]:
        """Versions (with their ids) that are stored and not yet coded, oldest first."""
        with self._read() as connection:
            return articles.pending(connection, cursor.checked(limit))

    def store_run(
        self, version_id: int, coded: Article, *, coder: str, at: dt.datetime
    ) -> RunResult:
        """Store what the coder found in a version, with the events that it reports.

        The mentions take the place of those of earlier runs of any version of the article, which
        stay on record. The run of a version that a later one, coded already, took the place of is
        stored as superseded. Storing a run of the same version by the same coder does nothing.
        """
        with self._write() as connection:
            return runs.store(connection, version_id, coded, coder, _zoned(at))

    def failed_run(self, version_id: int, *, why: str, at: dt.datetime) -> None:
        """Note that the coder could not code a version; it is no longer pending."""
        with self._write() as connection:
            articles.fail(connection, version_id, why, _zoned(at))

    def feed_polled(self, health: FeedHealth) -> None:
        """Note how a feed stands after a poll."""
        with self._write() as connection:
            feeds.store(connection, health)

    # Reading

    def feeds(self) -> list[FeedHealth]:
        """All feeds that were ever polled, by name, with their articles and delay."""
        with self._read() as connection:
            return feeds.load(connection)

    def events(
        self, where: Filter = _ALL, *, limit: int = 50, before: str | None = None
    ) -> Page[Event]:
        """Events, newest first by when their newest mention was first stored.

        `before` is the `next` of the page before.
        """
        with self._read() as connection:
            return reading.list_events(connection, where, limit, before)

    def event(self, id: str) -> EventDetail | None:
        """An event with its mentions, sources and history; None where there is none."""
        with self._read() as connection:
            return reading.event_detail(connection, id)

    def mention(self, id: str) -> tuple[Mention, int] | None:
        """A mention and the id of its version of the article; None where there is none."""
        with self._read() as connection:
            return reading.find_mention(connection, id)

    def version(self, id: int) -> Version | None:
        """A version of an article by its id; None where there is none."""
        with self._read() as connection:
            return reading.find_version(connection, id)

    def article(self, article_id: str, version: int | None = None) -> ArticleDetail | None:
        """An article in the version with that id, by default the newest; None if there is none."""
        with self._read() as connection:
            return reading.article_detail(connection, article_id, version)

    def articles(self, limit: int = 50, before: str | None = None) -> Page[ArticleSummary]:
        """Articles, those with the newest version first."""
        with self._read() as connection:
            return reading.list_articles(connection, limit, before)

    def dyad(self, a: str, b: str, *, by: By = "month") -> DyadSeries:
        """How two parties (codes or names) acted towards one another, by day, week or month."""
        with self._read() as connection:
            return dyads.series(connection, a, b, by)

    def dyads(self, limit: int = 20) -> list[Pair]:
        """The pairs of parties with most events, most first."""
        with self._read() as connection:
            return dyads.most_active(connection, limit)

    def search(self, query: str, limit: int = 20, before: str | None = None) -> Page[Hit]:
        """Articles by their words, newest first; see `dateline.ledger.search` for the syntax."""
        with self._read() as connection:
            return search.search(connection, query, limit, before)

    def changes(self, after: int, limit: int = 200) -> list[Change]:
        """The changes to events since one of them, oldest first."""
        with self._read() as connection:
            return counting.changes_after(connection, after, limit)

    def last_change(self) -> int:
        """The number of the last change; 0 for none."""
        with self._read() as connection:
            return counting.last_change(connection)

    def counts(self) -> Counts:
        """How much the ledger holds."""
        with self._read() as connection:
            return counting.counts(connection)

    def export(self, where: Filter = _ALL) -> Iterator[Mention]:
        """The current mentions of the events that a filter admits, in the order of storage.

        Read in batches: what is stored meanwhile comes last.
        """
        admitted = events_query(where, self._engine.dialect.name).order_by(None)
        query = (
            sa.select(mentions.c.id, mentions.c.record)
            .where(mentions.c.superseded_by.is_(None))
            .order_by(mentions.c.id)
            .limit(_BATCH)
        )
        if where != _ALL:
            query = query.where(mentions.c.event.in_(admitted.with_only_columns(events.c.id)))
        last = 0
        while True:
            with self._read() as connection:
                rows = connection.execute(query.where(mentions.c.id > last)).all()
            for row in rows:
                yield Mention.model_validate_json(row.record)
            if len(rows) < _BATCH:
                return
            last = rows[-1].id

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with engine.reading(self._engine, self.name) as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        if self.read_only:
            raise DatelineError(f"{self.name}: was opened for reading only")
        with self._writer, engine.writing(self._engine, self.name) as connection:
            yield connection


def _zoned(moment: dt.datetime) -> dt.datetime:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone: use datetime.now(UTC)")
    return moment
