"""Sources, cues and contents told apart together."""

from __future__ import annotations

import numpy as np
import pytest

from dateline import models
from dateline.coder.attribution import joint
from dateline.coder.attribution.clues import EDGES, PLACED, RULED, SCORED, clues, edges
from dateline.coder.attribution.find import ruled_claims
from dateline.coder.attribution.tree import Tree
from dateline.coder.encoder import Tags, tag
from dateline.coder.parse import paragraphs
from dateline.errors import DatelineError
from dateline.records import Article

SAID = "The mayor said that the bridge was safe."


def _tree(text: str) -> Tree:
    (paragraph,) = paragraphs(Article(id="a", text=text))
    return Tree(paragraph.doc)


def test_no_word_has_two_roles() -> None:
    text = f'{SAID} "We praised the bishop for asking for help," he added.'
    tree = _tree(text)
    table = clues(tree, tag(text), 0, (), joint.chain().names)
    found = [span for spans in joint.spans(tree, table, edges(tree)) for span in spans]
    assert len(found) > 4
    assert all(one is other or one[1] <= other[0] or other[1] <= one[0]
               for one in found for other in found)  # fmt: skip


def test_the_weights_know_every_clue() -> None:
    names = joint.chain().names
    assert {"always", *SCORED, *PLACED, *RULED} <= set(names)
    assert joint.chain().states.shape == (len(names), len(joint.STATES))
    assert joint.chain().steps.shape == (len(EDGES), len(joint.STATES), len(joint.STATES))


def test_the_rules_claims_are_clues() -> None:
    parsed = paragraphs(Article(id="a", text=SAID))
    trees = [Tree(parsed[0].doc)]
    names = joint.chain().names
    table = clues(trees[0], tag(SAID), 0, ruled_claims(parsed, trees), names)
    words = [t.text for t in parsed[0].doc]
    first = table[:, names.index("content by rule, first")]
    assert [words[i] for i in np.flatnonzero(first)] == ["that"]
    assert table[words.index("said"), names.index("cue by rule, asserted")] == 1


def test_a_further_piece_does_not_change_a_tokens_first() -> None:
    tree = _tree("Uno, dos.")
    logs = np.log(np.full((4, 3, 3), 1 / 3, dtype=np.float32))
    logs[0, 0] = np.log([0.1, 0.8, 0.1])
    tags = Tags([(0, 2), (2, 3), (3, 4), (5, 8)], logs)
    names = joint.chain().names
    table = clues(tree, tags, 0, (), names)
    assert table[0, names.index("first source")] == pytest.approx(np.log(8) / 4)
    assert table[2, names.index("first source")] == 0


def test_nothing_in_nothing_out() -> None:
    tree = _tree("?")
    empty = np.zeros((0, len(joint.chain().names)), dtype=np.float32)
    assert joint.spans(tree, empty, np.zeros((0, len(EDGES)), dtype=np.float32)) == ([], [], [])


def test_weights_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> None:
    monkeypatch.setattr(models, "folder", lambda _: tmp_path)
    joint.chain.cache_clear()
    with pytest.raises(DatelineError, match=r"joint\.csv: install dateline anew"):
        joint.chain()
    monkeypatch.undo()
    joint.chain.cache_clear()
