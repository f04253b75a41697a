"""How the feeds stand."""

import datetime as dt
from typing import Any

from dateline.ledger import FeedHealth, Ledger

NOW = dt.datetime(2022, 12, 21, 12, tzinfo=dt.UTC)


def test_a_feed_is_kept_as_it_was_last_polled(ledger: Ledger) -> None:
    health = FeedHealth(name="b", url="https://b.example/rss", last_polled=NOW, etag='"x"')
    ledger.feed_polled(FeedHealth(name="c", url="https://c.example/rss"))
    ledger.feed_polled(health)
    failing = health.model_copy(
        update={"status": "failing", "failing_since": NOW, "detail": "503 for an hour"}
    )
    ledger.feed_polled(failing)
    assert [feed.name for feed in ledger.feeds()] == ["b", "c"]
    assert ledger.feeds()[0] == failing


def test_articles_and_delay_are_measured(ledger: Ledger, news: Any) -> None:
    ledger.feed_polled(FeedHealth(name="a", url="https://a.example/rss"))
    for number, minutes in enumerate((1, 2, 9)):
        published = (NOW - dt.timedelta(minutes=minutes)).isoformat()
        ledger.store_article(news.article(number, published=published), feed="a", seen=NOW)
    future = (NOW + dt.timedelta(days=1)).isoformat()
    ledger.store_article(news.article(8, published=future), feed="a", seen=NOW)
    ledger.store_article(news.article(9, published="2022-12-20"), feed="a", seen=NOW)
    (feed,) = ledger.feeds()
    assert (feed.articles, feed.delay_seconds) == (5, 120)
