"""Which authority acts where nobody is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article, Mention

Code = Callable[[str], Article]


def told(article: Article, word: str) -> Mention:
    return next(m for m in article.mentions if m.trigger.text == word)


@pytest.mark.parametrize(
    ("text", "word", "code_of_actor"),
    [
        ("Ten protesters were arrested in Minsk, Belarusian police said.", "arrested", "BLR"),
        ("A Russian diplomat was expelled from Oslo.", "expelled", "NOR"),
    ],
)
def test_who_arrests_and_expels(code: Code, text: str, word: str, code_of_actor: str) -> None:
    assert [party.code for party in told(code(text), word).actors] == [code_of_actor]


def test_of_the_country_that_the_report_is_of(code: Code) -> None:
    text = "Belarus held an election. Opposition activists were detained in Minsk on Sunday."
    assert [party.code for party in told(code(text), "detained").actors] == ["BLR"]


def test_who_kills_is_not_told_by_who_could_arrest(code: Code) -> None:
    text = "Kenya held an election. Two farmers were killed in Nairobi."
    assert all(not m.actors for m in code(text).mentions if m.trigger.text == "killed")


def test_who_did_the_same_before(code: Code) -> None:
    text = "Iran deported John Smith on Monday. Smith had been deported after a trial."
    mentions = [m for m in code(text).mentions if m.trigger.text == "deported"]
    assert [[p.code for p in m.actors] for m in mentions] == [["IRN"], ["IRN"]]
