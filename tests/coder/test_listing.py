"""The times and places of an article by themselves."""

from __future__ import annotations

from dateline.coder import place_mentions, time_mentions
from dateline.records import Article

TEXT = (
    "The talks \u201cbegan\u201d in Geneva on Monday.\n\n"
    "Moscow said in May 2021 that it meets rebels every Friday in Minsk, and will until 2030. "
    "A week after the talks, on Dec. 26, nobody came."
)
ARTICLE = Article(id="a.txt", text=TEXT, published="2022-12-20")


def test_times():
    found = list(time_mentions(ARTICLE))
    rows = {t.text: (t.value, t.precision, t.relation) for t in found}
    assert rows["on Monday"] == ("2022-12-19", "day", "at")
    assert rows["in May 2021"] == ("2021-05", "month", "at")
    assert rows["every Friday"] == ("R/P1D", "day", "recurring")
    assert rows["until 2030"] == ("../2030-12-31", "range", "until")
    assert rows["A week after the talks"] == ("2022-W52", "week", "at")
    assert all(TEXT[t.start : t.end] == t.text and t.document.id == "a.txt" for t in found)
    assert [t.start for t in found] == sorted(t.start for t in found)


def test_places():
    found = list(place_mentions(ARTICLE))
    assert [(p.name, p.role) for p in found] == [
        ("Geneva", "at"),
        ("Moscow", "metonym"),
        ("Minsk", "at"),
    ]
    assert all(TEXT[p.start : p.end] == p.text for p in found)
    assert found[0].country == "CHE"
    assert found[0].geonameid is not None


def test_without_a_day_of_publication():
    found = list(time_mentions(Article(id="b", text="They met on Monday.")))
    assert [(t.value, t.first, t.last) for t in found] == [(None, None, None)]
