"""A web page to an article: its main text, what it says of itself, and whose report it is."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from dateline.errors import DatelineError
from dateline.records import Article, Passage, PassageKind
from dateline.wire import dates, liveblog, settings
from dateline.wire.clean import Cleaned, clean, ends_sentence
from dateline.wire.decode import decode_html, sound
from dateline.wire.given import Given, Reading
from dateline.wire.metadata import Metadata, metadata
from dateline.wire.origin import label_rest, marks, publisher_host, source_host
from dateline.wire.tree import Element, blocks, count, parse

_MAIN_BLOCKS = frozenset(("p", "head", "item", "list", "quote", "lb", "row", "cell", "code", "div"))
_GRAPHICS = frozenset(("graphic", "figure"))
_MAX_PAGE_LINES = 20_000
_MAX_COMPARED = 100_000_000
_MIN_COMPARED = 30

log = logging.getLogger(__name__)


class Part(NamedTuple):
    """What becomes a passage: paragraphs of one kind."""

    kind: PassageKind
    paragraphs: tuple[str, ...]
    published: str | None = None


def article_from_html(
    html: bytes | str,
    *,
    id: str,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    default: str | None = None,
    charset: str | None = None,
    today: dt.date | None = None,
) -> Article:
    """An article from a web page.

    `published` (ISO 8601) goes before the page's own date, `default` after it; `charset` is what
    the server declared. Raises DatelineError for a page that is empty, too large or too deep, is
    not text, or has no main text.
    """
    given = Given(id, today or dt.date.today(), url, title, published, default, publisher)
    reading = read_page(html, given, charset)
    for complaint in reading.complaints:
        log.warning("%s: %s", id, complaint)
    return reading.article


def read_page(html: bytes | str, given: Given, charset: str | None = None) -> Reading:
    """An article from a web page, and complaints about its date.

    Main text and metadata by trafilatura. Raises DatelineError as `article_from_html` does.
    """
    page = decode_html(html, charset) if isinstance(html, bytes) else html
    root = parse(sound(page))
    meta = metadata(root, given.url)
    title = given.title or meta.title
    entries = liveblog.entries(root, meta.nodes)
    lines = [title or "", *_without(_main_text(root, given.url), title, entries)]
    cleaned = clean(lines)
    body = tuple(
        line for line, role in list(zip(lines, cleaned.roles, strict=True))[1:] if role == "news"
    )
    published, complaints = given.date(meta.published)
    parts = [Part("body", body), *_entry_parts(entries, given)]
    text, passages = compose(title, parts)
    return Reading(
        Article(
            id=given.id,
            text=text,
            title=title,
            url=meta.url,
            published=published,
            publisher=given.publisher or meta.publisher,
            origin=_origin(root, cleaned, meta),
            byline=meta.byline or cleaned.byline,
            language=meta.language,
            credits=cleaned.credits,
            passages=passages,
        ),
        complaints,
    )


def compose(title: str | None, parts: Iterable[Part]) -> tuple[str, tuple[Passage, ...]]:
    """The text of an article from its title and parts, and its passages.

    Raises DatelineError where there is a title at most.
    """
    pieces: list[str] = []
    passages: list[Passage] = []
    at = 0
    headline = [Part("headline", (title,))] if title else []
    for part in (*headline, *parts):
        if not part.paragraphs:
            continue
        piece = "\n\n".join(part.paragraphs)
        passages.append(
            Passage(start=at, end=at + len(piece), kind=part.kind, published=part.published)
        )
        pieces.append(piece)
        at += len(piece) + 2
    if len(passages) <= len(headline):
        raise DatelineError("has no main text: hand in the article's own page, or its plain text")
    return "\n\n".join(pieces), tuple(passages)


def _entry_parts(entries: Sequence[liveblog.Entry], given: Given) -> list[Part]:
    return [
        Part(
            "entry",
            entry.paragraphs,
            None if dates.in_future(entry.published, given.today) else entry.published,
        )
        for entry in entries
    ]


def _main_text(root: Element, url: str | None) -> list[str]:
    """The paragraphs of a page's main text."""
    body = _main_body(root, url) if count(root) <= settings.MAX_MAIN_ELEMENTS else None
    lines = [] if body is None else list(blocks(body, _MAIN_BLOCKS, _GRAPHICS))
    return lines or [line for line in blocks(root) if ends_sentence(line)]


def _main_body(root: Element, url: str | None) -> Element | None:
    from trafilatura import bare_extraction

    try:
        found = bare_extraction(root, url=url, include_comments=False, include_tables=False)
    except Exception as error:  # hostile pages; the paragraphs are read without it
        log.warning("main text not found by trafilatura: %s", error)
        return None
    return getattr(found, "body", None)


def _without(
    lines: Sequence[str], title: str | None, entries: Iterable[liveblog.Entry]
) -> list[str]:
    """Paragraphs that are not the title and are in none of the entries."""
    taken = {paragraph for entry in entries for paragraph in entry.paragraphs}
    lines = [line for line in lines if line not in taken and line != title]
    # trafilatura may cut paragraphs otherwise than the entries do.
    whole = "\n".join(sorted(taken))
    if len(whole) * len(lines) > _MAX_COMPARED:
        return lines
    return [line for line in lines if len(line) < _MIN_COMPARED or line not in whole]


def _origin(root: Element, cleaned: Cleaned, meta: Metadata) -> str | None:
    """The host of whose report it is: what is said outright, then tags, wires, the page's host."""
    return (
        cleaned.source
        or _labelled(root, meta.host)
        or meta.named_origin
        or cleaned.wire
        or (source_host(cleaned.byline, "wire") if cleaned.byline else None)
        or meta.host
    )


def _labelled(root: Element, own: str | None) -> str | None:
    """The host behind a label such as "Source:", anywhere on the page: its link or its words."""
    for link in root.iter("a"):
        parent = link.getparent()
        if parent is None or len(parent.text or "") > 40 or label_rest(parent.text or "") is None:
            continue
        host = publisher_host(link.get("href"))
        if host and host != own and "//" in (link.get("href") or ""):
            return host
    lines = [line for line, _ in zip(blocks(root), range(_MAX_PAGE_LINES), strict=False)]
    return next((mark.host for mark in marks(lines) if mark.host and not mark.wire), None)
