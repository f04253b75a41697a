"""Candidates of a sentence: found, merged, weighed, dropped with a reason."""

from __future__ import annotations

import pytest

from dateline.actors import register
from dateline.coder import candidates
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import lexicon
from dateline.coder.parse import paragraphs
from dateline.coder.weighing import THRESHOLD
from dateline.records import Article


def decided(text: str) -> tuple[list[Candidate], Cast]:
    found = paragraphs(Article(id="a", text=text))
    cast = Cast(found, register())
    (sentence,) = found[0].doc.sents
    considered = candidates.find(sentence, lexicon(), cast)
    candidates.weigh(considered, cast)
    candidates.decide(considered, cast)
    return considered, cast


def kept(text: str) -> list[tuple[str | None, str, list[str], list[str]]]:
    considered, cast = decided(text)
    return [
        (
            c.type,
            c.trigger.text,
            [candidates.party_key(t, cast) for t in c.actors],
            [candidates.party_key(t, cast) for t in c.recipients],
        )
        for c in considered
        if c.dropped is None
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Russia attacked Ukraine.", [("ASSAULT", "attacked", ["RUS"], ["UKR"])]),
        ("Iran threatened to attack Israel.", [("THREATEN", "threatened", ["IRN"], ["ISR"])]),
        ("The United States urged Russia to withdraw its troops.",
         [("REQUEST", "urged", ["USA"], ["RUS"])]),
        ("It rained in Ukraine.", []),
        ("He attacked the script.", []),
    ],
)  # fmt: skip
def test_what_is_kept(
    text: str, wanted: list[tuple[str | None, str, list[str], list[str]]]
) -> None:
    assert kept(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "Iran threatened to attack Israel, and it attacked.",
        "The attack on the attack was attacked.",
        "He attacked the script.",
        "Russia condemned and denounced Ukraine.",
    ],
)
def test_what_is_dropped_has_a_reason_and_what_is_kept_evidence(text: str) -> None:
    for candidate in decided(text)[0]:
        if candidate.dropped is None:
            assert THRESHOLD <= candidate.score <= 1
            assert candidate.actors or candidate.recipients
            assert candidate.type
        else:
            assert candidate.dropped.strip()


def test_the_same_act_told_twice_is_one() -> None:
    assert len(kept("Russia condemned and denounced Ukraine.")) == 1


def test_an_exercise_of_several_is_cooperation() -> None:
    assert [k[0] for k in kept("China and Russia held joint naval exercises.")] == ["COOPERATE"]
    assert [k[0] for k in kept("China held naval exercises.")] == ["MOBILIZE"]


def test_part_of_a_name_is_no_event() -> None:
    assert kept("The Strike Group of Kenya slept.") == []
