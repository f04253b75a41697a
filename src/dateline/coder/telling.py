"""An article as it is told: its sentences with their times, the reports they belong to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Span

from dateline.coder.candidates import Candidate
from dateline.coder.parse import Paragraph
from dateline.coder.times import TimeExpression
from dateline.coder.times.lexicon import words
from dateline.coder.times.report import Report, report
from dateline.records import Precision, Time


@dataclass(frozen=True, slots=True)
class Dated:
    """The days of an act, and the words that tell them: code points into the article's text."""

    first: dt.date | None
    last: dt.date | None
    precision: Precision
    start: int = 0
    end: int = 0
    how: str = "told"

    def record(self, text: str) -> Time:
        """The record, its words cut from the article; no words where only publication tells."""
        return Time(
            text=text[self.start : self.end],
            start=self.first.isoformat() if self.first else None,
            end=self.last.isoformat() if self.last else None,
            precision=self.precision,
        )


@dataclass(slots=True)
class Told:
    """A sentence of an article with its times and candidates."""

    paragraph: Paragraph
    sentence: Span
    times: Sequence[TimeExpression]
    candidates: Sequence[Candidate]
    place: int = 0
    """Its number in the report: of an article, or of an entry of a live blog."""
    report: Report | None = None
    news: Dated | None = None
    ground: Dated | None = None
    """The time in which its past tense is set, where the text tells it."""
    left: bool = False
    """Whether the report has left its news for the background before."""


def goes_on_from_before(told: Told) -> bool:
    """Whether a sentence begins with a word that ties it to the one before: "But", "He", "Then"."""
    return told.sentence[0].lower_ in words("connectives")


def own_time(time: TimeExpression, paragraph: Paragraph) -> Dated:
    """The days of an act that a time in its paragraph governs."""
    start = paragraph.start
    return Dated(time.first, time.last, time.precision, start + time.start, start + time.end)


def inherited(dated: Dated, how: str) -> Dated:
    """The same days, with why they are another act's as well."""
    return Dated(dated.first, dated.last, dated.precision, dated.start, dated.end, how)


def set_reports(told: Sequence[Told], paragraphs: Sequence[Paragraph]) -> None:
    """Give each sentence its report: the article's, or that of its entry in a live blog."""
    numbers = {id(p): i for i, p in enumerate(paragraphs)}
    for group in _reports(told):
        body = [t for t in group if t.paragraph.kind != "headline"]
        sentences = [(numbers[id(t.paragraph)], _within(t)) for t in (body or group)]
        found = report(sentences, group[0].paragraph.published)
        news = _news(found, paragraphs) if found else None
        for place, one in enumerate(body or group):
            one.place = place
        for one in group:
            one.report, one.news = found, news


def _reports(told: Sequence[Told]) -> Iterator[list[Told]]:
    group: list[Told] = []
    for one in told:
        entry = one.paragraph.kind == "entry"
        new = bool(group) and (
            one.paragraph.published != group[-1].paragraph.published
            or (entry and group[-1].paragraph.kind != "entry")
        )
        if new:
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _within(told: Told) -> list[TimeExpression]:
    first, last = told.sentence.start_char, told.sentence.end_char
    return [t for t in told.times if first <= t.start < last]


def _news(found: Report, paragraphs: Sequence[Paragraph]) -> Dated:
    precision: Precision = "day" if found.first == found.last else "range"
    if found.time is None:
        return Dated(
            found.first, found.last, precision, how="the day of publication, or the day before"
        )
    start = paragraphs[found.paragraph].start
    first, last = start + found.time.start, start + found.time.end
    return Dated(found.first, found.last, precision, first, last, "the days of the report")
