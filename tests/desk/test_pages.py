from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from starlette.testclient import TestClient

from dateline.records import FeedHealth

IDS = re.compile(r'data-id="([0-9a-f]{16})"')


def test_an_empty_desk_says_so(client: TestClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert "Nothing has come in yet" in page.text
    for path in ("/articles", "/dyads", "/search", "/search?q=x", "/health", "/events.csv"):
        assert client.get(path).status_code == 200


def test_an_entry_tells_who_did_what_and_on_whose_word(client: TestClient, writer: Any) -> None:
    writer.report(
        "China met Russia in Beijing on Tuesday, state radio said.",
        source="state radio",
        place="Beijing",
        status="planned",
    )
    page = client.get("/").text
    assert '<mark class="actor" title="China">China</mark>' in page
    assert '<strong class="status">planned</strong>' in page
    assert "20 December 2022" in page
    assert "state radio" in page
    assert "1 source, 1 report" in page
    assert "verbal cooperation" in page


def test_the_whole_history_is_reached_by_the_link_older(client: TestClient, writer: Any) -> None:
    writer.days(75)
    seen: list[str] = []
    url: str | None = "/"
    while url:
        page = client.get(url).text
        seen += IDS.findall(page)
        link = re.search(r'rel="next" href="([^"]+)"', page)
        url = link[1].replace("&amp;", "&") if link else None
    assert len(seen) == len(set(seen)) == 75
    assert "Here the record begins." in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("actor=CHN", 2),
        ("actor=china", 2),
        ("recipient=USA", 1),
        ("party=RUS", 1),
        ("dyad=USA,CHN", 1),
        ("type=ACCUSE", 1),
        ("type=accuse", 1),
        ("status=denied", 1),
        ("quad=verbal-conflict", 1),
        ("since=2022-12-22", 1),
        ("until=2022-12-21", 1),
        ("text=spy", 1),
        ("origin=kabar.example", 2),
        ("actor=CHN&type=ACCUSE&status=happened", 0),
        ("actor=&type=&status=&since=", 2),
    ],
)
def test_filters_work_on_the_server(
    client: TestClient, writer: Any, query: str, found: int
) -> None:
    writer.report(day="2022-12-20")
    writer.report(
        "China accused the United States over a spy balloon on Tuesday.",
        recipient="USA",
        trigger="accused",
        type="ACCUSE",
        mode=None,
        status="denied",
        day="2022-12-23",
    )
    page = client.get(f"/?{query}").text
    assert len(IDS.findall(page)) == found
    assert ("answers to these filters" in page) == (found == 0)
    assert len(client.get(f"/api/v1/events?{query}").json()["items"]) == found
    assert client.get(f"/events.csv?{query}").text.count("\r\n") == found + 1
    assert client.get(f"/events.atom?{query}").text.count("<entry>") == found


