"""Whom the words of a sentence name as actor and recipient of a marked trigger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import Labels, Logs, likeliest, logs_of, runs
from dateline.coder.encoder.marking import Chars, mark
from dateline.coder.encoder.opinion import NAME
from dateline.coder.encoder.session import network

GUIDELINE = "arguments"
_BARRED = 9.0
"""What a further piece costs that follows none of its own role (log-odds)."""


@dataclass(frozen=True, slots=True)
class Party:
    """Words that name a party, and the mean probability of their pieces to be one."""

    span: Chars
    chance: float


@dataclass(frozen=True, slots=True)
class Parties:
    """The likeliest actors and recipients in the order of the text."""

    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    _pieces: tuple[tuple[Chars, float, float], ...]

    def chances(self, start: int, end: int) -> tuple[float, float]:
        """How likely the words from `start` to `end` are the actor, and the recipient."""
        found = [(s, t) for (a, b), s, t in self._pieces if a < end and start < b]
        if not found:
            return 0.0, 0.0
        return sum(s for s, _ in found) / len(found), sum(t for _, t in found) / len(found)


def parties(text: str, trigger: Chars) -> Parties:
    """The parties of the event that the trigger (code points of a sentence) reports."""
    return _parties(text, trigger)


def told(tags: Labels, role: str) -> list[int]:
    """Of one role (`S`, `T`), whether each piece is outside, first or further."""
    first, further = labels.SPANS.index(f"B-{role}"), labels.SPANS.index(f"I-{role}")
    return [1 if tag == first else 2 if tag == further else 0 for tag in tags.tolist()]


def decode(scores: Logs) -> Labels:
    """The likeliest labels of a sentence's pieces, of scores (piece, label)."""
    return likeliest(logs_of(scores)[:, None], _COST)[:, 0]


@lru_cache(maxsize=256)
def _parties(text: str, trigger: Chars) -> Parties:
    net = network(NAME)
    marked = mark(net.tokenizer, text, {"e": trigger}, GUIDELINE)
    ids = np.array([marked.ids], dtype=np.int64)
    positions = np.array([marked.positions], dtype=np.int64)
    scores = net.run("tags", ids=ids, positions=positions)[0]
    real = [n for n, (start, end) in enumerate(marked.offsets) if start < end]
    if not real:
        return Parties((), (), ())
    scores, offsets = scores[real], [marked.offsets[n] for n in real]
    chances, tags = np.exp(logs_of(scores)), decode(scores)
    found = []
    for role in "ST":
        own = chances[:, [i for i, name in enumerate(labels.SPANS) if name[-1] == role]].sum(-1)
        found.append((own, [(first, end) for first, end in runs(told(tags, role))]))
    actors, recipients = (
        tuple(Party((offsets[a][0], offsets[b - 1][1]), float(own[a:b].mean())) for a, b in of)
        for own, of in found
    )
    sides = zip(offsets, found[0][0].tolist(), found[1][0].tolist(), strict=True)
    return Parties(actors, recipients, tuple(sides))


def _costs() -> Logs:
    cost = np.zeros((len(labels.SPANS), len(labels.SPANS)), dtype=np.float32)
    for before, left in enumerate(labels.SPANS):
        for after, right in enumerate(labels.SPANS):
            if right[0] == "I" and left[-1] != right[-1]:
                cost[before, after] = _BARRED
    return cost


_COST = _costs()
