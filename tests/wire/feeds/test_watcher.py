from __future__ import annotations

import datetime as dt
import logging
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any

import pytest

from dateline.errors import DatelineError
from dateline.records import Article, FeedHealth
from dateline.wire.feeds import Feed, Watcher
from dateline.wire.feeds.watcher import Outcome

NOW = dt.datetime(2024, 5, 2, 12, tzinfo=dt.UTC)
TEXT = (
    "The prime minister of Norland met the finance minister of Suria on Tuesday, a day after "
    "floods closed the ports of both countries and cut the road between their capitals."
)
MORE = (
    "They agreed to ask their neighbours for a loan and to send engineers to the river, according "
    "to the state broadcaster, which carried the news conference in Varna."
)


class Memory:
    """What the ledger does, in memory."""

    def __init__(self) -> None:
        self.health: dict[str, FeedHealth] = {}
        self.articles: dict[str, list[Article]] = {}
        self.seen: list[tuple[str, str, dt.datetime]] = []
        self.order: list[str] = []
        self.refuse = 0

    def feeds(self) -> list[FeedHealth]:
        return list(self.health.values())

    def feed_polled(self, health: FeedHealth) -> None:
        self.health[health.name] = health

    def known(self) -> list[tuple[str, str, dt.datetime]]:
        return self.seen

    def store(self, article: Article, feed: str, seen: dt.datetime) -> Outcome:
        if self.refuse:
            self.refuse -= 1
            raise DatelineError("events.db: is locked by another program")
        versions = self.articles.setdefault(article.url or article.id, [])
        if versions and versions[-1].text == article.text:
            return "same"
        versions.append(article)
        self.order.append(article.url or article.id)
        if len(versions) == 1 and article.url:
            self.seen.append((feed, article.url, seen))
        return "changed" if len(versions) > 1 else "new"

    def only(self) -> Article:
        ((article,),) = self.articles.values()
        return article


def page(title: str = "Ministers meet in Varna", *paragraphs: str, head: str = "") -> str:
    body = "".join(f"<p>{text}</p>" for text in paragraphs or (TEXT, MORE))
    return (
        f'<!doctype html><html lang="en"><head><title>{title}</title>{head}</head><body>'
        f'<nav><a href="/">Home</a></nav><article><h1>{title}</h1>{body}</article></body></html>'
    )


def item(link: str | None, title: str = "Ministers meet in Varna", **more: str) -> str:
    found = f"<title>{title}</title>" + (f"<link>{link}</link>" if link else "")
    return f"<item>{found}{''.join(f'<{k}>{v}</{k}>' for k, v in more.items())}</item>"


def content(*paragraphs: str) -> str:
    return "<![CDATA[" + "".join(f"<p>{text}</p>" for text in paragraphs) + "]]>"


DATE = "Wed, 01 May 2024 10:00:00 +0300"


def feed_of(site: Any, name: str = "T", path: str = "/feed", **more: Any) -> Feed:
    given = {"allow_private": True, "delay": 0, "interval": 0.2} | more
    return Feed(name=name, url=site.url + path, **given)


def once(memory: Memory, *feeds: Feed, **more: Any) -> Watcher:
    watcher = Watcher(feeds, memory, memory.store, chance=random.Random(1), **more)
    watcher.run(threading.Event(), once=True)
    return watcher


@contextmanager
def running(memory: Memory, *feeds: Feed, **more: Any) -> Iterator[Watcher]:
    stop = threading.Event()
    watcher = Watcher(feeds, memory, memory.store, chance=random.Random(1), **more)
    thread = threading.Thread(target=watcher.run, args=(stop,))
    thread.start()
    try:
        yield watcher
    finally:
        stop.set()
        thread.join(timeout=2)
        assert not thread.is_alive()


def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.01)


