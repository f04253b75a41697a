"""Which words of a sentence report an event."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coder import encoder


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Kenya accused Somalia of sheltering gunmen.", "accused"),
        ("Rebels shelled the army base near the town on Monday.", "shelled"),
        ("Police arrested two opposition leaders in the capital.", "arrested"),
    ],
)
def test_plain_triggers_are_found(text: str, word: str) -> None:
    at = text.index(word)
    told = encoder.triggers(text)
    assert told.chance(at, at + len(word)) > 0.5


def test_what_reports_nothing_has_none() -> None:
    text = "The bakery on the corner sells bread and cakes."
    assert encoder.triggers(text).chance(0, len(text)) < 0.5


def test_where_no_words_are_there_is_no_trigger() -> None:
    assert encoder.triggers("Oman met Iran").chance(4, 5) == 0.0


@settings(max_examples=25)
@given(st.text(max_size=120), st.integers(0, 120), st.integers(0, 120))
def test_any_text_has_an_answer(text: str, one: int, other: int) -> None:
    start, end = sorted((one, other))
    assert 0.0 <= encoder.triggers(text).chance(start, end) <= 1.0
