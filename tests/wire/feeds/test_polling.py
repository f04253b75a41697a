from __future__ import annotations

import asyncio
import datetime as dt
import random
import time
import zlib
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.records import FeedHealth, FeedStatus
from dateline.wire.feeds import Client, Feed, FeedState, PollResult, limits, poll
from dateline.wire.feeds.polling import backoff, settle, start
from dateline.wire.feeds.reader import read_feed
from dateline.wire.feeds.trouble import Trouble

NOW = dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC)
ITEM = "<item><title>A</title><link>http://a.com/1</link></item>"


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


def state(site: Any, path: str = "/feed", **known: Any) -> FeedState:
    feed = Feed(name="T", url=site.url + path, allow_private=True, delay=0, interval=10)
    return FeedState(feed, FeedHealth(name="T", url=feed.url, **known))


def ask(feed: FeedState) -> PollResult:
    async def run() -> PollResult:
        async with Client(lambda: NOW) as client:
            return await poll(feed, client, NOW)

    return asyncio.run(run())


def test_a_feed_and_what_it_is_asked_next_time(site: Any) -> None:
    site.put("/feed", rss(ITEM), "application/rss+xml", ETag='"1"', Last_Modified="Wed")
    feed = state(site)
    result = ask(feed)
    assert (result.status, result.title, len(result.entries)) == ("ok", "T", 1)
    settle(feed, result, NOW, random.Random(1))
    again = ask(feed)
    assert (again.status, again.unchanged, again.entries) == ("ok", True, ())
    settle(feed, again, NOW, random.Random(1))
    assert feed.health.etag == '"1"'
    headers = site.asked[-1].headers
    assert headers["if-none-match"] == '"1"'
    assert headers["if-modified-since"] == "Wed"
    assert headers["user-agent"].startswith("dateline/")
    assert headers["user-agent"].endswith("(+feed reader)")
    assert headers["host"] == f"127.0.0.1:{site.port}"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (rss(), "application/rss+xml", "empty"),
        (rss(ITEM), "text/html", "ok"),
        (rss(ITEM)[:-12], "application/rss+xml", "ok"),
        ("<rss version='2.0'><channel><title>T</ti", "application/rss+xml", "unparsable"),
        ("<!doctype html><title>Our feed has moved</title>", "text/html", "unparsable"),
        ("", "application/rss+xml", "unparsable"),
        ("{}", "application/feed+json", "unparsable"),
        (b"\x89PNG\r\n\x1a\n\0\0", "image/png", "unparsable"),
    ],
)
def test_kinds_of_feeds(site: Any, body: str | bytes, kind: str, status: str) -> None:
    site.put("/feed", body, kind)
    assert ask(state(site)).status == status


@pytest.mark.parametrize(
    ("code", "headers", "status", "wait"),
    [
        (404, {}, "dead", None),
        (410, {}, "dead", None),
        (429, {}, "rate-limited", None),
        (429, {"Retry_After": "120"}, "rate-limited", 120.0),
        (503, {"Retry_After": "Thu, 02 May 2024 13:00:00 GMT"}, "rate-limited", 3600.0),
        (503, {}, "failing", None),
        (500, {}, "failing", None),
        (403, {}, "failing", None),
        (204, {}, "failing", None),
    ],
)
def test_answers(
    site: Any, code: int, headers: dict[str, str], status: str, wait: float | None
) -> None:
    site.put("/feed", "", None, status=code, **headers)
    result = ask(state(site))
    assert (result.status, result.retry_after) == (status, wait)
    assert str(code) in (result.detail or "")


def test_a_host_that_asked_to_wait_is_left_alone(site: Any) -> None:
    site.put("/feed", "", None, status=429, Retry_After="60")
    site.put("/other", rss(ITEM), "application/rss+xml")

    async def run() -> PollResult:
        async with Client() as client:
            await poll(state(site), client, NOW)
            return await poll(state(site, "/other"), client, NOW)

    result = asyncio.run(run())
    assert result.status == "rate-limited"
    assert 50 < (result.retry_after or 0) <= 60
    assert site.times("/other") == 0


def test_robots_are_obeyed_and_asked_once(site: Any) -> None:
    site.put("/robots.txt", "User-agent: dateline\nDisallow: /feed\n", "text/plain")
    site.put("/feed", rss(ITEM), "application/rss+xml")
    site.put("/open", rss(ITEM), "application/rss+xml")

    async def run() -> list[FeedStatus]:
        async with Client() as client:
            paths = ("/feed", "/open", "/feed", "/open")
            return [(await poll(state(site, path), client, NOW)).status for path in paths]

    assert asyncio.run(run()) == ["disallowed", "ok", "disallowed", "ok"]
    assert site.times("/robots.txt") == 1
    assert site.times("/feed") == 0


def test_robots_that_cannot_be_had(site: Any) -> None:
    site.put("/feed", rss(ITEM), "application/rss+xml")
    site.put("/robots.txt", "", None, status=500)
    assert ask(state(site)).status == "disallowed"
    assert site.times("/feed") == 0
    site.put("/robots.txt", "", None, status=403)
    assert ask(state(site)).status == "ok"


