"""Which source and which contents belong to a cue, where all three are known by their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dateline.coder.attribution.claims import Chars

_STOP = re.compile(r"(?:^|[a-z]{3}|[\"”’')\d])[.!?][\"'”’)]*\s")
"""The end of a sentence, not of "Mr." or "Sen."."""
FARTHEST_CONTENT = 800
FARTHEST_SOURCE = 400
"""What a link may cost at most, in characters."""
OTHER_CUE = 200
STOP = 60
LINE = 300
"""What it costs to cross another cue, the end of a sentence, the end of a line."""
CONTENT = 40
"""What it costs a source to stand across the content."""


@dataclass(frozen=True, slots=True)
class Link:
    """A cue with what belongs to it."""

    cue: Chars
    source: Chars | None
    contents: tuple[Chars, ...]


def link(
    text: str, sources: Sequence[Chars], cues: Sequence[Chars], contents: Sequence[Chars]
) -> list[Link]:
    """Each cue of a passage with its nearest source and the contents that it is nearest to.

    Every content goes to one cue; a source may serve several ("said … and added").
    """
    own: dict[Chars, list[Chars]] = {cue: [] for cue in cues}
    for content in contents:

        def cost(cue: Chars, content: Chars = content) -> int:
            return _distance(text, cue, content, cues) + 5 * (content < cue)

        cue = _nearest(content, cues, cost, FARTHEST_CONTENT)
        if cue is not None:
            own[cue].append(content)
    return [Link(cue, _source(text, cue, sources, cues, contents), tuple(own[cue])) for cue in cues]


def _source(
    text: str,
    cue: Chars,
    sources: Sequence[Chars],
    cues: Sequence[Chars],
    contents: Sequence[Chars],
) -> Chars | None:
    def cost(source: Chars) -> int:
        across = sum(_between(content, cue, source) for content in contents)
        crossed = (OTHER_CUE - STOP) * sum(_between(other, cue, source) for other in cues)
        near = _distance(text, cue, source, cues) - crossed
        return near + CONTENT * across + 10 * (source > cue)

    return _nearest(cue, sources, cost, FARTHEST_SOURCE)


def _nearest(
    to: Chars, others: Sequence[Chars], cost: Callable[[Chars], int], farthest: int
) -> Chars | None:
    """The cheapest span, the first of those alike; none costs less than the gap before it."""
    best, least = None, farthest
    for gap, _, other in sorted((_gap(to, o), n, o) for n, o in enumerate(others)):
        if gap > least or gap >= farthest:
            break
        price = cost(other)
        if price < least or (price == least and best is not None and other < best):
            best, least = other, price
    return best


def _gap(one: Chars, other: Chars) -> int:
    return max(max(one[0], other[0]) - min(one[1], other[1]), 0)


def _distance(text: str, cue: Chars, other: Chars, cues: Sequence[Chars]) -> int:
    low, high = min(cue[1], other[1]), max(cue[0], other[0])
    between = text[low:high] if low < high else ""
    crossed = sum(_between(c, cue, other) for c in cues)
    return (
        max(high - low, 0)
        + OTHER_CUE * crossed
        + STOP * len(_STOP.findall(between))
        + LINE * between.count("\n")
    )


def _between(span: Chars, one: Chars, other: Chars) -> bool:
    return span != one and min(one[1], other[1]) <= span[0] < max(one[0], other[0])
