"""Where quotes open and close."""

from __future__ import annotations

from dateline.coder.attribution.quotes import quotes_in
from dateline.coder.attribution.tree import Tree
from dateline.coder.parse import paragraphs
from dateline.records import Article


def quoted(text: str) -> list[tuple[str, bool, bool]]:
    (paragraph,) = paragraphs(Article(id="a", text=text))
    return [(text[q.start : q.end], q.closed, q.speech) for q in quotes_in(Tree(paragraph.doc))]


def test_speech_and_single_words() -> None:
    text = 'He called it a "farce" and said, "We will appeal tomorrow."'
    assert quoted(text) == [
        ('"farce"', True, False),
        ('"We will appeal tomorrow."', True, True),
    ]


def test_a_quote_left_open_runs_to_the_end() -> None:
    assert quoted('"We went on until dark.') == [('"We went on until dark.', False, True)]


def test_an_opening_mark_ends_a_quote_left_open() -> None:
    found = quoted('"We went on, he said. "We had no choice."')
    assert [q[1] for q in found] == [False, True]


def test_inches_and_stray_marks() -> None:
    assert quoted('A board of 5" was found.') == []
    assert quoted("No marks at all.") == []
