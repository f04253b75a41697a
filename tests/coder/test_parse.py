"""Paragraphs: where a text is cut, and that every character keeps its place."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.coder.parse import MAX_PARAGRAPH, paragraphs, parse_texts
from dateline.records import Article, Passage


def pieces(text: str, *passages: Passage) -> list[str]:
    """The paragraphs as the text has them."""
    article = Article(id="a", text=text, passages=passages)
    found = paragraphs(article)
    for paragraph in found:
        assert len(paragraph.doc.text) <= MAX_PARAGRAPH
    return [text[p.start : p.start + len(p.doc.text)] for p in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", []),
        (" \n \n ", []),
        ("One two.", ["One two."]),
        ("One.\n\nTwo.", ["One.", "Two."]),
        ("One.\n \t\nTwo.", ["One.", "Two."]),
        ("One.\r\n\r\nTwo.", ["One.", "Two."]),
        ("One.\nTwo.", ["One.", "Two."]),
        ("A headline\nThe first sentence.", ["A headline", "The first sentence."]),
        ("One.\fTwo.\u2029Three.", ["One.", "Two.", "Three."]),
        ("  One.  ", ["One."]),
    ],
)
def test_a_text_is_cut_at_blank_lines_and_line_ends(text: str, wanted: list[str]) -> None:
    assert pieces(text) == wanted


def test_wrapped_lines_stay_one_paragraph() -> None:
    text = (
        "The foreign minister of the country met\nhis counterpart in the capital on\n"
        "Monday and spoke about the\nborder."
    )
    assert pieces(text) == [text]


def test_characters_keep_their_places() -> None:
    text = "“Peace\u00a0now,” she said — 🇺🇦 it’s «late»."
    (paragraph,) = paragraphs(Article(id="a", text=text))
    assert len(paragraph.doc.text) == len(text)
    assert paragraph.doc.text.startswith('"Peace now," she said')
    for token in paragraph.doc:
        if token.is_alpha:
            assert text[token.idx : token.idx + len(token.text)] == token.text


LONG = "Russia attacked Ukraine again. " * 1000


def test_a_long_paragraph_is_parsed_in_pieces() -> None:
    found = pieces(LONG)
    assert len(found) > 2
    assert " ".join(found) == LONG.strip()


def test_a_long_paragraph_is_cut_at_a_sentence_end() -> None:
    assert all(piece.endswith(".") for piece in pieces(LONG))


def test_passages_have_kind_and_date() -> None:
    text = "Big news\nRussia attacked.\nChrome\nIran attacked."
    passages = (
        Passage(start=0, end=8, kind="headline"),
        Passage(start=9, end=25),
        Passage(start=33, end=47, kind="entry", published="2022-02-24T23:30:00+00:00"),
    )
    article = Article(id="a", text=text, passages=passages, published="2022-03-01")
    found = paragraphs(article, str.upper)
    assert [p.doc.text for p in found] == ["BIG NEWS", "Russia attacked.", "Iran attacked."]
    assert [p.kind for p in found] == ["headline", "body", "entry"]
    assert [p.published for p in found] == [
        dt.date(2022, 3, 1), dt.date(2022, 3, 1), dt.date(2022, 2, 24),
    ]  # fmt: skip


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(st.text(st.sampled_from("ab. \n\r\t\u2028\u2029\f\u00a0“”'\x00🇺é"), max_size=60))
def test_no_word_is_lost_and_none_told_twice(text: str) -> None:
    kept = "".join("".join(piece.split()) for piece in pieces(text))
    assert kept == "".join(text.split())


def test_texts_are_parsed_each_by_itself() -> None:
    texts = ["Russia attacked Ukraine.", "", "It rained."]
    together = [[(t.text, t.dep_, t.tag_) for t in doc] for doc in parse_texts(texts)]
    alone = [[(t.text, t.dep_, t.tag_) for t in next(parse_texts([text]))] for text in texts]
    assert together == alone
