"""Which words of a sentence report an event, and of which type."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import Logs, logs_of
from dateline.coder.encoder.marking import Chars
from dateline.coder.encoder.opinion import sentence
from dateline.coder.encoder.parties import NAME

GUIDELINE = "triggers"


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that report an event, its likeliest type, and how likely it is any event."""

    span: Chars
    type: str
    chance: float


@dataclass(frozen=True, slots=True)
class Triggers:
    """Of each piece of a sentence: log-probabilities of no trigger and of each type."""

    offsets: tuple[Chars, ...]
    logs: Logs

    def found(self) -> Iterator[Trigger]:
        """Runs of pieces that are likelier a trigger than not, in the order of the text."""
        outside = np.exp(self.logs[:, 0])
        best = self.logs[:, 1:].argmax(1) + 1
        n = 0
        while n < len(outside):
            end = n + 1
            if outside[n] < 0.5:
                while end < len(outside) and outside[end] < 0.5 and best[end] == best[n]:
                    end += 1
                span = self.offsets[n][0], self.offsets[end - 1][1]
                yield Trigger(span, labels.triggers()[best[n]], float(1 - outside[n:end].min()))
            n = end

    def chance(self, start: int, end: int) -> float:
        """How likely the words from `start` to `end` report any event."""
        own = [n for n, (a, b) in enumerate(self.offsets) if a < end and start < b]
        return float(1 - np.exp(self.logs[own, 0].min())) if own else 0.0


@lru_cache(maxsize=256)
def triggers(text: str, within: Chars | None = None) -> Triggers:
    """The triggers of a sentence `within` a passage; places are code points of `text`."""
    read = sentence(text, {}, GUIDELINE, within)
    told = read.told(NAME)[0, 1:-1, labels.pieces()["triggers"]]
    return Triggers(read.offsets, logs_of(told))
