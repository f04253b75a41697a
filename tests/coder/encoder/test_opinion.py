"""What the encoder tells: probabilities, the same in any company."""

from __future__ import annotations

import random

import pytest

from dateline import ontology
from dateline.coder import encoder
from dateline.coder.encoder import labels, opinion

TEXT = "Kenya accused Somalia of sheltering gunmen."
MARKS = {"s": (0, 5), "e": (6, 13), "t": (14, 21)}


def test_every_head_gives_probabilities() -> None:
    found = encoder.read(TEXT, MARKS)
    for chances in (found.types(), found.statuses(), found.quads(), found.modes("ACCUSE")):
        assert sum(chances.values()) == pytest.approx(1.0)
    assert set(found.types()) == {*ontology.types(), "none"}
    assert set(found.modes("ACCUSE")) == {None, *ontology.modes("ACCUSE")}
    assert set(found.contexts()) == set(ontology.contexts())
    assert all(0 <= p <= 1 for p in found.contexts().values())


@pytest.mark.parametrize(
    ("text", "actor", "trigger", "recipient", "type"),
    [
        (TEXT, "Kenya", "accused", "Somalia", "ACCUSE"),
        ("The rebels shelled the army base.", "The rebels", "shelled", "the army", "ASSAULT"),
        ("Talks between Oman and Iran opened on Monday.", "Oman", "Talks", "Iran", "CONSULT"),
        ("Police arrested two party leaders.", "Police", "arrested", "two party leaders", "COERCE"),
        ("Norway sent tents and blankets to Haiti.", "Norway", "sent", "Haiti", "AID"),
        ("France urged Israel to halt its raids.", "France", "urged", "Israel", "REQUEST"),
    ],
)  # fmt: skip
def test_plain_sentences_are_typed(
    text: str, actor: str, trigger: str, recipient: str, type: str
) -> None:
    marks = {
        role: (text.index(words), text.index(words) + len(words))
        for role, words in (("s", actor), ("e", trigger), ("t", recipient))
    }
    found = encoder.read(text, marks).types()
    assert max(found, key=lambda t: found[t]) == type


def test_the_same_in_any_order_and_company() -> None:
    texts = [f"{TEXT} It was the {n}th time." * (n % 4 + 1) for n in range(12)]
    first = {text: encoder.read(text, MARKS).scores.tolist() for text in texts}
    random.Random(1).shuffle(texts)
    opinion._read.cache_clear()
    assert {text: encoder.read(text, MARKS).scores.tolist() for text in texts} == first


def test_outputs_and_labels_agree() -> None:
    assert len(encoder.read(TEXT, MARKS).scores) == labels.sections()["quad"].stop
