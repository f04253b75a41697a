"""How a sentence was coded."""

from __future__ import annotations

from dateline.coder import Coder
from dateline.records import Article

TEXT = "Iran threatened to attack Israel. He attacked the script. It rained."


def test_every_sentence_is_explained_with_what_was_kept_and_dropped(coder: Coder) -> None:
    article = Article(id="a", text=TEXT)
    explained = list(coder.explain(article))
    assert [e.index for e in explained] == [0, 1, 2]
    assert [e.sentence.text for e in explained] == [
        "Iran threatened to attack Israel.", "He attacked the script.", "It rained.",
    ]  # fmt: skip
    assert [m for e in explained for m in e.mentions] == list(coder(article).mentions)
    for found in explained:
        assert len(found.mentions) == sum(c.dropped is None for c in found.candidates)


def test_a_candidate_tells_its_reasons(coder: Coder) -> None:
    first = next(coder.explain(Article(id="a", text=TEXT)))
    kept = next(c for c in first.candidates if c.dropped is None)
    assert kept.trigger == "threatened"
    assert kept.coded == "THREATEN/violence"
    assert kept.status == "happened"
    assert kept.rules
    assert kept.actors == ("Iran [IRN]",)
    assert kept.recipients == ("Israel [ISR]",)
    assert 0 < kept.evidence <= 1


def test_what_is_dropped_says_why(coder: Coder) -> None:
    second = list(coder.explain(Article(id="a", text=TEXT)))[1]
    assert second.mentions == ()
    assert all(c.dropped for c in second.candidates)


def test_a_name_is_told_with_whom_it_means(coder: Coder) -> None:
    (found,) = coder.explain(Article(id="a", text="Mr. Putin condemned Poland."))
    (candidate,) = (c for c in found.candidates if c.dropped is None)
    assert "Vladimir Putin [RUS]" in candidate.actors[0]
