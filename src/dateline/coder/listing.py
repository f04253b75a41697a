"""The times and places of an article, each on its own: what the coder reads before any event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from dateline.coder import places as _places
from dateline.coder import times as _times
from dateline.coder.parse import paragraphs
from dateline.coder.times import TimeExpression
from dateline.records import Article, DocumentId, PlaceMention, TimeMention

_PERIODS = {
    "day": "P1D",
    "week": "P1W",
    "month": "P1M",
    "quarter": "P3M",
    "season": "P1Y",
    "year": "P1Y",
    "decade": "P10Y",
}


def time_mentions(article: Article) -> Iterator[TimeMention]:
    """Every expression of time in an article's passages, in the order of the text.

    Reckoned from the article's day of publication, or its entry's; without one, times such as "on
    Wednesday" have no dates.
    """
    parsed = paragraphs(article)
    found = _times.article_times((p.doc, p.published) for p in parsed)
    document = DocumentId(id=article.id)
    for paragraph, expressions in zip(parsed, found, strict=True):
        for time in expressions:
            start, end = paragraph.start + time.start, paragraph.start + time.end
            yield TimeMention(
                document=document,
                text=article.text[start:end],
                start=start,
                end=end,
                value=value_of(time),
                first=_iso(time.first),
                last=_iso(time.last),
                precision=time.precision,
                relation=time.relation,
            )


def place_mentions(article: Article) -> Iterator[PlaceMention]:
    """Every place name in an article's passages, in the order of the text, states as such too."""
    parsed = paragraphs(article)
    context = _places.PlaceContext()
    context.gather([p.doc for p in parsed])
    document = DocumentId(id=article.id)
    for paragraph in (part for p in parsed for part in (p.dateline, p) if part is not None):
        for place in _places.find_places(paragraph.doc, context):
            start, end = paragraph.start + place.start, paragraph.start + place.end
            yield PlaceMention(
                document=document,
                text=article.text[start:end],
                start=start,
                end=end,
                name=place.name,
                country=place.country,
                lat=place.lat,
                lon=place.lon,
                geonameid=place.geonameid,
                precision=place.precision,
                role=place.role,
            )


def value_of(time: TimeExpression) -> str | None:
    """The value in the form of ISO 8601: 2022-12-21, 2022-W51, 2022-12, 2022, else first/last.

    An open end is "..", what recurs is "R/" and its period; None where the dates are unknown.
    """
    if time.relation == "recurring":
        return "R/" + _PERIODS.get(time.precision, "P1Y")
    first, last = time.first, time.last
    if first is None and last is None:
        return None
    if first is not None and last is not None:
        if first == last:
            return first.isoformat()
        if (first, last) == _times.span("week", first):
            year, week, _ = first.isocalendar()
            return f"{year}-W{week:02d}"
        if (first, last) == _times.span("month", first):
            return f"{first:%Y-%m}"
        if (first, last) == _times.span("year", first):
            return f"{first.year:04d}"
    return f"{_iso(first) or '..'}/{_iso(last) or '..'}"


def _iso(day: dt.date | None) -> str | None:
    return day.isoformat() if day is not None else None
