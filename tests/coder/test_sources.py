"""On whose word a mention stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dateline.records import Article, Mention

Code = Callable[[str], Article]


def one(code: Code, text: str, type: str) -> Mention:
    found = [m for m in code(text).mentions if m.type == type]
    assert len(found) == 1, code(text).mentions
    return found[0]


def chain(mention: Mention) -> list[str | None]:
    return [link.source.text if link.source else None for link in mention.attribution]


def test_the_articles_own_voice_has_no_source(code: Code) -> None:
    assert one(code, "Russia attacked Ukraine.", "ASSAULT").attribution == ()


@pytest.mark.parametrize(
    "text",
    [
        "Russia attacked Ukraine, Poland said.",
        "Poland said Russia attacked Ukraine.",
        "According to Poland, Russia attacked Ukraine.",
    ],
)
def test_who_tells_is_the_source(code: Code, text: str) -> None:
    mention = one(code, text, "ASSAULT")
    assert chain(mention) == ["Poland"]
    link = mention.attribution[0]
    assert link.source is not None
    assert link.source.code == "POL"
    assert link.cue is not None
    assert mention.status == "happened"


def test_the_victims_word_is_an_allegation(code: Code) -> None:
    mention = one(code, "Ukraine said Russia attacked Ukraine.", "ASSAULT")
    assert (mention.status, chain(mention)) == ("alleged", ["Ukraine"])


def test_an_accusation_is_two_mentions(code: Code) -> None:
    text = "Kyiv accused Russia of bombing a bridge in Ukraine."
    accusation, bombing = one(code, text, "ACCUSE"), one(code, text, "ASSAULT")
    assert (accusation.status, bombing.status) == ("happened", "alleged")
    assert accusation.attribution == ()
    assert chain(bombing) == ["Kyiv"]


def test_who_speaks_is_the_actor_and_no_source(code: Code) -> None:
    mention = one(code, "“We condemn Russia,” the Polish president said.", "ACCUSE")
    assert [p.code for p in mention.actors] == ["POL"]
    assert mention.attribution == ()


@pytest.mark.xfail(strict=True, reason="no claim is found within a quotation")
def test_the_chain_runs_outwards(code: Code) -> None:
    text = "“Poland said Russia attacked Ukraine,” the BBC reported."
    assert chain(one(code, text, "ASSAULT")) == ["Poland", "the BBC"]


def test_the_press_alleges_nothing(code: Code) -> None:
    mention = one(code, "Russia attacked Ukraine, Reuters reported.", "ASSAULT")
    assert (mention.status, chain(mention)) == ("happened", ["Reuters"])
