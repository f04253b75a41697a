"""Whose report it is: hosts, lines that name a source, and the marks of the wires."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Literal, NamedTuple
from urllib.parse import urlsplit

from dateline.wire import settings, tables
from dateline.wire.chrome import plain

_HOST = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,6}[^\W\d_]{2,24})(?=[/:?#\s)\],.;]|$)")
_EDGES = " \t.,;:|()[]«»“”\"'–—-"
_ARTICLE = re.compile(r"(?:the|la|le|el|il|der|die|das|harian|majalah)\s+", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?。][\"”’)]?$")


class Mark(NamedTuple):
    """A line that names the source."""

    line: int
    """Its index."""
    host: str | None
    """The source's host, if it is known."""
    whole: bool
    """Whether the line says nothing else, and so is no news."""
    wire: bool = False
    """Whether it is the mark of a wire, not a label or phrase."""


def host_of(url: str | None) -> str | None:
    """The registered domain of a URL or host name ("www.bbc.co.uk/news" -> "bbc.co.uk").

    None for what has none: numeric addresses, local names, names under no public suffix. Names
    under `.example` (RFC 2606) count as registered: examples and the sample wire live there.
    """
    if not url:
        return None
    from tld import get_fld

    url = url.strip()
    if "//" not in url:
        url = f"https://{url}"
    try:
        host = urlsplit(url).hostname
        found = get_fld(f"https://{host}", fail_silently=True, search_private=False)
    except (ValueError, UnicodeError, IndexError):
        return None
    if found:
        return str(found).lower()
    labels = (host or "").lower().split(".")
    return ".".join(labels[-2:]) if labels[-1] == "example" and len(labels) > 1 else None


def publisher_host(url: str | None) -> str | None:
    """The domain of a URL, unless it belongs to a platform that only carries others' pages."""
    host = host_of(url)
    return None if host in _platforms() else host


def named_host(text: str) -> str | None:
    """The domain that some words name: a host or URL among them, or a known source's name."""
    text = text[: settings.MAX_CHROME_LINE]
    for match in _HOST.finditer(text):
        host = publisher_host(match[1])
        if host and (match[1].islower() or "/" in match[0] or match[1].lower().startswith("www.")):
            return host
    return source_host(text)


def source_host(name: str, *kinds: str) -> str | None:
    """The domain of a wire or outlet by its name, from `data/sources.csv`."""
    name = re.sub(r"\s+", " ", name).strip(_EDGES + "©®™")
    for text in (name, _ARTICLE.sub("", name, count=1)):
        found = _sources().get(text) or _folded().get(text.casefold())
        if found and (not kinds or found[1] in kinds):
            return found[0]
    return None


def marks(lines: Sequence[str]) -> list[Mark]:
    """The lines that name where the report comes from, best first.

    A label ("Sumber:") or phrase ("originally published on") goes before the mark of a wire.
    """
    found = [mark for i, line in enumerate(lines) for mark in _explicit(lines, i, line)]
    return found + _wire_marks(lines)


def label_rest(line: str) -> str | None:
    """What follows a label such as "Source:" that a line starts with, or None without one."""
    if len(line) > settings.MAX_CHROME_LINE:
        return None
    match = _labels().match(line)
    return line[match.end() :].strip() if match else None


def _explicit(lines: Sequence[str], i: int, line: str) -> list[Mark]:
    if not line or len(line) > settings.MAX_CHROME_LINE:
        return []
    rest = label_rest(line)
    if rest is None:
        match = _phrases().match(plain(line))
        host = _leading_host(match[match.lastgroup or 0]) if match else None
        return [Mark(i, host, True)] if host else []
    if not rest.strip(_EDGES):
        below = lines[i + 1] if i + 1 < len(lines) else ""
        host = named_host(below) if len(below) < 80 else None
        return [Mark(i, host, True), Mark(i + 1, host, True)] if host else []
    host = named_host(rest)
    if host and (len(rest) <= 100 or not _SENTENCE.search(rest)):
        return [Mark(i, host, True)]
    is_tail = i >= len(lines) - settings.TAIL_LINES
    if is_tail and len(rest) <= 60 and not _SENTENCE.search(rest):
        return [Mark(i, None, True)]
    return []


