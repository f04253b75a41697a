"""The records that pass between the rooms.

All of them are frozen pydantic models: validated where they are made, never changed afterwards.
Offsets are code points into `Article.text`, end exclusive.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict

Status = Literal["happened", "alleged", "planned", "hypothetical", "denied"]
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]
Precision = Literal["day", "week", "month", "season", "quarter", "year", "decade", "range"]
AttributionKind = Literal["quote", "paraphrase", "report"]
PassageKind = Literal["headline", "body", "entry"]


def _iso(value: str | None) -> str | None:
    """Accept an ISO 8601 date or date and time; anything else is an error."""
    if value is not None:
        dt.datetime.fromisoformat(value)
    return value


IsoDate = Annotated[str, AfterValidator(_iso)]


class Record(BaseModel):
    """Base of all records: frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Problem(Record):
    """Something that could not be read or coded: reported by name, while the rest goes on."""

    where: str
    """The file, URL, row or record."""
    why: str
    """What is wrong and how to mend it, in one line."""


class Span(Record):
    """Characters of a text."""

    text: str
    start: int
    end: int


class Passage(Record):
    """A run of an article's text that is news, not page furniture.

    The entries of a live blog are passages with their own time of publication.
    """

    start: int
    end: int
    kind: PassageKind = "body"
    published: IsoDate | None = None


class Document(Record):
    """An article's identity, as every mention carries it. `published` is a date, no time of day."""

    id: str
    url: str | None = None
    title: str | None = None
    published: str | None = None
    publisher: str | None = None
    origin: str | None = None


class Sentence(Record):
    """A sentence by its place in the article; `index` counts from 0 over the coded passages."""

    index: int
    start: int
    end: int
    text: str


class Party(Record):
    """An actor or recipient: the text as written, and whom it names."""

    text: str
    start: int
    end: int
    name: str | None = None
    code: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None


class Time(Record):
    """When: `start` and `end` are dates (YYYY-MM-DD, inclusive) or null where open."""

    text: str
    start: str | None
    end: str | None
    precision: Precision


class Place(Record):
    """Where, by GeoNames; no coordinate where only the name is known."""

    text: str
    name: str | None = None
    country: str | None = None
    lat: float | None = None
    lon: float | None = None
    geonameid: int | None = None


class Source(Record):
    """Who stands behind a claim."""

    text: str
    start: int
    end: int
    code: str | None = None
    country: str | None = None
    sector: str | None = None


class Attribution(Record):
    """One link in the chain of those who report something; `source` is null where it is unnamed."""

    source: Source | None
    cue: Span | None
    kind: AttributionKind


class DocumentId(Record):
    """The document of a statement."""

    id: str


class Statement(Record):
    """Who said what, by which words: one attribution, whether or not it holds an event."""

    document: DocumentId
    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: AttributionKind


class Mention(Record):
    """One passage that reports that an actor did something political."""

    id: str
    document: Document
    sentence: Sentence
    trigger: Span
    type: str
    mode: str | None
    contexts: tuple[str, ...]
    quad: Quad
    score: float
    cameo: str | None
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    status: Status
    time: Time | None
    place: Place | None
    attribution: tuple[Attribution, ...]
    confidence: float
    coder: str


class Article(Record):
    """A report as it came in and, once coded, its mentions and statements.

    `text` is what offsets count in; `passages` are the parts of it that are news. An empty
    `passages` means that all of the text is. `published` keeps time and zone where known.
    """

    id: str
    text: str
    title: str | None = None
    url: str | None = None
    published: IsoDate | None = None
    publisher: str | None = None
    origin: str | None = None
    byline: str | None = None
    language: str | None = None
    credits: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()

    @property
    def date(self) -> dt.date | None:
        """The day of publication."""
        return dt.datetime.fromisoformat(self.published).date() if self.published else None

    @property
    def document(self) -> Document:
        """The article's identity for its mentions."""
        return Document(
            id=self.id,
            url=self.url,
            title=self.title,
            published=self.published[:10] if self.published else None,
            publisher=self.publisher,
            origin=self.origin,
        )


class Classification(Record):
    """The event type between a marked actor and recipient, with a probability for each type.

    `type` is null where nothing in the sentence speaks for one.
    """

    type: str | None
    confidence: float
    scores: dict[str, float]


class EventParty(Record):
    """An actor or recipient of an event: the name that most of its mentions use."""

    name: str
    code: str | None = None
    country: str | None = None
    sector: str | None = None
    role: str | None = None


class Event(Record):
    """What one or more mentions, in one or more articles, report.

    `date` is the day of the mention's own time (`precision` "day") or else the day of publication
    (`precision` "published"); both are null where neither is known. `sentence` and `mention` are
    those of the best mention, the surest of those that speak for the event's status.
    """

    id: str
    version: int
    """Counts from 1; every state that the event has been in is kept."""
    type: str
    mode: str | None
    quad: Quad
    score: float
    status: Status
    actors: tuple[EventParty, ...]
    recipients: tuple[EventParty, ...]
    date: str | None
    precision: Literal["day", "published"] | None
    place: Place | None
    sentence: str
    mention: str
    """The id of the best mention."""
    mention_count: int
    """Current mentions; 0 for an event that no article reports any longer."""
    source_count: int
    """Independent sources: distinct origins, so that copies of one report count once."""
    first_seen: dt.datetime
    last_seen: dt.datetime
    """When its newest mention was first stored."""


FeedStatus = Literal[
    "new", "ok", "empty", "failing", "dead", "unparsable", "rate-limited", "disallowed"
]


class FeedHealth(Record):
    """How a feed stands since its last poll. Times carry a zone."""

    name: str
    url: str
    title: str | None = None
    status: FeedStatus = "new"
    detail: str | None = None
    """What is wrong, in one line."""
    failing_since: dt.datetime | None = None
    last_polled: dt.datetime | None = None
    last_new: dt.datetime | None = None
    next_poll: dt.datetime | None = None
    articles: int = 0
    """How many of its articles are stored; the ledger counts them."""
    delay_seconds: float | None = None
    """Median time from publication to storage; the ledger computes it."""
    etag: str | None = None
    modified: str | None = None


class TimeMention(Record):
    """An expression of time in an article, whether or not it dates an event.

    `value` is in the form of ISO 8601: 2022-12-21, 2022-W51, 2022-12, 2022, first/last with ".."
    for an open end, R/P1W for what recurs; null where the dates are unknown. `first` and `last`
    are dates, inclusive, null where open or unknown.
    """

    document: DocumentId
    text: str
    start: int
    end: int
    value: str | None
    first: str | None
    last: str | None
    precision: Precision
    relation: Literal["at", "since", "until", "before", "after", "duration", "recurring"]


class PlaceMention(Record):
    """A place name in an article: which place it means, and the part that it plays.

    `role` is "metonym" where the name stands for a state or a body. No coordinate where only the
    name is known.
    """

    document: DocumentId
    text: str
    start: int
    end: int
    name: str | None
    country: str | None
    lat: float | None
    lon: float | None
    geonameid: int | None
    precision: Literal["point", "city", "district", "region", "country", "sea", "none"]
    role: Literal["at", "from", "to", "metonym"]
