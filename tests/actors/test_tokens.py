import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.actors.tokens import fold, tokenise, tokenise_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.", ["the", "US"]),
        ("U.N.’s envoy", ["UN", "'s", "envoy"]),
        ("officials' plan", ["officials", "'s", "plan"]),
        ("Quai d'Orsay", ["Quai", "d'Orsay"]),
        ("Guinea-Bissau", ["Guinea", "Bissau"]),
        ("Gen. Doe, of Chad", ["Gen", "Doe", ",", "of", "Chad"]),
        ("OPEC+ and P5+1", ["OPEC+", "and", "P5+1"]),
    ],
)
def test_words(text: str, words: list[str]) -> None:
    assert list(tokenise(text).surface) == words


@given(st.text())
def test_folding_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.lists(st.text(max_size=10), max_size=10))
def test_every_word_has_its_token(words: list[str]) -> None:
    tokens, owners = tokenise_words(words)
    assert len(tokens) == len(owners)
    assert owners == sorted(owners)
    assert all(0 <= owner < len(words) for owner in owners)
