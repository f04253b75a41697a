"""The tables. Rows of articles, runs and mentions are added and marked, never rewritten or deleted.

Numbers of rows are given by the writer (one more than the greatest), so that they grow without gaps
in the order in which the rows became visible: cursors and the change log rely on it.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect

if TYPE_CHECKING:
    Row = sa.Row[*tuple[Any, ...]]
    """A row of any query."""
else:
    Row = sa.Row

VERSION_TABLE = "dateline_version"


class Words(sa.types.TypeDecorator[str]):
    """Text; a null character, which PostgreSQL cannot hold, becomes U+FFFD."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Replace what cannot be stored."""
        return value.replace("\x00", "\ufffd") if value else value


class Instant(sa.types.TypeDecorator[dt.datetime]):
    """A moment, in UTC; a time without a zone is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        """To UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(dt.UTC)

    def process_result_value(
        self, value: dt.datetime | None, dialect: Dialect
    ) -> dt.datetime | None:
        """SQLite forgets the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=dt.UTC) if value.tzinfo is None else value.astimezone(dt.UTC)


Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
metadata = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


def _number() -> sa.Column[int]:
    return sa.Column("id", Number, primary_key=True, autoincrement=False)


articles = sa.Table(
    "articles",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("key", Words, nullable=False),
    sa.Column("latest", Number, nullable=False, unique=True),
    sa.Column("coded", Number),
    sa.Column("versions", sa.Integer, nullable=False),
    sa.Column("feed", Words),
    sa.Column("first_seen", Instant, nullable=False),
    sa.Column("last_seen", Instant, nullable=False),
    sa.Column("delay", sa.Float),
    sa.Index("ix_articles_feed", "feed", "first_seen", "delay"),
)
"""`id` is a hash of `key`; `latest` and `coded` are its newest version and its newest coded one."""

versions = sa.Table(
    "versions",
    metadata,
    _number(),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("digest", sa.String(64), nullable=False),
    sa.Column("title", Words),
    sa.Column("text", Words, nullable=False),
    sa.Column("record", Words, nullable=False),
    sa.Column("feed", Words),
    sa.Column("seen", Instant, nullable=False),
    sa.Column("state", Words, nullable=False),
    sa.UniqueConstraint("article", "number"),
    sa.Index("ix_versions_state", "state", "id"),
)
"""`record` is the article as JSON without its text; `state` is pending, coded or failed."""

runs = sa.Table(
    "runs",
    metadata,
    _number(),
    sa.Column("version", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("coder", Words),
    sa.Column("at", Instant, nullable=False),
    sa.Column("failure", Words),
    sa.Column("mentions", sa.Integer, nullable=False),
    sa.Column("statements", sa.Integer, nullable=False),
    sa.Column("superseded_by", sa.ForeignKey("runs.id")),
    sa.UniqueConstraint("version", "coder"),
)
"""`coder` is null for a run that failed, and `failure` says why."""

mentions = sa.Table(
    "mentions",
    metadata,
    _number(),
    sa.Column("mention", Words, nullable=False),
    sa.Column("run", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("version", sa.ForeignKey("versions.id"), nullable=False),
    sa.Column("article", sa.ForeignKey("articles.id"), nullable=False),
    sa.Column(
        "event",
        sa.ForeignKey("events.id", deferrable=True, initially="DEFERRED"),
        nullable=False,
    ),
    sa.Column("type", Words, nullable=False),
    sa.Column("mode", Words),
    sa.Column("quad", Words, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("time_start", Words),
    sa.Column("time_end", Words),
    sa.Column("country", Words),
    sa.Column("origin", Words, nullable=False),
    sa.Column("superseded_by", sa.ForeignKey("runs.id")),
    sa.Column("sentence", Words, nullable=False),
    sa.Column("record", Words, nullable=False),
    sa.Index("ix_mentions_mention", "mention"),
    sa.Index("ix_mentions_event", "event", "superseded_by", "origin"),
    sa.Index("ix_mentions_article", "article", "superseded_by"),
    sa.Index("ix_mentions_run", "run"),
)
"""`record` is the mention as JSON; `origin` is whose report it is; current ones have no
`superseded_by`."""

parties = sa.Table(
    "parties",
    metadata,
    sa.Column("mention", sa.ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    sa.Column("side", Words, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("text", Words, nullable=False),
    sa.Column("name", Words),
    sa.Column("code", Words),
    sa.Column("country", Words),
    sa.Column("sector", Words),
    sa.Column("role", Words),
    sqlite_with_rowid=False,
)

attributions = sa.Table(
    "attributions",
    metadata,
    sa.Column("mention", sa.ForeignKey("mentions.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("source", Words),
    sa.Column("code", Words),
    sa.Column("country", Words),
    sa.Column("sector", Words),
    sa.Column("cue", Words),
    sqlite_with_rowid=False,
)
"""The chain of sources of a mention, from the nearest outwards."""

statements = sa.Table(
    "statements",
    metadata,
    sa.Column("run", sa.ForeignKey("runs.id"), primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("kind", Words, nullable=False),
    sa.Column("source", Words),
    sa.Column("record", Words, nullable=False),
    sqlite_with_rowid=False,
)

events = sa.Table(
    "events",
    metadata,
    sa.Column("id", sa.String(16), primary_key=True),
    sa.Column("position", Number, unique=True),
    sa.Column("type", Words, nullable=False),
    sa.Column("mode", Words),
    sa.Column("quad", Words, nullable=False),
    sa.Column("score", sa.Float, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("date", Words),
    sa.Column("country", Words),
    sa.Column("record", Words, nullable=False),
    sa.Column("sentences", Words, nullable=False),
    sa.Index("ix_events_type", "type", "position"),
    sa.Index("ix_events_status", "status", "position"),
    sa.Index("ix_events_country", "country", "position"),
    sa.Index("ix_events_mode", "mode", "position"),
    sa.Index("ix_events_date", "date"),
)
"""`position` orders the stream: the row of the newest mention, where a later mention by the same
article does not count as new; null once no article reports the event any longer."""

event_versions = sa.Table(
    "event_versions",
    metadata,
    sa.Column("event", sa.ForeignKey("events.id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("reason", Words, nullable=False),
    sa.Column("at", Instant, nullable=False),
    sa.Column("run", sa.ForeignKey("runs.id"), nullable=False),
    sa.Column("record", Words, nullable=False),
    sqlite_with_rowid=False,
)

event_parties = sa.Table(
    "event_parties",
    metadata,
    sa.Column("term", Words, primary_key=True),
    sa.Column("side", Words, primary_key=True),
    sa.Column("position", Number, primary_key=True, autoincrement=False),
    sa.Index("ix_event_parties_position", "position"),
    sqlite_with_rowid=False,
)
"""Whom an event, given by its position, can be found by: folded codes and names; `side` is actor,
recipient or either. Its own index gives the events of a party in the order of the stream."""

event_pairs = sa.Table(
    "event_pairs",
    metadata,
    sa.Column("a", Words, primary_key=True),
    sa.Column("b", Words, primary_key=True),
    sa.Column("position", Number, primary_key=True, autoincrement=False),
    sa.Column("main", sa.Boolean, nullable=False),
    sa.Index("ix_event_pairs_position", "position"),
    sa.Index("ix_event_pairs_main", "main", "a", "b"),
    sqlite_with_rowid=False,
)
"""Pairs of terms (a < b) that acted towards or with one another; `main` pairs are of whole parties,
by their code or else their name, and count each pair of parties once."""

changes = sa.Table(
    "changes",
    metadata,
    _number(),
    sa.Column("kind", Words, nullable=False),
    sa.Column("event", sa.ForeignKey("events.id"), nullable=False),
    sa.Column("at", Instant, nullable=False),
)

feeds = sa.Table(
    "feeds",
    metadata,
    sa.Column("name", Words, primary_key=True),
    sa.Column("url", Words, nullable=False),
    sa.Column("status", Words, nullable=False),
    sa.Column("record", Words, nullable=False),
)
