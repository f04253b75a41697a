"""From scores of pieces to spans: the labels that may follow each other, and their runs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from dateline.coder.encoder.marking import Chars

Logs = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Labels = np.ndarray[tuple[int, ...], np.dtype[np.int64]]

OUTSIDE, FIRST = 0, 1
"""Of three labels: outside, the first piece of a span, a further one."""


def logs_of(scores: Logs) -> Logs:
    """Log-probabilities of scores whose last axis are the labels."""
    return np.asarray(scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True))


def likeliest(logs: Logs, cost: Logs) -> Labels:
    """The likeliest labels (piece, chain) of log-probabilities (piece, chain, label), by Viterbi.

    `cost` is that of a label (second axis) after another; before the first piece it is outside.
    """
    pieces, chains, _ = logs.shape
    best = logs[0] - cost[OUTSIDE]
    back = np.zeros(logs.shape, dtype=np.int64)
    for piece in range(1, pieces):
        ways = best[:, :, None] - cost
        back[piece] = ways.argmax(1)
        best = ways.max(1) + logs[piece]
    found = np.zeros((pieces, chains), dtype=np.int64)
    found[-1] = best.argmax(-1)
    for piece in range(pieces - 1, 0, -1):
        found[piece - 1] = back[piece][np.arange(chains), found[piece]]
    return found


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
