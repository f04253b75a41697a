"""How likely each word piece of a passage is a source, a cue or the content of an attribution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from dateline.coder.encoder.decoding import Logs, logs_of
from dateline.coder.encoder.marking import Chars
from dateline.coder.encoder.session import network
from dateline.coder.encoder.trunk import passage

NAME = "attributions"
ROLES = ("source", "cue", "content")
LABELS = 3
"""Of each role: outside, first, further."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Log-probabilities (piece, role, label) of a passage; offsets are code points of it."""

    offsets: list[Chars]
    logs: Logs


def tag(text: str) -> Tags:
    """What the tagger makes of a passage."""
    given = passage(text)
    scores = [np.zeros((0, len(ROLES), LABELS), dtype=np.float32)]
    for part in given.parts():
        told = network(NAME).run(states=given.rows(part))[0, 1:-1]
        scores.append(told.reshape(-1, len(ROLES), LABELS))
    return Tags(given.offsets, logs_of(np.concatenate(scores)))
