"""What a page says of itself: meta tags, links, JSON-LD, and what trafilatura finds besides."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin, urlsplit

from dateline.wire import dates
from dateline.wire.origin import host_of, publisher_host, source_host
from dateline.wire.tree import Element, squeeze

log = logging.getLogger(__name__)

Node = dict[str, Any]

_MAX_NODES = 5_000
_DATE_METAS = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date.published",
    "publish-date",
    "pubdate",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.created",
    "dc.date",
    "cxenseparse:recs:publishtime",
    "date",
)
_SOURCE_METAS = ("original-source", "syndication-source", "dc.source", "source")


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a page says of itself; every field may be missing. `published` is as written."""

    title: str | None
    byline: str | None
    published: str | None
    publisher: str | None
    language: str | None
    url: str | None
    named_origin: str | None
    """The host that its tags name as the source: of syndicated and republished pages."""
    host: str | None
    """The host of the page itself."""
    nodes: tuple[Node, ...] = field(default=(), repr=False)
    """The objects of its JSON-LD."""


def metadata(root: Element, url: str | None) -> Metadata:
    """Read a page's metadata; `url` is where it was found, if that is known."""
    metas = _metas(root)
    nodes = tuple(_nodes(root))
    found = _trafilatura(root, url)
    canonical = _absolute(_canonical(root), url)
    og_url = _absolute(metas.get("og:url"), url)
    host = publisher_host(url) or publisher_host(og_url) or publisher_host(canonical)
    host = host or publisher_host(metas.get("article:publisher")) or _publisher_url(nodes)
    byline = found.get("author")
    return Metadata(
        title=found.get("title"),
        byline=byline,
        published=_published(root, metas, nodes) or found.get("date"),
        publisher=_publisher(nodes) or metas.get("og:site_name") or found.get("sitename") or host,
        language=_language(root, metas, nodes),
        url=url or og_url or canonical,
        named_origin=_named_origin(metas, canonical, url or og_url, byline),
        host=host,
        nodes=nodes,
    )


def is_type(node: Node, *names: str) -> bool:
    """Whether a JSON-LD object has one of the given schema.org types."""
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and kind.rsplit("/", 1)[-1] in names
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def text_of(value: object) -> str | None:
    """A JSON-LD value as text: a string, or an object's name or value."""
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value")
    return squeeze(value) or None if isinstance(value, str) else None


def _metas(root: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = squeeze(meta.get("content") or "")[:1000]
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _nodes(root: Element) -> Iterator[Node]:
    count = 0
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text:
            continue
        try:
            queue: list[Any] = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            log.debug("skipped JSON-LD that is not JSON")
            continue
        while queue and count < _MAX_NODES:
            item = queue.pop(0)
            if isinstance(item, list):
                queue[:0] = item[:_MAX_NODES]
            elif isinstance(item, dict):
                count += 1
                yield item
                queue[:0] = [item[key] for key in ("@graph", "mainEntity") if key in item]


def _articles(nodes: tuple[Node, ...]) -> list[Node]:
    return [node for node in nodes if "datePublished" in node or "headline" in node]


def _trafilatura(root: Element, url: str | None) -> dict[str, str]:
    from trafilatura.metadata import extract_metadata

    # Dates are taken from marks alone: a date that merely occurs in the text is no publication.
    how = {"extensive_search": False, "original_date": True}
    try:
        found = extract_metadata(root, default_url=url, date_config=how)
    except Exception as error:  # hostile pages; what it finds is welcome, not needed
        log.warning("metadata not read by trafilatura: %s", error)
        return {}
    values = {name: getattr(found, name) for name in ("title", "author", "date", "sitename")}
    return {name: squeeze(value) for name, value in values.items() if value and squeeze(value)}


def _published(root: Element, metas: dict[str, str], nodes: tuple[Node, ...]) -> str | None:
    """The page's date as written: the first that parses, with time and zone if it is to be had."""
    written = [metas[name] for name in _DATE_METAS if name in metas]
    written += [str(node.get("datePublished") or "") for node in _articles(nodes)]
    written += [
        element.get("datetime") or element.get("content") or ""
        for element in root.iter()
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None
    ]
    times = root.iterfind(".//article//time[@datetime]")
    written += [element.get("datetime") or "" for element, _ in zip(times, range(1), strict=False)]
    found = [date for value in written if value and (date := dates.parse(value))]
    if not found:
        return next((value for value in written if value), None)
    same = [date for date in found if date[:10] == found[0][:10]]
    zoned = [date for date in same if "T" in date and ("+" in date or date.count("-") > 2)]
    return zoned[0] if zoned and "T" not in found[0] else found[0]


def _publisher(nodes: tuple[Node, ...]) -> str | None:
    return next((name for n in _articles(nodes) if (name := text_of(n.get("publisher")))), None)


def _publisher_url(nodes: tuple[Node, ...]) -> str | None:
    for node in _articles(nodes):
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("url"), str):
            return publisher_host(publisher["url"])
    return None


def _language(root: Element, metas: dict[str, str], nodes: tuple[Node, ...]) -> str | None:
    written = [root.get("lang"), root.get("xml:lang"), metas.get("og:locale")]
    written += [text_of(node.get("inLanguage")) for node in _articles(nodes)]
    for value in written:
        tag = (value or "").strip().replace("_", "-").split("-")[0].lower()
        if 2 <= len(tag) <= 3 and tag.isascii() and tag.isalpha():
            return tag
    return None


def _canonical(root: Element) -> str | None:
    for link in root.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and link.get("href"):
            return str(link.get("href"))
    return None


def _absolute(url: str | None, base: str | None) -> str | None:
    if not url:
        return None
    try:
        url = urljoin(base or "", url.strip())
        return url if urlsplit(url).scheme in ("http", "https") and urlsplit(url).netloc else None
    except ValueError:
        return None


def _named_origin(
    metas: dict[str, str], canonical: str | None, url: str | None, byline: str | None
) -> str | None:
    for name in _SOURCE_METAS:
        value = metas.get(name, "")
        host = (publisher_host(value) if "." in value else None) or source_host(value)
        if host:
            return host
    elsewhere = publisher_host(canonical)
    if elsewhere and url and elsewhere != host_of(url):
        return elsewhere
    return source_host(byline, "wire") if byline else None
