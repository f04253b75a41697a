"""Arithmetic on days, weeks, months and years, and the dates of feasts.

A span is a pair of dates, both inclusive. Weeks run from Monday to Sunday (ISO 8601).
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange

Span = tuple[dt.date, dt.date]

MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
DAYS = {"day": 1, "week": 7, "fortnight": 14}


def add(day: dt.date, unit: str, count: int) -> dt.date:
    """Move a date by `count` units; the end of a month stays within its month.

    Raises OverflowError or ValueError outside the years 1 to 9999.
    """
    if unit in DAYS:
        return day + dt.timedelta(days=DAYS[unit] * count)
    if unit in ("hour", "minute"):
        hours = count if unit == "hour" else count / 60
        return day + dt.timedelta(days=int(hours / 24))
    index = day.year * 12 + day.month - 1 + MONTHS[unit] * count
    year, month = divmod(index, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def month(year: int, number: int) -> Span:
    """The days of a month."""
    return dt.date(year, number, 1), dt.date(year, number, monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Span:
    """The days from one month to another; a month above 12 is one of the next year."""
    over, number = divmod(last - 1, 12)
    return month(year, first)[0], month(year + over, number + 1)[1]


def span(unit: str, day: dt.date) -> Span:
    """The calendar unit that holds a day; hours and minutes count as their day."""
    if unit in ("week", "fortnight"):
        monday = day - dt.timedelta(days=day.weekday())
        return monday, monday + dt.timedelta(days=6)
    if unit == "month":
        return month(day.year, day.month)
    if unit == "quarter":
        start = (day.month - 1) // 3 * 3 + 1
        return months(day.year, start, start + 2)
    if unit == "year":
        return months(day.year, 1, 12)
    if unit == "decade":
        return years(day.year // 10 * 10, 10)
    if unit == "century":
        return years((day.year - 1) // 100 * 100 + 1, 100)
    return day, day


def years(first: int, count: int) -> Span:
    """A run of whole years."""
    return dt.date(max(first, 1), 1, 1), dt.date(first + count - 1, 12, 31)


def weekday_before(day: dt.date, weekday: int, *, strictly: bool = False) -> dt.date:
    """The last such weekday on or before a day (Monday is 0)."""
    back = (day.weekday() - weekday) % 7
    return day - dt.timedelta(days=back or (7 if strictly else 0))


def weekday_after(day: dt.date, weekday: int, *, strictly: bool = False) -> dt.date:
    """The first such weekday on or after a day (Monday is 0)."""
    ahead = (weekday - day.weekday()) % 7
    return day + dt.timedelta(days=ahead or (7 if strictly else 0))


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> dt.date:
    """The nth such weekday of a month; -1 is the last."""
    first, last = month(year, number)
    if nth < 0:
        return weekday_before(last, weekday) + dt.timedelta(weeks=nth + 1)
    return weekday_after(first, weekday) + dt.timedelta(weeks=nth - 1)


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    weekday = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * weekday) // 451
    number, day = divmod(h + weekday - 7 * m + 114, 31)
    return dt.date(year, number, day + 1)


def orthodox_easter(year: int) -> dt.date:
    """Easter Sunday of the Julian calendar as a Gregorian date (Meeus), for 1900 to 2099."""
    a, b, c = year % 4, year % 7, year % 19
    d = (19 * c + 15) % 30
    e = (2 * a + 4 * b - d + 34) % 7
    number, day = divmod(d + e + 114, 31)
    return dt.date(year, number, day + 1) + dt.timedelta(days=13)
