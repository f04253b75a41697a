"""Which words of a passage are a source, a cue or the content of an attribution, by the tagger."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding

from dateline.coder.encoder.marking import Chars
from dateline.coder.encoder.session import Network, network
from dateline.coder.plain import plain

NAME = "attributions"
ROLES = ("source", "cue", "content")
LABELS = 3
"""Of each role: outside, first, further."""
LONGEST = 190
"""Pieces of a pass at most; a longer passage is read in parts."""

Matrix = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Tags:
    """Spans of each role in order, as code points of the passage."""

    sources: tuple[Chars, ...]
    cues: tuple[Chars, ...]
    contents: tuple[Chars, ...]


def tag(text: str) -> Tags:
    """The tagged spans of a passage."""
    net = network(NAME)
    coded: Encoding = net.tokenizer.encode(plain(text), add_special_tokens=False)
    scores = np.concatenate([*_scores(net, coded.ids), np.zeros((0, len(ROLES), LABELS))])
    found = [tuple(_spans(scores[:, role], coded.offsets)) for role in range(len(ROLES))]
    return Tags(*found)


def _scores(net: Network, ids: list[int]) -> Iterator[Matrix]:
    first, last = net.tokenizer.token_to_id("[CLS]"), net.tokenizer.token_to_id("[SEP]")
    for at in range(0, len(ids), LONGEST):
        part = np.array([[first, *ids[at : at + LONGEST], last]], dtype=np.int64)
        yield net.run(ids=part)[0, 1:-1].reshape(-1, len(ROLES), LABELS)


def _spans(scores: np.ndarray, offsets: list[Chars]) -> Iterator[Chars]:  # type: ignore[type-arg]
    """Runs of pieces that are inside: a first piece begins a run, and so does one after outside."""
    best = scores.argmax(-1)
    start: int | None = None
    for piece, label in enumerate([*best, 0]):
        joined = piece and label == 1 and offsets[piece][0] == offsets[piece - 1][1]
        if start is not None and (label == 0 or (label == 1 and not joined)):
            yield offsets[start][0], offsets[piece - 1][1]
            start = None
        if label and start is None:
            start = piece
