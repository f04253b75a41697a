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


def test_the_chain_runs_outwards(code: Code) -> None:
    text = "“Poland said Russia attacked Ukraine,” the BBC reported."
    assert chain(one(code, text, "ASSAULT")) == ["Poland", "the BBC"]


def test_the_press_alleges_nothing(code: Code) -> None:
    mention = one(code, "Russia attacked Ukraine, Reuters reported.", "ASSAULT")
    assert (mention.status, chain(mention)) == ("happened", ["Reuters"])


@pytest.mark.parametrize(
    ("text", "type", "wanted"),
    [
        ("Turkey said Iran told Iraq that Russia attacked Syria.", "ASSAULT", ["Iran", "Turkey"]),
        ("Russia and China said Iran attacked Iraq.", "ASSAULT", ["Russia", "China"]),
        ("Ukraine says Russia attacked Poland, but Moscow denies it.", "ASSAULT",
         ["Ukraine", "Moscow"]),
        ("Moscow denied accusations of attacking Ukraine.", "ASSAULT", ["Moscow"]),
    ],
)  # fmt: skip
def test_everyone_who_tells_or_denies_is_kept(
    code: Code, text: str, type: str, wanted: list[str]
) -> None:
    assert chain(one(code, text, type)) == wanted


def test_statements_are_by_those_who_issue_them(code: Code) -> None:
    text = (
        "Russia and Ukraine will swap prisoners on Monday, "
        "according to statements from both countries' foreign ministries."
    )
    links = one(code, text, "AGREE").attribution
    assert [link.source.code for link in links if link.source] == ["RUS", "UKR"]


def test_an_unnamed_source_has_a_country_and_a_sector(code: Code) -> None:
    source = one(code, "A senior US official said Iran attacked Iraq.", "ASSAULT").attribution[0]
    assert source.source is not None
    assert (source.source.code, source.source.sector) == ("USA", "GOV")


@pytest.mark.parametrize(
    "text",
    [
        "Kyiv alleged that Russia attacked a train.",
        "A lawsuit says that Russia attacked a train.",
        "Kyiv says Russian forces shelled Odesa.",
        "The Syrian rebels said that the army killed nine people.",
        "Poland says Russia attacked Iraq, an accusation that Moscow denies.",
    ],
)
def test_an_accusers_word_is_an_allegation(code: Code, text: str) -> None:
    assert one(code, text, "ASSAULT").status == "alleged"


def test_who_claims_responsibility_accuses_nobody(code: Code) -> None:
    text = "Al Shabab claimed responsibility for the attack on a Kenyan base."
    assert one(code, text, "ASSAULT").status == "happened"


def test_a_source_that_is_a_pronoun_is_told_by_the_words_that_name_it(code: Code) -> None:
    text = "Pavel Novak spoke on Tuesday. He said that Russia had attacked Ukraine."
    article = code(text)
    attack = next(m for m in article.mentions if m.type == "ASSAULT")
    (link,) = attack.attribution
    assert link.source is not None
    assert link.source.text == "Pavel Novak"
    assert article.text[link.source.start : link.source.end] == link.source.text


def test_who_comes_under_fire_does_not_speak(code: Code) -> None:
    text = "Emmanuel Macron has come under fire for his plan to deport forty students."
    assert all(chain(m) == [] for m in code(text).mentions)
