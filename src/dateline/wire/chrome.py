"""Which lines of a saved page are furniture: counters, share bars, menus, adverts, notices.

A line is furniture only if all of it fits a pattern of `data/chrome.csv`; so a sentence that speaks
of sharing or of cookies stays.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from dateline.wire import settings, tables

_EDGES = " \t.…:»«→←›‹>|•·*–—-▶►▼▾✕×+"
_TOKEN = re.compile(r"[^\s|/·•,&()\[\]:…–—]+")
_COUNT = re.compile(r"\+|\d[\d.,]*[km]?")
_OPEN = re.compile(r"[*+]|\{\d*,\d{2,}\}")
_SHORT = 60
_LETTER = re.compile(r"[^\W\d_]")


def plain(line: str) -> str:
    """A line as the patterns see it: single spaces, straight apostrophes, no marks at its ends."""
    return " ".join(line.split()).replace("’", "'").strip(_EDGES)


def kind(line: str) -> str | None:
    """The kind of furniture that a whole line is, or None for a line that may be news."""
    if len(line) > settings.MAX_CHROME_LINE:
        return None
    return _kind(line)


@lru_cache(maxsize=8192)
def _kind(line: str) -> str | None:
    # Pages of one site share their furniture, so its lines are met again and again.
    if not _LETTER.search(line):
        return "rule"
    text = plain(line)
    match = _patterns(len(text) > _SHORT).fullmatch(text)
    if match:
        return _kinds()[match.lastgroup or ""]
    return "share" if _is_share_bar(text) else None


def opens_list(line: str) -> bool:
    """Whether a line heads a list of other reports ("Related articles")."""
    if len(line) > settings.MAX_CHROME_LINE:
        return False
    return _related().fullmatch(plain(line)) is not None


@cache
def _kinds() -> dict[str, str]:
    names = sorted({row["kind"] for row in tables.rows("chrome")} - {"share"})
    return {f"k{i}": name for i, name in enumerate(names)}


@cache
def _patterns(long: bool) -> re.Pattern[str]:
    """All patterns as one; for a long line, only those that can match one."""
    groups = []
    for group, name in _kinds().items():
        patterns = tables.column("chrome", "pattern", kind=name)
        fitting = [pattern for pattern in patterns if not long or _OPEN.search(pattern)]
        if fitting:
            groups.append(f"(?P<{group}>{'|'.join(fitting)})")
    return re.compile("|".join(groups), re.IGNORECASE)


@cache
def _related() -> re.Pattern[str]:
    return re.compile("|".join(tables.column("chrome", "pattern", kind="related")), re.IGNORECASE)


@cache
def _share_items() -> frozenset[tuple[str, ...]]:
    return frozenset(
        tuple(_TOKEN.findall(item.casefold()))
        for item in tables.column("chrome", "pattern", kind="share")
    )


def _is_share_bar(text: str) -> bool:
    """Whether a line is names of places to share at, buttons and counts, and nothing else."""
    tokens = _TOKEN.findall(text.casefold())
    at = found = 0
    while at < len(tokens):
        size = next((n for n in (4, 3, 2, 1) if tuple(tokens[at : at + n]) in _share_items()), 0)
        if not size and not _COUNT.fullmatch(tokens[at]):
            return False
        found += size > 0
        at += size or 1
    return found > 0
