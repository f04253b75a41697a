"""Times told by an event: on the eve of the vote, two weeks after the raid, since Friday's blast.

What the event is dated to is read in its own words ("the vote on May 5"), known to every reader
(events.csv), or said elsewhere in the article (`EventDates`). Else the dates stay open.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from dateline.coder.plain import text_of
from dateline.coder.times import calendar, lexicon
from dateline.coder.times.calendar import Span
from dateline.coder.times.lexicon import table, words
from dateline.coder.times.model import TimeExpression
from dateline.coder.times.relative import counts
from dateline.coder.times.value import PRECISIONS, Relation, Value, group, number

_ONE = dt.timedelta(days=1)
_STEM = 5
_SUFFIX = re.compile(r"(?:ings?|ions?|ments?|als?|ures?|es?|s)$")
_OPEN = Value(None, None, "range")
_PRECISE = frozenset({"day", "week", "month"})
_VERBS = ("VERB", "AUX")
_WORD_OF_RELATION = re.compile(
    r"\b(?:eve of|anniversary|before|after|since|until|following|ahead of|prior to|leading|run-up"
    r"|build-?up|lead-up|wake of|aftermath)\b",
    re.IGNORECASE,
)


class EventDates:
    """When the events of an article were, by the words that name them."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._spans: dict[str, Span] = {}

    def gather(self, doc: Doc, times: Iterable[TimeExpression]) -> None:
        """Take in what a paragraph dates: what a time hangs on, and its arguments."""
        for time in times:
            if time.relation != "at" or not (time.first and time.last):
                continue
            if time.precision not in _PRECISE:
                continue
            found = doc.char_span(time.start, time.end, alignment_mode="expand")
            if found is None:
                continue
            for token in _named_by(found.root):
                self._spans.setdefault(stem(token), (time.first, time.last))

    def of(self, token: Token) -> Span | None:
        """When what a definite noun or a verb names was; None where the article does not say."""
        if token.lemma_.lower() in words("light_verbs"):
            named = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass", "dobj")]
            return next((span for c in named if (span := self._spans.get(stem(c)))), None)
        definite = token.pos_ in _VERBS or any(
            child.dep_ in ("det", "poss") and child.lower_ not in ("a", "an")
            for child in token.lefts
        )
        return self._spans.get(stem(token)) if definite else None


def stem(token: Token) -> str:
    """What a verb and its noun share: bombed, bombing; elected, election; invaded, invasion."""
    lemma = token.lemma_.lower()
    stem = (_SUFFIX.sub("", lemma) if len(lemma) > _STEM else lemma)[:_STEM]
    return stem[:-1] if len(stem) == _STEM and stem[-1] in "sd" else stem


def before_event(token: Token, times: Sequence[TimeExpression]) -> TimeExpression | None:
    """The time told by the event that a token names: "two days after it was surrounded"."""
    return next((t for t in times if t.distance is not None and t.start <= token.idx < t.end), None)


def _named_by(root: Token) -> Iterator[Token]:
    node = root
    for _ in range(6):
        if node.pos_ in _VERBS or (node.pos_ == "NOUN" and node.ent_type_ != "DATE"):
            break
        if node.head == node:
            return
        node = node.head
    if node.lemma_.lower() in words("speech_verbs"):
        return
    if node.lemma_.lower() not in words("light_verbs"):
        yield node
    if node.pos_ in _VERBS:
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubjpass", "dobj") and child.pos_ == "NOUN":
                yield child


def with_events(
    doc: Doc, times: Sequence[TimeExpression], published: dt.date | None, dates: EventDates
) -> list[TimeExpression]:
    """The times of a paragraph and those told by events; what a new one takes in is its `inner`."""
    text = text_of(doc)
    if not _WORD_OF_RELATION.search(text):
        return list(times)
    found: list[TimeExpression] = []
    for relative in lexicon.relatives():
        for match in relative.regex.finditer(text):
            if any(match.start() < f.end and f.start < match.end() for f in found):
                continue
            time = _told(relative.way, match, doc, times, published, dates)
            if time is not None:
                found.append(time)
    kept = [t for t in times if not any(t.start < f.end and f.start < t.end for f in found)]
    return sorted([*kept, *found], key=lambda t: t.start)


