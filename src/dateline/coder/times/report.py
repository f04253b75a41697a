"""The days that a report is of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dateline.coder.times.model import TimeExpression

LEAD = 3
"""Sentences in which a report says what day it is of."""
_NEAR = dt.timedelta(days=2)
_LEAD_NEAR = dt.timedelta(days=6)
_ONE = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """The days that the news of a report is of; `time` is the expression that says so, if any does.

    `first` is the day that the text names as that of its news, `last` the day of publication. A
    text that names none is taken to be of the day of publication or the day before.
    """

    first: dt.date
    last: dt.date
    time: TimeExpression | None
    paragraph: int

    @property
    def daily(self) -> bool:
        """Whether the text itself says what day it is of."""
        return self.time is not None


def report(
    sentences: Iterable[tuple[int, Sequence[TimeExpression]]], published: dt.date | None
) -> Report | None:
    """The days of a report, from its sentences: the paragraph's number and the sentence's times.

    The last day that the lead names, up to six days before publication; else the last that the
    rest names, up to two. None where the day of publication is unknown.
    """
    if published is None:
        return None
    lead: list[tuple[dt.date, int, TimeExpression]] = []
    rest: list[tuple[dt.date, int, TimeExpression]] = []
    for number, (paragraph, times) in enumerate(sentences):
        for time in times:
            if time.relation != "at" or time.precision != "day" or time.first is None:
                continue
            if time.first > published or time.distance is not None:
                continue
            age = published - time.first
            if number < LEAD and age <= _LEAD_NEAR:
                lead.append((time.first, paragraph, time))
            if age <= _NEAR:
                rest.append((time.first, paragraph, time))
    for found in (lead, rest):
        if found:
            day, paragraph, time = max(found, key=lambda item: item[0])
            return Report(day, published, time, paragraph)
    return Report(published - _ONE, published, None, 0)