def test_redirects_are_followed_within_bounds_and_rules(site: Any) -> None:
    site.put("/feed", rss(ITEM), "application/rss+xml")
    site.put("/old", "", None, status=301, Location="/feed")
    site.put("/round", "", None, status=302, Location="/round")
    assert ask(state(site, "/old")).status == "ok"
    result = ask(state(site, "/round"))
    assert (result.status, result.detail) == ("failing", "redirects more than 5 times")
    assert site.times("/round") == 6
    site.put("/robots.txt", "User-agent: *\nDisallow: /feed\n", "text/plain")
    assert ask(state(site, "/old")).status == "disallowed"


@pytest.mark.parametrize(
    "target",
    [
        "http://169.254.169.254/latest/meta-data/",
        "http://localhost:{port}/feed",
        "http://[::1]:{port}/feed",
        "http://0.0.0.0:{port}/feed",
        "http://2130706433:{port}/feed",
        "http://[::ffff:127.0.0.1]:{port}/feed",
        "http://127.0.0.2:{port}/feed",
    ],
)
def test_redirects_to_the_local_network_are_refused(site: Any, target: str) -> None:
    """Though the feed's own host, 127.0.0.1, is allowed."""
    site.put("/feed", rss(ITEM), "application/rss+xml")
    site.put("/out", "", None, status=302, Location=target.format(port=site.port))
    result = ask(state(site, "/out"))
    assert result.status == "failing"
    assert "local network" in (result.detail or "")
    assert site.times("/feed") == 0


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://a.com/", "http://", "gopher://a/"])
def test_redirects_to_what_is_not_the_web(site: Any, target: str) -> None:
    site.put("/out", "", None, status=302, Location=target)
    assert ask(state(site, "/out")).status == "failing"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]"])
def test_the_local_network_is_closed_unless_allowed(site: Any, host: str) -> None:
    feed = Feed(name="T", url=f"http://{host}:{site.port}/feed", delay=0)
    result = ask(FeedState(feed, FeedHealth(name="T", url=feed.url)))
    assert result.status == "failing"
    assert "allow_private = true" in (result.detail or "")
    assert site.asked == []


def test_hosts_that_are_not_there(site: Any) -> None:
    feed = Feed(name="T", url="http://no-such-host.invalid/feed")
    result = ask(FeedState(feed, FeedHealth(name="T", url=feed.url)))
    assert (result.status, result.detail) == (
        "failing",
        "cannot be fetched: no host is named 'no-such-host.invalid'",
    )
    feed = Feed(name="T", url="http://127.0.0.1:1/feed", allow_private=True)
    assert ask(FeedState(feed, FeedHealth(name="T", url=feed.url))).status == "failing"


def stream(chunk: bytes, count: int, pause: float, head: dict[str, str]) -> Any:
    def route(handler: Any) -> None:
        handler.send_response(200)
        for name, value in head.items():
            handler.send_header(name, value)
        handler.send_header("Connection", "close")
        handler.end_headers()
        for _ in range(count):
            handler.wfile.write(chunk)
            handler.wfile.flush()
            time.sleep(pause)

    return route


def test_50_megabytes(site: Any) -> None:
    site.routes["/feed"] = stream(rss(ITEM).encode() + b" " * 1_000_000, 50, 0, {})
    result = ask(state(site))
    assert (result.status, result.detail) == ("failing", "is over 10 MB")


def test_a_length_that_is_told_is_enough(site: Any) -> None:
    site.routes["/feed"] = stream(b"", 1, 5, {"Content-Length": "50000000"})
    started = time.monotonic()
    assert ask(state(site)).detail == "is over 10 MB"
    assert time.monotonic() - started < 3


def test_a_bomb_of_gzip(site: Any) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    data = b"".join(packer.compress(b" " * 1_000_000) for _ in range(200)) + packer.flush()
    assert len(data) < 500_000
    site.routes["/feed"] = stream(data, 1, 0, {"Content-Encoding": "gzip"})
    assert ask(state(site)).detail == "is over 10 MB"


def test_gzip_that_is_none(site: Any) -> None:
    site.routes["/feed"] = stream(b"<rss/>", 1, 0, {"Content-Encoding": "gzip"})
    assert ask(state(site)).status == "failing"


