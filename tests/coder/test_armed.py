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
