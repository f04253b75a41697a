"""Rules for times reckoned from publication, or from the time named before."""

from __future__ import annotations

import datetime as dt
import re

from dateline.coder.times import calendar
from dateline.coder.times.lexicon import table
from dateline.coder.times.value import (
    PRECISIONS,
    Context,
    Value,
    cut,
    group,
    number,
    value,
    which_of,
)


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
        day = monday + dt.timedelta(days=7 * (which_of(week) or 0) + index)
    elif which in ("the previous", "the following") and context.previous:
        move = calendar.weekday_after if which == "the following" else calendar.weekday_before
        day = move(context.previous[0], index, strictly=True)
    elif which_of(which) == -1:
        day = calendar.weekday_before(published, index, strictly=True)
    elif which_of(which) == 1:
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
    count = which_of(which) or 0
    if name in ("decade", "century") and count == -1 and not group(match, "part"):
        return value((calendar.add(context.published, name, -1), context.published), "range")
    first, last = calendar.span(name, calendar.add(context.published, name, count))
    if edge and count == 0:
        span = (first, context.published) if edge == "earlier" else (context.published, last)
        return value(span, precision)
    return value(cut((first, last), match), precision)


def window(match: re.Match[str], context: Context) -> Value | None:
    """The past decade, the last 18 months, the next two years: reckoned from publication."""
    name = table("units")[group(match, "unit")]
    which = group(match, "which")
    bare = not group(match, "number")
    plural = group(match, "unit") != name
    if bare and plural and which not in ("past", "coming"):
        return None
    count = counts(group(match, "number") or "one")[1]
    if bare and plural:
        count = table("recent")[name]
    centre = context.published
    step = which_of(which) or 0
    if which not in ("past", "last", "next", "coming") and context.previous:
        centre = context.previous[0 if step < 0 else 1]
    if centre is None:
        return Value(None, None, "range")
    if step > 0:
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


def counts(text: str) -> tuple[int, int]:
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
    way = table("ways")[group(match, "way")]
    centre, sign = context.published, way["step"]
    if way["from"] == "previous":
        centre = context.previous[0] if context.previous else None
    if half := group(match, "half_unit"):
        name, low, high = "month", table("half_units")[half], table("half_units")[half]
    else:
        name, text = table("units")[group(match, "unit")], group(match, "number")
        if not text and group(match, "unit") == name:
            return None
        low, high = counts(text) if text else (2, 0)
    told = table("told").get(name, name)
    precision = PRECISIONS[told] if low == high else "range"
    if centre is None:
        return Value(None, None, precision)
    if not high and told == "day" and name != "day":
        return Value(centre, centre, "day")
    near = calendar.add(centre, name, sign * low)
    if low == high:
        return value(calendar.span(told, near), precision)
    far = calendar.add(centre, name, sign * high) if high else None
    return Value(near, far, "range") if sign > 0 else Value(far, near, "range")


def _of(match: re.Match[str]) -> bool:
    """Whether "of" follows: "in a year of war" is no length of time."""
    return match.string[match.end() :].lstrip().startswith("of ")


def duration(match: re.Match[str], context: Context) -> Value | None:
    """For seven weeks, after two days; "in two weeks" is a time where the tense looks ahead."""
    lead, text = group(match, "lead"), group(match, "number")
    if lead == "within" and not text and context.published and context.tense() != "past":
        name = table("units").get(group(match, "bare"), "")
        if name in table("recent"):
            far = calendar.add(context.published, name, table("recent")[name])
            return Value(context.published, far, "range")
    one = counts(text)[1] == 1 if text else False
    if one and (table("units")[group(match, "unit")] == "quarter" or (lead == "in" and _of(match))):
        return None
    none = Value(None, None, "range", "duration")
    if lead not in ("in", "within") or not text or context.published is None:
        return none
    if context.tense() != "future":
        return none
    name, (low, high) = table("units")[group(match, "unit")], counts(text)
    published = context.published
    if lead == "within" or low != high:
        return Value(published, calendar.add(published, name, high), "range")
    told = table("told").get(name, name)
    return value(calendar.span(told, calendar.add(published, name, low)), PRECISIONS[told])


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
    count = table("anaphors").get(way, 0)
    centre = calendar.add(context.previous[0], name, count)
    return value(calendar.span(name, centre), precision)


def recurring(match: re.Match[str], context: Context) -> Value | None:
    """Every year, on Mondays, twice a week."""
    name = table("adverbs").get(group(match, "adverb"))
    name = name or table("units").get(group(match, "unit"), "day")
    if group(match, "season"):
        return Value(None, None, "season", "recurring")
    if group(match, "weekday"):
        name = "day"
    return Value(None, None, PRECISIONS.get(name, "range"), "recurring")


def weekend(match: re.Match[str], context: Context) -> Value | None:
    """The weekend: Saturday and Sunday, the last or the next by the tense."""
    published, which = context.published, group(match, "which")
    if published is None:
        return Value(None, None, "range")
    saturday = calendar.weekday_before(published, 5)
    if which_of(which) == -1:
        saturday -= dt.timedelta(days=7 if published.weekday() >= 5 else 0)
    elif which_of(which) == 1:
        saturday += dt.timedelta(days=7)
    elif context.tense() in ("future", "present") or (which == "this" and not context.tense()):
        saturday = calendar.span("week", published)[0] + dt.timedelta(days=5)
    return Value(saturday, saturday + dt.timedelta(days=1), "range")


def before_last(match: re.Match[str], context: Context) -> Value | None:
    """The week before last, the weekend before last."""
    name, published = group(match, "calendar"), context.published
    if published is None:
        return Value(None, None, PRECISIONS.get(name, "range"))
    if name == "weekend":
        monday = calendar.span("week", published)[0]
        saturday = monday - dt.timedelta(days=9 if published.weekday() < 5 else 2)
        return Value(saturday, saturday + dt.timedelta(days=1), "range")
    return value(calendar.span(name, calendar.add(published, name, -2)), PRECISIONS[name])


def first_units(match: re.Match[str], context: Context) -> Value | None:
    """The first two months of the year, the last three weeks of 2019."""
    year, published = number(match, "year"), context.published
    if not year and published is None:
        return Value(None, None, "range")
    name = group(match, "calendar") or "year"
    day = dt.date(year, 1, 1) if year else published
    assert day is not None
    step = 0 if year else which_of(group(match, "which")) or 0
    first, last = calendar.span(name, calendar.add(day, name, step))
    unit, count = table("units")[group(match, "unit")], counts(group(match, "number"))[1]
    one = dt.timedelta(days=1)
    if group(match, "end") == "first":
        return Value(first, min(calendar.add(first, unit, count) - one, last), "range")
    return Value(max(calendar.add(last + one, unit, -count), first), last, "range")
