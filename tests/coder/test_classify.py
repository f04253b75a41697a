"""The type between a marked actor and recipient."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline import ontology
from dateline.coder import classify
from dateline.coder.classify import classify_sentence, unclassified
from dateline.errors import DatelineError


@pytest.mark.parametrize(
    ("marked", "type"),
    [
        ("<s>Russia</s> attacked <t>Ukraine</t>.", "ASSAULT"),
        ("<t>Ukraine</t> was attacked by <s>Russia</s>.", "ASSAULT"),
        ("<s>The finance minister</s> criticized <t>the bank</t>.", "ACCUSE"),
        ("<s>Acme</s> agreed to send help to <t>Foo Ltd</t>.", "AGREE"),
        ("<s>The envoy</s> met <t>the king</t> in the palace.", "CONSULT"),
        ("<s>The army</s> fled as <t>the rebels</t> attacked <s>it</s>.", None),
    ],
)
def test_the_marked_parties_decide(marked: str, type: str | None) -> None:
    found = classify_sentence(marked)
    if type is not None:
        assert found.type == type
        assert found.confidence == max(found.scores.values())


@pytest.mark.parametrize(
    "marked",
    ["<s>Russia</s> attacked Ukraine.", "Russia attacked <t>Ukraine</t>.",
     "<s>Russia</s> attacked <t>Ukraine.", "<s></s>Russia attacked <t>Ukraine</t>."],
)  # fmt: skip
def test_one_mark_is_enough(marked: str) -> None:
    assert classify_sentence(marked).type == "ASSAULT"


@pytest.mark.parametrize(
    "text", ["", "Russia attacked Ukraine.", "<s>Russia", "</s>Russia<s>", "<s></s>"]
)
def test_no_mark_is_an_error_that_names_the_row(text: str) -> None:
    rows = classify(["<s>A</s> attacked <t>B</t>.", text])
    next(rows)
    with pytest.raises(DatelineError, match=r"^row 2: mark the actor as <s>…</s>"):
        next(rows)


def test_nothing_is_null_with_a_score_of_zero_for_each_type() -> None:
    found = classify_sentence("<s>The sky</s> is as blue as <t>the sea</t>.")
    assert found == unclassified()
    assert found.type is None
    assert dict.fromkeys(ontology.types(), 0.0) == found.scores


def test_rows_are_in_order_and_the_same_in_any_company() -> None:
    marked = [
        "<s>A</s> attacked <t>B</t>.",
        "<s>The envoy</s> met <t>the king</t>.",
        "<s>Kenya</s> condemned <t>Uganda</t> and left.",
    ] * 3
    alone = [classify_sentence(text) for text in marked]
    assert list(classify(marked)) == alone
    assert list(classify(reversed(marked))) == alone[::-1]


@settings(
    max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "<s>",
                    "</s>",
                    "<t>",
                    "</t>",
                    "Russia",
                    "attacked",
                    "met",
                    "and",
                    "the",
                    "🇺🇦",
                    ",",
                    ".",
                    "“",
                    "\x00",
                ]
            ),
            st.text(max_size=5),
        ),
        max_size=25,
    ).map(" ".join)
)
def test_any_marks_give_probabilities_or_an_error(marked: str) -> None:
    try:
        found = classify_sentence(marked)
    except DatelineError:
        return
    assert list(found.scores) == list(ontology.types())
    total = sum(found.scores.values())
    assert total == 0 if found.type is None else abs(total - 1) < 0.01
