"""Lists as Atom feeds and as CSV."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

from starlette.responses import Response, StreamingResponse

from dateline.desk import wording
from dateline.ledger import ArticleSummary, Hit, Pair
from dateline.records import Event, FeedHealth

_ATOM = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_EPOCH = dt.datetime.fromtimestamp(0, dt.UTC)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cell = str | int | float | None
Row = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of a feed. `path` is its page on the desk."""

    id: str
    title: str
    path: str
    updated: dt.datetime
    published: dt.datetime | None = None
    summary: str = ""
    terms: tuple[str, ...] = ()
    author: str | None = None


def atom(title: str, base: str, path: str, items: Sequence[Item], older: str | None) -> Response:
    """A feed (RFC 4287). `base` is the address of the desk; `path` and `older` begin with "/"."""
    feed = Xml.Element("feed", xmlns=_ATOM)
    _put(feed, "id", f"{base}{path}")
    _put(feed, "title", title)
    newest = max((item.updated for item in items), default=_EPOCH)
    _put(feed, "updated", _instant(newest))
    _put(_put(feed, "author"), "name", "Dateline")
    Xml.SubElement(feed, "link", rel="self", href=f"{base}{path}")
    if older:
        Xml.SubElement(feed, "link", rel="next", href=f"{base}{older}")
    for item in items:
        _entry(feed, base, item)
    text = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(text, media_type="application/atom+xml")


def _entry(feed: Xml.Element, base: str, item: Item) -> None:
    entry = _put(feed, "entry")
    _put(entry, "id", f"urn:dateline:{item.id}")
    _put(entry, "title", item.title)
    _put(entry, "updated", _instant(item.updated))
    if item.published:
        _put(entry, "published", _instant(item.published))
    Xml.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}{item.path}")
    if item.author:
        _put(_put(entry, "author"), "name", item.author)
    for term in item.terms:
        Xml.SubElement(entry, "category", term=_clean(term))
    if item.summary:
        _put(entry, "summary", item.summary)


def _put(parent: Xml.Element, name: str, text: str | None = None) -> Xml.Element:
    element = Xml.SubElement(parent, name)
    if text is not None:
        element.text = _clean(text)
    return element


def _clean(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return _NO_XML.sub("\ufffd", text)


def _instant(value: dt.datetime) -> str:
    return value.astimezone(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def event_item(event: Event) -> Item:
    """An event in a feed."""
    return Item(
        id=f"event:{event.id}",
        title=wording.headline(event),
        path=f"/events/{event.id}",
        updated=event.last_seen,
        published=event.first_seen,
        summary=event.sentence,
        terms=(event.type, event.quad, event.status),
    )


def article_item(article: ArticleSummary) -> Item:
    """An article in a feed."""
    return Item(
        id=f"article:{article.id}",
        title=article.title or "Untitled",
        path=f"/articles/{article.id}",
        updated=article.last_seen,
        published=article.first_seen,
        summary=wording.count(article.mentions, "event reported", "events reported"),
        author=article.origin or article.publisher,
    )


def hit_item(hit: Hit) -> Item:
    """An article that was found, in a feed; its time is that of its publication."""
    at = dt.datetime.fromisoformat(hit.published) if hit.published else _EPOCH
    return Item(
        id=f"article:{hit.article_id}",
        title=hit.title or "Untitled",
        path=f"/articles/{hit.article_id}",
        updated=at if at.tzinfo else at.replace(tzinfo=dt.UTC),
        summary="".join(piece.text for piece in hit.snippet),
        author=hit.publisher,
    )


def pair_item(pair: Pair, latest: Event) -> Item:
    """A pair in a feed: it is updated by its newest event."""
    path = wording.pair_path(pair.a, pair.b)
    return Item(
        id=f"pair:{path.removeprefix('/dyads/')}",
        title=f"{pair.a} and {pair.b}: {wording.count(pair.events, 'event')}",
        path=path,
        updated=latest.last_seen,
        summary=wording.headline(latest),
    )


_PARTY = ("name", "code", "country", "sector")


def _event_cells(event: Event) -> dict[str, Cell]:
    place, sides = event.place, (("actor", event.actors), ("recipient", event.recipients))
    parties = {
        f"{side}_{field}": "; ".join(getattr(party, field) or "" for party in found)
        for side, found in sides
        for field in _PARTY
    }
    return {
        "id": event.id,
        "version": event.version,
        "type": event.type,
        "mode": event.mode,
        "quad": event.quad,
        "score": event.score,
        "status": event.status,
        **parties,
        "date": event.date,
        "precision": event.precision,
        "place_name": (place.name or place.text) if place else None,
        "place_country": place.country if place else None,
        "lat": place.lat if place else None,
        "lon": place.lon if place else None,
        "sentence": event.sentence,
        "sources": event.source_count,
        "mentions": event.mention_count,
        "first_seen": event.first_seen.isoformat(),
        "last_seen": event.last_seen.isoformat(),
    }


EVENT_COLUMNS = (
    "id", "version", "type", "mode", "quad", "score", "status", "actor_name", "actor_code",
    "actor_country", "actor_sector", "recipient_name", "recipient_code", "recipient_country",
    "recipient_sector", "date", "precision", "place_name", "place_country", "lat", "lon",
    "sentence", "sources", "mentions", "first_seen", "last_seen",
)  # fmt: skip


def event_row(event: Event) -> Row:
    """An event as a row of EVENT_COLUMNS; several parties are joined by "; "."""
    cells = _event_cells(event)
    return [cells[name] for name in EVENT_COLUMNS]


ARTICLE_COLUMNS = (
    "id", "title", "url", "publisher", "origin", "published", "feed", "first_seen", "last_seen",
    "versions", "mentions", "state",
)  # fmt: skip


def article_row(article: ArticleSummary) -> Row:
    """An article as a row of ARTICLE_COLUMNS."""
    cells = (getattr(article, name) for name in ARTICLE_COLUMNS)
    return [cell.isoformat() if isinstance(cell, dt.datetime) else cell for cell in cells]


HIT_COLUMNS = ["article", "title", "url", "publisher", "published", "snippet"]


def hit_row(hit: Hit) -> Row:
    """An article that was found as a row of HIT_COLUMNS."""
    snippet = "".join(piece.text for piece in hit.snippet)
    return hit.article_id, hit.title, hit.url, hit.publisher, hit.published, snippet


PAIR_COLUMNS = ["a", "b", "events", "latest"]


def pair_row(pair: Pair) -> Row:
    """A pair as a row of PAIR_COLUMNS."""
    return pair.a, pair.b, pair.events, pair.latest


FEED_COLUMNS = (
    "name", "url", "title", "status", "detail", "failing_since", "last_polled", "last_new",
    "next_poll", "articles", "delay_seconds",
)  # fmt: skip


def feed_row(feed: FeedHealth) -> Row:
    """A feed as a row of FEED_COLUMNS."""
    found = feed.model_dump(mode="json")
    return [found[name] for name in FEED_COLUMNS]


def table(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Response:
    """A CSV file with a header, sent while it is made.

    Text that a spreadsheet would take for a formula gets an apostrophe in front.
    """
    return StreamingResponse(
        _lines(columns, rows),
        media_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'inline; filename="{name}.csv"'},
    )


def _lines(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(cell) for cell in row])
        if buffer.tell() > 32_000:
            yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text


def _safe(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
