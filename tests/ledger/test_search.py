"""Full-text search, by the same rules on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.ledger import Filter, Ledger
from dateline.ledger.search import parse

TEXTS = {
    "talks": "The ministers talked about Łódź and the river dam. Nothing was signed.",
    "dam": "A dam on the river broke. Ministers met at once.",
    "grain": "Ships with grain left the harbour; the river was calm.",
}


@pytest.fixture
def library(ledger: Ledger, news: Any) -> Ledger:
    for name, text in TEXTS.items():
        article = news.article(name, text=text)
        news.publish(ledger, article, news.mention(article, type="AID", recipients=name.upper()))
    return ledger


def found(ledger: Ledger, query: str) -> list[str]:
    return [(hit.url or "").rsplit("/", 1)[-1] for hit in ledger.search(query).items]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("river", ["grain", "dam", "talks"]),
        ("RIVER dam", ["dam", "talks"]),
        ('"river dam"', ["talks"]),
        ('"dam river"', []),
        ("minister", ["dam", "talks"]),  # by the stem
        ("harb*", ["grain"]),
        ("harb", []),
        ("river -dam", ["grain"]),
        ('river -"river dam"', ["grain", "dam"]),
        ("river-dam", ["talks"]),
        ("-dam", []),
        ("", []),
        ("!!! ???", []),
        ("xyzzy", []),
    ],
)
def test_articles_and_events(library: Ledger, query: str, names: list[str]) -> None:
    assert found(library, query) == names
    if query:
        events = library.events(Filter(text=query)).items
        assert [event.recipients[0].code for event in events] == [n.upper() for n in names]


def test_titles_count(ledger: Ledger, news: Any) -> None:
    news.publish(ledger, news.article("x", text="Text.", title="An armistice"))
    assert found(ledger, "armistice") == ["x"]


def test_only_the_newest_version_is_found(library: Ledger, news: Any) -> None:
    article = news.article("dam", text="The bridge held.")
    news.publish(library, article, news.mention(article, type="AID", recipients="DAM"))
    assert found(library, "broke") == []
    assert found(library, "bridge") == ["dam"]
    assert [e.recipients[0].code for e in library.events(Filter(text="bridge")).items] == ["DAM"]
    assert [e.recipients[0].code for e in library.events(Filter(text="dam")).items] == ["TALKS"]


def test_withdrawn_events_are_not_found(library: Ledger, news: Any) -> None:
    news.publish(library, news.article("dam", text="Nothing happened."))
    assert [e.recipients[0].code for e in library.events(Filter(text="dam")).items] == ["TALKS"]


def test_snippets_mark_what_was_found(library: Ledger) -> None:
    (hit,) = library.search("harbour").items
    assert "".join(piece.text for piece in hit.snippet) == TEXTS["grain"]
    assert [piece.text for piece in hit.snippet if piece.hit] == ["harbour"]
    assert hit.title == "Talks grain"


def test_pages(library: Ledger) -> None:
    first = library.search("river", limit=2)
    assert first.next is not None
    second = library.search("river", limit=2, before=first.next)
    assert (len(first.items), len(second.items), second.next) == (2, 1, None)
    with pytest.raises(DatelineError, match="before: "):
        library.search("river", before="elsewhere")


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    query=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                ["river", '"', "-", "*", "(", ")", "AND", "NOT", "NEAR(", ":", "title:", "^", "'",
                 "<->", "&", "|", "!", "\\", "\x00", "%", ";", "--", "²", "ſ", "Ł", "中", "\ud7ff"]
            ),
            max_size=8,
        ).map(" ".join),
    )
)  # fmt: skip
def test_any_query_is_safe(library: Ledger, query: str) -> None:
    library.search(query)
    if query.strip() and len(query) < 300:
        library.events(Filter(text=query))


def test_a_very_long_query(library: Ledger) -> None:
    assert library.search("word " * 10_000).items == ()


@given(query=st.text())
def test_terms_hold_only_words(query: str) -> None:
    for term in parse(query):
        assert term.words
        assert all(word.isalnum() for word in term.words)