def _leading_host(text: str) -> str | None:
    """The source that the first words name, as many of them as make a name."""
    words = text.split()
    sizes = range(min(len(words), 6), 0, -1)
    return next((host for n in sizes if (host := named_host(" ".join(words[:n])))), None)


def _wire_marks(lines: Sequence[str]) -> list[Mark]:
    head = range(min(settings.HEAD_LINES, len(lines)))
    tail = range(max(len(lines) - settings.TAIL_LINES, 0), len(lines))
    found = [mark for i in head if (mark := _wire_mark(i, lines[i], "head"))]
    return found + [mark for i in reversed(tail) if (mark := _wire_mark(i, lines[i], "tail"))]


def _wire_mark(i: int, line: str, where: Literal["head", "tail"]) -> Mark | None:
    match = _head_marks().match(line[:160]) if where == "head" else _tail_marks().search(line[-80:])
    if match:
        whole = len(line) < 40 and match.end() - match.start() == len(line)
        return Mark(i, source_host(match[match.lastgroup or 0], "wire"), whole, wire=True)
    host = source_host(line, "wire") if len(line) < 40 else None
    return Mark(i, host, True, wire=True) if host else None


@cache
def _platforms() -> frozenset[str]:
    return frozenset(tables.column("platforms", "host"))


@cache
def _sources() -> dict[str, tuple[str, str]]:
    return {row["name"]: (row["host"], row["kind"]) for row in tables.rows("sources")}


@cache
def _folded() -> dict[str, tuple[str, str]]:
    # Short names are words as well ("time", "ap"): those must be written as they are.
    return {name.casefold(): found for name, found in _sources().items() if len(name) > 5}


@cache
def _labels() -> re.Pattern[str]:
    names = sorted(tables.column("origin_marks", "mark", kind="label"), key=len, reverse=True)
    words = "|".join(map(re.escape, names))
    return re.compile(rf"\W{{0,4}}(?:{words})\s*[:：]\s*", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    marks = tables.column("origin_marks", "mark", kind="phrase")
    slots = (mark.replace("{source}", rf"(?P<s{i}>.{{2,200}})") for i, mark in enumerate(marks))
    return re.compile("|".join(slots), re.IGNORECASE)


@cache
def _wire_names() -> str:
    names = sorted(tables.column("sources", "name", kind="wire"), key=len, reverse=True)
    return "|".join(map(re.escape, names))


@cache
def _head_marks() -> re.Pattern[str]:
    """Marks such as "KYIV (Reuters) -", "BEIJING, Dec. 21 (Xinhua)", "Xinhua |", "Oslo, NTB -"."""
    wire = _wire_names()
    return re.compile(
        rf"(?:.{{0,80}}?\((?:[\w. ]{{1,20}}[/,])?\s*(?P<a>{wire})(?:\s*[/,][\w. ]{{1,20}})?\)"
        rf"(?:\s*[-–—:]|$)|[^\Wa-z\d_]{{3,}}[^()]{{0,60}}\((?P<b>{wire})\)"
        rf"|(?P<c>{wire})\s*[|｜/:–—-]\s|[^\Wa-z\d_].{{0,40}},\s(?P<d>{wire})\s*[-–—]+\s)"
    )


@cache
def _tail_marks() -> re.Pattern[str]:
    """ "… on Monday. — AFP", "(Reuters)", "via Reuters", "© 2022 AFP"."""
    wire = _wire_names()
    return re.compile(
        rf"(?:(?:^|[\s.”\"])[-–—/|]{{1,2}}\s?(?P<a>{wire})|\((?:[\w. ]{{1,20}}/)?(?P<b>{wire})"
        rf"(?:/[\w. ]{{1,20}})?\)|^(?:via|by|©|\(c\)|copyright)\s(?:\d{{4}}\s)?(?P<c>{wire}))"
        r"[.)\]]?\s*$",
    )
