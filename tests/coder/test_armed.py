"""Which armed group a description takes up."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article

Code = Callable[[str], Article]

WAR = "The Islamic State seized Mosul. Then the Islamic State attacked Tikrit. "


def actors_of(article: Article, word: str) -> list[str]:
    mention = next(m for m in article.mentions if m.trigger.text == word)
    return [party.name for party in mention.actors]


@pytest.mark.parametrize(
    ("told", "name"),
    [
        ("The militants shelled Erbil.", "Islamic State"),
        ("The terrorist group shelled Erbil.", "Islamic State"),
        ("A militant group shelled Erbil.", "militant group"),
    ],
)
def test_the_group_that_stands_out(code: Code, told: str, name: str) -> None:
    assert actors_of(code(WAR + told), "shelled") == [name]


def test_of_which_people(code: Code) -> None:
    text = "The Kurdish militia, the YPG, attacked Turkey. Kurdish fighters shelled Afrin."
    assert actors_of(code(text), "shelled") == ["People's Protection Units"]


def test_none_where_two_are_told_of(code: Code) -> None:
    text = "Hamas attacked Israel. Hezbollah attacked Israel. The militants shelled Haifa."
    assert actors_of(code(text), "shelled") == ["militants"]


BOTH = "The Syrian Democratic Forces entered Raqqa. The Syrian Democratic Forces rested. " + WAR


def test_who_is_backed_is_none_of_those_beside(code: Code) -> None:
    text = BOTH + "US-backed forces shelled the Islamic State."
    assert actors_of(code(text), "shelled") == ["Syrian Democratic Forces"]


def test_who_speaks_does_not_mean_his_own(code: Code) -> None:
    told = "“The terrorists shelled Erbil,” said Azad Demir, an SDF spokesman."
    text = BOTH.replace("Democratic Forces entered", "Democratic Forces (SDF) entered") + told
    assert actors_of(code(text), "shelled") == ["Islamic State"]


def test_a_backer_does_not_own(code: Code) -> None:
    text = "Syria burned. Syria wept. Chinese and Cuba-backed government forces shelled Idlib."
    (shelling,) = [m for m in code(text).mentions if m.trigger.text == "shelled"]
    assert [party.code for party in shelling.actors] == ["SYR"]
