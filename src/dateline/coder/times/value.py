"""What a time's value is, and what all rules share.

A rule takes a match and its context and returns a value, or None where the match is no time after
all. Where the publication date is needed and unknown, the value's dates are None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.coder.times import calendar
from dateline.coder.times.calendar import Span
from dateline.coder.times.lexicon import table
from dateline.coder.times.tense import Tense
from dateline.records import Precision

Relation = Literal["at", "since", "until", "before", "after", "duration", "recurring"]

NEAR = dt.timedelta(days=60)
FAR = dt.timedelta(days=240)
SLACK = dt.timedelta(days=1)
"""A report may be dated a day before its events, the other side of the date line."""

PRECISIONS: dict[str, Precision] = {
    "day": "day",
    "week": "week",
    "month": "month",
    "quarter": "quarter",
    "year": "year",
    "decade": "decade",
}


@dataclass(frozen=True, slots=True)
class Value:
    """The dates of an expression, inclusive; None where open or unknown."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision
    relation: Relation = "at"


@dataclass(frozen=True, slots=True)
class Context:
    """What a rule may need to know: the day of publication, the tense, the time named before."""

    published: dt.date | None
    tense: Callable[[], Tense | None]
    previous: Span | None = None


Rule = Callable[[re.Match[str], Context], Value | None]


def group(match: re.Match[str], name: str) -> str:
    """What a name captured, in lower case with single spaces; empty where nothing."""
    groups = match.re.groupindex
    while name in groups:
        if match[name]:
            return " ".join(match[name].lower().split())
        name += "_again"
    return ""


def number(match: re.Match[str], name: str) -> int:
    """A captured number; 0 where there is none."""
    text = group(match, name)
    return int(text) if text.isdecimal() else 0


def value(span: Span | None, precision: Precision, relation: Relation = "at") -> Value:
    """The value of a span; None where the span is unknown."""
    first, last = span or (None, None)
    return Value(first, last, precision, relation)


def part_of(match: re.Match[str]) -> str:
    """The part of a period that a match speaks of: early, mid, late, start, end or none."""
    word = group(match, "part")
    found: str = table("part_words").get(word, word)
    return found


def cut(span: Span, match: re.Match[str]) -> Span:
    """The early, middle or late part, or a half, of a span."""
    first, last = span
    part, half = part_of(match), group(match, "half")
    days = (last - first).days + 1
    if half:
        middle = first + dt.timedelta(days=days // 2)
        if days > 360:
            middle = calendar.add(first, "month", (last.year - first.year + 1) * 6)
        return (first, middle - SLACK) if half == "first" else (middle, last)
    if not part:
        return span
    if 27 < days < 32:
        low, high = table("parts")[part]["month"]
        return first.replace(day=low), first.replace(day=min(high, last.day))
    low, high = table("parts")[part]["year"]
    if days < 10:
        middle = first + dt.timedelta(days=2)
        return {"early": (first, middle - SLACK), "start": (first, middle - SLACK)}.get(
            part, (middle, middle) if part == "mid" else (middle + SLACK, last)
        )
    if days in (365, 366):
        return calendar.months(first.year, low, high)
    step = days / 12
    start = first + dt.timedelta(days=round(step * (low - 1)))
    return start, first + dt.timedelta(days=round(step * high) - 1)


def which_of(word: str) -> int | None:
    """-1, 0 or 1 for last, this or next; None where the tense must tell."""
    step: int = table("which").get(word, 0)
    return step if word else None


def _nearest(spans: Sequence[Span], published: dt.date, tense: Tense | None) -> Span | None:
    """Of the same time in several years, the one that the tense and publication tell."""
    before = [span for span in spans if span[0] <= published + SLACK]
    after = [span for span in spans if span[1] >= published]
    past = before[-1] if before else None
    future = after[0] if after else None
    if not past or not future:
        return past or future
    if tense == "past":
        return past
    if tense in ("future", "present"):
        return future
    near = future[0] - published <= NEAR and published - past[1] >= FAR
    return future if near else past


def yearly(make: Callable[[int], Span], context: Context, which: int | None) -> Span | None:
    """The occurrence of a yearly time that is meant; `make` gives it for a year."""
    published = context.published
    if published is None:
        return None
    spans = []
    for year in range(published.year - 4, published.year + 5):
        try:
            spans.append(make(year))
        except ValueError:
            continue
    spans.sort()
    return occurrence(spans, context, which)


def occurrence(spans: Sequence[Span], context: Context, which: int | None) -> Span | None:
    """Of the occurrences of a time, in order, the one that is meant."""
    published = context.published
    if published is None or not spans:
        return None
    if which == -1:
        before = [span for span in spans if span[1] < published]
        return before[-1] if before else None
    if which == 1:
        after = [span for span in spans if span[0] > published]
        return after[0] if after else None
    if which == 0:
        return next((span for span in spans if span[0].year == published.year), spans[0])
    return _nearest(spans, published, context.tense())
