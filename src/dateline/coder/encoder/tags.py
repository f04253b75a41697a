"""Which words of a passage are a source, a cue or the content of an attribution, by the tagger."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from tokenizers import Encoding

from dateline.coder.encoder.decoding import Labels, Logs, likeliest, logs_of, spans
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
_FROM = np.array([[0.0, BEGIN, 9.0], [0.0, BEGIN, 0.0], [0.0, BEGIN, 0.0]], dtype=np.float32)
"""The cost of a label after another."""
_WORD = re.compile(r"\w|:")


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
    offsets = coded.offsets
    found = (spans(labels[:, role].tolist(), offsets) for role in range(len(ROLES)))
    return Tags(*(tuple(s for s in spans if _WORD.search(text, *s)) for spans in found))


def _scores(net: Network, ids: list[int]) -> Iterator[Logs]:
    first, last = net.tokenizer.token_to_id("[CLS]"), net.tokenizer.token_to_id("[SEP]")
    for at in range(0, len(ids), LONGEST):
        part = np.array([[first, *ids[at : at + LONGEST], last]], dtype=np.int64)
        yield net.run(ids=part)[0, 1:-1].reshape(-1, len(ROLES), LABELS)


def _likeliest(scores: Logs) -> Labels:
    """The likeliest labels, as (piece, role)."""
    logs = logs_of(scores)
    logs[:, :, 0] -= INSIDE
    return likeliest(logs, _FROM)