def _told(
    way: str,
    match: re.Match[str],
    doc: Doc,
    times: Sequence[TimeExpression],
    published: dt.date | None,
    dates: EventDates,
) -> TimeExpression | None:
    start, at = match.start(), match.end()
    if way == "amount" and not _is_amount(match):
        return None
    event = _event(doc, at)
    if event is None or any(
        t.start < start < t.end or t.start <= start < at < t.end for t in times
    ):
        return None
    end = _end(event, at, times)
    inner = next((t for t in times if t.end > at and start <= t.start < end), None)
    if inner is not None:
        end = max(end, inner.end)
    span = _dated(event, at, end, inner, published, dates)
    if way == "bound":
        lasting = group(match, "side") in ("since", "until")
        bare = inner is not None and inner.end >= event.idx + len(event.text)
        if span is None or bare or (inner is not None and not lasting):
            return None
    if way == "anniversary":
        value = _anniversary(match, span, inner, published)
    else:
        value = _value(way, match, span, event, published)
    return TimeExpression(
        start, end, value.first, value.last, value.precision, value.relation,
        inner=inner or _known(at, end, span, doc), distance=_distance(way, match), event=event.idx,
    )  # fmt: skip


def _known(at: int, end: int, span: Span | None, doc: Doc) -> TimeExpression | None:
    """The time of an event that every reader knows."""
    if span is None or span != _of_history(text_of(doc)[at:end], None):
        return None
    return TimeExpression(at, end, *span, "day" if span[0] == span[1] else "range", "at")


def _is_amount(match: re.Match[str]) -> bool:
    unit, plural = table("units")[group(match, "unit")], group(match, "unit")
    return bool(group(match, "number")) or bool(group(match, "the")) == (plural == unit)


def _event(doc: Doc, at: int) -> Token | None:
    """The noun or verb that names the event, from its first word on."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None or not span[0].i:
        return None
    first = span[0]
    link = doc[first.i - 1]
    for child in link.children:
        if child.dep_ in ("pobj", "pcomp") and child.i >= first.i:
            return child if child.pos_ in ("NOUN", "PROPN", *_VERBS) else None
    if link.dep_ == "mark" and link.head.i >= first.i and link.head.pos_ in _VERBS:
        return link.head
    return None


def _end(event: Token, at: int, times: Sequence[TimeExpression]) -> int:
    """Where the event's words end: its noun, what it is of, and its own time; or its verb."""
    end = event.idx + len(event.text)
    if event.pos_ in _VERBS:
        return end
    for child in event.rights:
        if child.dep_ != "prep" or child.idx > end + 1:
            break
        inside = child.subtree
        last = max(token.i for token in inside)
        stop = event.doc[last].idx + len(event.doc[last].text)
        timed = any(child.idx <= t.start <= stop for t in times)
        near = child.lower_ == "of" and stop - end < 40
        if not (timed or near):
            break
        end = max([t.end for t in times if child.idx <= t.start <= stop]) if timed else stop
    return end


def _dated(
    event: Token,
    at: int,
    end: int,
    inner: TimeExpression | None,
    published: dt.date | None,
    dates: EventDates,
) -> Span | None:
    if inner is not None:
        return (inner.first, inner.last) if inner.first and inner.last else None
    return _of_history(text_of(event.doc)[at:end], published) or dates.of(event)


def _of_history(text: str, published: dt.date | None) -> Span | None:
    text = text.removeprefix("the ")
    for regex, first, last in lexicon.events():
        if regex.match(text) and (published is None or first <= published):
            return first, last
    return None


def _side(match: re.Match[str]) -> int:
    step: int = table("sides").get(group(match, "side"), -1)
    stretch = group(match, "stretch")
    if group(match, "side") == "of":
        return 1 if stretch in ("wake", "aftermath") else 0
    return step


