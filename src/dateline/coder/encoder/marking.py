"""A sentence as the encoder reads it: word pieces, with actor, recipient and trigger marked.

The marks are single pieces around each phrase ("entity markers", Soares et al. 2019, "Matching the
Blanks"). They are put among the ids, not into the text, so that no text can forge one.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from tokenizers import Tokenizer

from dateline.coder.plain import plain

ROLES = ("s", "t", "e")
"""Actor, recipient, trigger."""
GUIDELINES = ("codebook", "plv", "quad", "spans", "arguments")
"""Whose rules a row is labelled by: our codebook; the PLV data (Hu et al. 2024); CAMEO's quads and
its spans of actors and recipients (the ConfliBERT benchmark); our spans of a trigger's parties."""
LONGEST = 96
"""Pieces of a sentence at most; what stands farthest from the marks is left out."""

Chars = tuple[int, int]
Piece = tuple[int, Chars]
_NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True)
class Marked:
    """Ids of the pieces, and where each role's opening mark stands; 0 for a role without one."""

    ids: tuple[int, ...]
    positions: tuple[int, int, int]
    offsets: tuple[Chars, ...]
    """The code points of each piece; of pieces that are not the text's, an empty span."""


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


def mark(
    tokenizer: Tokenizer, text: str, marks: Mapping[str, Chars], guideline: str = "codebook"
) -> Marked:
    """The ids of a text with its marked spans (code points), to be typed.

    The first ids are the start piece and the guideline's. Of marks that overlap, the first counts.
    """
    unused = [_id(tokenizer, f"[unused{n}]") for n in range(7 + len(GUIDELINES))]
    text = plain(text)
    body: list[Piece] = []
    opened: dict[str, int] = {}
    marked: list[int] = []
    at = 0
    for role, (start, end) in sorted(marks.items(), key=lambda item: item[1]):
        if start < at:
            continue
        body += _pieces(tokenizer, text, at, start)
        opened[role] = len(body)
        number = ROLES.index(role)
        body.append((unused[1 + 2 * number], _NOWHERE))
        body += _pieces(tokenizer, text, start, end)
        body.append((unused[2 + 2 * number], _NOWHERE))
        marked += range(opened[role], len(body))
        at = end
    body += _pieces(tokenizer, text, at, len(text))
    kept = _nearest(len(body), marked)
    place = {piece: n for n, piece in enumerate(kept)}
    return Marked(
        ids=(
            _id(tokenizer, "[CLS]"),
            unused[7 + GUIDELINES.index(guideline)],
            *(body[i][0] for i in kept),
            _id(tokenizer, "[SEP]"),
        ),
        positions=(
            place.get(opened.get("s", -1), -2) + 2,
            place.get(opened.get("t", -1), -2) + 2,
            place.get(opened.get("e", -1), -2) + 2,
        ),
        offsets=(_NOWHERE, _NOWHERE, *(body[i][1] for i in kept), _NOWHERE),
    )


def _id(tokenizer: Tokenizer, piece: str) -> int:
    found = tokenizer.token_to_id(piece)
    if found is None:
        raise ValueError(f"the tokenizer has no piece {piece}")
    return int(found)


def _pieces(tokenizer: Tokenizer, text: str, start: int, end: int) -> list[Piece]:
    if start >= end:
        return []
    coded = tokenizer.encode(text[start:end], add_special_tokens=False)
    places = ((start + a, start + b) for a, b in coded.offsets)
    return list(zip(coded.ids, places, strict=True))


def _nearest(size: int, marked: list[int]) -> list[int]:
    """The pieces that are kept, in order: all, or those nearest to a mark."""
    if size <= LONGEST:
        return list(range(size))
    if not marked:
        return list(range(LONGEST))
    inside = set(marked)
    distance = [0 if i in inside else size for i in range(size)]
    for i in range(1, size):
        distance[i] = min(distance[i], distance[i - 1] + 1)
    for i in range(size - 2, -1, -1):
        distance[i] = min(distance[i], distance[i + 1] + 1)
    order = sorted(range(size), key=lambda i: (distance[i], i))
    return sorted(order[:LONGEST])
