"""From feeds to coded events: what `dateline watch` does.

Every article is stored before anything else is done with it, and coded from the database, in order
of arrival. So whatever ends the program, the next start goes on where it was.
"""

from __future__ import annotations

import datetime as dt
import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dateline import __version__
from dateline.errors import DatelineError
from dateline.ledger import Ledger, open_ledger
from dateline.records import Article, FeedHealth
from dateline.wire.feeds import FeedList, Watcher, load_feeds
from dateline.wire.feeds.watcher import Outcome

log = logging.getLogger(__name__)

CODER = f"dateline {__version__}"
_BATCH = 20
_POLL_SECONDS = 1.0
_RETRY_SECONDS = 5.0
_RETRIES = 3
_STOP_SECONDS = 1.5
_KNOWN = 5_000
_PAGE = 200

_LEVELS = {
    "polled": logging.DEBUG,
    "article": logging.INFO,
    "coded": logging.INFO,
    "failed": logging.WARNING,
    "trouble": logging.WARNING,
}

Code = Callable[[Article], Article]


@dataclass(frozen=True, slots=True)
class WatchEvent:
    """Something that happened, for whoever looks on. `text` says it in one line."""

    kind: Literal["polled", "article", "coded", "failed", "trouble"]
    text: str
    feed: str | None = None
    article_id: str | None = None
    """The article's id in the ledger."""
    version_id: int | None = None
    new: tuple[str, ...] = ()
    """Events first reported now."""
    changed: tuple[str, ...] = ()
    """Events that were extended, changed or withdrawn."""


OnEvent = Callable[[WatchEvent], None]


def watch(
    feeds: FeedList | Path | str,
    database: Path | str,
    *,
    once: bool = False,
    stop: threading.Event | None = None,
    on_event: OnEvent | None = None,
    coder: Code | None = None,
) -> None:
    """Follow feeds, store and code what they bring, until `stop` is set.

    With `once`, ends when every feed was polled once and all that came was coded. `on_event` is
    called in other threads than the caller's. `coder` is `dateline.load()` unless another is
    given. Raises DatelineError for a feed file or database that cannot be used, and with `once`
    for what could not be stored; otherwise such troubles are reported, and tried again.
    """
    listed = feeds if isinstance(feeds, FeedList) else load_feeds(feeds)
    stop = stop or threading.Event()
    with open_ledger(database) as ledger:
        record = _Record(ledger, on_event or _nobody)
        coding = _Coding(record, coder, stop, patient=not once)
        watcher = Watcher(listed.feeds, record, record.store)
        record.wake = coding.wake.set
        coding.start()
        try:
            watcher.run(coding.ended, once=once)
            if once:
                coding.finish()
        finally:
            coding.close()
        if coding.fatal is not None:
            raise coding.fatal
        if once and watcher.unstored:
            times = f"{watcher.unstored} times"
            raise DatelineError(
                f"{ledger.name}: could not be written {times}, see the log; run again"
            )


