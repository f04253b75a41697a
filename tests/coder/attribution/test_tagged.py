"""Claims by the tagger, and what the rules add to them."""

from __future__ import annotations

import pytest

from dateline.coder.attribution import Claim, find_claims
from dateline.coder.parse import paragraphs
from dateline.records import Article


def _claims(text: str) -> list[Claim]:
    return find_claims(paragraphs(Article(id="a", text=text)))


def _shown(text: str, claim: Claim) -> tuple[str | None, str | None, list[str]]:
    def cut(span: tuple[int, int] | None) -> str | None:
        return None if span is None else text[slice(*span)]

    return cut(claim.source), cut(claim.cue), [text[a:b] for a, b in claim.content]


@pytest.mark.parametrize(
    ("text", "source", "cue"),
    [
        ("The mayor said that the bridge was safe.", "The mayor", "said"),
        ("\u201cThe bridge is safe,\u201d the mayor said on Monday.", "the mayor", "said"),
        ("According to two officials, the talks failed.", "two officials", "According to"),
    ],
)
def test_plain_attributions_are_found(text: str, source: str, cue: str) -> None:
    (claim,) = _claims(text)
    found = _shown(text, claim)
    assert found[0] == source
    assert found[1] is not None
    assert found[1].startswith(cue)
    assert claim.source_root is not None


def test_offsets_are_those_of_the_article() -> None:
    text = "It rained.\n\nThe mayor said that the bridge was safe."
    (claim,) = _claims(text)
    assert _shown(text, claim)[0] == "The mayor"


def test_what_is_told_within_what_is_told_is_nested() -> None:
    claims = _claims("The agency reported that the rebels said that the town had fallen.")
    assert [c.nested for c in claims] == [False, True]


def test_no_attribution_no_claim() -> None:
    assert _claims("The bridge fell.") == []
    assert _claims("") == []


def test_a_long_paragraph_is_read_in_parts() -> None:
    text = "The mayor said that the bridge was safe. " * 60
    assert len(_claims(text)) >= 40


def _content(text: str) -> list[str]:
    return [part for claim in _claims(text) for part in _shown(text, claim)[2]]


def test_a_quotation_is_told_to_its_end() -> None:
    text = (
        "In an open letter, the dockers’ union wrote: “The port’s plan for the new quay and its "
        "constant change of the shifts at the old container terminal makes the management a danger "
        "to its people. After so many broken words, it cannot be trusted with a timetable.”"
    )
    assert any(part.rstrip("”").endswith("with a timetable.") for part in _content(text))


def test_a_quotation_runs_on_after_its_speaker() -> None:
    text = (
        "“We fear a long winter in the valley,” she told the radio. "
        "“The council has twice promised us coal and sent none.”"
    )
    assert any("promised us coal" in part for part in _content(text))
    assert len(_claims(text)) == 1
