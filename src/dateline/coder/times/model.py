"""A time in a text."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dateline.coder.times import calendar
from dateline.coder.times.calendar import Span
from dateline.coder.times.value import Relation
from dateline.records import Precision


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time in a paragraph: code points into the Doc's text and the days that it means.

    `first` and `last` are inclusive and None where open or unknown. `relation` is one of at, since,
    until, before, after, duration, recurring. Where it is told by an event ("two weeks after the
    May 5 vote"), `inner` is that event's own time, and `distance` tells how far from it the clause
    lies: the side (-1 or 1), the unit and the count.
    """

    start: int
    end: int
    first: dt.date | None
    last: dt.date | None
    precision: Precision
    relation: Relation
    inner: TimeExpression | None = None
    distance: tuple[int, str, int] | None = None
    event: int | None = None
    """Where the word that names the event by which it is told begins."""

    def back(self, first: dt.date, last: dt.date) -> Span | None:
        """The days of the event by which the time is told, from those of its clause."""
        if self.distance is None:
            return None
        side, unit, count = self.distance
        try:
            return calendar.add(first, unit, -side * count), calendar.add(last, unit, -side * count)
        except (OverflowError, ValueError):
            return None
