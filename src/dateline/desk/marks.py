"""Text with the parts of its mentions marked, as HTML.

Marks may nest and overlap. The text is cut where marks begin and end, and each piece lies within
the marks that cover it, the one that began first outermost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, Protocol

from markupsafe import Markup, escape

from dateline.records import Mention

Kind = Literal["actor", "recipient", "trigger", "time", "place", "source", "cue"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Characters `start` to `end` (exclusive) of a text, and what they are."""

    start: int
    end: int
    kind: Kind
    href: str | None = None
    """A page of the desk that the mark leads to."""
    title: str | None = None


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def of_mention(mention: Mention, href: str | None = None) -> list[Mark]:
    """The marks of a mention, in offsets of its article; `href` is where its trigger leads.

    Times and places are recorded by their words only: they are marked where those stand in the
    sentence, nearest to the trigger.
    """
    kind = f"{mention.type.lower()}{f', {mention.mode}' if mention.mode else ''}"
    marks = [_mark(mention.trigger, "trigger", href, kind)]
    marks += [_mark(party, "actor", title=party.name) for party in mention.actors]
    marks += [_mark(party, "recipient", title=party.name) for party in mention.recipients]
    for link in mention.attribution:
        if link.source:
            marks.append(_mark(link.source, "source"))
        if link.cue:
            marks.append(_mark(link.cue, "cue"))
    if mention.time:
        title = mention.time.start if mention.time.start == mention.time.end else None
        marks += _found(mention, mention.time.text, "time", title)
    if mention.place:
        marks += _found(mention, mention.place.text, "place", mention.place.name)
    return marks


def _mark(span: _Spanned, kind: Kind, href: str | None = None, title: str | None = None) -> Mark:
    return Mark(span.start, span.end, kind, href, title)


def _found(mention: Mention, words: str, kind: Kind, title: str | None) -> Iterator[Mark]:
    sentence = mention.sentence
    trigger = mention.trigger.start - sentence.start
    places = list(_occurrences(sentence.text, words)) if words else []
    if places:
        start = min(places, key=lambda place: abs(place - trigger)) + sentence.start
        yield Mark(start, start + len(words), kind, title=title)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def sentence(mention: Mention) -> Markup:
    """The sentence of a mention with its parts marked."""
    return annotate(mention.sentence.text, of_mention(mention), mention.sentence.start)


def annotate(text: str, marks: Iterable[Mark], offset: int = 0) -> Markup:
    """A text as HTML with marks; `offset` is the place of its first character in their offsets.

    Marks are clipped to the text; those outside it are left out.
    """
    inside = _clipped(marks, offset, len(text))
    cuts = sorted({0, len(text), *(m.start for m in inside), *(m.end for m in inside)})
    parts: list[str] = []
    stack: list[Mark] = []
    for start, end in pairwise(cuts):
        wanted = _unlinked([m for m in inside if m.start <= start and m.end >= end])
        shared = _shared(stack, wanted)
        parts += [_close(mark) for mark in reversed(stack[shared:])]
        parts += [_open(mark) for mark in wanted[shared:]]
        parts.append(str(escape(text[start:end])))
        stack = wanted
    parts += [_close(mark) for mark in reversed(stack)]
    return Markup("".join(parts))


def _clipped(marks: Iterable[Mark], offset: int, length: int) -> list[Mark]:
    """The marks within a text, outer ones first; one of each kind for the same characters."""
    found: dict[tuple[int, int, Kind], Mark] = {}
    for mark in marks:
        start, end = max(mark.start - offset, 0), min(mark.end - offset, length)
        if start < end:
            clipped = Mark(start, end, mark.kind, mark.href, mark.title)
            found.setdefault((start, end, mark.kind), clipped)
    return sorted(found.values(), key=lambda m: (m.start, -m.end, m.kind))


def _shared(stack: Sequence[Mark], wanted: Sequence[Mark]) -> int:
    pairs = zip(stack, wanted, strict=False)
    return next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(stack), len(wanted)))


def _unlinked(nested: list[Mark]) -> list[Mark]:
    """The marks with only the outermost link: links cannot nest."""
    first = next((mark for mark in nested if mark.href), None)
    return [mark if mark is first else replace(mark, href=None) for mark in nested]


def _open(mark: Mark) -> str:
    title = f' title="{escape(mark.title)}"' if mark.title else ""
    link = f'<a href="{escape(mark.href)}">' if mark.href else ""
    return f'{link}<mark class="{mark.kind}"{title}>'


def _close(mark: Mark) -> str:
    return "</mark></a>" if mark.href else "</mark>"
