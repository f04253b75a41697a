"""Lines that name who worked on a report: bylines and contributors, by `data/credits.csv`."""

from __future__ import annotations

import re
from functools import cache
from typing import Literal, NamedTuple

from dateline.wire import settings, tables
from dateline.wire.chrome import plain

Place = Literal["head", "body", "tail"]

_NAMES = r"(?P<n{}>[^\s][^!?]{{1,160}}?)"
_MAX_LOWER = 12
_WORD = re.compile(r"[^\W\d_][\w.'’-]*")
_SENTENCES = re.compile(r"[^\W\d_]{3,}[.!?]\s")


class Credit(NamedTuple):
    """A line that is a credit or a byline; `names` is what it says of a byline."""

    kind: Literal["credit", "byline"]
    names: str


def credit(line: str, place: Place) -> Credit | None:
    """What a whole line says of who worked on the report; None for a line that is news."""
    if len(line) > settings.MAX_CHROME_LINE:
        return None
    text = plain(line).strip("() ")
    if sum(word.islower() and len(word) > 3 for word in text.split()) > _MAX_LOWER:
        return None
    for pattern, kind, where in _patterns():
        if where not in ("any", place):
            continue
        match = pattern.fullmatch(text)
        if match and all(_are_names(names) for names in match.groupdict().values() if names):
            first = next(iter(match.groupdict().values()), None) or text
            return Credit("byline" if kind == "byline" else "credit", first)
    return _several(text, place)


def _several(text: str, place: Place) -> Credit | None:
    """A line of a few sentences, each of which is a credit."""
    if place != "tail" or not _SENTENCES.search(text):
        return None
    parts = re.split(r"(?<=[^\W\d_]{3}[.!?])\s+", text)
    if len(parts) > 1 and all(credit(part, place) for part in parts):
        return Credit("credit", text)
    return None


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    found = []
    for row in tables.rows("credits"):
        if row["kind"] == "word":
            continue
        parts = row["pattern"].split("{names}")
        text = parts[0]
        for i, part in enumerate(parts[1:]):
            text += _NAMES.format(i) + part
        found.append((re.compile(text), row["kind"], row["place"]))
    return tuple(found)


@cache
def _small_words() -> frozenset[str]:
    return frozenset(tables.column("credits", "pattern", kind="word"))


def _are_names(text: str) -> bool:
    """Whether words could be names and what joins them, and no clause of a sentence."""
    words = _WORD.findall(text)
    if not words or not (words[0][0].isupper() or not words[0][0].islower()):
        return False
    if _SENTENCES.search(text):
        return False
    return len(words) <= 30 and all(
        not word[0].islower() or len(word) <= 3 or word.lower() in _small_words() for word in words
    )
