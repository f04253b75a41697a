"""Whom a trigger's sentence names as actor and recipient."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.coder import encoder
from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import runs, spans
from dateline.coder.encoder.parties import decode, told


@pytest.mark.parametrize(
    ("text", "trigger", "actor", "recipient"),
    [
        ("Kenya accused Somalia of sheltering gunmen.", "accused", "Kenya", "Somalia"),
        ("Somalia was accused by Kenya of sheltering gunmen.", "accused", "Kenya", "Somalia"),
        ("Norway sent tents and blankets to Haiti.", "sent", "Norway", "Haiti"),
    ],
)
def test_parties_are_found(text: str, trigger: str, actor: str, recipient: str) -> None:
    at = text.index(trigger)
    found = encoder.parties(text, (at, at + len(trigger)))
    places = [(text.index(words), text.index(words) + len(words)) for words in (actor, recipient)]
    for (start, end), side in zip(places, (found.actors, found.recipients), strict=True):
        (party,) = side
        assert party.span[0] <= start < end <= party.span[1]  # how far a span goes varies
        assert 0.5 < party.chance <= 1.0
    (acting, other), (served, receiving) = (found.chances(*place) for place in places)
    assert min(acting, receiving) > 0.5 > max(other, served)


@given(st.text(max_size=150), st.integers(0, 150), st.integers(0, 150))
def test_any_text_has_an_answer(text: str, one: int, other: int) -> None:
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    found = encoder.parties(text, (start, end))
    for party in (*found.actors, *found.recipients):
        first, last = party.span
        assert 0 <= first < last <= len(text)
        assert 0 <= party.chance <= 1


def test_no_span_goes_on_from_the_other_role() -> None:
    scores = np.full((3, len(labels.SPANS)), -5.0, dtype=np.float32)
    for piece, name in enumerate(("B-S", "I-T", "I-T")):
        scores[piece, labels.SPANS.index(name)] = 0.0
    tags = decode(scores)
    named = [labels.SPANS[tag] for tag in tags]
    assert not any(b == "I-T" and a[-1] != "T" for a, b in pairwise(named))


def test_labels_become_spans() -> None:
    tags = np.array([labels.SPANS.index(name) for name in ("B-S", "I-S", "O", "B-T", "B-T")])
    offsets = [(0, 3), (3, 5), (6, 9), (10, 12), (13, 20)]
    assert list(spans(told(tags, "S"), offsets)) == [(0, 5)]
    assert list(spans(told(tags, "T"), offsets)) == [(10, 12), (13, 20)]
    assert list(runs([])) == []