class _Record:
    """The ledger as the watcher and the coder use it."""

    def __init__(self, ledger: Ledger, on_event: OnEvent) -> None:
        self.ledger = ledger
        self.wake: Callable[[], object] = lambda: None
        self._on_event = on_event

    def feeds(self) -> list[FeedHealth]:
        """How the feeds stood."""
        return self.ledger.feeds()

    def feed_polled(self, health: FeedHealth) -> None:
        """Note how a feed stands."""
        self.ledger.feed_polled(health)
        detail = f": {health.detail}" if health.detail else ""
        self.tell(WatchEvent("polled", f"{health.name}: {health.status}{detail}", health.name))

    def known(self) -> Iterator[tuple[str, str, dt.datetime]]:
        """The newest articles that came from feeds."""
        before: str | None = None
        for _ in range(_KNOWN // _PAGE):
            page = self.ledger.articles(_PAGE, before)
            for item in page.items:
                if item.feed is not None and item.url is not None:
                    yield item.feed, item.url, item.first_seen
            before = page.next
            if before is None:
                return

    def store(self, article: Article, feed: str, seen: dt.datetime) -> Outcome:
        """Store an article that a feed brought; it is coded later."""
        stored = self.ledger.store_article(article, feed=feed, seen=seen)
        if stored.outcome != "same":
            self.wake()
            text = f"{feed}: {stored.outcome}: {article.title or article.id}"
            self.tell(WatchEvent("article", text, feed, stored.article_id, stored.version_id))
        return stored.outcome

    def tell(self, event: WatchEvent) -> None:
        """Log an event and pass it on; who looks on must not bring down what is looked at."""
        log.log(_LEVELS[event.kind], "%s", event.text)
        try:
            self._on_event(event)
        except Exception:
            log.exception("on_event failed")


class _Coding:
    """A thread that codes what is stored and not yet coded, one after the other."""

    def __init__(
        self, record: _Record, coder: Code | None, stop: threading.Event, *, patient: bool
    ) -> None:
        self._record = record
        self._ledger = record.ledger
        self._coder = coder
        self._patient = patient
        self._finishing = threading.Event()
        self._thread = threading.Thread(target=self._run, name="dateline-coder", daemon=True)
        self.ended = _Either(stop)
        """Set when the caller says so, and when the coder cannot go on."""
        self.wake = threading.Event()
        self.fatal: Exception | None = None

    def start(self) -> None:
        self._thread.start()

    def finish(self) -> None:
        """Wait until all is coded, or the caller says stop."""
        self._finishing.set()
        self.wake.set()
        while self._thread.is_alive() and not self.ended.is_set():
            self._thread.join(0.1)

    def close(self) -> None:
        """End; what is being coded is left for the next start if it takes too long."""
        self.ended.set()
        self.wake.set()
        self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        try:
            coder = self._coder or _load()
            self._code_all(coder)
        except Exception as error:
            self.fatal = error
            self.ended.set()

    def _code_all(self, coder: Code) -> None:
        failures = 0
        while not self.ended.is_set():
            finishing = self._finishing.is_set()
            try:
                if self._code_some(coder):
                    failures = 0
                elif finishing:
                    return
                else:
                    self.wake.wait(_POLL_SECONDS)
                    self.wake.clear()
            except DatelineError as error:
                failures += 1
                if not self._patient and failures >= _RETRIES:
                    raise
                self._record.tell(WatchEvent("trouble", f"not coded, to be tried again: {error}"))
                self.ended.wait(_RETRY_SECONDS)

    def _code_some(self, coder: Code) -> bool:
        """Code the oldest that are pending; whether there were any."""
        pending = self._ledger.pending(_BATCH)
        for version_id, article in pending:
            if self.ended.is_set():
                break
            self._code(version_id, article, coder)
        return bool(pending)

    def _code(self, version_id: int, article: Article, coder: Code) -> None:
        """Code and store one version. Raises DatelineError where the ledger cannot be written."""
        title = article.title or article.id
        try:
            coded = coder(article)
        except Exception as error:
            self._fail(version_id, title, error)
            return
        if self.ended.is_set():
            return
        try:
            run = self._ledger.store_run(version_id, coded, coder=CODER, at=_now())
        except DatelineError:
            raise
        except Exception as error:
            self._fail(version_id, title, error)
            return
        text = f"{title}: {run.mentions} mentions, {len(run.new)} new events"
        self._record.tell(
            WatchEvent("coded", text, version_id=version_id, new=run.new, changed=run.changed)
        )

    def _fail(self, version_id: int, title: str, error: Exception) -> None:
        """Note that a version cannot be coded, so that the rest goes on."""
        log.debug("the coder failed on %s", title, exc_info=error)
        reason = " ".join(str(error).split())[:200]
        why = f"{type(error).__name__}: {reason}"
        if self.ended.is_set():
            return
        self._ledger.failed_run(version_id, why=why, at=_now())
        text = f"{title}: cannot be coded ({why})"
        self._record.tell(WatchEvent("failed", text, version_id=version_id))


class _Either(threading.Event):
    """An event that is also set when another one is."""

    def __init__(self, other: threading.Event) -> None:
        super().__init__()
        self._other = other

    def is_set(self) -> bool:
        return super().is_set() or self._other.is_set()

    def wait(self, timeout: float | None = None) -> bool:
        """Wait for this one or the other, whose setting is noticed within 0.2 s."""
        left = timeout if timeout is not None else float("inf")
        while left > 0 and not self.is_set():
            super().wait(min(left, 0.2))
            left -= 0.2
        return self.is_set()


def _load() -> Code:
    import dateline

    return dateline.load()


def _nobody(event: WatchEvent) -> None:
    """Nobody looks on."""


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)
