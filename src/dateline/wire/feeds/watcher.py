"""Following feeds: each in a task of its own, in one thread, until told to stop."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import random
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from dateline.errors import DatelineError
from dateline.records import Article, FeedHealth
from dateline.wire.feeds import limits
from dateline.wire.feeds.client import Client
from dateline.wire.feeds.entries import Entry
from dateline.wire.feeds.feedlist import Feed
from dateline.wire.feeds.pages import Found, Page, look
from dateline.wire.feeds.polling import FeedState, PollResult, poll, settle, start
from dateline.wire.feeds.threads import in_thread

log = logging.getLogger(__name__)

Outcome = Literal["new", "changed", "same"]
OnArticle = Callable[[Article, str, dt.datetime], Outcome]
"""Stores an article that a feed (by its name) brought at some moment.

Once it returns, the article must be safe. Called in a thread, one call at a time.
"""

_TICK = 0.1
_UNKNOWN = Entry(
    key="", link=None, title=None, published=None, author=None, html=None, fingerprint=""
)


class Store(Protocol):
    """What the watcher needs to have on record."""

    def feeds(self) -> Sequence[FeedHealth]:
        """How the feeds stood when they were last polled."""

    def feed_polled(self, health: FeedHealth) -> None:
        """Note how a feed stands."""

    def known(self) -> Iterable[tuple[str, str, dt.datetime]]:
        """Articles on record that feeds may still hold: feed, URL, and when first seen."""


class Watcher:
    """Polls feeds and hands in the articles of their entries.

    `rechecks` are the times in seconds between one look at a page and the next; `chance` is what
    makes waits vary. Errors of one feed stay with that feed.
    """

    def __init__(
        self,
        feeds: Sequence[Feed],
        store: Store,
        on_article: OnArticle,
        clock: Callable[[], dt.datetime] | None = None,
        *,
        rechecks: tuple[float, ...] = limits.RECHECKS,
        chance: random.Random | None = None,
    ) -> None:
        self._clock = clock or (lambda: dt.datetime.now(dt.UTC))
        self._store = store
        self._on_article = on_article
        self._rechecks = rechecks
        self._chance = chance or random.Random()
        self.states = _states(feeds, store)
        self._pages: dict[str, dict[str, Page]] = {feed.name: {} for feed in feeds}
        self._owners: dict[str, str] = {}
        """The feed that looks after each page, where several have it."""
        self.unstored = 0
        """How often an article or a feed's health could not be stored."""
        self._load_pages()

    def run(self, stop: threading.Event, *, once: bool = False) -> None:
        """Follow the feeds until `stop` is set; with `once`, until each was read once."""
        asyncio.run(self._main(stop, once))

    async def _main(self, stop: threading.Event, once: bool) -> None:
        self._reading = asyncio.Semaphore(limits.READERS)
        self._storing = asyncio.Lock()
        async with Client(self._clock) as client:
            tasks = [asyncio.create_task(self._follow(s, client, once)) for s in self.states]
            waiting = set(tasks)
            try:
                while waiting and not stop.is_set():
                    _, waiting = await asyncio.wait(waiting, timeout=_TICK)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _follow(self, state: FeedState, client: Client, once: bool) -> None:
        """Poll a feed and look at its pages, each when it is due, for ever or until all is done."""
        polled = False
        while True:
            now = self._clock()
            page = self._next_page(state, now)
            if _is_due(state.health.next_poll, now) and not (once and polled):
                await self._poll_safely(state, client)
                polled = True
            elif page is not None and page.due is not None and page.due <= now:
                await self._look_safely(state, page, client)
            elif once:
                return
            else:
                await asyncio.sleep(self._wait(state, page, now))

    def _wait(self, state: FeedState, page: Page | None, now: dt.datetime) -> float:
        moments = [state.health.next_poll, page.due if page else None]
        left = min((m - now).total_seconds() for m in moments if m is not None)
        return min(max(left, 0.01), 60.0)  # the clock may be set meanwhile

    async def _poll_safely(self, state: FeedState, client: Client) -> None:
        """Poll; whatever goes wrong stays with this feed."""
        try:
            await self._poll(state, client)
        except Exception as error:
            log.exception("%s: a fault of Dateline's own", state.feed.name)
            why = f"a fault of Dateline's own ({type(error).__name__})"
            settle(state, PollResult("failing", why), self._clock(), self._chance)

    async def _look_safely(self, state: FeedState, page: Page, client: Client) -> None:
        """Look at a page; whatever goes wrong stays with it, and it is put off."""
        now = self._clock()
        page.put_off(now, self._rechecks)
        try:
            await self._look(state, page, client)
        except Exception:
            log.exception("%s: a fault of Dateline's own", page.entry.key)

    async def _poll(self, state: FeedState, client: Client) -> None:
        now = self._clock()
        before = state.health.status
        result = await poll(state, client, now)
        settle(state, result, now, self._chance)
        name = state.feed.name
        if result.status != before or result.detail:
            level = logging.INFO if result.status in ("ok", "empty") else logging.WARNING
            log.log(level, "%s: %s%s", name, result.status, _told(result.detail))
        pages = self._pages[name]
        for entry in reversed(result.entries):  # the oldest come last in a feed
            if entry.key in pages:
                pages[entry.key].renew(entry, now)
            elif self._owners.setdefault(entry.key, name) == name:
                pages[entry.key] = Page(entry, first_seen=now, due=now)
        if not result.unchanged and result.status in ("ok", "empty"):
            self._forget(name, {entry.key for entry in result.entries})
        await self._note(state)

    async def _look(self, state: FeedState, page: Page, client: Client) -> None:
        found = await look(page, state.feed, client, self._reading)
        now = self._clock()
        if found.why and not page.read and page.checks == 1:
            log.info("%s: %s: %s", state.feed.name, page.entry.key, found.why)
        if found.article is not None:
            outcome = await self._hand_in(found.article, state, now)
            if outcome is None:
                page.due = now + dt.timedelta(seconds=limits.UNSTORED_SECONDS)
                return
            page.stored = True
            if outcome == "new":
                state.health = state.health.model_copy(update={"last_new": now})
        self._note_page(page, found, now)
        if not self._is_missing(state) and (found.article is not None or not page.stored):
            await self._note(state)

    def _note_page(self, page: Page, found: Found, now: dt.datetime) -> None:
        answer = found.answer
        if answer is not None:
            page.read = page.read or found.article is not None
            page.digest = found.digest
            page.etag = answer.headers.get("etag", page.etag)
            page.modified = answer.headers.get("last-modified", page.modified)
        if page.due is not None and found.wait is not None:
            page.due = max(page.due, now + dt.timedelta(seconds=found.wait))
        if page.read:  # its content is not needed any longer
            page.entry = page.entry.model_copy(update={"html": None})
        if page.due is None and not page.stored:
            log.warning("%s: given up: %s", page.entry.key, found.why or "it holds no text")

    async def _hand_in(
        self, article: Article, state: FeedState, now: dt.datetime
    ) -> Outcome | None:
        """Store an article; None where that cannot be done now."""
        try:
            async with self._storing:
                return await _finish(lambda: self._on_article(article, state.feed.name, now))
        except DatelineError as error:
            self.unstored += 1
            log.error("%s: not stored, to be tried again: %s", article.id, error)
            return None

    async def _note(self, state: FeedState) -> None:
        """Put a feed's health on record; not what makes it answer 304 while a page is missing."""
        health = state.health
        if self._is_missing(state):
            health = health.model_copy(update={"etag": None, "modified": None})
        try:
            async with self._storing:
                await _finish(lambda: self._store.feed_polled(health))
        except DatelineError as error:
            self.unstored += 1
            log.error("%s: its health is not noted: %s", state.feed.name, error)

    def _is_missing(self, state: FeedState) -> bool:
        """Whether there is a page that is to be had yet."""
        pages = self._pages[state.feed.name].values()
        return any(not page.stored and page.due is not None for page in pages)

    def _next_page(self, state: FeedState, now: dt.datetime) -> Page | None:
        """The page that is due first; of those that are due, new ones go first."""
        pages = self._pages[state.feed.name].values()
        due = [(max(p.due, now), p.stored, p.due, i) for i, p in enumerate(pages) if p.due]
        return list(pages)[min(due)[-1]] if due else None

    def _forget(self, name: str, listed: set[str]) -> None:
        """Drop pages that the feed no longer lists: those that are settled, and the oldest."""
        pages = self._pages[name]
        excess = len(pages) - limits.MAX_PAGES
        for key in [key for key in pages if key not in listed]:
            if pages[key].due is None or (excess > 0 and pages[key].stored):
                excess -= 1
                del pages[key]
                self._owners.pop(key, None)

    def _load_pages(self) -> None:
        """Take up the pages of articles on record, so that they are not fetched again at once."""
        now = self._clock()
        for name, url, first_seen in self._store.known():
            if name not in self._pages or self._owners.setdefault(url, name) != name:
                continue
            entry = _UNKNOWN.model_copy(update={"key": url, "link": url})
            page = Page(entry, first_seen=first_seen, due=None, stored=True, read=True)
            age = (now - first_seen).total_seconds()
            while self._rechecks and page.checks < len(self._rechecks):
                if sum(self._rechecks[: page.checks + 1]) > age:
                    break
                page.checks += 1
            page.put_off(now, self._rechecks)
            self._pages[name][url] = page


def _states(feeds: Sequence[Feed], store: Store) -> list[FeedState]:
    known = {health.name: health for health in store.feeds()}
    return [start(feed, known.get(feed.name)) for feed in feeds]


def _is_due(moment: dt.datetime | None, now: dt.datetime) -> bool:
    return moment is None or moment <= now


def _told(detail: str | None) -> str:
    return f": {detail}" if detail else ""


async def _finish(work: Callable[[], Outcome] | Callable[[], None]) -> Outcome | None:
    """Do some storing in a thread; being cancelled meanwhile, let it come to its end first."""
    task: asyncio.Task[Outcome | None] = asyncio.create_task(in_thread(work))
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=limits.STOP_SECONDS)
        raise
