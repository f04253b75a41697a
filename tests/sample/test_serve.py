"""The sample wire is served as real sites serve theirs, and read back as it was written."""

from __future__ import annotations

import datetime as dt
import threading
import tomllib
from pathlib import Path

import feedparser
import httpx
import pytest

from dateline.errors import DatelineError
from dateline.records import Article, FeedHealth
from dateline.sample import Report, outlets, reports
from dateline.sample.serve import SampleWire
from dateline.wire.feeds import Watcher, load_feeds
from dateline.wire.feeds.watcher import Outcome

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> dt.datetime:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += dt.timedelta(seconds=seconds)


class Memory:
    def __init__(self) -> None:
        self.articles: dict[str, Article] = {}

    def feeds(self) -> list[FeedHealth]:
        return []

    def feed_polled(self, health: FeedHealth) -> None:
        assert health.status == "ok", health

    def known(self) -> list[tuple[str, str, dt.datetime]]:
        return []

    def store(self, article: Article, feed: str, seen: dt.datetime) -> Outcome:
        self.articles[article.id] = article
        return "new"


def get(url: str, **headers: str) -> httpx.Response:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.get(url, headers=named, trust_env=False)


def texts(report: Report) -> list[str]:
    entries = [[entry.title, *entry.body.split("\n\n")] for entry in report.entries]
    return [report.title, *report.paragraphs, *(text for entry in entries for text in entry)]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Article]:
    """Every article, as the watcher reads it from the feeds, by its slug."""
    memory = Memory()
    path = tmp_path_factory.mktemp("wire") / "feeds.toml"
    with SampleWire(past=1.0) as wire:
        path.write_text(wire.feeds_toml())
        watcher = Watcher(load_feeds(path).feeds, memory, memory.store)
        watcher.run(threading.Event(), once=True)
    return {url.rsplit("/", 1)[1]: article for url, article in memory.articles.items()}


@pytest.mark.parametrize("report", reports(), ids=lambda report: report.slug)
def test_each_report_is_read_as_it_was_written(read: dict[str, Article], report: Report) -> None:
    article = read[report.slug]
    outlet = next(outlet for outlet in outlets() if outlet.id == report.outlet)
    assert article.text == "\n\n".join(texts(report))
    assert article.title == report.title
    assert article.published == report.published.isoformat()
    assert article.publisher == outlet.name
    assert article.origin == report.origin
    assert len([p for p in article.passages if p.kind == "entry"]) == len(report.entries)
    if report.contributors:
        assert report.contributors[0] in article.credits[0]
    if report.byline and report.copies is None:
        assert report.byline in (article.byline or "")


def test_most_at_once_and_the_rest_one_by_one() -> None:
    clock = Clock()
    with SampleWire(past=0.8, every=10, clock=clock) as wire:
        total = len(reports())
        first = round(total * 0.8)
        assert wire.visible() == list(reports()[:first])
        clock.advance(9.9)
        assert len(wire.visible()) == first
        clock.advance(0.2)
        assert len(wire.visible()) == first + 1
        clock.advance(10)
        assert wire.visible() == list(reports()[: first + 2])
        clock.advance(10**6)
        assert len(wire.visible()) == total


def test_start_may_lie_in_the_past() -> None:
    begun = START - dt.timedelta(seconds=25)
    with SampleWire(past=0.5, every=10, start=begun, clock=Clock()) as wire:
        assert len(wire.visible()) == round(len(reports()) * 0.5) + 2


def test_revealing_and_revising() -> None:
    with SampleWire(past=0.5) as wire:
        before = len(wire.visible())
        (shown,) = wire.reveal()
        assert wire.visible()[-1] == shown
        assert len(wire.visible()) == before + 1
        url = f"{wire.url}/{shown.outlet}/{shown.slug}"
        old = get(url)
        wire.revise(shown.slug, title="Another title, for a test")
        new = get(url, If_None_Match=old.headers["etag"])
        assert new.status_code == 200
        assert "Another title, for a test" in new.text
        assert "Another title, for a test" in get(f"{wire.url}/{shown.outlet}/feed.xml").text


def test_what_has_not_appeared_is_not_there() -> None:
    with SampleWire(past=0.5) as wire:
        hidden = reports()[-1]
        assert get(f"{wire.url}/{hidden.outlet}/{hidden.slug}").status_code == 404
        assert hidden.slug not in get(f"{wire.url}/{hidden.outlet}/feed.xml").text


@pytest.mark.parametrize(
    "path", ["/no", "/tern/no", "/northgate/feed.xml/x", "/../../etc/passwd", "/%2e%2e/x", "//"]
)
def test_there_is_nothing_else(path: str) -> None:
    with SampleWire() as wire:
        response = get(wire.url + path)
        assert response.status_code in (200, 404)
        assert "root:" not in response.text


def test_feeds_are_well_formed_and_of_their_kind() -> None:
    with SampleWire(past=1.0) as wire:
        for outlet, url in wire.feeds():
            response = get(url)
            parsed = feedparser.parse(response.content)
            own = [report for report in reports() if report.outlet == outlet.id]
            assert not parsed.bozo, outlet.id
            assert parsed.version == {"rss": "rss20", "atom": "atom10"}[outlet.feed]
            assert outlet.feed in response.headers["content-type"]
            assert parsed.feed.title == outlet.name
            assert len(parsed.entries) == len(own)
            assert parsed.entries[0].link.startswith(f"{wire.url}/{outlet.id}/")
            assert parsed.entries[0].title == own[-1].title
            assert len({entry.id for entry in parsed.entries}) == len(own)


def test_answers_to_those_who_have_it() -> None:
    clock = Clock()
    with SampleWire(past=0.5, clock=clock) as wire:
        url = wire.feeds()[0][1]
        first = get(url)
        tag, date = first.headers["etag"], first.headers["last-modified"]
        assert get(url, If_None_Match=tag).status_code == 304
        assert get(url, If_None_Match=f'"x", W/{tag}').status_code == 304
        assert get(url, If_Modified_Since=date).status_code == 304
        assert get(url, If_Modified_Since="nonsense").status_code == 200
        assert get(url, If_None_Match='"x"', If_Modified_Since=date).status_code == 200
        clock.advance(60)
        wire.reveal(1000)
        assert get(url, If_None_Match=tag).status_code == 200
        assert get(url, If_Modified_Since=date).status_code == 200
        head = httpx.head(url, trust_env=False)
        assert (head.status_code, head.content) == (200, b"")


def test_robots_and_the_front_pages() -> None:
    with SampleWire() as wire:
        assert "User-agent: *" in get(f"{wire.url}/robots.txt").text
        assert "northgate/feed.xml" in get(f"{wire.url}/").text
        assert "Northgate News Agency" in get(f"{wire.url}/northgate/").text


def test_its_feed_file(tmp_path: Path) -> None:
    with SampleWire() as wire:
        text = wire.feeds_toml(interval=3)
        assert len(tomllib.loads(text)["feed"]) == len(outlets())
        path = tmp_path / "feeds.toml"
        path.write_text(text)
        feeds = load_feeds(path).feeds
    assert all(feed.allow_private and feed.interval == 3 for feed in feeds)


def test_a_port_in_use() -> None:
    with SampleWire() as wire:
        port = int(wire.url.rsplit(":", 1)[1])
        with pytest.raises(DatelineError, match=f"port {port} on 127.0.0.1 cannot be used"):
            SampleWire(port=port)


def test_the_port_is_free_again_afterwards() -> None:
    with SampleWire() as wire:
        port = int(wire.url.rsplit(":", 1)[1])
    with SampleWire(port=port):
        pass
