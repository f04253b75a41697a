"""The stream of changes: one task polls the ledger for all streams that are open."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence

from sse_starlette import ServerSentEvent
from starlette.concurrency import run_in_threadpool

from dateline.desk.models import Changed
from dateline.errors import DatelineError
from dateline.ledger import Change, Filter, Ledger
from dateline.records import Event

log = logging.getLogger(__name__)

INTERVAL = 0.5
"""Seconds between polls."""
MAX_STREAMS = 1000
_BATCH = 200
_BACKLOG = 2000
"""Changes that a stream may be behind; past it, it is told to begin anew."""
_QUEUE = 500
"""Entries that a slow reader may leave unread before its stream ends; it resumes where it was."""
_ALL = Filter()
_Entry = tuple[int, ServerSentEvent]
"""A change's number, and how it is sent."""


class Subscription:
    """One open stream."""

    def __init__(self, where: Filter) -> None:
        self.where = where
        self.queue: asyncio.Queue[_Entry | None] = asyncio.Queue(_QUEUE)

    def put(self, entry: _Entry) -> bool:
        """Hand on an entry; False where the reader is too slow."""
        try:
            self.queue.put_nowait(entry)
        except asyncio.QueueFull:
            return False
        return True


class Hub:
    """Hands the ledger's changes to all open streams.

    It polls while at least one stream is open. Each distinct filter is asked once for a batch.
    """

    def __init__(self, ledger: Ledger, interval: float = INTERVAL) -> None:
        self._ledger = ledger
        self._interval = interval
        self._open: set[Subscription] = set()
        self._task: asyncio.Task[None] | None = None
        self._seq = 0

    @property
    def streams(self) -> int:
        """How many streams are open."""
        return len(self._open)

    @property
    def full(self) -> bool:
        """Whether no further stream can be opened."""
        return len(self._open) >= MAX_STREAMS

    def close(self) -> None:
        """End all streams; readers that come back will resume where they were."""
        for subscription in tuple(self._open):
            self._drop(subscription)

    async def follow(self, where: Filter, after: int | None) -> AsyncIterator[ServerSentEvent]:
        """The entries of a stream: what changed since `after` (default: from now on), for ever."""
        subscription = Subscription(where)
        self._open.add(subscription)
        try:
            await self._begin()
            newest = self._seq  # what is newer comes through the queue
            last = newest if after is None else after
            yield ServerSentEvent(comment="open", retry=2000)
            if newest - last > _BACKLOG or last > newest:
                last = newest
                yield ServerSentEvent(event="reset", id=str(newest), data="{}")
            while last < newest:
                changes = await run_in_threadpool(self._ledger.changes, last, _BATCH)
                if not changes:
                    break
                for _, sent in await run_in_threadpool(self._entries, changes, where):
                    yield sent
                last = changes[-1].seq
            while (entry := await subscription.queue.get()) is not None:
                if entry[0] > last:
                    last = entry[0]
                    yield entry[1]
        finally:
            self._open.discard(subscription)

    async def _begin(self) -> None:
        """Make sure that somebody polls."""
        if self._task is None or self._task.done():
            seq = await run_in_threadpool(self._ledger.last_change)
            if self._task is None or self._task.done():
                self._seq = seq
                self._task = asyncio.get_running_loop().create_task(self._poll())

    async def _poll(self) -> None:
        while self._open:
            try:
                await self._once()
            except DatelineError as error:
                log.warning("the stream waits: %s", error)
            except Exception:
                log.exception("the stream could not be polled; it goes on")
            await asyncio.sleep(self._interval)

    async def _once(self) -> None:
        changes = await run_in_threadpool(self._ledger.changes, self._seq, _BATCH)
        if not changes:
            return
        wanted = {subscription.where for subscription in self._open}
        found = {where: await run_in_threadpool(self._entries, changes, where) for where in wanted}
        self._seq = changes[-1].seq
        for subscription in tuple(self._open):
            for entry in found.get(subscription.where, ()):
                if not subscription.put(entry):
                    self._drop(subscription)
                    break

    def _drop(self, subscription: Subscription) -> None:
        """End a stream."""
        self._open.discard(subscription)
        while not subscription.queue.empty():
            subscription.queue.get_nowait()
        subscription.queue.put_nowait(None)

    def _entries(self, changes: Sequence[Change], where: Filter) -> list[_Entry]:
        """What a filter admits of a batch, each event once, by its newest change."""
        newest = {change.event_id: change for change in changes}
        admitted = self._admitted(newest, where)
        wanted = [c for c in newest.values() if c.event_id in admitted or c.kind == "withdrawn"]
        details = ((c, self._ledger.event(c.event_id)) for c in wanted)
        found = [_entry(change, detail.event) for change, detail in details if detail]
        return sorted(found, key=lambda entry: entry[0])

    def _admitted(self, changed: dict[str, Change], where: Filter) -> set[str]:
        """Those of the changed events that a filter admits, and that stand near the top."""
        if where == _ALL:
            return set(changed)
        page = self._ledger.events(where, limit=min(2 * len(changed) + 200, 1000))
        return {event.id for event in page.items} & changed.keys()


def _entry(change: Change, event: Event) -> _Entry:
    data = Changed(seq=change.seq, kind=change.kind, at=change.at, event=event)
    sent = ServerSentEvent(event=change.kind, id=str(change.seq), data=data.model_dump_json())
    return change.seq, sent
