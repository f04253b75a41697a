"""Parties that stand in another sentence than the act."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article

Code = Callable[[str], Article]


def test_who_refuses_refuses_the_one_that_asked(code: Code) -> None:
    mentions = code("Ukraine asked Germany for tanks. Germany refused the request.").mentions
    refusal = next(m for m in mentions if m.type == "REJECT")
    assert [p.code for p in refusal.actors] == ["DEU"]
    assert [p.code for p in refusal.recipients] == ["UKR"]


def test_the_other_side_of_the_fighting(code: Code) -> None:
    text = "Russia invaded Ukraine in February. Fighting went on in Bakhmut, and Russia bombed it."
    for mention in code(text).mentions:
        for party in (*mention.actors, *mention.recipients):
            assert party.code in {"RUS", "UKR"}


def test_a_party_from_another_sentence_keeps_its_place(code: Code) -> None:
    article = code("Ukraine asked Germany for tanks. Germany refused the request.")
    for mention in article.mentions:
        for party in (*mention.actors, *mention.recipients):
            assert article.text[party.start : party.end] == party.text


def test_the_other_side_as_the_article_tells_it(code: Code) -> None:
    text = "Russia invaded Ukraine. Russia bombed Ukraine again. Russian troops stormed Bakhmut."
    storming = next(m for m in code(text).mentions if m.trigger.text == "stormed")
    assert [p.code for p in storming.recipients] == ["UKR"]


def test_whom_a_demand_is_put_to(code: Code) -> None:
    text = "Diane Abbott criticised the Home Office. She demanded an inquiry."
    demand = next(m for m in code(text).mentions if m.type == "REQUEST")
    assert [p.code for p in demand.recipients] == ["GBR"]


@pytest.mark.parametrize(
    ("text", "word", "whose"),
    [
        (
            "Pakistan proposed a joint inquiry. India rejected the proposal within hours.",
            "rejected",
            "PAK",
        ),
        (
            "Georgia expelled two Russian diplomats. Russia condemned the move.",
            "condemned",
            "GEO",
        ),
    ],
)
def test_whose_act_is_answered(code: Code, text: str, word: str, whose: str) -> None:
    answer = next(m for m in code(text).mentions if m.trigger.text == word)
    assert [p.code for p in answer.recipients] == [whose]
