"""From scores of pieces to spans: the labels that may follow each other, and their runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from dateline.coder.encoder.marking import Chars

Logs = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

OUTSIDE, FIRST = 0, 1
"""Of three labels: outside, the first piece of a span, a further one."""


def logs_of(scores: Logs) -> Logs:
    """Log-probabilities of scores whose last axis are the labels."""
    return np.asarray(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))


def likeliest(scores: Logs, steps: Logs, begin: Logs) -> list[int]:
    """The likeliest sequence of labels, by Viterbi, of scores (piece, label).

    `steps` (piece, label, label) is what speaks for a label (last axis) after another, from the
    second piece on; `begin` (label) the same for the first piece.
    """
    if not len(scores):
        return []
    best = scores[0] + begin
    back = np.zeros(scores.shape, dtype=np.int64)
    for piece in range(1, len(scores)):
        ways = best[:, None] + steps[piece]
        back[piece] = ways.argmax(0)
        best = ways.max(0) + scores[piece]
    found = [int(best.argmax())]
    for piece in range(len(scores) - 1, 0, -1):
        found.append(int(back[piece][found[-1]]))
    return found[::-1]


def runs(labels: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Runs of pieces that are inside, as first and past the last; a first piece begins one."""
    start: int | None = None
    for piece, label in enumerate([*labels, OUTSIDE]):
        if start is not None and label in {OUTSIDE, FIRST}:
            yield start, piece
            start = None
        if label != OUTSIDE and start is None:
            start = piece


def spans(labels: Iterable[int], offsets: Sequence[Chars]) -> Iterator[Chars]:
    """What the runs enclose, in code points."""
    for first, end in runs(labels):
        yield offsets[first][0], offsets[end - 1][1]
