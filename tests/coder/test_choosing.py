"""Parties outside the predicate's frame, by the encoder."""

from __future__ import annotations

from collections.abc import Callable

from dateline.records import Article

Code = Callable[[str], Article]


def test_a_recipient_in_another_phrase(code: Code) -> None:
    article = code("Rebel groups refused a ceasefire that the German government had proposed.")
    refusal = next(m for m in article.mentions if m.type == "REJECT")
    assert [party.code for party in refusal.recipients] == ["DEU"]
    assert [party.text for party in refusal.recipients] == ["German government"]


def test_who_tells_of_a_killing_does_not_kill(code: Code) -> None:
    article = code("Two boys were killed in the market, a Kenyan lawmaker said.")
    assert all(not m.actors for m in article.mentions if m.type == "ASSAULT")


def test_whom_a_warning_tells_of_is_not_threatened(code: Code) -> None:
    article = code("France warned that the rebels could still attack.")
    assert all(not m.recipients for m in article.mentions if m.type == "THREATEN")


def test_a_party_is_kept_by_its_own_words(code: Code) -> None:
    article = code("Police in Nairobi arrested three men on Tuesday.")
    arrest = next(m for m in article.mentions if m.type == "COERCE")
    assert [party.text for party in arrest.recipients] == ["three men"]


def test_a_place_that_is_taken_is_no_party(code: Code) -> None:
    article = code("Islamic State captured Raqqa in early 2014.")
    for mention in article.mentions:
        assert all(party.text != "Raqqa" for party in mention.recipients)
