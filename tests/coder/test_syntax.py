"""Who stands where in a clause."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.tokens import Token

from dateline.coder import syntax

Word = Callable[[str, str], Token]


def texts(tokens: list[Token]) -> list[str]:
    return [token.text for token in tokens]


@pytest.mark.parametrize(
    ("text", "verb", "subjects", "objects"),
    [
        ("Russia attacked Ukraine.", "attacked", ["Russia"], ["Ukraine"]),
        ("Ukraine was attacked by Russia.", "attacked", ["Russia"], ["Ukraine"]),
        ("Ukraine was attacked.", "attacked", [], ["Ukraine"]),
        ("The rebels who attacked the army fled.", "attacked", ["rebels"], ["army"]),
        ("The town that the rebels attacked burned.", "attacked", ["rebels"], ["town"]),
        ("Iran condemned Iraq and attacked Kuwait.", "attacked", ["Iran"], ["Kuwait"]),
        ("Iran threatened to attack Iraq.", "attack", ["Iran"], ["Iraq"]),
        ("Iran urged Syria to attack Iraq.", "attack", ["Syria"], ["Iraq"]),
        ("Russia accused Ukraine of bombing a bridge.", "bombing", ["Ukraine"], ["bridge"]),
        ("Soldiers entered the town, killing two men.", "killing", ["Soldiers"], ["men"]),
    ],
)
def test_logical_subjects_and_objects(
    word: Word, text: str, verb: str, subjects: list[str], objects: list[str]
) -> None:
    token = word(text, verb)
    assert texts(syntax.subjects(token)) == subjects
    assert texts(syntax.objects(token)) == objects


@pytest.mark.parametrize(
    ("text", "verb", "passive"),
    [
        ("Ukraine was attacked.", "attacked", True),
        ("Ukraine attacked.", "attacked", False),
        ("Ukraine has attacked Russia.", "attacked", False),
        ("Sanctions imposed by Russia hurt.", "imposed", True),
    ],
)
def test_the_passive(word: Word, text: str, verb: str, passive: bool) -> None:
    assert syntax.is_passive(word(text, verb)) is passive


def test_conjuncts_in_the_order_of_the_text(word: Word) -> None:
    first = word("Norway, Sweden and Denmark met Russia.", "Norway")
    assert texts(syntax.conjuncts(first)) == ["Norway", "Sweden", "Denmark"]


def test_prepositional_arguments(word: Word) -> None:
    verb = word("Biden met with Xi in Beijing on Monday.", "met")
    assert texts(syntax.prepositional([verb], "with")) == ["Xi"]
    assert texts(syntax.prepositional([verb], "in")) == ["Beijing"]
    assert syntax.prepositional([verb], "against") == []
    assert syntax.prepositional([], "with") == []


def test_whose_a_noun_is(word: Word) -> None:
    text = "Russia's invasion of Ukraine shocked the West."
    invasion = word(text, "invasion")
    assert texts(syntax.possessors(invasion)) == ["Russia"]
    assert texts(syntax.noun_owner(invasion)) == ["Russia"]
    assert texts(syntax.modifiers(word("The recent US sanctions hurt.", "sanctions"))) == [
        "recent",
        "US",
    ]


def test_datives_and_complements(word: Word) -> None:
    assert texts(syntax.indirect_objects(word("The bank gave Kenya a loan.", "gave"))) == ["Kenya"]
    assert "Nepal" in texts(syntax.complement_subjects(word("Japan urged Nepal to act.", "urged")))


def test_the_verb_of_a_clause(word: Word) -> None:
    assert (
        syntax.clause_verb(word("The rebels attacked a convoy of trucks.", "trucks")).text
        == "attacked"
    )
    assert syntax.clause_verb(word("A quiet day", "quiet")).text == "day"


def test_an_antecedent_is_the_noun_of_the_relative_clause(word: Word) -> None:
    who = word("The rebels who attacked fled.", "who")
    assert syntax.antecedent(who).text == "rebels"
    rebels = word("The rebels who attacked fled.", "rebels")
    assert syntax.antecedent(rebels) == rebels


ASKED = [
    syntax.subjects, syntax.objects, syntax.noun_owner, syntax.modifiers, syntax.conjuncts,
    syntax.complement_subjects, syntax.indirect_objects,
]  # fmt: skip


def test_nothing_climbs_for_ever(word: Word, parse: Callable[[str], list[Token]]) -> None:
    text = "to go " * 60 + "and and , ( said that said that"
    for token in parse(text):
        for ask in ASKED:
            assert isinstance(ask(token), list)
