from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from dateline.coder import phrases

Word = Callable[[str, str], Token]


@pytest.mark.parametrize(
    ("text", "head", "core", "full"),
    [
        ("The former Russian president spoke.", "president", "The former Russian president", None),
        (
            "The ministers of the Group of 7 met.",
            "ministers",
            "The ministers",
            "The ministers of the Group of 7",
        ),
        ("Moscow spoke.", "Moscow", "Moscow", None),
    ],
)
def test_bounds(word: Word, text: str, head: str, core: str, full: str | None) -> None:
    token = word(text, head)
    assert phrases.core(token).text == core
    assert phrases.full(token).text == (full or core)


def test_a_name_has_no_determiner(word: Word) -> None:
    token = word("The former president spoke.", "president")
    assert phrases.name(phrases.core(token)) == "former president"
    assert phrases.without_determiner(phrases.core(token)).text == "former president"


def test_a_name_has_no_backers(word: Word) -> None:
    token = word("The US-backed Kurdish militia fled.", "militia")
    assert phrases.name(phrases.core(token)) == "Kurdish militia"


def test_joined_nations(word: Word) -> None:
    ships = word("Chinese and Russian ships passed.", "ships")
    assert [t.text for t in phrases.coordinated_modifiers(ships)] == ["Chinese", "Russian"]
    assert phrases.coordinated_modifiers(word("Old ships passed.", "ships")) == []


@pytest.mark.parametrize(
    ("text", "head", "several", "persons"),
    [
        ("They met.", "They", True, None),
        ("The two leaders met.", "leaders", True, True),
        ("Both countries met.", "countries", True, False),
        ("The leader spoke.", "leader", False, True),
    ],
)
def test_phrases_for_several(
    word: Word, text: str, head: str, several: bool, persons: bool | None
) -> None:
    token = word(text, head)
    assert phrases.means_several(token) is several
    assert phrases.speaks_of_persons(token) is persons


def test_definite_plural_subject(word: Word) -> None:
    text = "The rebels attacked an army."
    rebels, army = word(text, "rebels"), word(text, "army")
    assert (phrases.is_definite(rebels), phrases.is_definite(army)) == (True, False)
    assert (phrases.is_plural(rebels), phrases.is_plural(army)) == (True, False)
    assert (phrases.is_subject(rebels), phrases.is_subject(army)) == (True, False)


def test_appositions_and_owners(word: Word) -> None:
    text = "Mr. Okafor, the trade minister of Nigeria, resigned."
    assert [t.text for t in phrases.appositions(word(text, "Okafor"))] == ["minister"]
    assert "Nigeria" in [t.text for t in phrases.owners(word(text, "minister"))]


def test_a_run_of_words_names_nobody(word: Word) -> None:
    text = "The " + "very old and tired and " * 20 + "minister spoke."
    assert len(phrases.core(word(text, "minister"))) <= phrases.MAX_WORDS + 1


def test_backers_behind_the_head_are_no_part_of_its_name(word: Word) -> None:
    token = word("The dam on the river in Russian-held southern Ukraine burst.", "river")
    assert phrases.name(phrases.full(token)).startswith("river")
