"""Judgements by those who are quoted."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article

Code = Callable[[str], Article]


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("“Russia’s invasion is barbaric and cruel,” Emmanuel Macron said.", "ACCUSE"),
        ("“Poland’s leadership has been brave and admirable,” Emmanuel Macron said.", "SUPPORT"),
    ],
)
def test_a_source_judges(code: Code, text: str, type: str) -> None:
    found = [m for m in code(text).mentions if m.type == type]
    assert len(found) == 1, code(text).mentions
    assert found[0].actors[0].name == "Emmanuel Macron"
    assert found[0].recipients


@pytest.mark.parametrize(
    "text",
    [
        "The weather in Russia is terrible.",
        "“The food was terrible,” the girl said.",
        "“Terrible!”",
    ],
)
def test_a_word_without_source_or_party_judges_nobody(code: Code, text: str) -> None:
    assert [m for m in code(text).mentions if m.type in {"ACCUSE", "SUPPORT"}] == []


def test_one_judgement_for_a_source_in_a_sentence(code: Code) -> None:
    text = "“Russia is cruel, brutal, barbaric and wicked,” Emmanuel Macron said."
    assert len([m for m in code(text).mentions if m.type == "ACCUSE"]) <= 1
