"""Which words fill the slots of a predicate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from dateline.coder import arguments
from dateline.coder.lexicon import lexicon

Word = Callable[[str, str], Token]


@pytest.mark.parametrize(
    ("text", "form", "actors", "recipients"),
    [
        ("Russia attacked Ukraine.", "attacked", ["Russia"], ["Ukraine"]),
        ("Ukraine was attacked by Russia.", "attacked", ["Russia"], ["Ukraine"]),
        ("Russia and Belarus attacked Ukraine and Poland.", "attacked",
         ["Russia", "Belarus"], ["Ukraine", "Poland"]),
        ("The talks between Iran and Iraq failed.", "talks", ["Iran", "Iraq"], []),
        ("Russia's invasion of Ukraine shocked many.", "invasion", ["Russia"], ["Ukraine"]),
        ("The invasion of Ukraine by Russia shocked many.", "invasion", ["Russia"], ["Ukraine"]),
        ("Russia launched an attack on Ukraine.", "attack", ["Russia"], ["Ukraine"]),
        ("Ukraine came under attack.", "attack", [], ["Ukraine"]),
        ("Iran-backed rebels fled.", "backed", ["Iran"], ["rebels"]),
        ("Merkel was critical of Russia.", "critical", ["Merkel"], ["Russia"]),
        ("Poland and Sweden remained hostile to Russia.", "hostile",
         ["Poland", "Sweden"], ["Russia"]),
        ("A senator critical of Russia spoke.", "critical", ["senator"], ["Russia"]),
        ("Merkel is a critic of Putin.", "critic", ["Merkel"], ["Putin"]),
    ],
)  # fmt: skip
def test_slots(word: Word, text: str, form: str, actors: list[str], recipients: list[str]) -> None:
    match = lexicon().match(word(text, form))
    assert match is not None

    def fits(token: Token) -> bool:
        return token.pos_ in {"PROPN", "NOUN"} and token != match.token

    assert [t.text for t in arguments.actors(match, lexicon(), fits)] == actors
    found = [t.text for t in arguments.recipients(match, lexicon(), fits)]
    assert [text for text in found if text not in actors] == recipients


def test_what_cannot_be_a_party_leaves_its_slot(word: Word) -> None:
    match = lexicon().match(word("Rain attacked Ukraine.", "attacked"))
    assert match is not None
    assert arguments.actors(match, lexicon(), lambda token: token.text == "Ukraine") == []
