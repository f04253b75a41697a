"""Events told again, or without their parties."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article, Mention

Code = Callable[[str], Article]


def told(article: Article, trigger: str) -> Mention:
    """The last mention of that trigger."""
    return [m for m in article.mentions if m.trigger.text == trigger][-1]


def names(mention: Mention) -> tuple[list[str | None], list[str | None]]:
    return [p.name for p in mention.actors], [p.name for p in mention.recipients]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Kenyan police arrested Martha Karua on Monday. The arrest came at dawn.", "arrest"),
        ("Russia attacked Ukraine at dawn. The attack went on for hours.", "attack"),
        ("China imposed sanctions on Japan. The sanctions will last a year.", "sanctions"),
    ],
)
def test_a_definite_noun_takes_up_the_act(code: Code, text: str, trigger: str) -> None:
    article = code(text)
    first, again = article.mentions[0], told(article, trigger)
    assert again.sentence.index == 1
    assert names(again) == names(first)


def test_talks_that_are_taken_up_are_of_both_sides(code: Code) -> None:
    article = code("Iran and Oman held talks in Muscat. The talks lasted until Sunday evening.")
    again = told(article, "talks")
    assert again.sentence.index == 1
    assert {p.code for p in again.actors} == {"IRN", "OMN"}
    assert not again.recipients


def test_an_attack_that_nobody_told_of_has_no_party(code: Code) -> None:
    article = code("The weather was fine. An attack of the flu kept the children at home.")
    assert not article.mentions


def test_what_is_unknown_to_politics_is_no_party(code: Code) -> None:
    assert not code("Stocks attacked new highs as traders cheered.").mentions


def test_parties_of_another_sentence_keep_their_place(code: Code) -> None:
    article = code("Russia attacked Ukraine at dawn. The attack went on for hours.")
    for mention in article.mentions:
        for party in (*mention.actors, *mention.recipients):
            assert article.text[party.start : party.end] == party.text
