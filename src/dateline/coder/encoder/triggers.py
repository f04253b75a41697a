"""Which words of a sentence report an event."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import Logs, logs_of
from dateline.coder.encoder.marking import Chars, under
from dateline.coder.encoder.opinion import sentence
from dateline.coder.encoder.parties import NAME

GUIDELINE = "triggers"


@dataclass(frozen=True, slots=True)
class Triggers:
    """Of each piece of a sentence: log-probabilities of no trigger and of each type."""

    offsets: tuple[Chars, ...]
    logs: Logs

    def chance(self, start: int, end: int) -> float:
        """How likely the words from `start` to `end` report any event."""
        own = under(self.offsets, start, end)
        return float(1 - np.exp(self.logs[own, 0].min())) if own else 0.0


@lru_cache(maxsize=256)
def triggers(text: str, within: Chars | None = None) -> Triggers:
    """The triggers of a sentence `within` a passage; places are code points of `text`."""
    read = sentence(text, {}, GUIDELINE, within)
    told = read.told(NAME)[0, 1:-1, labels.pieces()["triggers"]]
    return Triggers(read.offsets, logs_of(told))
