"""The pages, and the feeds and tables at the same addresses. They work without JavaScript."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query, Request
from starlette.responses import Response

from dateline import ontology, tables
from dateline.desk import feeds_out, paragraphs, query, wording
from dateline.desk.render import page
from dateline.desk.state import Desk, Here
from dateline.ledger import Filter
from dateline.records import Event

router = APIRouter()
_METHODS = ["GET", "HEAD"]
_FEED_LENGTH = 50
_BATCH = 200
_STATUSES = ("happened", "alleged", "planned", "hypothetical", "denied")
_QUADS = ("verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict")


def route(*paths: str) -> Callable[[Any], Any]:
    """A page at each of some paths."""

    def decorate(function: Any) -> Any:
        for path in paths:
            router.add_api_route(path, function, methods=_METHODS, response_class=Response)
        return function

    return decorate


def _format(request: Request, asked: str | None) -> str:
    """How a list is to be written: by `format`, or by the end of the path."""
    end = request.url.path.rpartition(".")[2]
    return asked or (end if end in {"atom", "csv"} else "html")


def _base(request: Request) -> str:
    return str(request.base_url).rstrip("/")


@route("/", "/events", "/events.atom", "/events.csv")
def stream(request: Request, desk: Here, asked: Annotated[query.EventPage, Query()]) -> Response:
    """The live stream."""
    where = asked.where()
    return _events(request, desk, asked, where, "Dateline: events", "/events") or _stream(
        request, desk, asked, where
    )


def _events(
    request: Request,
    desk: Desk,
    asked: query.EventPage | query.DyadPage,
    where: Filter,
    title: str,
    path: str,
) -> Response | None:
    """A list of events as a feed or table; None where a page is wanted."""
    form = _format(request, asked.format)
    if form == "csv":
        rows = map(feeds_out.event_row, _all(desk, where, asked.limit, asked.before))
        return feeds_out.table("events", feeds_out.EVENT_COLUMNS, rows)
    if form != "atom":
        return None
    found = desk.ledger.events(where, limit=asked.limit or _FEED_LENGTH, before=asked.before)
    filtered = where.to_query() if path == "/events" else {}
    here = wording.address(f"{path}.atom", **filtered)
    older = wording.address(f"{path}.atom", **filtered, before=found.next) if found.next else None
    items = [feeds_out.event_item(event) for event in found.items]
    return feeds_out.atom(title, _base(request), here, items, older)


def _all(desk: Desk, where: Filter, limit: int | None, before: str | None) -> Iterator[Event]:
    """All events, or as many as were asked for; the first part is read at once."""
    first = desk.ledger.events(where, limit=limit or _BATCH, before=before)

    def rest() -> Iterator[Event]:
        found = first
        yield from found.items
        while found.next and limit is None:
            found = desk.ledger.events(where, limit=_BATCH, before=found.next)
            yield from found.items

    return rest()


def _stream(request: Request, desk: Desk, asked: query.EventPage, where: Filter) -> Response:
    seq = desk.ledger.last_change()  # first, so that nothing is missed between page and stream
    found = desk.ledger.events(where, limit=asked.limit or query.PAGE, before=asked.before)
    given = where.to_query()
    return page(
        request,
        "stream.html",
        at="stream",
        entries=[desk.entries.render(event) for event in found.items],
        where=where,
        given=given,
        seq=seq,
        first=asked.before is None,
        today=dt.datetime.now(dt.UTC).date(),
        older=wording.address("/", **given, before=found.next) if found.next else None,
        stream=wording.address("/api/v1/stream", **given, after=seq),
        json=wording.address("/api/v1/events", **given),
        atom=wording.address("/events.atom", **given),
        csv=wording.address("/events.csv", **given),
        types=ontology.types(),
        statuses=_STATUSES,
        quads=_QUADS,
    )


@route("/events/{id}.csv")
def mentions(desk: Here, id: query.Id) -> Response:
    """The current mentions of an event, with the columns of `dateline export`."""
    detail = desk.ledger.event(id)
    if detail is None:
        raise HTTPException(404)
    found = (tables.row(item.mention) for item in detail.mentions if item.current)
    rows = (tuple(row[name] for name in tables.COLUMNS) for row in found)
    return feeds_out.table(f"event-{id}", tables.COLUMNS, rows)


@route("/events/{id}")
def event(request: Request, desk: Here, id: query.Id) -> Response:
    """One event."""
    detail = desk.ledger.event(id)
    if detail is None:
        raise HTTPException(404)
    return page(
        request,
        "event.html",
        at="stream",
        event=detail.event,
        current=[item for item in detail.mentions if item.current],
        superseded=[item for item in detail.mentions if not item.current],
        origins=detail.origins,
        history=detail.history[::-1],
        json=f"/api/v1/events/{id}",
        csv=f"/events/{id}.csv",
        atom=None,
    )


@route("/articles", "/articles.atom", "/articles.csv")
def articles(request: Request, desk: Here, asked: Annotated[query.ListPage, Query()]) -> Response:
    """Articles, newest first."""
    form = _format(request, asked.format)
    limit = asked.limit or (query.PAGE if form == "html" else _BATCH)
    found = desk.ledger.articles(limit, asked.before)
    if form == "csv":
        rows = map(feeds_out.article_row, found.items)
        return feeds_out.table("articles", feeds_out.ARTICLE_COLUMNS, rows)
    if form == "atom":
        items = [feeds_out.article_item(item) for item in found.items[:_FEED_LENGTH]]
        return feeds_out.atom("Dateline: articles", _base(request), "/articles.atom", items, None)
    return page(
        request,
        "articles.html",
        at="articles",
        articles=found.items,
        first=asked.before is None,
        older=wording.address("/articles", before=found.next) if found.next else None,
        json="/api/v1/articles",
        atom="/articles.atom",
        csv="/articles.csv",
    )


@route("/articles/{id}")
def article(
    request: Request, desk: Here, id: query.Id, asked: Annotated[query.VersionOf, Query()]
) -> Response:
    """One article, its text marked."""
    detail = desk.ledger.article(id, asked.version)
    if detail is None:
        raise HTTPException(404)
    return page(
        request,
        "article.html",
        at="articles",
        detail=detail,
        article=detail.article,
        paragraphs=paragraphs.of_article(detail),
        json=wording.address(f"/api/v1/articles/{id}", version=asked.version),
        atom=None,
        csv=None,
    )


@route("/dyads", "/dyads.atom", "/dyads.csv")
def dyads(request: Request, desk: Here, asked: Annotated[query.PairsPage, Query()]) -> Response:
    """The pairs with most events."""
    form = _format(request, asked.format)
    found = desk.ledger.dyads(asked.limit or 100)
    if form == "csv":
        return feeds_out.table("dyads", feeds_out.PAIR_COLUMNS, map(feeds_out.pair_row, found))
    if form == "atom":
        latest = [(pair, desk.ledger.event(pair.latest)) for pair in found[:_FEED_LENGTH]]
        items = [feeds_out.pair_item(pair, detail.event) for pair, detail in latest if detail]
        return feeds_out.atom("Dateline: pairs", _base(request), "/dyads.atom", items, None)
    return page(
        request,
        "dyads.html",
        at="dyads",
        pairs=found,
        most=max((pair.events for pair in found), default=1),
        json="/api/v1/dyads",
        atom="/dyads.atom",
        csv="/dyads.csv",
    )


@route("/dyads/{a}/{b}.atom", "/dyads/{a}/{b}.csv", "/dyads/{a}/{b}")
def dyad(
    request: Request, desk: Here, a: str, b: str, asked: Annotated[query.DyadPage, Query()]
) -> Response:
    """One pair: a chart of its events over time, and its newest events."""
    a, b = query.party(a), query.party(b)
    where = Filter(dyad=(a, b))
    path = wording.pair_path(a, b)
    listed = _events(request, desk, asked, where, f"Dateline: {a} and {b}", path)
    if listed is not None:
        return listed
    series = desk.ledger.dyad(a, b, by=asked.by)
    found = desk.ledger.events(where, limit=asked.limit or query.PAGE, before=asked.before)
    return page(
        request,
        "dyad.html",
        at="dyads",
        series=series,
        quads=_QUADS,
        entries=[desk.entries.render(event) for event in found.items],
        chart=wording.address(f"/api/v1{path}/chart", by=asked.by),
        here=path,
        older=wording.address(path, by=asked.by, before=found.next) if found.next else None,
        first=asked.before is None,
        json=wording.address(f"/api/v1{path}", by=asked.by),
        atom=f"{path}.atom",
        csv=f"{path}.csv",
    )


@route("/search", "/search.atom", "/search.csv")
def search(request: Request, desk: Here, asked: Annotated[query.SearchPage, Query()]) -> Response:
    """Full-text search."""
    form = _format(request, asked.format)
    limit = asked.limit or (query.PAGE if form == "html" else _FEED_LENGTH)
    words = asked.q or ""
    found = desk.ledger.search(words, limit, asked.before)
    if form == "csv":
        rows = map(feeds_out.hit_row, found.items)
        return feeds_out.table("search", feeds_out.HIT_COLUMNS, rows)
    if form == "atom":
        items = [feeds_out.hit_item(hit) for hit in found.items]
        here = wording.address("/search.atom", q=words)
        return feeds_out.atom(f"Dateline: {words}", _base(request), here, items, None)
    return page(
        request,
        "search.html",
        at="search",
        q=words,
        hits=found.items,
        first=asked.before is None,
        older=wording.address("/search", q=words, before=found.next) if found.next else None,
        json=wording.address("/api/v1/search", q=words),
        atom=wording.address("/search.atom", q=words) if words else None,
        csv=wording.address("/search.csv", q=words) if words else None,
    )