def _distance(way: str, match: re.Match[str]) -> tuple[int, str, int] | None:
    """How far the event's head lies from its clause: the side, the unit and the count."""
    if way != "amount" or not (group(match, "number") or group(match, "the")):
        return None
    count = counts(group(match, "number") or "one")[1]
    return _side(match), table("units")[group(match, "unit")], count


def _value(
    way: str, match: re.Match[str], span: Span | None, event: Token, published: dt.date | None
) -> Value:
    if way == "bound":
        return _bound(group(match, "side"), span, published)
    relation: Relation = "before" if way == "eve" or _side(match) < 0 else "after"
    if span is None:
        told = table("told").get(unit := table("units").get(group(match, "unit"), ""), unit)
        precise = way == "amount" and bool(group(match, "number") or group(match, "the"))
        return replace(_OPEN, relation=relation, precision=PRECISIONS[told] if precise else "range")
    first, last = span
    if way == "eve":
        if event.lemma_.lower() in words("sudden_nouns"):
            return Value(first - 31 * _ONE, first - _ONE, "range")
        return Value(first - _ONE, first - _ONE, "day")
    if way == "stretch":
        return _stretch(match, first, last)
    return _amount(match, first, last)


def _stretch(match: re.Match[str], first: dt.date, last: dt.date) -> Value:
    _, far = table("stretches")[group(match, "stretch")]
    name = table("units").get(group(match, "stretch"))
    side = _side(match)
    if side == 0:
        return _OPEN
    if (text := group(match, "number")) and name:
        count = counts(text)[1]
        edge = calendar.add(first if side < 0 else last, name, side * count)
    else:
        edge = (first if side < 0 else last) + side * far * _ONE
    if side < 0:
        return Value(edge, first - _ONE, "range")
    return Value(last + _ONE, edge, "range")


def _amount(match: re.Match[str], first: dt.date, last: dt.date) -> Value:
    side, name = _side(match), table("units")[group(match, "unit")]
    centre = first if side < 0 else last
    text = group(match, "number")
    if not text and not group(match, "the"):
        near, far = table("stretches").get(group(match, "unit"), (0, 0))
        if not far:
            return _OPEN
        near = {"weeks": 7, "months": 30, "years": 365}.get(group(match, "unit"), near)
        days = sorted((centre + side * near * _ONE, centre + side * far * _ONE))
        return Value(days[0], days[1], "range")
    low, high = counts(text or "one")
    told = table("told").get(name, name)
    near_day = calendar.add(centre, name, side * low)
    if low != high:
        days = sorted((near_day, calendar.add(centre, name, side * high)))
        return Value(days[0], days[1], "range")
    return Value(*calendar.span(told, near_day), PRECISIONS[told])


def _bound(side: str, span: Span | None, published: dt.date | None) -> Value:
    if span is None:
        return _OPEN
    first, last = span
    if side == "since":
        start = first if (last - first).days <= 366 else last
        ahead = published is not None and start > published
        return Value(start, None if ahead else published, "range", "since")
    if side in ("after", "following"):
        return Value(last, None, "range", "after")
    if side == "until":
        return Value(None, first, "range", "until")
    return Value(None, first - _ONE, "range", "before")


def _anniversary(
    match: re.Match[str],
    span: Span | None,
    inner: TimeExpression | None,
    published: dt.date | None,
) -> Value:
    if span is None:
        return Value(None, None, "day")
    first, last = span
    if inner is not None and inner.precision not in ("day", "month"):
        return Value(None, None, "day")
    years = number(match, "nth") or table("anniversaries").get(group(match, "anniversary"), 0)
    if not years:
        if published is None:
            return Value(None, None, "day")
        past = [y for y in range(1, published.year - first.year + 1)
                if calendar.add(first, "year", y) <= published]  # fmt: skip
        years = past[-1] if past else 1
    first, last = calendar.add(first, "year", years), calendar.add(last, "year", years)
    return Value(first, last, "day" if first == last else "month")
