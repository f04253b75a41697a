"""Passages in quote marks: where they open and close, and which of them are direct speech."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from dateline.coder.attribution.tree import Tree
from dateline.coder.plain import text_of

_MARK = re.compile(r'"|\'\'|``')
_STOP = re.compile(r"[.,!?;:\-–—…]\s*(?:\"|''|``)?\s*$")
_LEAD = re.compile(r"(?:^|[,:.!?;\-–—…)\"']|\bthat)\s*$")
SHORTEST = 4
"""Tokens between marks from which a passage that closes without a stop can be speech."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage in quote marks within one paragraph, by characters of it and by tokens."""

    start: int
    end: int
    first: int
    last: int
    """Token end, exclusive."""
    closed: bool
    speech: bool
    """Whether it is a whole saying, set off, not words worked into a sentence."""


def quotes_in(tree: Tree) -> list[Quote]:
    """The quoted passages of a paragraph, in order, never overlapping."""
    text: str = text_of(tree.doc)
    spans: list[tuple[int, int, bool]] = []
    begun: int | None = None
    for mark in _MARK.finditer(text):
        if begun is None:
            if _opens(text, mark.start(), mark.end()):
                begun = mark.start()
        elif _opens(text, mark.start(), mark.end()) and not _closes(text, mark.start(), mark.end()):
            spans.append((begun, mark.start(), False))
            begun = mark.start()
        else:
            spans.append((begun, mark.end(), True))
            begun = None
    if begun is not None:
        spans.append((begun, len(text), False))
    if not spans:
        return []
    starts = [token.idx for token in tree.doc]
    return [_quote(text, starts, *span) for span in spans]


def _opens(text: str, start: int, end: int) -> bool:
    before = text[start - 1] if start else " "
    return not before.isalnum() and before not in ".,!?" and not text[end : end + 1].isspace()


def _closes(text: str, start: int, end: int) -> bool:
    after = text[end] if end < len(text) else " "
    return start > 0 and not text[start - 1].isspace() and not after.isalnum()


def _quote(text: str, starts: list[int], start: int, end: int, closed: bool) -> Quote:
    first = max(bisect_right(starts, start) - 1, 0)
    last = bisect_left(starts, end)
    inner = text[start:end]
    long = last - first - 2 >= SHORTEST
    stopped = bool(_STOP.search(inner)) or not closed or bool(re.match(r"\s*[,:]", text[end:]))
    led = bool(_LEAD.search(text[:start]))
    letter = next((c for c in inner if c.isalpha()), "a")
    speech = led and ((stopped and (long or letter.isupper())) or (long and letter.isupper()))
    return Quote(start, end, first, last, closed, speech)
