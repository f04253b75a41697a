"""Which words of a passage are a source, a cue or the content of an attribution, by the tagger."""

from __future__ import annotations

import re
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

INSIDE = 1.0
"""What speaks for a piece's being inside, beside the network (log-odds): it was tuned on PolNeAR's
dev part, where the network alone leaves out more than it brings in."""
BEGIN = 0.5
"""What it costs to begin a span (log-odds), so that spans do not fall apart."""
_FROM = np.array([[0.0, BEGIN, 9.0], [0.0, BEGIN, 0.0], [0.0, BEGIN, 0.0]])
"""The cost of a label after another."""
_WORD = re.compile(r"\w|:")

Matrix = np.ndarray[tuple[int, int, int], np.dtype[np.float32]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.int64]]


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
    if not coded.ids:
        return Tags((), (), ())
    labels = _likeliest(np.concatenate([*_scores(net, coded.ids)]))
    found = (_spans(labels[:, role], coded.offsets) for role in range(len(ROLES)))
    return Tags(*(tuple(s for s in spans if _WORD.search(text, *s)) for spans in found))


def _scores(net: Network, ids: list[int]) -> Iterator[Matrix]:
    first, last = net.tokenizer.token_to_id("[CLS]"), net.tokenizer.token_to_id("[SEP]")
    for at in range(0, len(ids), LONGEST):
        part = np.array([[first, *ids[at : at + LONGEST], last]], dtype=np.int64)
        yield net.run(ids=part)[0, 1:-1].reshape(-1, len(ROLES), LABELS)


def _likeliest(scores: Matrix) -> Labels:
    """The likeliest sequence of labels of each role (Viterbi), as (piece, role)."""
    logs = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    logs[:, :, 0] -= INSIDE
    best = logs[0] - _FROM[0]
    back = np.zeros((len(logs), len(ROLES), LABELS), dtype=np.int64)
    for piece in range(1, len(logs)):
        ways = best[:, :, None] - _FROM
        back[piece] = ways.argmax(1)
        best = ways.max(1) + logs[piece]
    found = np.zeros((len(logs), len(ROLES)), dtype=np.int64)
    found[-1] = best.argmax(-1)
    for piece in range(len(logs) - 1, 0, -1):
        found[piece - 1] = back[piece][np.arange(len(ROLES)), found[piece]]
    return found


def _spans(labels: Labels, offsets: list[Chars]) -> Iterator[Chars]:
    """Runs of pieces that are inside; a first piece begins one."""
    start: int | None = None
    for piece, label in enumerate([*labels, 0]):
        if start is not None and label in {0, 1}:
            yield offsets[start][0], offsets[piece - 1][1]
            start = None
        if label and start is None:
            start = piece
