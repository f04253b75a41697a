"""Rules for times that name their date: days, months, seasons, years, feasts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

from dateline.coder.times import calendar, lexicon
from dateline.coder.times.calendar import Span
from dateline.coder.times.lexicon import Holiday, holidays, table
from dateline.coder.times.value import (
    SLACK,
    Context,
    Value,
    cut,
    group,
    number,
    occurrence,
    part_of,
    value,
    which_of,
    yearly,
)
from dateline.records import Precision


def iso(match: re.Match[str], context: Context) -> Value | None:
    """2022-12-21, also with a time."""
    day = dt.date(number(match, "year"), number(match, "month"), number(match, "day"))
    return Value(day, day, "day")


def numeric(match: re.Match[str], context: Context) -> Value | None:
    """12/21/2022: month first, unless that cannot be."""
    month, day = number(match, "a"), number(match, "b")
    if month > 12:
        month, day = day, month
    date = dt.date(number(match, "year"), month, day)
    return Value(date, date, "day")


def numeric_dots(match: re.Match[str], context: Context) -> Value | None:
    """21.12.2022."""
    return iso(match, context)


def date(match: re.Match[str], context: Context) -> Value | None:
    """A day of a month, or days, with or without the year and the weekday."""
    if not match["month"][0].isupper():
        return None
    month = table("months")[group(match, "month")]
    day = number(match, "day") or table("ordinals").get(group(match, "dayword"), 0)
    to_day = number(match, "day2") or day
    weekday = table("weekdays").get(group(match, "weekday"))
    if to_day < day:
        return None
    dt.date(2000, month, to_day)

    def make(year: int) -> Span:
        return dt.date(year, month, day), dt.date(year, month, to_day)

    if year := number(match, "year"):
        span: Span | None = make(year)
    elif weekday is not None and context.published:
        span = _by_weekday(make, weekday, context.published) or yearly(make, context, None)
    else:
        span = yearly(make, context, None)
    return value(span, "day" if to_day == day else "range")


def _by_weekday(make: Callable[[int], Span], weekday: int, published: dt.date) -> Span | None:
    """The day in the nearest year in which it falls on that weekday."""
    around = [published.year + n for n in (0, -1, 1)]
    for year in around:
        try:
            span = make(year)
        except ValueError:
            continue
        if span[0].weekday() == weekday:
            return span
    return None


def month(match: re.Match[str], context: Context) -> Value | None:
    """A month, or a part of it, with or without the year."""
    if not match["month"][0].isupper():
        return None
    index = table("months")[group(match, "month")]

    def make(year: int) -> Span:
        return calendar.month(year, index)

    which, word = which_of(group(match, "which")), group(match, "year_word")
    if year := number(match, "year"):
        span: Span | None = make(year)
    elif word:
        shift = which_of(word) or 0
        span = make(context.published.year + shift) if context.published else None
    else:
        span = yearly(make, context, which)
    return value(span and cut(span, match), "month")


def season(match: re.Match[str], context: Context) -> Value | None:
    """A season; winter, and summer in the south, begins in December of the year it is named after.

    It is the northern year's unless a word says otherwise: "the austral winter".
    """
    half = "southern" if group(match, "south") else "seasons"
    first, last = table(half)[group(match, "season")]

    def make(year: int) -> Span:
        return calendar.months(year, first, last)

    word = group(match, "which")
    if year := number(match, "year"):
        span: Span | None = make(year)
    else:
        span = yearly(make, context, None if word in ("", "the", "this") else which_of(word))
    if span and part_of(match):
        span = _thirds(span, part_of(match))
    return value(span, "season")


def _thirds(span: Span, part: str) -> Span:
    """A month of a season."""
    place = {"early": 0, "start": 0, "mid": 1}.get(part, 2)
    start = calendar.add(span[0], "month", place)
    return start, calendar.span("month", start)[1]


def quarter(match: re.Match[str], context: Context) -> Value | None:
    """Quarters and halves of a year; a fiscal one is the United States government's."""
    which, text = group(match, "which"), group(match, "ordinal")
    index = int(text) if text.isdecimal() else table("ordinals")[text]
    halves = group(match, "what") == "half"
    if halves and not (number(match, "year") or which):
        return None
    size = 6 if halves else 3
    index = min(index, 12 // size)
    precision: Precision = "range" if halves else "quarter"
    year = number(match, "year")
    offset = -3 if group(match, "fiscal") else 0

    def make(of: int) -> Span:
        start = calendar.add(dt.date(of, 1, 1), "month", offset + size * (index - 1))
        return start, calendar.add(start, "month", size) - SLACK

    if not year and which and context.published:
        year = context.published.year + (0 if which == "the" else which_of(which) or 0)
    return value(make(year) if year else yearly(make, context, None), precision)


def fiscal(match: re.Match[str], context: Context) -> Value | None:
    """A fiscal year begins in October (United States), a school year in September."""
    kind, which = group(match, "kind"), group(match, "which")
    school = kind in ("academic", "school")
    start = 9 if school else 10
    year = number(match, "year")
    if group(match, "year2"):
        year += 1
    if not year and which == "the":
        return value(
            yearly(lambda y: calendar.months(y, start, 18 if school else 21), context, None), "year"
        )
    if not year:
        if context.published is None:
            return Value(None, None, "year")
        year = context.published.year + (context.published.month >= start) + (which_of(which) or 0)
    return value(calendar.months(year - 1, start, 18 if school else 21), "year")


def holiday(match: re.Match[str], context: Context) -> Value | None:
    """Feasts with a fixed or computable date, or one in the table of moving feasts."""
    if match["holiday"].islower():
        return None
    found = holidays()[group(match, "holiday")]
    if group(match, "which") == "every":
        return Value(None, None, "day", "recurring")
    if found.rule == "moving":
        return _moving(match, context, found.feast)

    def make(year: int) -> Span:
        day = _feast(found, year)
        return day, day

    return value(_of_year(match, context, make), "day")


def _of_year(match: re.Match[str], context: Context, make: Callable[[int], Span]) -> Span | None:
    """The feast of the year that is named, else the one that tense and publication tell."""
    if year := number(match, "year"):
        return make(year)
    if word := group(match, "year_word"):
        shift = which_of(word) or 0
        return make(context.published.year + shift) if context.published else None
    return yearly(make, context, which_of(group(match, "which")))


def _feast(found: Holiday, year: int) -> dt.date:
    if found.rule == "fixed":
        return dt.date(year, found.month, found.number)
    if found.rule == "nth":
        return calendar.nth_weekday(year, found.month, found.weekday, found.number)
    if found.rule == "election":
        return calendar.nth_weekday(year, 11, 0, 1) + SLACK
    of = calendar.easter if found.rule == "easter" else calendar.orthodox_easter
    return of(year) + dt.timedelta(days=found.number)


def _moving(match: re.Match[str], context: Context, feast: str) -> Value:
    """A feast by another calendar; it may fall twice in one of our years."""
    days = lexicon.moving(feast)
    precision: Precision = "day" if days[0][0] == days[0][1] else "range"
    year = number(match, "year")
    if word := group(match, "year_word"):
        year = context.published.year + (which_of(word) or 0) if context.published else 0
    if year:
        days = tuple(span for span in days if span[0].year == year)
        return value(days[0] if days else None, precision)
    return value(occurrence(days, context, which_of(group(match, "which"))), precision)


def decade(match: re.Match[str], context: Context) -> Value | None:
    """The 1990s, the late '80s, the sixties; the 1800s are a century."""
    if text := group(match, "decade"):
        first = int(text)
        if first % 100 == 0 and first < 2000:
            return value(cut(calendar.years(first, 100), match), "range")
    elif text := group(match, "short"):
        first = 1900 + int(text)
    else:
        first = table("decades")[group(match, "decadeword")]
    first_day, last_day = calendar.years(first, 10)
    if part := part_of(match):
        years = {"early": (0, 3), "start": (0, 1), "mid": (4, 6), "end": (8, 9)}.get(part, (7, 9))
        first_day, last_day = dt.date(first + years[0], 1, 1), dt.date(first + years[1], 12, 31)
    return Value(first_day, last_day, "decade")


def century(match: re.Match[str], context: Context) -> Value | None:
    """The 19th century."""
    text = group(match, "centuryword")
    count = table("centuries")[text] if text else number(match, "century")
    return value(cut(calendar.years((count - 1) * 100 + 1, 100), match), "range")


def year_range(match: re.Match[str], context: Context) -> Value | None:
    """2015-2018 and 2014-15."""
    first, last = number(match, "year"), number(match, "year2")
    if last < 100:
        last += first // 100 * 100
    if not first < last < first + 200:
        return None
    return Value(dt.date(first, 1, 1), dt.date(last, 12, 31), "range")


def year(match: re.Match[str], context: Context) -> Value | None:
    """A year, or a part of it."""
    return value(cut(calendar.span("year", dt.date(number(match, "year"), 1, 1)), match), "year")


def month_day(match: re.Match[str], context: Context) -> Value | None:
    """On the 12th: of the month that tense and publication tell."""
    day, published = number(match, "day"), context.published
    if published is None:
        return Value(None, None, "day")
    spans = []
    for step in (-2, -1, 0, 1, 2):
        first = calendar.add(published.replace(day=1), "month", step)
        if day <= calendar.span("month", first)[1].day:
            spans.append((first.replace(day=day), first.replace(day=day)))
    return value(occurrence(spans, context, None), "day")


def new_year(match: re.Match[str], context: Context) -> Value | None:
    """In the new year: the next, or from its first months this one."""
    if context.published is None:
        return Value(None, None, "year")
    year = context.published.year + (context.published.month > 3)
    return value(cut(calendar.months(year, 1, 12), match), "year")