def test_an_entry_becomes_an_article(site: Any) -> None:
    site.feed("/feed", item("/a?x=1#top", pubDate=DATE, author="Maria Lindqvist"))
    site.put("/a?x=1", page())
    memory = Memory()
    once(memory, feed_of(site, publisher="Norland Times"))
    article = memory.only()
    assert article.id == article.url == f"{site.url}/a?x=1"
    assert article.text == f"Ministers meet in Varna\n\n{TEXT}\n\n{MORE}"
    assert article.published == "2024-05-01T10:00:00+03:00"
    assert (article.publisher, article.byline) == ("Norland Times", "Maria Lindqvist")
    health = memory.health["T"]
    assert (health.status, health.title) == ("ok", "Norland Times")
    assert health.last_new is not None
    assert health.next_poll is not None


def test_the_pages_own_words_go_before_the_entrys(site: Any) -> None:
    head = '<meta property="article:published_time" content="2024-04-30T08:00:00+01:00">'
    site.feed("/feed", item("/a", "Talks", pubDate=DATE))
    site.put("/a", page(head=head))
    memory = Memory()
    once(memory, feed_of(site))
    assert memory.only().title == "Ministers meet in Varna"
    assert memory.only().published == "2024-04-30T08:00:00+01:00"


def test_the_entrys_time_completes_the_pages_day(site: Any) -> None:
    head = '<meta property="article:published_time" content="2024-05-01">'
    site.feed("/feed", item("/a", pubDate=DATE))
    site.put("/a", page(head=head))
    memory = Memory()
    once(memory, feed_of(site))
    assert memory.only().published == "2024-05-01T10:00:00+03:00"


@pytest.mark.parametrize(
    ("date", "expected"), [("Wed, 01 May 2199 10:00:00 GMT", None), ("soon", None), ("", None)]
)
def test_dates_that_cannot_be(site: Any, date: str, expected: str | None) -> None:
    site.feed("/feed", item("/a", pubDate=date))
    site.put("/a", page())
    memory = Memory()
    once(memory, feed_of(site))
    assert memory.only().published == expected


@pytest.mark.parametrize("kind", ["missing", "robots", "pdf", "elsewhere", "wall", "nothing"])
def test_the_entrys_content_where_the_page_cannot_be_had(site: Any, kind: str) -> None:
    link = "http://192.168.0.1/a" if kind == "elsewhere" else "/a"
    site.feed("/feed", item(link, "Talks", pubDate=DATE, description=content(TEXT, MORE)))
    if kind == "robots":
        site.put("/robots.txt", "User-agent: *\nDisallow: /a\n", "text/plain")
        site.put("/a", page())
    if kind == "pdf":
        site.put("/a", b"%PDF-1.7", "application/pdf")
    if kind == "wall":
        site.put("/a", page("Norland Times", "Subscribe to read the rest of this article today."))
    if kind == "nothing":
        site.put("/a", "<html><body><script>render()</script></body></html>")
    memory = Memory()
    once(memory, feed_of(site))
    article = memory.only()
    assert article.text == f"Talks\n\n{TEXT}\n\n{MORE}"
    assert article.published == "2024-05-01T10:00:00+03:00"
    assert article.url == (link if kind == "elsewhere" else f"{site.url}/a")
    assert memory.health["T"].status == "ok"
    if kind == "robots":
        assert site.times("/a") == 0


def test_an_entry_without_a_link(site: Any) -> None:
    guid = "<guid isPermaLink='false'>7</guid>"
    site.feed(
        "/feed", item(None, "Talks", description=content(TEXT)).replace("</item>", guid + "</item>")
    )
    memory = Memory()
    once(memory, feed_of(site))
    once(memory, feed_of(site))
    article = memory.only()
    assert (article.id, article.url) == (f"{site.url}/feed#7", None)


def test_the_oldest_come_first_and_each_once(site: Any) -> None:
    paths = [f"/{n}" for n in range(6)]
    for path in paths:
        site.put(path, page("T", TEXT + path))
    guid = "<guid isPermaLink='false'>same</guid>"
    items = [item(path).replace("</item>", guid + "</item>") for path in reversed(paths)]
    site.feed("/feed", *items, items[2])
    memory = Memory()
    once(memory, feed_of(site))
    assert memory.order == [site.url + path for path in paths]
    assert all(site.times(path) == 1 for path in paths)


