"""What robots.txt lets us fetch (RFC 9309)."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from protego import Protego

from dateline.wire.feeds import limits
from dateline.wire.feeds.trouble import Trouble

AGENT = "dateline"

Fetch = Callable[[str], Awaitable[tuple[int, bytes]]]
"""Gives the status and body of a URL. Raises Trouble where the host cannot be reached."""


@dataclass(frozen=True, slots=True)
class _Rules:
    protego: Protego
    until: float


class Robots:
    """The rules of hosts, each fetched once a day."""

    def __init__(self) -> None:
        self._rules: dict[str, _Rules] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def check(self, url: str, fetch: Fetch) -> float:
        """The pause in seconds that a host wishes for. Raises Trouble for a URL it disallows.

        A robots.txt that cannot be had for a fault of the server disallows everything for now.
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        async with self._locks.setdefault(origin, asyncio.Lock()):
            rules = self._rules.get(origin)
            if rules is None or rules.until < time.monotonic():
                try:
                    rules = await _read(f"{origin}/robots.txt", fetch)
                except Trouble:
                    self._locks.pop(origin, None)  # or hosts that are not there would pile up
                    raise
                self._remember(origin, rules)
        if not rules.protego.can_fetch(url, AGENT):
            raise Trouble("disallowed", f"{origin}/robots.txt disallows {url}")
        wish = rules.protego.crawl_delay(AGENT) or 0.0
        return min(float(wish), limits.MAX_CRAWL_DELAY)

    def _remember(self, origin: str, rules: _Rules) -> None:
        if len(self._rules) >= limits.HOSTS:
            oldest = next(iter(self._rules))
            del self._rules[oldest]
            self._locks.pop(oldest, None)
        self._rules.pop(origin, None)
        self._rules[origin] = rules


async def _read(url: str, fetch: Fetch) -> _Rules:
    status, data = await fetch(url)
    now = time.monotonic()
    if 200 <= status < 300:
        text = data.decode("utf-8", "replace")
        return _Rules(Protego.parse(text), now + limits.ROBOTS_SECONDS)
    if 400 <= status < 500:  # there is none: all is allowed
        return _Rules(Protego.parse(""), now + limits.ROBOTS_SECONDS)
    closed = Protego.parse("User-agent: *\nDisallow: /")
    return _Rules(closed, now + limits.ROBOTS_FAILED_SECONDS)
