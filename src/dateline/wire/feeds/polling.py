"""One poll of a feed, and what its outcome makes of the feed's health."""

from __future__ import annotations

import datetime as dt
import math
import random
from dataclasses import dataclass, field

from dateline.records import FeedHealth, FeedStatus
from dateline.wire.feeds import limits
from dateline.wire.feeds.client import Answer, Client, want_feed
from dateline.wire.feeds.entries import Entry
from dateline.wire.feeds.feedlist import Feed
from dateline.wire.feeds.reader import read_feed
from dateline.wire.feeds.trouble import Trouble

_WELL: frozenset[FeedStatus] = frozenset(("ok", "empty"))
_HELD: frozenset[FeedStatus] = frozenset(
    ("failing", "dead", "unparsable", "rate-limited", "disallowed")
)


@dataclass(slots=True)
class FeedState:
    """A feed as it stands. `health.etag` and `health.modified` are what the next poll sends."""

    feed: Feed
    health: FeedHealth
    failures: int = 0
    """Polls in a row that did not go well."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """What a poll found. `entries` are in the feed's order; none where it has not changed."""

    status: FeedStatus
    detail: str | None = None
    title: str | None = None
    entries: tuple[Entry, ...] = field(default=(), repr=False)
    unchanged: bool = False
    etag: str | None = None
    modified: str | None = None
    retry_after: float | None = None
    """How long the server asked to be left alone, in seconds."""


def start(feed: Feed, known: FeedHealth | None) -> FeedState:
    """The state of a feed at the start, from what is on record of it.

    A feed that stood well is polled at once; one that did not keeps its time, and how often it
    failed is told from how long it was put off.
    """
    if known is None or known.url != feed.url:
        return FeedState(feed, FeedHealth(name=feed.name, url=feed.url))
    if known.status not in _HELD or known.next_poll is None or known.last_polled is None:
        return FeedState(feed, known.model_copy(update={"next_poll": None}))
    wait = (known.next_poll - known.last_polled).total_seconds()
    failures = max(1, round(math.log2(max(1.0, wait / feed.interval))))
    return FeedState(feed, known, failures)


async def poll(state: FeedState, client: Client, now: dt.datetime) -> PollResult:
    """Ask a feed for what is new. Never raises for anything that a server can do."""
    known = state.health
    try:
        answer = await client.get(want_feed(state.feed, known.etag, known.modified))
        if answer.status == 304:
            return PollResult(
                status=known.status if known.status in _WELL else "ok",
                title=known.title,
                unchanged=True,
                etag=known.etag,
                modified=known.modified,
            )
        return await _read(answer)
    except Trouble as trouble:
        return PollResult(
            trouble.status, trouble.why, title=known.title, retry_after=trouble.retry_after
        )


async def _read(answer: Answer) -> PollResult:
    parsed = await read_feed(answer.data, answer.url, answer.headers)
    if not parsed.version or (parsed.complaint and not parsed.entries):
        what = parsed.complaint or "is no RSS, Atom or RDF"
        kind = f" ({answer.kind})" if answer.kind else ""
        return PollResult("unparsable", f"what it answers{kind} cannot be read: {what}")
    detail = parsed.complaint
    if parsed.left_out:
        detail = f"{parsed.left_out} entries past the first {limits.MAX_ENTRIES} are left out"
    return PollResult(
        status="ok" if parsed.entries else "empty",
        detail=detail,
        title=parsed.title,
        entries=parsed.entries,
        etag=answer.headers.get("etag"),
        modified=answer.headers.get("last-modified"),
    )


def settle(state: FeedState, result: PollResult, now: dt.datetime, chance: random.Random) -> None:
    """Bring a feed's state up to date after a poll: its status, since when, and when again.

    A feed that has failed for longer than a week is dead. ETag and date stay as they were unless
    the poll brought new ones.
    """
    well = result.status in _WELL
    state.failures = 0 if well else state.failures + 1
    since = None if well else (state.health.failing_since or now)
    status = result.status
    if since and status in ("failing", "unparsable"):
        status = "dead" if (now - since).total_seconds() > limits.DEAD_AFTER else status
    wait = backoff(state.feed.interval, state.failures, chance)
    if result.retry_after is not None:
        wait = max(wait, min(result.retry_after, limits.MAX_RETRY_AFTER))
    update: dict[str, object] = {
        "status": status,
        "detail": result.detail,
        "failing_since": since,
        "last_polled": now,
        "next_poll": now + dt.timedelta(seconds=wait),
        "title": result.title or state.health.title,
    }
    if well:
        update |= {"etag": result.etag, "modified": result.modified}
    state.health = state.health.model_copy(update=update)


def backoff(interval: float, failures: int, chance: random.Random) -> float:
    """Seconds to the next poll: the interval, doubled for each failure up to 6 hours, ±10 %."""
    if failures == 0:
        return interval * chance.uniform(1 - limits.JITTER, 1 + limits.JITTER)
    wait = min(interval * 2.0 ** min(failures, 32), limits.MAX_BACKOFF)
    return min(wait * chance.uniform(1 - limits.JITTER, 1 + limits.JITTER), limits.MAX_BACKOFF)
