"""How likely each word piece of a passage is a source, a cue or the content of an attribution."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from dateline.coder.encoder.decoding import Logs, logs_of
from dateline.coder.encoder.marking import Chars
from dateline.coder.encoder.session import Network, network
from dateline.coder.plain import plain

NAME = "attributions"
ROLES = ("source", "cue", "content")
LABELS = 3
"""Of each role: outside, first, further."""
LONGEST = 190
"""Pieces of a pass at most; a longer passage is read in parts."""


@dataclass(frozen=True, slots=True)
class Tags:
    """Log-probabilities (piece, role, label) of a passage; offsets are code points of it."""

    offsets: list[Chars]
    logs: Logs


def tag(text: str) -> Tags:
    """What the tagger makes of a passage."""
    net = network(NAME)
    coded = net.tokenizer.encode(plain(text), add_special_tokens=False)
    none = np.zeros((0, len(ROLES), LABELS), dtype=np.float32)
    scores = np.concatenate([none, *_scores(net, coded.ids)])
    return Tags(coded.offsets, logs_of(scores))


def _scores(net: Network, ids: list[int]) -> Iterator[Logs]:
    first, last = net.tokenizer.token_to_id("[CLS]"), net.tokenizer.token_to_id("[SEP]")
    for at in range(0, len(ids), LONGEST):
        part = np.array([[first, *ids[at : at + LONGEST], last]], dtype=np.int64)
        yield net.run(ids=part)[0, 1:-1].reshape(-1, len(ROLES), LABELS)
