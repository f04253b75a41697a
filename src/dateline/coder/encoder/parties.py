"""Whom the words of a sentence name as actor and recipient of a marked trigger."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import OUTSIDE, Logs, likeliest, logs_of, runs
from dateline.coder.encoder.marking import Chars, under
from dateline.coder.encoder.opinion import sentence

NAME = "parties"
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
    """What the network tells of each piece of a sentence: log-probabilities of its labels."""

    offsets: tuple[Chars, ...]
    logs: Logs

    @property
    def actors(self) -> tuple[Party, ...]:
        """The likeliest actors in the order of the text."""
        return self._of("S")

    @property
    def recipients(self) -> tuple[Party, ...]:
        """The likeliest recipients in the order of the text."""
        return self._of("T")

    def chances(self, start: int, end: int) -> tuple[float, float]:
        """How likely the words from `start` to `end` are the actor, and the recipient."""
        own = under(self.offsets, start, end)
        if not own:
            return 0.0, 0.0
        acting, receiving = (sum(self._chances(role)[own].tolist()) / len(own) for role in "ST")
        return acting, receiving

    def _of(self, role: str) -> tuple[Party, ...]:
        chances = self._chances(role)
        return tuple(
            Party((self.offsets[a][0], self.offsets[b - 1][1]), float(chances[a:b].mean()))
            for a, b in runs(told(decode(self.logs), role))
        )

    def _chances(self, role: str) -> Logs:
        own = [n for n, name in enumerate(labels.SPANS) if name[-1] == role]
        return np.asarray(np.exp(self.logs)[:, own].sum(-1))


@lru_cache(maxsize=256)
def parties(text: str, trigger: Chars, within: Chars | None = None) -> Parties:
    """The parties of the event that a trigger reports, in the sentence `within` a passage.

    All places are code points of `text`; without `within` the passage is the sentence.
    """
    read = sentence(text, {"e": trigger}, GUIDELINE, within)
    return Parties(read.offsets, logs_of(read.told(NAME)[0, 1:-1, labels.pieces()["parties"]]))


def told(tags: Iterable[int], role: str) -> list[int]:
    """Of one role (`S`, `T`), whether each piece is outside, first or further."""
    first, further = labels.SPANS.index(f"B-{role}"), labels.SPANS.index(f"I-{role}")
    return [1 if tag == first else 2 if tag == further else 0 for tag in tags]


def decode(scores: Logs) -> list[int]:
    """The likeliest labels of a sentence's pieces, of scores (piece, label)."""
    steps = np.broadcast_to(_STEPS, (len(scores), *_STEPS.shape))
    return likeliest(logs_of(scores), steps, _STEPS[OUTSIDE])


def _steps() -> Logs:
    steps = np.zeros((len(labels.SPANS), len(labels.SPANS)), dtype=np.float32)
    for before, left in enumerate(labels.SPANS):
        for after, right in enumerate(labels.SPANS):
            if right[0] == "I" and left[-1] != right[-1]:
                steps[before, after] = -_BARRED
    return steps


_STEPS = _steps()
