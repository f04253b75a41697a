"""What each pattern means: from a match to dates.

A rule takes a match and its context and returns a value, or None where the match is no time after
all. Where the publication date is needed and unknown, the value's dates are None.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from dateline.coder.times import calendar
from dateline.coder.times.calendar import Span
from dateline.coder.times.lexicon import holidays, table
from dateline.coder.times.tense import Tense
from dateline.records import Precision

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
    relation: str = "at"


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


def _value(span: Span | None, precision: Precision, relation: str = "at") -> Value:
    first, last = span or (None, None)
    return Value(first, last, precision, relation)


def _part(match: re.Match[str]) -> str:
    word = group(match, "part")
    found: str = table("part_words").get(word, word)
    return found


def _cut(span: Span, match: re.Match[str]) -> Span:
    """The early, middle or late part, or a half, of a span."""
    first, last = span
    part, half = _part(match), group(match, "half")
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


def _which(word: str) -> int | None:
    """-1, 0 or 1 for last, this or next; None where the tense must tell."""
    if word in ("last", "this past", "the previous", "past", "the past", "the last", "previous"):
        return -1
    if word in ("next", "the following", "this coming", "the coming", "coming", "the next"):
        return 1
    return 0 if word else None


def _nearest(spans: list[Span], published: dt.date, tense: Tense | None) -> Span | None:
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


def _yearly(make: Callable[[int], Span], context: Context, which: int | None) -> Span | None:
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
    if which == -1:
        before = [span for span in spans if span[1] < published]
        return before[-1] if before else None
    if which == 1:
        after = [span for span in spans if span[0] > published]
        return after[0] if after else None
    if which == 0:
        spans = [span for span in spans if span[0].year == published.year] or spans
        return spans[0]
    return _nearest(spans, published, context.tense())


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
        span = _by_weekday(make, weekday, context) or _yearly(make, context, None)
    else:
        span = _yearly(make, context, None)
    return _value(span, "day" if to_day == day else "range")


def _by_weekday(make: Callable[[int], Span], weekday: int, context: Context) -> Span | None:
    assert context.published
    around = [context.published.year + n for n in (0, -1, 1)]
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

    which, word = _which(group(match, "which")), group(match, "year_word")
    if year := number(match, "year"):
        span: Span | None = make(year)
    elif word:
        shift = _which(word) or 0
        span = make(context.published.year + shift) if context.published else None
    else:
        span = _yearly(make, context, which)
    return _value(span and _cut(span, match), "month")


def weekday(match: re.Match[str], context: Context) -> Value | None:
    """A weekday: the last up to publication, the next from it where the tense looks ahead."""
    if not match["weekday"][0].isupper():
        return None
    index = table("weekdays")[group(match, "weekday")]
    which, week = group(match, "which"), group(match, "week")
    if which in ("every", "each"):
        return Value(None, None, "day", "recurring")
    published = context.published
    if published is None:
        return Value(None, None, "day")
    if week:
        monday = calendar.span("week", published)[0]
        day = monday + dt.timedelta(days=7 * (_which(week) or 0) + index)
    elif which in ("the previous", "the following") and context.previous:
        move = calendar.weekday_after if which == "the following" else calendar.weekday_before
        day = move(context.previous[0], index, strictly=True)
    elif _which(which) == -1:
        day = calendar.weekday_before(published, index, strictly=True)
    elif _which(which) == 1:
        day = calendar.weekday_after(published, index, strictly=True)
    elif context.tense() in ("future", "present") or (which == "this" and not context.tense()):
        day = calendar.weekday_after(published, index)
    else:
        day = calendar.weekday_before(published, index)
    return Value(day, day, "day")


def deictic(match: re.Match[str], context: Context) -> Value | None:
    """Today, yesterday, last night and the like."""
    first, last = table("deictics")[group(match, "deictic")]
    if context.published is None:
        return Value(None, None, "day")
    one = dt.timedelta(days=1)
    return Value(context.published + first * one, context.published + last * one, "day")


def unit(match: re.Match[str], context: Context) -> Value | None:
    """Last week, early next month, later this year, the end of the year."""
    name, which, edge = group(match, "calendar"), group(match, "which"), group(match, "edge")
    precision = PRECISIONS.get(name, "range")
    if context.published is None:
        return Value(None, None, precision)
    count = _which(which) or 0
    if name in ("decade", "century") and count == -1 and not group(match, "part"):
        return _value((calendar.add(context.published, name, -1), context.published), "range")
    first, last = calendar.span(name, calendar.add(context.published, name, count))
    if edge and count == 0:
        span = (first, context.published) if edge == "earlier" else (context.published, last)
        return _value(span, precision)
    return _value(_cut((first, last), match), precision)


def window(match: re.Match[str], context: Context) -> Value | None:
    """The past decade, the last 18 months, the next two years: reckoned from publication."""
    name = table("units")[group(match, "unit")]
    which = group(match, "which")
    bare = not group(match, "number")
    plural = group(match, "unit") != name
    if bare and plural and which in ("last", "previous", "preceding", "following", "next"):
        return None
    count = _counts(group(match, "number") or "one")[1]
    if bare and plural:
        count = table("recent")[name]
    centre = context.published
    if which in ("previous", "preceding", "following") and context.previous:
        centre = context.previous[0 if which != "following" else 1]
    if centre is None:
        return Value(None, None, "range")
    if which in ("next", "coming", "following"):
        return Value(centre, calendar.add(centre, name, count), "range")
    return Value(calendar.add(centre, name, -count), centre, "range")


def recent(match: re.Match[str], context: Context) -> Value | None:
    """Recent weeks, coming months."""
    name = table("units")[group(match, "unit")]
    if group(match, "unit") == name and name != "fortnight":
        return None
    if context.published is None:
        return Value(None, None, "range")
    count = table("recent")[name]
    if group(match, "which") == "coming":
        return Value(context.published, calendar.add(context.published, name, count), "range")
    return Value(calendar.add(context.published, name, -count), context.published, "range")


def _counts(text: str) -> tuple[int, int]:
    """The fewest and the most that a number means, in words or figures."""
    if text.isdecimal():
        return int(text), int(text)
    if text in table("numbers"):
        low, high = table("numbers")[text]
        return low, high
    tens, ones = text.replace("-", " ").split(" ")
    total = table("numbers")[tens][0] + table("numbers")[ones][0]
    return total, total


def ago(match: re.Match[str], context: Context) -> Value | None:
    """Two weeks ago, days earlier, three years later, an hour from now."""
    way = group(match, "way")
    relative = way not in ("ago", "from now", "hence")
    centre = context.published
    if relative:
        centre = context.previous[0] if context.previous else None
    sign = (
        1 if way in ("later", "after that", "afterward", "afterwards", "from now", "hence") else -1
    )
    if half := group(match, "half_unit"):
        months = {"year": 6, "decade": 60, "century": 600}[
            half.split()[-1] if "half a " in half else half.split()[1]
        ]
        name, low = "month", months * (1 if half.startswith("half") else 3)
        high = low
    else:
        name = table("units")[group(match, "unit")]
        text = group(match, "number")
        if not text and group(match, "unit") == name:
            return None
        low, high = _counts(text) if text else (2, 0)
    calendar_unit = "day" if name in ("hour", "minute") else "week" if name == "fortnight" else name
    if calendar_unit == "decade":
        calendar_unit = "year"
    precision = PRECISIONS.get(calendar_unit, "range") if low == high else "range"
    if centre is None:
        return Value(None, None, precision)
    if not high and name in ("hour", "minute"):
        return Value(centre, centre, "day")
    near = calendar.add(centre, name, sign * low)
    if low == high:
        if calendar_unit == "century":
            return Value(near, near, "range")
        return _value(calendar.span(calendar_unit, near), precision)
    far = calendar.add(centre, name, sign * high) if high else None
    return Value(near, far, "range") if sign > 0 else Value(far, near, "range")


def duration(match: re.Match[str], context: Context) -> Value | None:
    """For seven weeks, after two days; "in two weeks" is a time where the tense looks ahead."""
    lead, text = group(match, "lead"), group(match, "number")
    none = Value(None, None, "range", "duration")
    if lead not in ("in", "within") or not text or context.published is None:
        return none
    if context.tense() != "future":
        return none
    name, (low, high) = table("units")[group(match, "unit")], _counts(text)
    published = context.published
    if lead == "within" or low != high:
        return Value(published, calendar.add(published, name, high), "range")
    unit_name = {"hour": "day", "minute": "day", "fortnight": "week", "decade": "year"}.get(
        name, name
    )
    return _value(
        calendar.span(unit_name, calendar.add(published, name, low)),
        PRECISIONS.get(unit_name, "range"),
    )


def anaphoric(match: re.Match[str], context: Context) -> Value | None:
    """That day, the following week, the year before: reckoned from the time named before."""
    way, name = group(match, "way"), group(match, "calendar")
    name = name if name in ("week", "month", "year") else "day"
    precision = PRECISIONS[name]
    ahead = way == "the next" and name != "day" and context.tense() != "past"
    if ahead and context.published:
        return Value(context.published, calendar.add(context.published, name, 1), "range")
    if context.previous is None:
        return Value(None, None, precision)
    count = 0
    if way in ("before", "the previous", "the preceding"):
        count = -1
    elif way in ("after", "the following", "the next", "the very next"):
        count = 1
    centre = calendar.add(context.previous[0], name, count)
    return _value(calendar.span(name, centre), precision)


def recurring(match: re.Match[str], context: Context) -> Value | None:
    """Every year, on Mondays, twice a week."""
    found = group(match, "unit")
    name = table("units").get(found, "day")
    for word, unit_name in (
        ("annual", "year"),
        ("year", "year"),
        ("month", "month"),
        ("week", "week"),
    ):
        if match[0].lower().split()[-1].startswith((word, "bi" + word)):
            name = unit_name
    if any(match[0].lower().endswith(season) for season in table("seasons")):
        return Value(None, None, "season", "recurring")
    return Value(None, None, PRECISIONS.get(name, "range"), "recurring")


def weekend(match: re.Match[str], context: Context) -> Value | None:
    """The weekend: Saturday and Sunday, the last or the next by the tense."""
    published, which = context.published, group(match, "which")
    if published is None:
        return Value(None, None, "range")
    saturday = calendar.weekday_before(published, 5)
    if which in ("last", "this past", "the past", "the last", "past"):
        saturday -= dt.timedelta(days=7 if published.weekday() >= 5 else 0)
    elif _which(which) == 1:
        saturday += dt.timedelta(days=7)
    elif context.tense() in ("future", "present") or (which == "this" and not context.tense()):
        saturday = calendar.span("week", published)[0] + dt.timedelta(days=5)
    return Value(saturday, saturday + dt.timedelta(days=1), "range")


def season(match: re.Match[str], context: Context) -> Value | None:
    """A season of the northern year; winter begins in December of the year it is named after."""
    first, last = table("seasons")[group(match, "season")]

    def make(year: int) -> Span:
        return calendar.months(year, first, last)

    word = group(match, "which")
    if year := number(match, "year"):
        span: Span | None = make(year)
    else:
        span = _yearly(make, context, None if word in ("", "the", "this") else _which(word))
    if span and _part(match):
        span = _thirds(span, _part(match))
    return _value(span, "season")


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
        year = context.published.year + (0 if which == "the" else _which(which) or 0)
    return _value(make(year) if year else _yearly(make, context, None), precision)


def fiscal(match: re.Match[str], context: Context) -> Value | None:
    """A fiscal year begins in October, as the United States government's, a school year in September."""
    kind, which = group(match, "kind"), group(match, "which")
    school = kind in ("academic", "school")
    start = 9 if school else 10
    year = number(match, "year")
    if group(match, "year2"):
        year += 1
    if not year:
        if context.published is None:
            return Value(None, None, "year")
        year = context.published.year + (context.published.month >= start) + (_which(which) or 0)
    return _value(calendar.months(year - 1, start, 18 if school else 21), "year")


