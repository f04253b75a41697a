"""One verdict of table, rules and encoder."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.coder.verdict import joined

chances = st.floats(0, 1)


@given(chances, chances, chances)
def test_the_verdict_is_a_chance(evidence: float, event: float, reported: float) -> None:
    assert 0 < joined(evidence, event, reported) < 1


@given(chances, chances, chances, chances)
def test_more_of_anything_never_speaks_against(
    a: float, b: float, more: float, less: float
) -> None:
    less, more = sorted((less, more))
    assert joined(a, b, less) <= joined(a, b, more)
    assert joined(a, less, b) <= joined(a, more, b)
    assert joined(less, a, b) <= joined(more, a, b)