def test_a_page_in_two_feeds_is_fetched_once(site: Any) -> None:
    for path in ("/feed", "/world"):
        site.feed(path, item("/a"))
    site.put("/a", page())
    memory = Memory()
    once(memory, feed_of(site), feed_of(site, "W", "/world"))
    assert len(memory.articles) == 1
    assert site.times("/a") == 1


def test_a_restart_fetches_nothing_again(site: Any) -> None:
    site.feed("/feed", item("/a"), ETag='"1"')
    site.put("/a", page())
    memory = Memory()
    once(memory, feed_of(site))
    once(memory, feed_of(site))
    site.feed("/feed", item("/b"), item("/a"), ETag='"2"')
    site.put("/b", page("B", MORE))
    once(memory, feed_of(site))
    assert site.times("/a") == 1
    assert memory.order == [f"{site.url}/a", f"{site.url}/b"]


def test_new_entries_and_changed_ids_while_running(site: Any) -> None:
    site.feed("/feed", item("/a", guid="1"))
    site.put("/a", page())
    site.put("/b", page("Another", MORE))
    memory = Memory()
    with running(memory, feed_of(site)):
        until(lambda: len(memory.articles) == 1)
        site.feed("/feed", item("/b", guid="2"), item("/a", guid="3"))
        until(lambda: len(memory.articles) == 2)
        polls = site.times("/feed")
        until(lambda: site.times("/feed") >= polls + 2)
    assert memory.order == [f"{site.url}/a", f"{site.url}/b"]


@pytest.mark.parametrize("etag", [None, '"1"'])
def test_a_page_that_changes_gives_a_new_version(site: Any, etag: str | None) -> None:
    tag = {"ETag": etag} if etag else {}
    site.feed("/feed", item("/a"), ETag='"f"')
    site.put("/a", page(), **tag)
    memory = Memory()
    with running(memory, feed_of(site), rechecks=(0.2,) * 100):
        until(lambda: site.times("/a") >= 3)
        assert len(memory.articles[f"{site.url}/a"]) == 1
        site.put("/a", page("Ministers meet in Varna", TEXT, MORE, "They left at noon."))
        until(lambda: len(memory.articles[f"{site.url}/a"]) == 2)
    if etag:
        assert any(a.headers.get("if-none-match") == etag for a in site.asked if a.path == "/a")


def test_a_page_that_vanishes_leaves_its_article(site: Any) -> None:
    site.feed("/feed", item("/a", description=content(MORE)))
    site.put("/a", page())
    memory = Memory()
    with running(memory, feed_of(site), rechecks=(0.1,) * 100):
        until(lambda: site.times("/a") >= 1 and bool(memory.articles))
        site.put("/a", "", status=404)
        times = site.times("/a")
        until(lambda: site.times("/a") >= times + 3)
    assert TEXT in memory.only().text


def test_an_entry_that_changes_has_its_page_looked_at(site: Any) -> None:
    site.feed("/feed", item("/a", "Talks"))
    site.put("/a", page())
    memory = Memory()
    with running(memory, feed_of(site)):
        until(lambda: bool(memory.articles))
        site.put("/a", page("Ministers meet in Varna", TEXT, MORE, "They left at noon."))
        site.feed("/feed", item("/a", "Talks end"))
        until(lambda: len(memory.articles[f"{site.url}/a"]) == 2)


def test_a_page_comes_later(site: Any) -> None:
    """Nothing is lost: the feed is not answered "unchanged" while a page of it is missing."""
    site.feed("/feed", item("/a"), ETag='"1"')
    site.put("/a", "", status=500)
    memory = Memory()
    once(memory, feed_of(site))
    assert memory.articles == {}
    assert memory.health["T"].etag is None
    site.put("/a", page())
    once(memory, feed_of(site))
    assert len(memory.articles) == 1
    assert memory.health["T"].etag == '"1"'


