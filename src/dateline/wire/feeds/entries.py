"""A feed's bytes to its entries, by feedparser: RSS, Atom and RDF, broken ones as well."""

from __future__ import annotations

import calendar
import datetime as dt
import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urldefrag, urljoin, urlsplit

import feedparser

from dateline.records import Record
from dateline.wire import dates
from dateline.wire.feeds import limits

_SPACE = re.compile(r"\s+")


class Entry(Record):
    """An entry of a feed. `key` names it: its link, or else its id, or else its words."""

    key: str
    link: str | None
    title: str | None
    published: str | None
    """ISO 8601, with its zone."""
    author: str | None
    html: str | None
    """Its own content, or summary."""
    fingerprint: str
    """Changes when the entry does."""


class ParsedFeed(Record):
    """What a feed says. `version` is empty for what is no feed; entries are in its order."""

    version: str
    title: str | None = None
    entries: tuple[Entry, ...] = ()
    complaint: str | None = None
    """What is wrong with it, though it could be read."""
    left_out: int = 0
    """Entries past the first `limits.MAX_ENTRIES`."""


def parse_feed(data: bytes, url: str, headers: Mapping[str, str]) -> ParsedFeed:
    """Read a feed. Never fetches or opens anything, whatever entities it declares."""
    if not data.strip():
        return ParsedFeed(version="", complaint="is empty: there is not even a feed in it")
    told = {"content-location": url}
    if "content-type" in headers:
        told["content-type"] = headers["content-type"]
    # A stream: feedparser takes a string of bytes for a URL or file name if it can.
    parsed = feedparser.parse(_Bytes(data), response_headers=told)
    found = parsed.get("entries") or []
    entries: dict[str, Entry] = {}
    for raw in found[: limits.MAX_ENTRIES]:
        entry = _entry(raw, url)
        if entry is not None:
            entries.setdefault(entry.key, entry)
    head = parsed.get("feed") or {}
    return ParsedFeed(
        version=str(parsed.get("version") or ""),
        title=_text(head.get("title")),
        entries=tuple(entries.values()),
        complaint=_complaint(parsed),
        left_out=max(0, len(found) - limits.MAX_ENTRIES),
    )


class _Bytes:
    """What feedparser needs of a file."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self) -> bytes:
        return self._data


def _entry(raw: dict[str, Any], base: str) -> Entry | None:
    """An entry; None for one that says nothing at all."""
    link = _link(raw, base)
    title, html = _text(raw.get("title")), _content(raw)
    if link is None and html is None:
        return None
    written = [_own(raw, name) for name in ("published", "updated")]
    fingerprint = _hash(title or "", *written, html or "")
    id = str(raw.get("id") or "").strip()[: limits.MAX_FIELD]
    return Entry(
        key=link or f"{base}#{id or fingerprint}",
        link=link,
        title=title,
        published=_published(raw),
        author=_text(raw.get("author")),
        html=html,
        fingerprint=fingerprint,
    )


def _link(raw: dict[str, Any], base: str) -> str | None:
    """The entry's page; its id where that is an address and there is no link."""
    for value in (raw.get("feedburner_origlink"), raw.get("link"), raw.get("id")):
        if not isinstance(value, str) or not value.strip():
            continue
        text = _SPACE.sub("", value)
        try:
            url = text if value is raw.get("id") else urljoin(base, text)
            parts = urlsplit(url)
            if parts.scheme in ("http", "https") and parts.hostname and len(url) < limits.MAX_FIELD:
                return urldefrag(url).url
        except ValueError:
            continue
    return None


def _content(raw: dict[str, Any]) -> str | None:
    """The longest of an entry's contents, as HTML."""
    parts = [*(raw.get("content") or ()), raw.get("summary_detail") or {}]
    found = [_html(part) for part in parts if isinstance(part, Mapping)]
    longest = max(found, key=len, default="")
    return longest[: limits.MAX_CONTENT] or None


def _html(part: Mapping[str, Any]) -> str:
    value = str(part.get("value") or "").strip()
    if "html" in str(part.get("type") or "html"):
        return value
    paragraphs = re.split(r"\n\s*\n", value)
    return "".join(f"<p>{_escape(paragraph)}</p>" for paragraph in paragraphs if paragraph.strip())


def _escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _published(raw: dict[str, Any]) -> str | None:
    """As written, with its zone; else, for the forms that only feedparser knows, in UTC."""
    for name in ("published", "updated"):
        written = dates.parse(_own(raw, name))
        if written:
            return written
        moment = dict.get(raw, f"{name}_parsed")
        if moment:
            try:
                found = dt.datetime.fromtimestamp(calendar.timegm(moment), dt.UTC)
            except (ValueError, OverflowError, OSError, TypeError):
                continue
            if found.year >= dates.EARLIEST:
                return found.isoformat()
    return None


def _own(raw: dict[str, Any], name: str) -> str:
    """A field itself: feedparser's dictionary gives another one where it is missing."""
    return str(dict.get(raw, name) or "")


def _complaint(parsed: Mapping[str, Any]) -> str | None:
    if not parsed.get("bozo"):
        return None
    error = parsed.get("bozo_exception")
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    if isinstance(error, harmless):
        return None
    why = " ".join(str(error).removeprefix("<unknown>:").split())[:150]
    return f"is not well-formed ({why})"


def _text(value: object) -> str | None:
    """A title or name in plain words: feedparser leaves their markup in."""
    if not isinstance(value, str) or not value.strip():
        return None
    return _plain(value[: 4 * limits.MAX_FIELD])[: limits.MAX_FIELD] or None


def _plain(value: str) -> str:
    if "<" in value or "&" in value:
        from dateline.wire.tree import strip_tags

        value = " ".join(strip_tags(value)) or value
    return _SPACE.sub(" ", value).strip()


def _hash(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
