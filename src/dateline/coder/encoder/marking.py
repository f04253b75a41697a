"""Actor, recipient and trigger of a sentence as marks on its word pieces.

A mark is a vector that is added to a piece's state between the trunk and the layers that type a
sentence, so that one reading of the text serves every event in it, and no text can forge a mark.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

ROLES = ("s", "t", "e")
"""Actor, recipient, trigger."""
GUIDELINES = ("codebook", "plv", "quad", "spans", "arguments", "triggers")
"""Whose rules a row is labelled by: our codebook; the PLV data (Hu et al. 2024); CAMEO's quads and
its spans of actors and recipients (the ConfliBERT benchmark); our spans of a trigger's parties, and
of all triggers of a sentence."""
LONGEST = 96
"""Pieces of a sentence at most; what stands farthest from the marks is left out."""

Chars = tuple[int, int]
Flags = tuple[bool, ...]
"""Of a piece: whether it belongs to each role."""


def unmark(marked: str, roles: Collection[str] = ROLES) -> tuple[str, dict[str, Chars]]:
    """A text without its tags (`<s>…</s>`), and what those of each role enclose.

    Of several alike the first counts; tags that enclose nothing, or are not closed, give no span.
    """
    text, at, bounds = "", 0, dict[str, int]()
    for match in re.finditer(rf"</?[{''.join(roles)}]>", marked):
        text += marked[at : match.start()]
        bounds.setdefault(match[0], len(text))
        at = match.end()
    text += marked[at:]
    spans = {}
    for role in roles:
        start, end = bounds.get(f"<{role}>", 0), bounds.get(f"</{role}>", 0)
        if start < end:
            spans[role] = start, end
    return text, spans


def under(offsets: Sequence[Chars], start: int, end: int) -> list[int]:
    """The pieces that hold any of the words from `start` to `end`."""
    return [n for n, (a, b) in enumerate(offsets) if a < end and start < b]


def flags(offsets: Sequence[Chars], marks: Mapping[str, Chars]) -> list[Flags]:
    """The roles of each piece, of the code points of the pieces and of the marked spans."""
    spans = [marks.get(role, (0, 0)) for role in ROLES]
    return [tuple(a < end and start < b for start, end in spans) for a, b in offsets]


def kept(marked: Sequence[Flags]) -> list[int]:
    """The pieces of a sentence that are read, in order: all, or those nearest to a mark."""
    size = len(marked)
    if size <= LONGEST:
        return list(range(size))
    inside = [n for n, piece in enumerate(marked) if any(piece)]
    if not inside:
        return list(range(LONGEST))
    distance = [size] * size
    for n in inside:
        distance[n] = 0
    for n in range(1, size):
        distance[n] = min(distance[n], distance[n - 1] + 1)
    for n in range(size - 2, -1, -1):
        distance[n] = min(distance[n], distance[n + 1] + 1)
    return sorted(sorted(range(size), key=lambda n: (distance[n], n))[:LONGEST])
