"""Which source and content go with which cue."""

from __future__ import annotations

from dateline.coder.attribution.claims import Chars
from dateline.coder.attribution.linking import link


def _linked(
    text: str, sources: list[str], cues: list[str], contents: list[str]
) -> dict[str, tuple[str | None, list[str]]]:
    def places(words: list[str]) -> list[Chars]:
        return [(text.index(w), text.index(w) + len(w)) for w in words]

    return {
        text[slice(*found.cue)]: (
            None if found.source is None else text[slice(*found.source)],
            [text[slice(*span)] for span in found.contents],
        )
        for found in link(text, places(sources), places(cues), places(contents))
    }


def test_a_quote_broken_by_its_cue() -> None:
    found = _linked(
        '"It rains," the mayor said, "and it pours."',
        ["the mayor"], ["said"], ['"It rains,"', '"and it pours."'],
    )  # fmt: skip
    assert found == {"said": ("the mayor", ['"It rains,"', '"and it pours."'])}


def test_a_title_ends_no_sentence() -> None:
    found = _linked(
        'The king agreed. "It rains," Mr. Lopez said.',
        ["The king", "Mr. Lopez"], ["agreed", "said"], ['"It rains,"'],
    )  # fmt: skip
    assert found["said"] == ("Mr. Lopez", ['"It rains,"'])


def test_two_cues_in_a_row_keep_their_own() -> None:
    found = _linked(
        "The king said it rained. The queen denied that it snowed.",
        ["The king", "The queen"], ["said", "denied"], ["it rained", "that it snowed"],
    )  # fmt: skip
    assert found == {
        "said": ("The king", ["it rained"]),
        "denied": ("The queen", ["that it snowed"]),
    }


def test_one_source_of_two_cues() -> None:
    found = _linked(
        "The king said it rained and added that it snowed.",
        ["The king"], ["said", "added"], ["it rained", "that it snowed"],
    )  # fmt: skip
    assert found["added"] == ("The king", ["that it snowed"])


def test_what_is_far_belongs_to_nobody() -> None:
    text = "The king spoke. " + "It rained on. " * 60 + "Reportedly it snowed."
    found = _linked(text, ["The king"], ["Reportedly"], ["it snowed"])
    assert found == {"Reportedly": (None, ["it snowed"])}


def test_nothing_tagged_is_nothing_linked() -> None:
    assert link("It rained.", [], [], [(0, 9)]) == []
