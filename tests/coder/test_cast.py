"""Whom the words of an article mean."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

import pytest
from spacy.tokens import Token

from dateline.actors import Identity, register
from dateline.coder.cast import Cast
from dateline.coder.parse import paragraphs
from dateline.records import Article


def read(
    text: str, places: Sequence[tuple[int, str]] = ()
) -> tuple[Cast, Callable[[str, int], Token]]:
    """The cast, and how to find the n-th token of a form."""
    found = paragraphs(Article(id="a", text=text, published="2022-12-21"))

    def token(form: str, n: int = 0) -> Token:
        return [t for p in found for t in p.doc if t.text == form][n]

    return Cast(found, register(), places=places), token


def identity(text: str, form: str, n: int = 0) -> Identity | None:
    cast, token = read(text)
    return cast.identity(token(form, n))


@pytest.mark.parametrize(
    ("text", "form", "name", "code"),
    [
        ("Russia attacked Ukraine.", "Russia", "Russia", "RUS"),
        ("Moscow attacked Ukraine.", "Moscow", None, "RUS"),
        ("The Kremlin spoke.", "Kremlin", None, "RUS"),
        ("Russian forces left.", "forces", None, "RUS"),
        ("The United Nations met.", "Nations", None, "UNO"),
        ("President Emmanuel Macron spoke.", "Macron", "Emmanuel Macron", "FRA"),
        ("Emmanuel Macron left late. He praised Mr. Scholz.", "He", "Emmanuel Macron", "FRA"),
        ("Iran said it had attacked.", "it", "Iran", "IRN"),
        ("The rebels who attacked Syria fled.", "who", None, None),
        ("Iran attacked. The country said it was right.", "country", "Iran", "IRN"),
    ],
)
def test_identities(text: str, form: str, name: str | None, code: str | None) -> None:
    found = identity(text, form)
    assert found is not None
    assert found.code == code
    if name:
        assert found.name == name


@pytest.mark.parametrize("form", ["rain", "fell", "quickly", "."])
def test_things_are_nobody(form: str) -> None:
    assert identity("The rain fell quickly.", form) is None


def test_the_article_teaches_acronyms() -> None:
    text = "The Northern Harvest Front (NHF) attacked the army. The NHF left."
    found = identity(text, "NHF", 1)
    assert found is not None
    assert found.name.endswith("Northern Harvest Front")


def test_the_article_teaches_roles() -> None:
    text = "Ravel Okonjo, the foreign minister of Nigeria, resigned. Mr. Okonjo left."
    found = identity(text, "Okonjo", 1)
    assert found is not None
    assert (found.name, found.role) == ("Ravel Okonjo", "Foreign Minister")


def test_the_article_teaches_whom_a_role_serves() -> None:
    text = "Ravel Okonjo, the foreign minister of Nigeria, resigned. Mr. Okonjo left."
    found = identity(text, "Okonjo", 1)
    assert found is not None
    assert found.country == "NGA"


def test_a_subject_is_the_likelier_antecedent() -> None:
    found = identity("Emmanuel Macron met Olaf Scholz. He praised Kenya.", "He")
    assert found is not None
    assert found.name == "Emmanuel Macron"


def test_two_are_meant_by_they_and_both() -> None:
    text = "Joe Biden met Emmanuel Macron. The two leaders signed a deal."
    cast, token = read(text)
    found = [cast.identity(t) for t in cast.parties(token("leaders", 0))]
    assert [i.name for i in found if i] == ["Joe Biden", "Emmanuel Macron"]


def test_a_party_may_own_what_is_named() -> None:
    cast, token = read("Germany condemned Hungary's decision.")
    party = cast.party(token("decision", 0))
    assert party is not None
    assert party.text == "Hungary"
    owner = cast.identity(party)
    assert owner is not None
    assert cast.party(token("decision", 0), without=[owner]) is None


def test_a_description_without_a_state_is_of_the_articles_home() -> None:
    found = identity(
        "Kenya voted. Nairobi was calm. The army of Kenya slept. The police left.", "police"
    )
    assert found is not None
    assert found.code == "KEN"


def test_towns_tell_whose_police_it_is() -> None:
    text = "Crowds filled Trondheim and Bergen. France looked on. The police left."
    cast, token = read(text, [(text.index("Trondheim"), "NOR"), (text.index("Bergen"), "NOR")])
    found = cast.identity(token("police", 0))
    assert found is not None
    assert found.code == "NOR"


def test_a_date_decides_who_is_president() -> None:
    text = "President Dmitri Medvedev spoke."
    found = paragraphs(Article(id="a", text=text, published="2010-05-01"))
    cast = Cast(found, register())
    token = next(t for t in found[0].doc if t.text == "Medvedev")
    held = cast.identity(token)
    assert held is not None
    assert held.role == "President"
    assert found[0].published == dt.date(2010, 5, 1)


PARAGUAY = "Protesters filled Paraguay's capital. Paraguay has seen no such crowds. "


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (PARAGUAY + "President Ruben Alderete refused to go.", "Alderete"),
        (PARAGUAY + "The army stayed in its barracks.", "army"),
        (PARAGUAY + "Prosecutors opened an inquiry.", "Prosecutors"),
        (PARAGUAY + "Two officers were hurt, and a court met at night.", "court"),
    ],
)
def test_who_serves_the_state_that_is_spoken_of(text: str, form: str) -> None:
    found = identity(text, form)
    assert found is not None
    assert (found.code, found.country) == ("PRY", "PRY")


def test_where_no_state_stands_out_nobody_is_served() -> None:
    found = identity("Chile, Peru, Kenya, Oman and Japan met. The army watched.", "army")
    assert found is not None
    assert found.country is None


def test_foreign_soldiers_are_not_those_of_the_place() -> None:
    found = identity(PARAGUAY + "Armed soldiers and three generals came.", "soldiers")
    assert found is None or found.country is None


def test_an_office_is_held_by_whom_it_is_beside() -> None:
    text = "Recep Tayyip Erdogan spoke. Egypt let the president, Abdel Fattah el-Sisi, answer."
    found = identity(text, "president")
    assert found is not None
    assert found.code == "EGY"


def test_its_minister_is_no_other_states() -> None:
    text = (
        "Sergey Lavrov, the foreign minister of Russia, met Hungary. Its foreign minister smiled."
    )
    cast, token = read(text)
    owner = cast.identity(token("Its"))
    found = cast.identity(token("minister", 1))
    assert found is None or owner is None or found.country in {owner.country, None}
