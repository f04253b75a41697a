"""What the API answers with, beside the records themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

from pydantic import BaseModel, Field

from dateline.ledger import (
    ArticleDetail,
    ArticleSummary,
    Counts,
    DyadSeries,
    EventDetail,
    Hit,
    Pair,
)
from dateline.ledger.model import ChangeKind
from dateline.records import Event, FeedHealth, Mention


class Failure(BaseModel):
    """Why a request was not answered, in one line."""

    error: str = Field(examples=["type: 'MEETING' is no event type; one of ACCUSE, AGREE, …"])


class EventPart(BaseModel):
    """Events, newest first."""

    items: tuple[Event, ...]
    next: str | None = Field(
        description="What to pass as `before` for the older ones; null at the end.",
        examples=["ZTEyMDQ"],
    )


class ArticlePart(BaseModel):
    """Articles, newest first."""

    items: tuple[ArticleSummary, ...]
    next: str | None


class HitPart(BaseModel):
    """Articles that were found, newest first."""

    items: tuple[Hit, ...]
    next: str | None


class PairList(BaseModel):
    """Pairs of parties, those with most events first."""

    items: tuple[Pair, ...]


class OneEvent(BaseModel):
    """An event with its mentions, sources and history."""

    detail: EventDetail


class OneMention(BaseModel):
    """A mention, and where it stands."""

    mention: Mention
    version: int = Field(description="Id of its version of the article.")
    article: str | None = Field(description="Id of its article.")


class OneArticle(BaseModel):
    """An article in one version, with what was coded in it."""

    detail: ArticleDetail


class OneDyad(BaseModel):
    """How two parties acted towards one another over time."""

    series: DyadSeries


class Health(BaseModel):
    """How the desk, its ledger and its feeds stand."""

    at: dt.datetime
    last_change: int
    streams: int = Field(description="Open streams.")
    counts: Counts
    feeds: tuple[FeedHealth, ...]


class Changed(BaseModel):
    """The data of an entry of the stream."""

    seq: int = Field(description="Number of the change; the `id` of the entry.", examples=[1204])
    kind: ChangeKind
    at: dt.datetime
    event: Event


Chart = dict[str, Any]
