"""Plain text to an article. Its text stays as it is; the news in it is told from the furniture."""

from __future__ import annotations

import datetime as dt
import logging
import re
from collections.abc import Sequence
from itertools import pairwise

from dateline.errors import DatelineError
from dateline.records import Article, Passage
from dateline.wire import settings
from dateline.wire.clean import Cleaned, clean, ends_sentence
from dateline.wire.decode import sound
from dateline.wire.given import Given, Reading
from dateline.wire.origin import publisher_host

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_STOPS = (".", ",", ";", ":", "。", "।", "，", "、", "：")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
# Lines of running text that was wrapped at a column.
_WRAPPED_AT = range(45, 101)

Line = tuple[int, int]
log = logging.getLogger(__name__)


def article_from_text(
    text: str,
    *,
    id: str,
    url: str | None = None,
    title: str | None = None,
    published: str | None = None,
    publisher: str | None = None,
    today: dt.date | None = None,
) -> Article:
    """An article from plain text; `Article.text` is `text`, offsets count in it.

    `published` is ISO 8601. A saved page's furniture is left out of the passages, its contributor
    lines become credits, and its source the origin. Raises DatelineError for a text without news.
    """
    given = Given(
        id, today or dt.date.today(), url, title, published=published, publisher=publisher
    )
    reading = read_text(text, given)
    for complaint in reading.complaints:
        log.warning("%s: %s", id, complaint)
    return reading.article


def read_text(text: str, given: Given) -> Reading:
    """An article from plain text, and complaints about its date.

    Raises DatelineError for a text that is empty or holds nothing but furniture.
    """
    text = sound(text)
    if not text or text.isspace():
        raise DatelineError("is empty")
    lines = _lines(text)
    strings = [text[start:end] for start, end in lines]
    gaps = [_is_gap(text[a[1] : b[0]]) for a, b in pairwise(lines)]
    cleaned = clean(strings, _inside_wrapped(strings, gaps))
    headline = _headline(strings, gaps, cleaned)
    passages = _passages(lines, cleaned, headline)
    if not passages:
        raise DatelineError("holds no news text, only page furniture")
    published, complaints = given.date()
    article = Article(
        id=given.id,
        text=text,
        title=given.title or (strings[headline] if headline is not None else None),
        url=given.url,
        published=published,
        publisher=given.publisher or publisher_host(given.url),
        origin=cleaned.origin or publisher_host(given.url),
        byline=cleaned.byline,
        credits=cleaned.credits,
        passages=passages,
    )
    return Reading(article, complaints)


def _lines(text: str) -> list[Line]:
    """Where the lines that are not blank start and end, without the space around them."""
    found = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((start, end))
    return found


def _is_gap(between: str) -> bool:
    """Whether what lies between two lines holds a blank line."""
    return len(between.replace("\r\n", "\n").replace(" ", "").replace("\t", "")) > 1


def _inside_wrapped(lines: Sequence[str], gaps: Sequence[bool]) -> frozenset[int]:
    """The lines of paragraphs that were wrapped at a column: each is a part of a sentence."""
    inside: set[int] = set()
    start = 0
    for i in range(1, len(lines) + 1):
        if i < len(lines) and not gaps[i - 1]:
            continue
        block = lines[start:i]
        body = block[:-1]
        full = sum(len(line) in _WRAPPED_AT for line in body)
        if len(block) > 2 and full == len(body) and sum(map(ends_sentence, body)) <= full / 2:
            inside.update(range(start, i))
        start = i
    return frozenset(inside)


def _headline(lines: Sequence[str], gaps: Sequence[bool], cleaned: Cleaned) -> int | None:
    """The index of the first line of news if it reads as a title and news follows it."""
    news = [i for i, role in enumerate(cleaned.roles) if role == "news"]
    if len(news) < 2:
        return None
    first = news[0]
    line = lines[first]
    if len(line) > settings.MAX_TITLE:
        return None
    apart = gaps[first] or news[1] > first + 1
    capitals = _is_title_case(line)
    if line.endswith(_STOPS):
        return first if apart and capitals and line.endswith(".") else None
    return first if apart or capitals else None


def _is_title_case(line: str) -> bool:
    words = [word for word in _WORD.findall(line) if len(word) > 3]
    return len(words) > 2 and all(not word[0].islower() for word in words)


def _passages(lines: Sequence[Line], cleaned: Cleaned, headline: int | None) -> tuple[Passage, ...]:
    """The runs of lines that are news, the headline by itself."""
    found: list[Passage] = []
    run: Line | None = None
    for i, (start, end) in enumerate(lines):
        if cleaned.roles[i] == "news" and i != headline:
            run = (run[0] if run else start, end)
            continue
        if run:
            found.append(Passage(start=run[0], end=run[1]))
            run = None
        if i == headline:
            found.append(Passage(start=start, end=end, kind="headline"))
    if run:
        found.append(Passage(start=run[0], end=run[1]))
    return tuple(found)