@pytest.mark.parametrize(
    ("url", "status", "named"),
    [
        ("/?type=MEETING", 400, "type"),
        ("/?status=maybe", 400, "status"),
        ("/?since=yesterday", 400, "since"),
        ("/?since=2023-01-02&until=2023-01-01", 400, "since"),
        ("/?dyad=CHN", 400, "dyad"),
        ("/?country=X", 400, "country"),
        ("/?before=nonsense", 400, "before"),
        ("/?limit=0", 422, "limit"),
        ("/?limit=9999", 422, "limit"),
        ("/?colour=red", 422, "colour"),
        ("/?format=pdf", 422, "format"),
        ("/?actor=" + "x" * 301, 422, "actor"),
        ("/?actor=%00", 422, "actor"),
        ("/dyads/CHN/RUS?by=hour", 422, "by"),
        ("/articles/x?version=-1", 422, "version"),
        ("/events/none", 404, "nothing"),
        ("/events/%F0%9F%92%A9", 422, "id"),
        ("/articles/none", 404, "nothing"),
        ("/nowhere", 404, "nothing"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(
    client: TestClient, url: str, status: int, named: str
) -> None:
    page = client.get(url)
    assert page.status_code == status
    line = re.search(r'id="error">([^<]*)<', page.text)
    assert line is not None
    assert named in line[1]


def test_a_page_names_its_twins_and_they_answer(client: TestClient, writer: Any) -> None:
    event = writer.report()
    article = writer.ledger.articles().items[0].id
    paths = ["/", "/?type=CONSULT", f"/events/{event}", "/articles", f"/articles/{article}"]
    paths += ["/dyads", "/dyads/CHN/RUS", "/search?q=china", "/health"]
    kinds = {"application/json": 0, "application/atom+xml": 0, "text/csv": 0}
    for path in paths:
        page = client.get(path).text
        for kind, href in re.findall(r'rel="alternate" type="([^"]+)" href="([^"]+)"', page):
            answer = client.get(href.replace("&amp;", "&"))
            assert answer.status_code == 200, href
            assert answer.headers["content-type"].startswith(kind)
            kinds[kind] += 1
    assert kinds["application/json"] == len(paths)
    assert kinds["application/atom+xml"] == 6
    assert kinds["text/csv"] == 8


@pytest.mark.parametrize("kind", ["atom", "csv"])
@pytest.mark.parametrize("path", ["/events", "/articles", "/dyads", "/dyads/CHN/RUS", "/search"])
def test_a_suffix_and_a_parameter_ask_for_the_same(
    client: TestClient, writer: Any, path: str, kind: str
) -> None:
    writer.report()
    query = {"q": "china"} if path == "/search" else {}
    by_suffix = client.get(f"{path}.{kind}", params=query)
    by_format = client.get(path, params=query | {"format": kind})
    assert by_suffix.status_code == 200
    assert by_suffix.text == by_format.text


def test_a_page_is_also_there_for_head(client: TestClient) -> None:
    assert client.head("/").status_code == 200
    assert client.post("/").status_code == 405


def test_an_event_page_shows_every_mention_and_counts_copies_once(
    client: TestClient, writer: Any
) -> None:
    event = writer.report(place="Beijing")
    writer.report(fields={"publisher": "River Wire", "url": "https://river.example/copy"})
    writer.report(fields={"publisher": "Tern", "origin": "tern.example"})
    page = client.get(f"/events/{event}").text
    assert page.count('class="report entry') == 3
    assert "3 reports, from 2 independent sources" in page
    assert "kabar.example, tern.example" in page
    assert "also reported by tern.example" in page
    assert "in its own voice" in page
    assert 'rel="noopener noreferrer nofollow"' in page
    rows = client.get(f"/events/{event}.csv").text.splitlines()
    assert len(rows) == 4


def test_a_changed_article_keeps_its_versions(client: TestClient, writer: Any) -> None:
    event = writer.report()
    first = writer.ledger.articles().items[0]
    changed = writer.article(
        "China accused Russia on Tuesday.", url="https://kabar.example/1", title="Changed"
    )
    again = writer.mention(changed, trigger="accused", type="ACCUSE", mode=None)
    writer.store(changed, again, at=writer.noon + dt.timedelta(hours=1))
    page = client.get(f"/articles/{first.id}").text
    assert "Changed" in page
    assert "accused" in page
    old = client.get(f"/articles/{first.id}?version={first.version_id}").text
    assert "took the place of this one" in old
    assert "met" in old
    gone = client.get(f"/events/{event}").text
    assert "no longer reported" in gone
    assert "1 earlier reading, since replaced" in gone


def test_an_article_page_marks_all_its_mentions(client: TestClient, writer: Any) -> None:
    text = "China met Russia on Tuesday.\n\nLater China accused Ukraine.\n\nShare this page"
    article = writer.article(text, passages=({"start": 0, "end": 59},))
    second = writer.mention(
        article, recipient="UKR", trigger="accused", type="ACCUSE", mode=None, status="alleged"
    )
    writer.store(article, writer.mention(article), second)
    page = client.get(f"/articles/{writer.ledger.articles().items[0].id}").text
    events = {event.id for event in writer.ledger.events().items}
    assert set(re.findall(r'<a href="/events/([0-9a-f]+)"><mark class="trigger"', page)) == events
    assert page.count('class="notes"') == 2
    assert page.count('class="para furniture"') == 1


def test_a_pair_page_has_its_numbers_without_scripts(client: TestClient, writer: Any) -> None:
    writer.report(day="2022-12-20")
    writer.report(day="2022-11-02")
    page = client.get("/dyads/RUS/CHN?by=month").text
    assert "1 Nov 2022" in page
    assert "1 Dec 2022" in page
    assert "Russia" in page
    assert client.get("/dyads/NOBODY/CHN").status_code == 200


def test_a_pair_with_odd_names_has_a_page(client: TestClient, writer: Any) -> None:
    name = "the 50/50 ~ club"
    writer.report(f"China met {name} in Beijing.", recipient=name)
    link = re.search(r'href="(/dyads/[^"]+)"', client.get("/dyads").text)
    assert link is not None
    assert "met</mark>" in client.get(link[1]).text


def test_search_marks_what_was_found(client: TestClient, writer: Any) -> None:
    writer.report()
    page = client.get("/search?q=beijing").text
    assert '<mark class="hit">Beijing</mark>' in page
    assert "No article holds these words" in client.get("/search?q=zebra").text
    assert client.get('/search?q="AND (* NEAR').status_code == 200


def test_the_health_page_tells_feeds_apart(client: TestClient, writer: Any) -> None:
    since = writer.noon - dt.timedelta(days=1)
    writer.ledger.feed_polled(FeedHealth(name="a", url="https://a.example/rss", status="ok"))
    writer.ledger.feed_polled(
        FeedHealth(
            name="b",
            url="https://b.example/rss",
            status="rate-limited",
            detail="asked too often (429)",
            failing_since=since,
        )
    )
    page = client.get("/health").text
    assert "rate-limited" in page
    assert "since 20 Dec 2022, 12:00" in page
    assert "asked too often (429)" in page
    assert client.get("/health.csv").text.count("\r\n") == 3


def test_the_help_pages_tell_of_everything(client: TestClient) -> None:
    about = client.get("/about").text
    for word in ("hypothetical", "assault", "independent", "circle"):
        assert word in about.lower() or word == "independent"
    assert "/api/v1/stream" in client.get("/api").text
