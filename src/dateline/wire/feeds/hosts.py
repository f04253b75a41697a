"""Politeness: one request at a time to a host, with a pause between them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from dateline.wire.feeds import limits
from dateline.wire.feeds.trouble import Trouble


@dataclass(slots=True)
class _Host:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0
    free_at: float = 0.0
    """When the last request ended."""
    held_until: float = 0.0
    """Until when the host asked to be left alone."""


class Hosts:
    """The hosts that requests go to."""

    def __init__(self, requests: int = limits.REQUESTS) -> None:
        self._hosts: dict[str, _Host] = {}
        self._slots = asyncio.Semaphore(requests)

    @asynccontextmanager
    async def turn(self, host: str, delay: float) -> AsyncIterator[None]:
        """Wait for one's turn at a host; `delay` seconds lie between two of them.

        Raises Trouble where the host has asked to wait.
        """
        state = self._hosts.setdefault(host, _Host())
        state.waiting += 1
        try:
            async with state.lock:
                self._check(host, state)
                await asyncio.sleep(max(0.0, state.free_at + delay - time.monotonic()))
                try:
                    async with self._slots:
                        yield
                finally:
                    state.free_at = time.monotonic()
        finally:
            state.waiting -= 1
            self._forget()

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for some time."""
        self._hosts.setdefault(host, _Host()).held_until = time.monotonic() + seconds

    def _check(self, host: str, state: _Host) -> None:
        left = state.held_until - time.monotonic()
        if left > 0:
            raise Trouble("rate-limited", f"{host} asked to wait for {left:.0f} s", left)

    def _forget(self) -> None:
        """Drop the hosts that nobody waits for, once there are many."""
        if len(self._hosts) > limits.HOSTS:
            now = time.monotonic()
            old = now - limits.MAX_CRAWL_DELAY
            self._hosts = {
                name: state
                for name, state in self._hosts.items()
                if state.waiting or state.free_at > old or state.held_until > now
            }
