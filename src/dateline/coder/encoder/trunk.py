"""What the lower layers make of a passage: read once, for all that is then asked of it.

The tagger of attributions and the typing of each candidate go on from the same states.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder.decoding import Logs
from dateline.coder.encoder.marking import Chars
from dateline.coder.encoder.session import network, tokenizer
from dateline.coder.plain import plain

NAME = "trunk"
LONGEST = 190
"""Pieces of a pass at most; a longer passage is read in parts."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The states (piece, width) of a passage's word pieces, and their code points."""

    offsets: list[Chars]
    states: Logs
    edges: list[tuple[Logs, Logs]]
    """The states (width) of the start and end pieces of each part."""

    def rows(self, pieces: list[int]) -> Logs:
        """The states (1, piece, width) of some pieces of one sentence, between start and end."""
        start, end = self.edges[pieces[0] // LONGEST if pieces else 0]
        return np.concatenate([start[None], self.states[pieces], end[None]])[None]

    def parts(self) -> list[list[int]]:
        """The pieces of each part."""
        size = len(self.offsets)
        return [list(range(at, min(at + LONGEST, size))) for at in range(0, size, LONGEST)]


@lru_cache(maxsize=256)
def passage(text: str) -> Passage:
    """A passage, read."""
    words = tokenizer()
    coded = words.encode(plain(text), add_special_tokens=False)
    first, last = words.token_to_id("[CLS]"), words.token_to_id("[SEP]")
    made, edges = [], []
    for at in range(0, max(1, len(coded.ids)), LONGEST):
        part = np.array([[first, *coded.ids[at : at + LONGEST], last]], dtype=np.int64)
        states = network(NAME).run(ids=part)[0]
        made.append(states[1:-1])
        edges.append((states[0], states[-1]))
    return Passage(coded.offsets, np.concatenate(made), edges)