def holiday(match: re.Match[str], context: Context) -> Value | None:
    """Feasts with a fixed or computable date."""
    if not match["holiday"].split()[-1][0].isupper():
        return None
    found = holidays()[group(match, "holiday")]
    if group(match, "which") == "every":
        return Value(None, None, "day", "recurring")

    def make(year: int) -> Span:
        if found.rule == "fixed":
            day = dt.date(year, found.month, found.number)
        elif found.rule == "nth":
            day = calendar.nth_weekday(year, found.month, found.weekday, found.number)
        elif found.rule == "election":
            day = calendar.nth_weekday(year, 11, 0, 1) + SLACK
        else:
            of = calendar.easter if found.rule == "easter" else calendar.orthodox_easter
            day = of(year) + dt.timedelta(days=found.number)
        return day, day

    if year := number(match, "year"):
        return _value(make(year), "day")
    which = _which(group(match, "which"))
    return _value(_yearly(make, context, which), "day")


def decade(match: re.Match[str], context: Context) -> Value | None:
    """The 1990s, the late '80s, the sixties; the 1800s are a century."""
    if text := group(match, "decade"):
        first = int(text)
        if first % 100 == 0 and first < 2000:
            return _value(_cut(calendar.years(first, 100), match), "range")
    elif text := group(match, "short"):
        first = 1900 + int(text)
    else:
        first = table("decades")[group(match, "decadeword")]
    first_day, last_day = calendar.years(first, 10)
    if part := _part(match):
        years = {"early": (0, 3), "start": (0, 1), "mid": (4, 6), "end": (8, 9)}.get(part, (7, 9))
        first_day, last_day = dt.date(first + years[0], 1, 1), dt.date(first + years[1], 12, 31)
    return Value(first_day, last_day, "decade")


def century(match: re.Match[str], context: Context) -> Value | None:
    """The 19th century."""
    text = group(match, "centuryword")
    count = table("centuries")[text] if text else number(match, "century")
    return _value(_cut(calendar.years((count - 1) * 100 + 1, 100), match), "range")


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
    return _value(_cut(calendar.span("year", dt.date(number(match, "year"), 1, 1)), match), "year")


RULES: dict[str, Rule] = {
    rule.__name__: rule
    for rule in (
        ago, anaphoric, century, date, decade, deictic, duration, fiscal, holiday, iso, month,
        numeric, numeric_dots, quarter, recent, recurring, season, unit, weekday, weekend, window,
        year, year_range,
    )
}  # fmt: skip
"""By the name that patterns.toml uses."""
