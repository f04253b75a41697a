"""An entry's page to an article, and when to look at it again."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import logging
from dataclasses import dataclass
from functools import partial

from dateline.errors import DatelineError
from dateline.records import Article
from dateline.wire.decode import decode
from dateline.wire.feeds import limits
from dateline.wire.feeds.client import PAGE_TYPES, Answer, Client, Want
from dateline.wire.feeds.entries import Entry
from dateline.wire.feeds.feedlist import Feed
from dateline.wire.feeds.threads import in_thread
from dateline.wire.feeds.trouble import Trouble
from dateline.wire.pages import article_from_html
from dateline.wire.text import article_from_text

log = logging.getLogger(__name__)

_UNREAD = ("image/", "video/", "audio/", "application/pdf", "font/", "application/zip")
_FULLER = 2
"""A page with less than one in so many of the entry's own characters is a wall, not the article."""


@dataclass(slots=True)
class Page:
    """What is known of the page of an entry."""

    entry: Entry
    first_seen: dt.datetime
    due: dt.datetime | None
    """When to look at it; None for never again."""
    checks: int = 0
    stored: bool = False
    """Whether there is an article of it."""
    read: bool = False
    """Whether that article is from the page, not from the entry alone."""
    etag: str | None = None
    modified: str | None = None
    digest: str | None = None
    """Of its bytes, when they were last read."""

    def renew(self, entry: Entry, now: dt.datetime) -> None:
        """The feed has it anew: look at it at once where that says something else."""
        if entry.fingerprint != self.entry.fingerprint:
            if self.entry.fingerprint:
                self.due = now
            self.entry = entry

    def put_off(self, now: dt.datetime, steps: tuple[float, ...]) -> None:
        """Look again later, after ever longer times, while it is young."""
        old = (now - self.first_seen).total_seconds() > limits.WATCH_PAGES
        if self.checks >= len(steps) or old:
            self.due = None
        else:
            self.due = now + dt.timedelta(seconds=steps[self.checks])
        self.checks += 1


@dataclass(frozen=True, slots=True)
class Found:
    """What a look at a page gave: an article where there is anything new to store."""

    article: Article | None = None
    why: str | None = None
    """Why the page itself could not be had."""
    wait: float | None = None
    """Seconds that its server asked to wait."""
    answer: Answer | None = None
    digest: str | None = None


async def look(page: Page, feed: Feed, client: Client, slots: asyncio.Semaphore) -> Found:
    """Fetch and read the page of an entry; its own content takes the place of one not to be had.

    Never raises for anything that a server can do.
    """
    answer: Answer | None = None
    digest = why = wait = None
    if page.entry.link is not None:
        try:
            answer = await client.get(_want(page, feed))
        except Trouble as trouble:
            why, wait = trouble.why, trouble.retry_after
    else:
        why = "the entry has no link"
    if answer is not None:
        digest = hashlib.sha256(answer.data).hexdigest()
        if answer.status == 304 or (page.read and digest == page.digest):
            return Found(answer=answer, digest=page.digest)
    elif page.read:
        return Found(why=why, wait=wait)
    async with slots:
        try:
            async with asyncio.timeout(limits.PAGE_SECONDS):
                article, fault = await in_thread(partial(_read, page.entry, feed, answer))
        except TimeoutError:
            article, fault = None, f"takes longer than {limits.PAGE_SECONDS:g} s to read"
    return Found(article, fault or why, wait, None if fault else answer, digest)


def _want(page: Page, feed: Feed) -> Want:
    return Want(
        url=page.entry.link or "",
        accept=PAGE_TYPES,
        limit=limits.MAX_PAGE,
        private_host=feed.private_host,
        delay=feed.delay,
        etag=page.etag,
        modified=page.modified,
        unread=_UNREAD,
    )


def _read(entry: Entry, feed: Feed, answer: Answer | None) -> tuple[Article | None, str | None]:
    """The article of a page or else of its entry, and why it is not the page's."""
    fault: str | None = None
    article: Article | None = None
    if answer is not None:
        try:
            article = from_page(entry, feed, answer)
        except DatelineError as error:
            fault = f"its page {error}"
        except Exception as error:  # hostile input must not end the run
            log.debug("cannot read %s", entry.key, exc_info=True)
            fault = f"its page cannot be read ({type(error).__name__})"
    try:
        own = from_entry(entry, feed)
    except (DatelineError, ValueError):
        own = None
    if article is None:
        return own, fault
    if own is not None and len(own.text) > _FULLER * len(article.text):
        return own, "its page holds less than the feed does"
    return article, fault


def from_page(entry: Entry, feed: Feed, answer: Answer) -> Article:
    """The article of a page; what the entry says fills its gaps.

    Raises DatelineError for a page that is none.
    """
    if answer.kind.startswith(_UNREAD):
        raise DatelineError(f"is {answer.kind}, not a page")
    if answer.kind == "text/plain":
        text = decode(answer.data, answer.charset)
        found = article_from_text(
            text, id=entry.key, url=answer.url, published=entry.published, publisher=feed.publisher
        )
        return _filled(found, entry)
    read = partial(
        article_from_html,
        answer.data,
        id=entry.key,
        url=answer.url,
        default=entry.published,
        publisher=feed.publisher,
        charset=answer.charset,
    )
    found = read()
    if found.title is None and entry.title is not None:
        found = read(title=entry.title)
    return _filled(found, entry)


def from_entry(entry: Entry, feed: Feed) -> Article:
    """The article that an entry itself holds. Raises DatelineError where it holds none."""
    if entry.html is None:
        raise DatelineError("has no content of its own")
    html = f"<html><body><article><div>{entry.html}</div></article></body></html>"
    found = article_from_html(
        html,
        id=entry.key,
        url=entry.link or feed.url,
        title=entry.title,
        published=entry.published,
        publisher=feed.publisher,
    )
    return _filled(found, entry)


def _filled(article: Article, entry: Entry) -> Article:
    return article.model_copy(
        update={
            "url": entry.link,
            "title": article.title or entry.title,
            "byline": article.byline or entry.author,
            "published": _finer(article.published, entry.published),
        }
    )


def _finer(page: str | None, entry: str | None) -> str | None:
    """The page's date, or the entry's where that is the same day told with time and zone."""
    if page is None or entry is None:
        return page
    written, other = dt.datetime.fromisoformat(page), dt.datetime.fromisoformat(entry)
    apart = abs((written.replace(tzinfo=None) - other.replace(tzinfo=None)).total_seconds())
    coarse = "T" not in page or written.tzinfo is None
    fine = "T" in entry and other.tzinfo is not None
    return entry if coarse and fine and apart <= 86400 else page
