from __future__ import annotations

import pytest

from dateline.wire.credits import credit


@pytest.mark.parametrize(
    "line",
    [
        "Maria Lindqvist contributed reporting.",
        "Maria Lindqvist and Jo de Berg contributed reporting from Varna and Oslo.",
        "The Associated Press contributed to this report.",
        "(Reporting by Maria Lindqvist in Varna; Editing by Jo Berg)",
        "Reporting by M. Lindqvist; writing by Jo Berg; editing by An Le",
        "Additional reporting by Jo Berg",
        "Translated by Jo Berg.",
        "Maria Lindqvist reported from Varna. Jo Berg contributed reporting from Oslo.",
        "Editor: Maria Lindqvist",
        "Penulis: Maria Lindqvist",
    ],
)
def test_credits_at_the_end(line: str) -> None:
    found = credit(line, "tail")
    assert found is not None
    assert found.kind == "credit"


def test_a_byline_stands_at_the_head_only() -> None:
    found = credit("By Maria Lindqvist", "head")
    assert found is not None
    assert (found.kind, found.names) == ("byline", "Maria Lindqvist")
    assert credit("By Maria Lindqvist", "body") is None


@pytest.mark.parametrize(
    "line",
    [
        "Reporting by the committee found that the army had lied.",
        "The soldiers contributed reporting.",
        "Norland contributed troops to the mission.",
        "She reported from the front that the town had fallen.",
        "By morning the town had fallen",
        "Edited by the censors, the speech was shown on Monday",
    ],
)
@pytest.mark.parametrize("place", ["head", "body", "tail"])
def test_news_is_no_credit(line: str, place: str) -> None:
    assert credit(line, place) is None  # type: ignore[arg-type]
