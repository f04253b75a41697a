"""What the ledger gives back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Generic, Literal, TypeVar

from dateline.records import Article, Event, Mention, Statement

Item = TypeVar("Item")
By = Literal["day", "week", "month"]
ChangeKind = Literal["new", "extended", "changed", "withdrawn"]
VersionState = Literal["pending", "coded", "failed"]


@dataclass(frozen=True, slots=True)
class Page(Generic[Item]):
    """Some items of a list, newest first."""

    items: tuple[Item, ...]
    next: str | None
    """What to pass as `before` for the older ones; None at the end of the list."""


@dataclass(frozen=True, slots=True)
class Stored:
    """What became of an article that was handed in."""

    version_id: int
    """The version that holds it, stored now or before."""
    article_id: str
    outcome: Literal["new", "changed", "same"]


@dataclass(frozen=True, slots=True)
class RunResult:
    """What a run of the coder changed."""

    run_id: int
    outcome: Literal["stored", "same"]
    """"same": this coder's run of this version was stored before, and nothing was done."""
    mentions: int
    new: tuple[str, ...] = ()
    """Events first reported now."""
    changed: tuple[str, ...] = ()
    """Events that were extended, changed or withdrawn."""


@dataclass(frozen=True, slots=True)
class Change:
    """An entry of the change log."""

    seq: int
    kind: ChangeKind
    event_id: str
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class EventMention:
    """A mention as part of an event."""

    mention: Mention
    article_id: str
    version_id: int
    origin: str
    """Whose report it is: mentions with one origin are one source."""
    stored: dt.datetime
    current: bool
    """False where a later run of its article took its place."""


@dataclass(frozen=True, slots=True)
class EventVersion:
    """A state that an event was in."""

    version: int
    reason: str
    at: dt.datetime
    event: Event


@dataclass(frozen=True, slots=True)
class EventDetail:
    """An event with all that is known of it."""

    event: Event
    mentions: tuple[EventMention, ...]
    """Current ones first, then superseded ones, each in the order in which they were stored."""
    origins: tuple[str, ...]
    """The independent sources, sorted."""
    history: tuple[EventVersion, ...]
    """Oldest first; the last one is the event as it is."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an article."""

    id: int
    article_id: str
    number: int
    """Counts from 1 within the article."""
    seen: dt.datetime
    state: VersionState
    title: str | None
    failure: str | None = None
    """Why it could not be coded."""


@dataclass(frozen=True, slots=True)
class ArticleDetail:
    """An article in one of its versions."""

    id: str
    version: Version
    article: Article
    """As it was stored, without mentions and statements."""
    versions: tuple[Version, ...]
    """Oldest first."""
    mentions: tuple[Mention, ...]
    """What the newest run of this version found, in the order of the text."""
    event_ids: tuple[str, ...]
    """The event of each of the mentions."""
    statements: tuple[Statement, ...]
    current: bool
    """Whether the mentions count: False for a version that a later one took the place of."""
    feed: str | None


@dataclass(frozen=True, slots=True)
class ArticleSummary:
    """An article in a list."""

    id: str
    version_id: int
    versions: int
    title: str | None
    url: str | None
    publisher: str | None
    origin: str | None
    published: str | None
    feed: str | None
    first_seen: dt.datetime
    last_seen: dt.datetime
    state: VersionState
    mentions: int
    """Current mentions."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a snippet; `hit` where it is what was searched for."""

    text: str
    hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """An article that was found by its words."""

    article_id: str
    version_id: int
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    snippet: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class DyadPeriod:
    """The events of a pair in one day, week (from Monday) or month."""

    start: dt.date
    events: int
    score: float
    """Mean score, -10 (conflict) to +10 (cooperation)."""
    quads: dict[str, int]
    """Events by quad class; those without events are left out."""


@dataclass(frozen=True, slots=True)
class DyadSeries:
    """How two parties acted towards one another over time; periods without events are left out."""

    a: str
    b: str
    by: By
    events: int
    score: float | None
    """Mean score of all events."""
    undated: int
    """Events that are in no period because their date is not known."""
    periods: tuple[DyadPeriod, ...]
    types: tuple[tuple[str, int], ...]
    """Event types by how many events, most first."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties that acted towards one another."""

    a: str
    b: str
    """Codes, or names where there is no code; what `dyad` takes."""
    events: int
    latest: str
    """The id of the newest event."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the ledger holds. Mentions, statements and events are the current ones."""

    articles: int
    versions: int
    pending: int
    failed: int
    mentions: int
    events: int
    statements: int
    runs: int
    by_type: dict[str, int]
    """Events by type."""
    since: dt.datetime | None
    """When the first article was stored."""
