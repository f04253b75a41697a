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
    pieces, chains, labels = logs.shape
    best = logs[0] - cost[OUTSIDE]
    ways = np.zeros((pieces, chains, labels, labels), dtype=best.dtype)
    for way, log in zip(ways[1:], logs[1:], strict=True):
        np.subtract(best[:, :, None], cost, out=way)
        best = np.maximum.reduce(way, axis=1) + log
    found = [best.argmax(-1).tolist()]
    for back in reversed(ways[1:].argmax(2).tolist()):
        found.append([came[label] for came, label in zip(back, found[-1], strict=True)])
    return np.array(found[::-1], dtype=np.int64)


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
