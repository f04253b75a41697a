from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from dateline.desk.stream import Hub
from dateline.ledger import Filter


@contextlib.contextmanager
def reading(url: str, **headers: str) -> Iterator[Iterator[dict[str, str]]]:
    """An open stream, as the fields of its events."""
    timeout = httpx.Timeout(10)
    with httpx.stream("GET", url, headers=headers, timeout=timeout) as answer:
        assert answer.status_code == 200
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.iter_lines())


def _events(lines: Iterator[str]) -> Iterator[dict[str, str]]:
    fields: dict[str, str] = {}
    for line in lines:
        if line:
            name, _, value = line.partition(":")
            fields[name or "comment"] = value.strip()
        elif fields:
            yield fields
            fields = {}


def test_what_is_stored_appears_on_an_open_stream(serving: Callable[[], str], writer: Any) -> None:
    writer.report(day="2022-12-01")
    with reading(f"{serving()}/api/v1/stream") as events:
        assert next(events)["comment"] == "open"
        event = writer.report(day="2022-12-02")
        found = next(events)
    assert found["event"] == "new"
    assert found["id"] == "2"
    data = json.loads(found["data"])
    assert data["event"]["id"] == event
    assert data["seq"] == 2


def test_a_stream_is_resumed_where_it_broke_off(serving: Callable[[], str], writer: Any) -> None:
    writer.days(5)
    base = serving()
    with reading(f"{base}/api/v1/stream", **{"Last-Event-ID": "2"}) as events:
        next(events)
        assert [next(events)["id"] for _ in range(3)] == ["3", "4", "5"]
    with reading(f"{base}/api/v1/stream?after=4") as events:
        next(events)
        assert next(events)["id"] == "5"
        writer.report(day="2023-01-01")
        assert next(events)["id"] == "6"


def test_a_stream_has_the_filters_of_the_page(serving: Callable[[], str], writer: Any) -> None:
    with reading(f"{serving()}/api/v1/stream?party=USA&type=consult") as events:
        next(events)
        writer.report(day="2022-12-01")
        wanted = writer.report("China met the United States on Tuesday.", recipient="USA")
        found = next(events)
    assert json.loads(found["data"])["event"]["id"] == wanted


def test_an_event_that_more_report_is_extended(serving: Callable[[], str], writer: Any) -> None:
    writer.report()
    with reading(f"{serving()}/api/v1/stream") as events:
        next(events)
        writer.report(fields={"origin": "tern.example"})
        found = next(events)
    assert found["event"] == "extended"
    assert json.loads(found["data"])["event"]["source_count"] == 2


@pytest.mark.parametrize("last", ["999999", "nonsense", "-1", ""])
def test_a_place_that_never_was_is_no_error(
    serving: Callable[[], str], writer: Any, last: str
) -> None:
    writer.report()
    with reading(f"{serving()}/api/v1/stream", **{"Last-Event-ID": last}) as events:
        assert next(events)["comment"] == "open"
        if last == "999999":
            assert next(events)["event"] == "reset"


def test_many_streams_share_one_poll(writer: Any) -> None:
    polls = 0
    changes = writer.ledger.changes

    def counted(after: int, limit: int) -> Any:
        nonlocal polls
        polls += 1
        return changes(after, limit)

    writer.ledger.changes = counted

    async def run() -> list[Any]:
        hub = Hub(writer.ledger, interval=0.05)
        streams = [hub.follow(Filter(), None) for _ in range(200)]
        for stream in streams:
            await anext(stream)
        assert hub.streams == 200
        await asyncio.to_thread(writer.report)
        found = [await asyncio.wait_for(anext(stream), 10) for stream in streams]
        for stream in streams:
            await stream.aclose()
        await asyncio.sleep(0.15)
        assert hub.streams == 0
        before = polls
        await asyncio.sleep(0.3)
        assert polls == before  # nobody listens: nobody asks
        return found

    found = asyncio.run(run())
    assert {entry.id for entry in found} == {"1"}
    assert polls < 100


def test_a_reader_that_is_too_slow_is_let_go(writer: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.desk.stream._QUEUE", 2)

    async def run() -> int:
        hub = Hub(writer.ledger, interval=0.02)
        stream = hub.follow(Filter(), None)
        await anext(stream)
        await asyncio.to_thread(writer.days, 5)
        while hub.streams:
            await asyncio.sleep(0.02)
        return len([entry async for entry in stream])

    assert asyncio.run(run()) <= 2


def test_a_stream_that_missed_too_much_begins_anew(
    writer: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.desk.stream._BACKLOG", 3)
    writer.days(5)

    async def run() -> Any:
        stream = Hub(writer.ledger, interval=0.02).follow(Filter(), 0)
        await anext(stream)
        found = await anext(stream)
        await stream.aclose()
        return found

    found = asyncio.run(run())
    assert (found.event, found.id) == ("reset", "5")


def test_a_database_that_fails_for_a_while_ends_no_stream(writer: Any) -> None:
    from dateline.errors import DatelineError

    changes = writer.ledger.changes
    failing = threading.Event()
    failing.set()

    def sometimes(after: int, limit: int) -> Any:
        if failing.is_set():
            raise DatelineError("events.db: is locked by another program")
        return changes(after, limit)

    writer.ledger.changes = sometimes

    async def run() -> Any:
        stream = Hub(writer.ledger, interval=0.02).follow(Filter(), None)
        await anext(stream)
        await asyncio.to_thread(writer.report)
        await asyncio.sleep(0.1)
        failing.clear()
        found = await asyncio.wait_for(anext(stream), 10)
        await stream.aclose()
        return found

    assert asyncio.run(run()).event == "new"
