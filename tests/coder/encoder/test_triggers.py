"""Which words of a sentence report an event."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline import ontology
from dateline.coder import encoder
from dateline.coder.encoder import Triggers, labels


@pytest.mark.parametrize(
    ("text", "word", "type"),
    [
        ("Kenya accused Somalia of sheltering gunmen.", "accused", "ACCUSE"),
        ("Rebels shelled the army base near the town on Monday.", "shelled", "ASSAULT"),
        ("Police arrested two opposition leaders in the capital.", "arrested", "COERCE"),
    ],
)
def test_plain_triggers_are_found(text: str, word: str, type: str) -> None:
    at = text.index(word)
    told = encoder.triggers(text)
    assert told.chance(at, at + len(word)) > 0.5
    assert type in {trigger.type for trigger in told.found() if trigger.span[0] == at}


def test_what_reports_nothing_has_none() -> None:
    assert not list(encoder.triggers("The bakery on the corner sells bread and cakes.").found())


def test_pieces_of_one_type_are_one_trigger() -> None:
    scores = np.full((4, len(labels.triggers())), -9.0, dtype=np.float32)
    for piece, type in enumerate(("O", "AID", "AID", "ASSAULT")):
        scores[piece, labels.triggers().index(type)] = 0.0
    told = Triggers(((0, 3), (4, 7), (7, 9), (10, 15)), scores)
    assert [(t.span, t.type) for t in told.found()] == [((4, 9), "AID"), ((10, 15), "ASSAULT")]


@settings(max_examples=25)
@given(st.text(max_size=120))
def test_any_text_has_an_answer(text: str) -> None:
    for trigger in encoder.triggers(text).found():
        assert 0 <= trigger.span[0] < trigger.span[1] <= len(text)
        assert trigger.type in ontology.types()
        assert 0.5 <= trigger.chance <= 1
