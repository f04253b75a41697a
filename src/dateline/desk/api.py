"""The JSON twins of all pages, and the stream."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Header, HTTPException, Query
from sse_starlette import EventSourceResponse

from dateline.desk import charts, models, query
from dateline.desk.state import Here

_SAID: dict[int | str, dict[str, Any]] = {
    400: {"model": models.Failure, "description": "A value that cannot be."},
    422: {
        "model": models.Failure,
        "description": "A parameter that is not known or not well formed.",
    },
    503: {"model": models.Failure, "description": "The database cannot be read just now."},
}
_MISSING: dict[int | str, dict[str, Any]] = {
    404: {"model": models.Failure, "description": "There is no such record."}
}
router = APIRouter(responses=_SAID)
HEARTBEAT = 15
"""Seconds after which a quiet stream says that it is alive."""

Party = Annotated[str, query.Path(max_length=300, examples=["CHN"])]


@router.get("/events", tags=["events"], summary="Events, newest first")
def events(desk: Here, asked: Annotated[query.EventList, Query()]) -> models.EventPart:
    """The stream: events by when their newest report came in, over the whole history."""
    found = desk.ledger.events(asked.where(), limit=asked.limit or query.PAGE, before=asked.before)
    return models.EventPart(items=found.items, next=found.next)


@router.get("/events/{id}", tags=["events"], summary="One event", responses=_MISSING)
def event(desk: Here, id: query.Id) -> models.OneEvent:
    """An event with every mention that reports it, its sources and its history."""
    detail = desk.ledger.event(id)
    if detail is None:
        raise HTTPException(404)
    return models.OneEvent(detail=detail)


@router.get("/mentions/{id}", tags=["events"], summary="One mention", responses=_MISSING)
def mention(desk: Here, id: query.Id) -> models.OneMention:
    """A passage that reports an event, as the coder coded it."""
    found = desk.ledger.mention(id)
    if found is None:
        raise HTTPException(404)
    version = desk.ledger.version(found[1])
    return models.OneMention(
        mention=found[0], version=found[1], article=version.article_id if version else None
    )


@router.get("/articles", tags=["articles"], summary="Articles, newest first")
def articles(desk: Here, asked: Annotated[query.List, Query()]) -> models.ArticlePart:
    """Articles by when their newest version came in."""
    found = desk.ledger.articles(asked.limit or query.PAGE, asked.before)
    return models.ArticlePart(items=found.items, next=found.next)


@router.get("/articles/{id}", tags=["articles"], summary="One article", responses=_MISSING)
def article(
    desk: Here, id: query.Id, asked: Annotated[query.VersionOf, Query()]
) -> models.OneArticle:
    """An article's text, with its mentions and statements, in one of its versions."""
    detail = desk.ledger.article(id, asked.version)
    if detail is None:
        raise HTTPException(404)
    return models.OneArticle(detail=detail)


@router.get("/dyads", tags=["dyads"], summary="Pairs with most events")
def dyads(desk: Here, asked: Annotated[query.Pairs, Query()]) -> models.PairList:
    """The pairs of parties that act towards one another most."""
    return models.PairList(items=tuple(desk.ledger.dyads(asked.limit or query.PAGE)))


@router.get("/dyads/{a}/{b}", tags=["dyads"], summary="One pair over time")
def dyad(desk: Here, a: Party, b: Party, asked: Annotated[query.Series, Query()]) -> models.OneDyad:
    """Events, classes and mean scores of a pair, by day, week or month.

    In a name "/" is written ~1 and "~" is written ~0.
    """
    a, b = query.party(a), query.party(b)
    return models.OneDyad(series=desk.ledger.dyad(a, b, by=asked.by))


@router.get("/dyads/{a}/{b}/chart", tags=["dyads"], summary="The chart of a pair")
def chart(desk: Here, a: Party, b: Party, asked: Annotated[query.Series, Query()]) -> models.Chart:
    """The chart of a pair's events over time, as a Vega-Lite specification."""
    a, b = query.party(a), query.party(b)
    return charts.spec(desk.ledger.dyad(a, b, by=asked.by))


@router.get("/search", tags=["articles"], summary="Full-text search")
def search(desk: Here, asked: Annotated[query.SearchFor, Query()]) -> models.HitPart:
    """Articles by their words, newest first; no words find nothing."""
    found = desk.ledger.search(asked.q or "", asked.limit or query.PAGE, asked.before)
    return models.HitPart(items=found.items, next=found.next)


@router.get("/health", tags=["health"], summary="How the desk stands")
def health(desk: Here) -> models.Health:
    """Feeds, delays and counts."""
    return models.Health(
        at=dt.datetime.now(dt.UTC),
        last_change=desk.ledger.last_change(),
        streams=desk.hub.streams,
        counts=desk.ledger.counts(),
        feeds=tuple(desk.ledger.feeds()),
    )


_STREAM: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Server-sent events `new`, `extended`, `changed` and `withdrawn` (data: "
        "`Changed`; id: the number of the change), and `reset` where too much was missed.",
        "content": {"text/event-stream": {"schema": {"type": "string"}}},
    }
}


@router.get(
    "/stream",
    tags=["events"],
    summary="Changes as they happen",
    responses=_STREAM,
    response_class=EventSourceResponse,
)
async def stream(
    desk: Here,
    asked: Annotated[query.StreamFrom, Query()],
    last_event_id: Annotated[str | None, Header(max_length=20)] = None,
) -> EventSourceResponse:
    """Events as they are reported, with the filters of the list.

    A stream that broke off is resumed by `Last-Event-ID`, as browsers do by themselves, or by
    `after`. Where the list is filtered, changes to events that are no longer near its top are not
    announced.
    """
    where = asked.where()
    if desk.hub.full:
        raise HTTPException(429, "Too many streams are open; try again later.")
    resumed = last_event_id is not None and last_event_id.isascii() and last_event_id.isdigit()
    after = int(last_event_id or 0) if resumed else asked.after
    return EventSourceResponse(
        desk.hub.follow(where, after), ping=HEARTBEAT, shutdown_grace_period=1
    )
