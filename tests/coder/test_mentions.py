"""From a candidate to the record."""

from __future__ import annotations

from collections.abc import Callable

from dateline.coder import Coder
from dateline.records import Article

Code = Callable[[str], Article]


def test_texts_are_the_articles_own(code: Code) -> None:
    text = "“Poland’s president,” she said, met Ukraine’s\u00a0president in Kyiv."
    for mention in code(text).mentions:
        assert mention.sentence.text == text[mention.sentence.start : mention.sentence.end]
        assert "“" in mention.sentence.text
        for party in (*mention.actors, *mention.recipients):
            assert party.text == text[party.start : party.end]


def test_parties_carry_whom_they_name(code: Code) -> None:
    (mention,) = code("President Emmanuel Macron criticized Iran.").mentions
    actor = mention.actors[0]
    assert (actor.name, actor.code, actor.country) == ("Emmanuel Macron", "FRA", "FRA")
    assert (actor.sector, actor.role) == ("GOV", "President")
    assert "Macron" in actor.text
    assert mention.recipients[0].name == "Iran"


def test_the_document_is_the_articles(coder: Coder) -> None:
    article = Article(
        id="a.txt", text="Russia attacked Ukraine.", title="War", url="https://a.example/1",
        published="2022-02-24T06:00:00+01:00", publisher="A", origin="b.example",
    )  # fmt: skip
    (mention,) = coder(article).mentions
    assert mention.document == article.document
    assert mention.document.published == "2022-02-24"
    assert mention.document.origin == "b.example"


def test_an_id_is_short_and_of_the_parts_it_names(coder: Coder) -> None:
    one = coder(Article(id="a", text="Russia attacked Ukraine.")).mentions[0].id
    assert len(one) == 16
    assert int(one, 16)
    assert one != coder(Article(id="a", text="Russia attacked Poland.")).mentions[0].id
    assert one != coder(Article(id="a", text=" Russia attacked Ukraine.")).mentions[0].id
    dated = Article(id="a", text="Russia attacked Ukraine.", published="2022-02-24", title="T")
    assert one == coder(dated).mentions[0].id
