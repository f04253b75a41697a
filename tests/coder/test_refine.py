"""Modes and contexts that depend on more than the predicate."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article

Code = Callable[[str], Article]


@pytest.mark.parametrize(
    ("text", "mode", "actors", "recipients"),
    [
        ("Joe Biden met Xi Jinping.", None, ["USA", "CHN"], []),
        ("Joe Biden met Xi Jinping in Beijing.", "visit", ["USA"], ["CHN"]),
        ("Joe Biden and Xi Jinping spoke by phone.", "phone", ["USA", "CHN"], []),
        ("Russia, China and India held talks.", "multilateral", ["RUS", "CHN", "IND"], []),
        ("Joe Biden met Xi Jinping in Geneva.", None, ["USA", "CHN"], []),
    ],
)
def test_modes_of_meetings(
    code: Code, text: str, mode: str | None, actors: list[str], recipients: list[str]
) -> None:
    mention = next(m for m in code(text).mentions if m.type == "CONSULT")
    assert mention.mode == mode
    assert [p.code for p in mention.actors] == actors
    assert [p.code for p in mention.recipients] == recipients


@pytest.mark.parametrize(
    ("text", "context"),
    [
        ("Russia attacked the Ukrainian army.", "military"),
        ("China and Japan held talks on trade tariffs.", "economic"),
    ],
)
def test_contexts_come_from_the_words_around(code: Code, text: str, context: str) -> None:
    (mention,) = code(text).mentions
    assert context in mention.contexts
    assert list(mention.contexts) == sorted(set(mention.contexts))
