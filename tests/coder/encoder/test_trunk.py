"""Passages, read once for all that is asked of them."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coder import encoder
from dateline.coder.encoder.session import tokenizer
from dateline.coder.encoder.trunk import LONGEST, passage

TEXT = "The “Saudi” met Iran’s envoy"


def test_each_piece_knows_its_code_points() -> None:
    pieces = [TEXT[a:b] for a, b in passage(TEXT).offsets]
    assert pieces == ["The", "“", "Saudi", "”", "met", "Iran", "’", "s", "envoy"]


def test_text_cannot_forge_an_edge() -> None:
    edges = set(tokenizer().encode("").ids)
    coded = tokenizer().encode("[CLS] Oman [SEP] met Iran", add_special_tokens=False)
    assert not edges & set(coded.ids) or len(passage("[CLS]").offsets) <= 1


def test_a_long_passage_is_read_in_parts() -> None:
    found = passage("Oman met Iran. " * 200)
    assert len(found.states) == len(found.offsets) == 800
    assert len(found.edges) == len(found.parts()) == 800 // LONGEST + 1
    assert [n for part in found.parts() for n in part] == list(range(800))


def test_a_sentence_stands_between_the_edges_of_its_part() -> None:
    found = passage("Oman met Iran. " * 200)
    rows = found.rows([LONGEST + 3, LONGEST + 4])
    start, end = found.edges[1]
    assert np.array_equal(rows[0, 0], start)
    assert np.array_equal(rows[0, -1], end)


def test_a_sentence_is_read_within_its_passage() -> None:
    text = "It rained. Kenya accused Somalia of sheltering gunmen. It rained again."
    start, end = text.index("Kenya"), text.index(" It rained again")
    marks = {
        role: (text.index(words), text.index(words) + len(words))
        for role, words in (("s", "Kenya"), ("e", "accused"), ("t", "Somalia"))
    }
    types = encoder.read(text, marks, within=(start, end)).types()
    assert max(types, key=lambda type: types[type]) == "ACCUSE"
    found = encoder.parties(text, marks["e"], (start, end))
    assert all(start <= p.span[0] < p.span[1] <= end for p in (*found.actors, *found.recipients))


@settings(max_examples=25)
@given(st.text(max_size=120), st.integers(0, 120), st.integers(0, 120))
def test_any_part_of_any_text_can_be_read(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = encoder.read(text, {"s": (start, end)}, within=(start, end))
    assert abs(sum(found.types().values()) - 1) < 1e-6
