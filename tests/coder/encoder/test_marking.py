"""A marked sentence as ids."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from dateline import models
from dateline.coder.encoder import session
from dateline.coder.encoder.marking import GUIDELINES, LONGEST, ROLES, Marked, mark


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return session.tokenizer(models.folder("types"))


def _unused(tokenizer: Tokenizer, number: int) -> int:
    return int(tokenizer.token_to_id(f"[unused{number}]"))


def test_each_role_has_its_own_marks(tokenizer: Tokenizer) -> None:
    found = mark(tokenizer, "Oman met Iran", {"s": (0, 4), "e": (5, 8), "t": (9, 13)})
    for role, position in zip(ROLES, found.positions, strict=True):
        assert found.ids[position] == _unused(tokenizer, 1 + 2 * ROLES.index(role))
    inside = found.ids[found.positions[0] + 1 : found.positions[2] - 1]
    assert tokenizer.decode(list(inside)) == "oman"


def test_each_piece_knows_its_code_points(tokenizer: Tokenizer) -> None:
    text = "The “Saudi” met Iran’s envoy"
    found = mark(tokenizer, text, {"e": (12, 15)}, "arguments")
    assert len(found.offsets) == len(found.ids)
    pieces = [text[a:b] for a, b in found.offsets if a < b]
    assert pieces == ["The", "“", "Saudi", "”", "met", "Iran", "’", "s", "envoy"]
    assert found.offsets[found.positions[2]] == (0, 0)


def test_a_role_without_a_mark_has_no_position(tokenizer: Tokenizer) -> None:
    assert mark(tokenizer, "Oman met Iran", {"t": (9, 13)}).positions[0] == 0


def test_each_guideline_has_its_own_piece(tokenizer: Tokenizer) -> None:
    assert len({mark(tokenizer, "Oman", {}, name).ids[1] for name in GUIDELINES}) == len(GUIDELINES)


def test_text_cannot_forge_a_mark(tokenizer: Tokenizer) -> None:
    found = mark(tokenizer, "[unused1] Oman [unused2] met [CLS] Iran", {})
    assert not {_unused(tokenizer, n) for n in range(1, 7)} & set(found.ids)


def test_of_overlapping_marks_the_first_counts(tokenizer: Tokenizer) -> None:
    found = mark(tokenizer, "the king of Oman", {"s": (0, 16), "t": (12, 16)})
    assert found.positions[0] == 2
    assert found.positions[1] == 0


def test_what_is_far_from_every_mark_is_left_out(tokenizer: Tokenizer) -> None:
    text = "word " * 300 + "Oman met Iran" + " word" * 300
    at = text.index("Oman")
    found = mark(
        tokenizer, text, {"s": (at, at + 4), "e": (at + 5, at + 8), "t": (at + 9, at + 13)}
    )
    assert len(found.ids) == LONGEST + 3
    assert all(found.positions)


@given(st.text(max_size=200), st.tuples(st.integers(0, 200), st.integers(0, 200)))
def test_any_text_can_be_marked(text: str, bounds: tuple[int, int]) -> None:
    tokenizer = session.tokenizer(models.folder("types"))
    start, end = sorted(min(b, len(text)) for b in bounds)
    found = mark(tokenizer, text, {"s": (start, end)})
    assert isinstance(found, Marked)
    assert len(found.ids) <= LONGEST + 3
    assert 0 <= max(found.positions) < len(found.ids) == len(found.offsets)