def test_what_cannot_be_stored_is_handed_in_again(
    site: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("dateline.wire.feeds.limits.UNSTORED_SECONDS", 0.1)
    site.feed("/feed", item("/a"))
    site.put("/a", page())
    memory = Memory()
    memory.refuse = 2
    with running(memory, feed_of(site)) as watcher:
        until(lambda: bool(memory.articles))
    assert watcher.unstored == 2
    assert "is locked by another program" in caplog.text
    assert len(memory.only().text) > 100


def test_one_request_at_a_time_with_a_pause(site: Any) -> None:
    for path in ("/feed", "/world"):
        links = [f"{path}-{n}" for n in range(3)]
        site.feed(path, *map(item, links))
        for link in links:
            site.put(link, page("T", TEXT + link))
    memory = Memory()
    once(memory, feed_of(site, delay=0.3), feed_of(site, "W", "/world", delay=0.3))
    assert len(memory.articles) == 6
    asked = sorted(site.asked, key=lambda a: a.at)
    assert len(asked) == 9
    for one, other in pairwise(asked):
        assert other.at - one.until >= 0.2


def test_a_wish_of_robots_is_followed(site: Any) -> None:
    site.put("/robots.txt", "User-agent: *\nCrawl-delay: 0.3\n", "text/plain")
    site.feed("/feed", item("/a"))
    site.put("/a", page())
    once(Memory(), feed_of(site))
    asked = [a for a in site.asked if a.path != "/robots.txt"]
    assert asked[1].at - asked[0].until >= 0.29


def test_feeds_do_not_hold_up_each_other(site: Any, caplog: pytest.LogCaptureFixture) -> None:
    def hang(handler: Any) -> None:
        site.closing.wait(30)

    def break_off(handler: Any) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n<rss>")
        handler.close_connection = True

    class Faulty(Memory):
        def store(self, article: Article, feed: str, seen: dt.datetime) -> Outcome:
            if feed == "raises":
                raise ZeroDivisionError("a fault")
            return super().store(article, feed, seen)

    # Each of them on a host of its own: 127.0.0.1 answers one request at a time.
    site.routes["/hang"], site.routes["/break"] = hang, break_off
    site.feed("/good", item("/a"))
    site.feed("/raises", item("/b"))
    site.put("/a", page())
    site.put("/b", page("B", MORE))
    memory = Faulty()
    feeds = [
        Feed(name="hang", url=f"http://localhost:{site.port}/hang", allow_private=True, interval=1),
        feed_of(site, "break", "/break"),
        feed_of(site, "raises", "/raises"),
        feed_of(site, "good", "/good"),
    ]
    caplog.set_level(logging.CRITICAL, "dateline.wire.feeds.watcher")
    with running(memory, *feeds):
        until(lambda: site.times("/hang") == 1)
        until(lambda: bool(memory.articles))
        times = site.times("/good")
        until(lambda: site.times("/good") >= times + 3)
        until(lambda: memory.health["break"].status == "failing")
        assert "hang" not in memory.health
    assert memory.only().url == f"{site.url}/a"
    assert memory.health["good"].status == "ok"


def test_it_stops_at_once_though_a_page_hangs(site: Any) -> None:
    site.routes["/a"] = lambda handler: site.closing.wait(30)
    site.feed("/feed", item("/a"))
    memory = Memory()
    with running(memory, feed_of(site)):
        until(lambda: site.times("/a") == 1)
        started = time.monotonic()
    assert time.monotonic() - started < 2


def test_a_failing_feed_recovers(site: Any) -> None:
    site.put("/feed", "", status=500)
    memory = Memory()
    with running(memory, feed_of(site, interval=0.1)):
        until(lambda: memory.health.get("T") is not None)
        failed = memory.health["T"]
        assert (failed.status, failed.detail) == ("failing", "answered 500")
        assert failed.failing_since is not None
        site.feed("/feed")
        until(lambda: memory.health["T"].status == "empty")
    assert memory.health["T"].failing_since is None


def test_a_feed_that_was_put_off_waits(site: Any) -> None:
    site.feed("/feed", item("/a"))
    feed = feed_of(site)
    memory = Memory()
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    memory.health["T"] = FeedHealth(
        name="T", url=feed.url, status="rate-limited", last_polled=NOW, next_poll=later
    )
    once(memory, feed)
    assert site.asked == []
