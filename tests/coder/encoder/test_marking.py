"""Marks on the pieces of a sentence."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dateline.coder.encoder.marking import LONGEST, flags, kept

WORDS = [(0, 4), (5, 8), (9, 13), (13, 15)]


def test_each_piece_has_the_roles_of_the_spans_it_stands_in() -> None:
    marked = flags(WORDS, {"s": (0, 4), "e": (5, 8), "t": (9, 15)})
    assert marked == [
        (True, False, False), (False, False, True), (False, True, False), (False, True, False)
    ]  # fmt: skip


def test_a_piece_may_have_two_roles() -> None:
    assert flags([(0, 10)], {"s": (0, 5), "e": (6, 10)}) == [(True, False, True)]


def test_what_is_not_marked_has_no_role() -> None:
    assert not any(any(piece) for piece in flags(WORDS, {}))


def test_what_is_far_from_every_mark_is_left_out() -> None:
    marked = [(n == 200, False, n == 220) for n in range(400)]
    chosen = kept(marked)
    assert len(chosen) == LONGEST
    assert {200, 220} <= set(chosen)
    assert chosen == sorted(chosen)
    assert min(chosen) > 100


@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.booleans()), max_size=300))
def test_any_sentence_can_be_cut(marked: list[tuple[bool, bool, bool]]) -> None:
    chosen = kept(marked)
    assert len(chosen) == min(len(marked), LONGEST)
    assert len(set(chosen)) == len(chosen)
    assert all(0 <= n < len(marked) for n in chosen)
