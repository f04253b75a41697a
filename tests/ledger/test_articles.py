"""Articles, their versions, and what is still to be coded."""

import datetime as dt
from typing import Any

import pytest

from dateline.errors import DatelineError
from dateline.ledger import Ledger, open_ledger
from dateline.ledger.identity import article_key
from dateline.records import Article

NOW = dt.datetime(2022, 12, 21, 12, tzinfo=dt.UTC)


def test_the_same_article_is_stored_once(ledger: Ledger, news: Any) -> None:
    first = ledger.store_article(news.article(), seen=NOW)
    again = ledger.store_article(news.article(), seen=NOW + dt.timedelta(hours=1))
    assert (first.outcome, again.outcome) == ("new", "same")
    assert (again.version_id, again.article_id) == (first.version_id, first.article_id)
    assert ledger.counts().versions == 1


@pytest.mark.parametrize(
    "change", [{"text": "Another text."}, {"title": "Another"}, {"published": "2022-12-22"}]
)
def test_a_change_makes_a_version(ledger: Ledger, news: Any, change: dict[str, str]) -> None:
    first = ledger.store_article(news.article(), seen=NOW)
    second = ledger.store_article(news.article(**change), seen=NOW)
    assert second.outcome == "changed"
    assert second.article_id == first.article_id
    detail = ledger.article(first.article_id)
    assert detail is not None
    assert detail.article == news.article(**change)
    assert [version.number for version in detail.versions] == [1, 2]
    old = ledger.article(first.article_id, first.version_id)
    assert old is not None
    assert old.article == news.article()
    assert ledger.article(first.article_id, 999) is None
    assert ledger.article("none") is None


def test_a_change_of_byline_alone_makes_none(ledger: Ledger, news: Any) -> None:
    ledger.store_article(news.article(), seen=NOW)
    assert ledger.store_article(news.article(byline="By A"), seen=NOW).outcome == "same"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://ex.example/a#top", "https://ex.example/a"),
        ("https://ex.example/a?utm_source=x&id=1", "https://ex.example/a?id=1"),
        ("http://ex.example/a", "https://ex.example/a"),
        ("https://EX.example/a?b=1&a=2", "https://ex.example/a?a=2&b=1"),
    ],
)
def test_one_article_under_two_urls(one: str, other: str) -> None:
    first, second = (Article(id=url, url=url, text="x") for url in (one, other))
    assert article_key(first) == article_key(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://ex.example/a?id=1", "https://ex.example/a?id=2"),
        ("https://ex.example/a", "https://ex.example/b"),
        ("https://ex.example/a", "https://other.example/a"),
    ],
)
def test_two_articles(one: str, other: str) -> None:
    first, second = (Article(id="same", url=url, text="x") for url in (one, other))
    assert article_key(first) != article_key(second)


def test_without_a_url_the_id_counts() -> None:
    assert article_key(Article(id="a", text="x")) == article_key(Article(id="a", text="y"))
    assert article_key(Article(id="a", text="x")) != article_key(Article(id="b", text="x"))


def test_pending_is_what_was_not_coded(url: str, news: Any) -> None:
    with open_ledger(url) as ledger:
        for number in range(3):
            ledger.store_article(news.article(number), seen=NOW)
        news.publish(ledger, news.article(1))
    with open_ledger(url) as ledger:
        assert [article for _, article in ledger.pending()] == [news.article(0), news.article(2)]
        assert len(ledger.pending(limit=1)) == 1
        version, article = ledger.pending()[0]
        assert ledger.store_run(version, article, coder="x", at=NOW).outcome == "stored"
        assert [article.id for _, article in ledger.pending()] == ["a2"]


def test_what_failed_is_not_tried_again_until_it_changes(ledger: Ledger, news: Any) -> None:
    stored = ledger.store_article(news.article(), seen=NOW)
    ledger.failed_run(stored.version_id, why="too\nlong", at=NOW)
    assert ledger.pending() == []
    detail = ledger.article(stored.article_id)
    assert detail is not None
    assert (detail.version.state, detail.version.failure) == ("failed", "too long")
    assert ledger.counts().failed == 1
    ledger.store_article(news.article(text="Shorter."), seen=NOW)
    assert len(ledger.pending()) == 1


def test_a_failure_does_not_undo_a_run(ledger: Ledger, news: Any) -> None:
    article = news.article()
    news.publish(ledger, article, news.mention(article))
    stored = ledger.store_article(article, seen=NOW)
    ledger.failed_run(stored.version_id, why="out of memory", at=NOW)
    assert ledger.counts().failed == 0
    assert len(ledger.events().items) == 1


def test_unknown_versions_and_other_texts_are_refused(ledger: Ledger, news: Any) -> None:
    with pytest.raises(DatelineError, match="version 7: there is no such version"):
        ledger.store_run(7, news.article(), coder="x", at=NOW)
    with pytest.raises(DatelineError, match="version 7: there is no such version"):
        ledger.failed_run(7, why="x", at=NOW)
    stored = ledger.store_article(news.article(), seen=NOW)
    with pytest.raises(DatelineError, match="another text"):
        ledger.store_run(stored.version_id, news.article(text="Other."), coder="x", at=NOW)


def test_times_need_a_zone(ledger: Ledger, news: Any) -> None:
    with pytest.raises(ValueError, match="no time zone"):
        ledger.store_article(news.article(), seen=dt.datetime(2022, 1, 1))


def test_any_zone_is_the_same_moment(ledger: Ledger, news: Any) -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    stored = ledger.store_article(news.article(), seen=NOW.astimezone(zone))
    version = ledger.version(stored.version_id)
    assert version is not None
    assert version.seen == NOW
    assert ledger.version(99) is None


def test_odd_characters_are_kept(ledger: Ledger, news: Any) -> None:
    text = "Null \x00 here, \U0001f600 and \u202e there, ' quote \" and \x02."
    article = news.article(text=text, title="\x00<script>")
    news.publish(ledger, article, news.mention(article, sentence=text))
    found = ledger.articles().items[0]
    detail = ledger.article(found.id)
    assert detail is not None
    assert detail.article.text == text.replace("\x00", "\ufffd")
    assert len(detail.article.text) == len(text)
    assert detail.mentions[0].sentence.text == text


def test_lists_are_read_page_by_page(ledger: Ledger, news: Any) -> None:
    for number in range(7):
        ledger.store_article(news.article(number), feed="f", seen=NOW)
    seen, before = [], None
    while True:
        page = ledger.articles(limit=3, before=before)
        seen += [article.url for article in page.items]
        before = page.next
        if before is None:
            break
    assert seen == [f"https://outlet.example/{n}" for n in range(6, -1, -1)]


def test_a_full_last_page_is_the_end(ledger: Ledger, news: Any) -> None:
    for number in range(4):
        ledger.store_article(news.article(number), seen=NOW)
    page = ledger.articles(limit=2)
    assert page.next is not None
    assert ledger.articles(limit=2, before=page.next).next is None


def test_an_article_with_its_mentions_and_statements(ledger: Ledger, news: Any) -> None:
    article = news.article()
    mention = news.mention(article)
    news.publish(ledger, article, mention, feed="one")
    summary = ledger.articles().items[0]
    assert (summary.mentions, summary.state, summary.feed) == (1, "coded", "one")
    detail = ledger.article(summary.id)
    assert detail is not None
    assert detail.mentions == (mention,)
    assert detail.event_ids == (ledger.events().items[0].id,)
    assert detail.statements == news.coded(article).statements
    assert detail.current
    assert ledger.mention(mention.id) == (mention, detail.version.id)
    assert ledger.mention("none") is None