def drip_head(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(200):
        handler.wfile.write(f"X-{number}: y\r\n".encode())
        handler.wfile.flush()
        time.sleep(0.1)


def wait(handler: Any) -> None:
    time.sleep(20)


@pytest.mark.parametrize("route", [stream(b"<!-- -->", 200, 0.1, {}), drip_head, wait])
def test_bytes_that_drip_for_ever(site: Any, route: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from dateline.wire.feeds import polling
    from dateline.wire.feeds.client import want_feed

    monkeypatch.setattr(polling, "want_feed", lambda *a: replace(want_feed(*a), seconds=0.5))
    site.routes["/feed"] = route
    started = time.monotonic()
    result = ask(state(site))
    assert (result.status, result.detail) == ("failing", "did not answer in full within 0.5 s")
    assert time.monotonic() - started < 2


def garbage(handler: Any) -> None:
    handler.wfile.write(b"\x00\xffnonsense\r\n\r\n")


def endless_header(handler: Any) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    for _ in range(300):
        handler.wfile.write(b"x" * 10_000)


@pytest.mark.parametrize("route", [garbage, endless_header])
def test_answers_that_are_no_http(site: Any, route: Any) -> None:
    site.routes["/feed"] = route
    assert ask(state(site)).status == "failing"


def test_a_large_feed_is_read_in_a_process_of_its_own(site: Any) -> None:
    items = [f"<item><link>http://a.com/{i}</link><description>{'word ' * 100}</description></item>"
             for i in range(450)]  # fmt: skip
    body = rss(*items)
    assert len(body) > limits.SMALL_FEED
    site.put("/feed", body, "application/rss+xml")
    result = ask(state(site))
    assert (result.status, len(result.entries)) == ("ok", 450)
    assert result.entries[7].link == "http://a.com/7"


def test_parsing_has_an_end() -> None:
    """feedparser takes hours for this one."""

    async def run() -> None:
        await read_feed(
            b"<rss version='2.0'><channel><item>" + b"<" * 5_000_000, "u", {}, seconds=2
        )

    started = time.monotonic()
    with pytest.raises(Trouble, match="longer than 2 s to parse") as caught:
        asyncio.run(run())
    assert caught.value.status == "unparsable"
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_bomb_of_entities_goes_off_elsewhere(
    monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    from dateline.wire.feeds import reader

    monkeypatch.setattr(reader, "parse_feed", None)
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    bomb = head + '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]>' + rss(ITEM)
    parsed = asyncio.run(read_feed(bomb.encode(encoding), "http://a.com/", {}))
    assert [entry.link for entry in parsed.entries] == ["http://a.com/1"]


def ago(**span: float) -> dt.datetime:
    return NOW - dt.timedelta(**span)


@pytest.mark.parametrize(
    ("status", "since", "expected"),
    [
        ("failing", None, "failing"),
        ("failing", ago(days=6.9), "failing"),
        ("failing", ago(days=7.1), "dead"),
        ("unparsable", ago(days=8), "dead"),
        ("rate-limited", ago(days=8), "rate-limited"),
        ("dead", None, "dead"),
    ],
)
def test_since_when_a_feed_fails(site: Any, status: Any, since: Any, expected: str) -> None:
    feed = state(site, failing_since=since)
    settle(feed, PollResult(status, "why"), NOW, random.Random(1))
    assert feed.health.status == expected
    assert feed.health.failing_since == (since or NOW)
    assert feed.health.detail == "why"
    settle(feed, PollResult("ok"), NOW, random.Random(1))
    recovered = feed.health
    assert recovered.status == "ok"
    assert recovered.failing_since is None
    assert feed.failures == 0


def test_a_failure_leaves_what_the_feed_is_asked_with(site: Any) -> None:
    feed = state(site, etag='"1"', title="T")
    settle(feed, PollResult("failing", "why"), NOW, random.Random(1))
    assert (feed.health.etag, feed.health.title) == ('"1"', "T")


@given(st.floats(1, 86400), st.integers(0, 10**6), st.integers())
def test_backoff_grows_to_six_hours(interval: float, failures: int, seed: int) -> None:
    wait = backoff(interval, failures, random.Random(seed))
    if failures:
        plain = min(interval * 2.0 ** min(failures, 40), 6 * 3600)
        assert plain * 0.899 <= wait <= min(plain * 1.101, 6 * 3600)
    else:
        assert interval * 0.899 <= wait <= interval * 1.101
    assert wait == backoff(interval, failures, random.Random(seed))


def test_retry_after_goes_before_the_backoff(site: Any) -> None:
    feed = state(site)
    settle(feed, PollResult("rate-limited", retry_after=7200.0), NOW, random.Random(1))
    assert feed.health.next_poll == NOW + dt.timedelta(hours=2)
    settle(feed, PollResult("rate-limited", retry_after=10.0**9), NOW, random.Random(1))
    assert feed.health.next_poll == NOW + dt.timedelta(days=1)


def test_a_new_start_takes_up_what_is_on_record(site: Any) -> None:
    feed = state(site).feed
    later = NOW + dt.timedelta(seconds=85)
    held = FeedHealth(name="T", url=feed.url, status="failing", last_polled=NOW, next_poll=later)
    begun = start(feed, held)
    assert (begun.health.next_poll, begun.failures) == (later, 3)
    well = held.model_copy(update={"status": "ok", "etag": '"1"'})
    begun = start(feed, well)
    assert (begun.health.next_poll, begun.health.etag, begun.failures) == (None, '"1"', 0)
    moved = start(feed, well.model_copy(update={"url": "http://elsewhere.com/"}))
    assert moved.health == FeedHealth(name="T", url=feed.url)
