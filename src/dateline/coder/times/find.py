"""Finding the times of a paragraph.

Patterns give atoms ("Dec. 21", "2018", "last week"); words before and between them make bounds and
ranges ("since 2012", "from May to July").
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from spacy.tokens import Doc

from dateline.coder.plain import text_of
from dateline.coder.times import lexicon
from dateline.coder.times.accept import is_time, token_at
from dateline.coder.times.calendar import Span
from dateline.coder.times.model import TimeExpression
from dateline.coder.times.rules import RULES
from dateline.coder.times.tense import Tense, speech_before, tense
from dateline.coder.times.told import EventDates, with_events
from dateline.coder.times.value import Context, Value, number
from dateline.records import Time

_JOIN = re.compile(
    r"\s*(?:(-|–|—)|,?\s*\b(to|through|until|till|and)\b(?:\s+(?:the|in))?)\s*", re.I
)
_LIST = re.compile(r"\s*(?:,\s*(?:and|or)?|and|or|to|-|–|/)\s*", re.I)
_FROM = re.compile(r"\b(from|between)(?:\s+the)?\s+$", re.I)
_ONWARD = re.compile(r"\s+(?:on|onwards?|forward)\b(?!\s+\w+\s+\d)", re.I)
_MONTH = dt.timedelta(days=30)
_YEARLESS = ("date", "month", "weekday", "holiday", "season")


@dataclass(frozen=True, slots=True)
class _Reading:
    """A paragraph with its text, which spaCy would build anew at each look."""

    doc: Doc
    text: str
    published: dt.date | None


@dataclass(frozen=True, slots=True)
class _Atom:
    rule: str
    match: re.Match[str] | None
    start: int
    end: int
    value: Value
    weak: bool = False


def find_times(doc: Doc, published: dt.date | None) -> list[TimeExpression]:
    """Every expression of time in a parsed paragraph, in order, none overlapping.

    Relative expressions are reckoned from the day of publication; where it is None their dates
    are None. The tense of the governing verb chooses between the last and the next "Wednesday".
    """
    return article_times([(doc, published)])[0]


def article_times(
    paragraphs: Iterable[tuple[Doc, dt.date | None]],
) -> list[list[TimeExpression]]:
    """As `find_times`, for each paragraph of an article, with its day of publication.

    What one paragraph dates ("the vote on May 5") helps to read the others ("a week after the
    vote"), and "two days later" may look back to the paragraph before.
    """
    dates, plain = EventDates(), []
    previous: Span | None = None
    for doc, published in paragraphs:
        times, previous = _plain(doc, published, previous)
        dates.gather(doc, times)
        plain.append((doc, published, times))
    return [with_events(doc, times, published, dates) for doc, published, times in plain]


def _plain(
    doc: Doc, published: dt.date | None, previous: Span | None
) -> tuple[list[TimeExpression], Span | None]:
    """The times of a paragraph that no event tells, and the last that others may look back to."""
    text = text_of(doc)
    kinds = lexicon.kinds_in(text)
    if not kinds:
        return [], previous
    reading = _Reading(doc, text, published)
    atoms, previous = _resolve(_chosen(_candidates(text, kinds), reading), reading, previous)
    return [_finish(atom, reading) for atom in _ranges(atoms, reading)], previous


def to_record(expression: TimeExpression, text: str) -> Time:
    """The record of an expression; `text` is the expression as it stands in the article."""
    return Time(
        text=text,
        start=expression.first.isoformat() if expression.first else None,
        end=expression.last.isoformat() if expression.last else None,
        precision=expression.precision,
    )


def _candidates(text: str, kinds: frozenset[str]) -> list[tuple[str, int, re.Match[str]]]:
    found = [
        (pattern.rule, pattern.order, match)
        for pattern in lexicon.patterns()
        if pattern.needs <= kinds
        for match in pattern.regex.finditer(text)
    ]
    if "digits" in kinds:
        for order, (regex, _, _) in enumerate(lexicon.named()):
            found += [("named", -order - 1, match) for match in regex.finditer(text)]
    found.sort(key=lambda item: (item[0] != "named", item[2].start() - item[2].end(), item[1]))
    return found


def _chosen(
    found: list[tuple[str, int, re.Match[str]]], reading: _Reading
) -> list[tuple[str, int, re.Match[str], bool]]:
    """The longest that do not overlap; a year without a year's company stays, as weak."""
    taken: list[tuple[str, int, re.Match[str], bool]] = []
    used = bytearray(len(reading.text))
    for rule, order, match in found:
        start, end = match.span()
        if start == end or any(used[start:end]):
            continue
        accepted = is_time(rule, match, reading.doc)
        if not accepted and rule != "year":
            continue
        used[start:end] = b"\1" * (end - start)
        taken.append((rule, order, match, not accepted))
    return sorted(taken, key=lambda item: item[2].start())


def _resolve(
    chosen: list[tuple[str, int, re.Match[str], bool]], reading: _Reading, previous: Span | None
) -> tuple[list[_Atom], Span | None]:
    atoms: list[_Atom] = []
    for rule, order, match, weak in chosen:
        if rule == "named":
            _, first, last = lexicon.named()[-order - 1]
            value: Value | None = Value(first, last, "day")
        else:
            value = _apply(rule, match, reading, reading.published, previous)
        if value is None:
            continue
        atoms.append(_Atom(rule, match, *_trim(match), value, weak))
        if (
            value.first
            and value.last
            and value.precision in ("day", "week", "month", "year")
            and not weak
        ):
            previous = value.first, value.last
    return atoms, previous


def _trim(match: re.Match[str]) -> tuple[int, int]:
    text = match[0]
    return match.start() + len(text) - len(text.lstrip(" ,(")), match.end() - len(text) + len(
        text.rstrip(" ,")
    )


def _apply(
    rule: str,
    match: re.Match[str],
    reading: _Reading,
    published: dt.date | None,
    previous: Span | None,
    told: Tense | None = None,
) -> Value | None:
    """A rule's value; no value where the date does not exist, no dates outside years 1 to 9999."""
    look = partial(_tense, reading.doc, match, told)
    try:
        return RULES[rule](match, Context(published, look, previous))
    except OverflowError:
        return Value(None, None, "range")
    except ValueError:
        return None


def _tense(doc: Doc, match: re.Match[str], told: Tense | None) -> Tense | None:
    if told:
        return told
    speech = speech_before(doc, match.start())
    return tense(speech or token_at(doc, *match.span()))


def _ranges(atoms: list[_Atom], reading: _Reading) -> Iterator[_Atom]:
    """Join what "from … to", "between … and" and dashes join; drop weak years left over."""
    index, before = 0, None
    while index < len(atoms):
        atom = atoms[index]
        joined = _join(atom, atoms[index + 1], reading) if index + 1 < len(atoms) else None
        if joined:
            atom, index = joined, index + 1
        index += 1
        if atom.weak:
            listed = (
                before
                and before.rule == "year"
                and _LIST.fullmatch(reading.text, before.end, atom.start)
            )
            if not listed:
                continue
        before = atom
        yield atom


def _join(one: _Atom, two: _Atom, reading: _Reading) -> _Atom | None:
    between = _JOIN.fullmatch(reading.text, one.end, two.start)
    lead = _FROM.search(reading.text, max(0, one.start - 15), one.start)
    if not between or "duration" in (one.value.relation, two.value.relation):
        return None
    word = (between[2] or "-").lower()
    if word == "and" and not (lead and lead[1].lower() == "between"):
        return None
    if (one.weak or (one.rule == "year" and word == "to")) and not lead and word != "-":
        return None
    first, last = _together(one, two, reading)
    if first is None or last is None:
        value = Value(None, None, "range")
    elif not first.first or not last.last or first.first > last.last:
        if first.first and last.last:
            return None
        value = Value(first.first, last.last, "range")
    else:
        value = Value(first.first, last.last, "range")
    return _Atom("joined", None, lead.start() if lead else one.start, two.end, value)


def _together(one: _Atom, two: _Atom, reading: _Reading) -> tuple[Value | None, Value | None]:
    """The values of two ends; an end without a year takes it from the other."""
    a_free = one.rule in _YEARLESS and one.match is not None and not number(one.match, "year")
    b_free = two.rule in _YEARLESS and two.match is not None and not number(two.match, "year")
    first, last = one.value, two.value
    if (
        a_free
        and one.match
        and last.last
        and (not b_free or (first.first and first.first > last.last))
    ):
        first = _apply(one.rule, one.match, reading, last.last, None, "past") or first
    elif (
        b_free
        and two.match
        and first.first
        and (not a_free or (last.last and first.first > last.last))
    ):
        last = _apply(two.rule, two.match, reading, first.first, None, "future") or last
    return first, last


def _finish(atom: _Atom, reading: _Reading) -> TimeExpression:
    """Take in the word before, and turn a time into the bound that it makes of it."""
    start, end, value = atom.start, atom.end, atom.value
    found = lexicon.prefix().search(reading.text, max(0, start - 40), start)
    relation = value.relation
    if atom.rule != "joined" and found and not _qualifies_noun(reading, start, end):
        word = " ".join(found["relation"].lower().split())
        kind = lexicon.table("relations")[word]
        if kind != "from" or atom.rule in ("date", "year", "month", "weekday"):
            start = found.start()
        if kind == "from":
            onward = _ONWARD.match(reading.text, end)
            kind, end = ("since", onward.end()) if onward else ("at", end)
        rolling = atom.rule in ("window", "recent", "duration")
        if rolling and word == "for":
            relation = "duration"
        if (relation == "at" and not rolling) or kind == "by":
            feast = value.first if kind == "before" and atom.rule == "holiday" else None
            value = _bound(kind, value, reading.published)
            relation = "until" if kind == "by" else kind
            if feast:  # "before Christmas" is not years before
                value = replace(value, first=feast - _MONTH)
    return TimeExpression(start, end, value.first, value.last, value.precision, relation)


def _bound(kind: str, value: Value, published: dt.date | None) -> Value:
    one = dt.timedelta(days=1)
    try:
        if kind == "since":
            ahead = value.first and published and value.first > published
            return replace(value, last=None if ahead else published, precision="range")
        if kind == "until" or kind == "by":
            return replace(value, first=None, precision="range")
        if kind == "before":
            last = value.first - one if value.first else None
            return replace(value, first=None, last=last, precision="range")
        if kind == "after":
            first = value.last + one if value.last else None
            return replace(value, first=first, last=None, precision="range")
    except OverflowError:
        return replace(value, first=None, last=None, precision="range")
    return value


def _qualifies_noun(reading: _Reading, start: int, end: int) -> bool:
    """Whether a time stands before a noun that it qualifies: "since the 2014 invasion"."""
    if reading.text[end : end + 2] == "'s":
        return True
    span = reading.doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return False
    root = span.root
    return root.dep_ in ("compound", "nummod", "poss", "amod", "nmod") and root.head.i >= span.end
