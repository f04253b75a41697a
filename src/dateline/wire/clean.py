"""The lines of an article told apart: news, furniture, credits, and lines that name the source."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Literal

from dateline.wire import chrome, settings
from dateline.wire.credits import Place, credit
from dateline.wire.origin import marks

Role = Literal["news", "chrome", "credit", "byline", "origin"]

_ENDS = re.compile(r"[.!?…。！？؟।][\"”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What each line is, and what the lines that are no news say.

    `source` is the host that the article names as its source; `wire` that of a wire whose mark it
    bears.
    """

    roles: tuple[Role, ...]
    byline: str | None
    credits: tuple[str, ...]
    source: str | None
    wire: str | None

    @property
    def origin(self) -> str | None:
        """The host of whose report it is, as far as its lines tell."""
        return self.source or self.wire


def ends_sentence(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _ENDS.search(line[-8:]) is not None


def clean(lines: Sequence[str], inside: Collection[int] = ()) -> Cleaned:
    """Tell the lines of an article apart.

    `lines` are stripped and not empty; `inside` are the indexes of lines within a wrapped
    paragraph, which are parts of sentences and so always news.
    """
    roles: list[Role] = [
        "news" if i in inside or chrome.kind(line) is None else "chrome"
        for i, line in enumerate(lines)
    ]
    _drop_lists(lines, roles)
    kept = [i for i, role in enumerate(roles) if role == "news" and i not in inside]
    byline, credits = _credits(lines, roles, kept)
    source, wire = _origin(lines, roles)
    return Cleaned(tuple(roles), byline, credits, source, wire)


def _drop_lists(lines: Sequence[str], roles: list[Role]) -> None:
    """Headlines of other reports, below a line such as "Related articles", are furniture."""
    dropping = False
    for i, line in enumerate(lines):
        if roles[i] == "chrome":
            dropping = dropping or chrome.opens_list(line)
        elif dropping and len(line) <= settings.MAX_TITLE and not ends_sentence(line):
            roles[i] = "chrome"
        else:
            dropping = False


def _credits(
    lines: Sequence[str], roles: list[Role], kept: Sequence[int]
) -> tuple[str | None, tuple[str, ...]]:
    byline: str | None = None
    credits: list[str] = []
    for at, i in enumerate(kept):
        found = credit(lines[i], _place(at, len(kept)))
        if found is None:
            continue
        roles[i] = found.kind
        if found.kind == "credit":
            credits.append(lines[i])
        else:
            byline = byline or found.names
    return byline, tuple(credits)


def _place(at: int, count: int) -> Place:
    if 0 < at <= settings.HEAD_LINES:
        return "head" if at < count - 1 else "tail"
    return "tail" if at > 0 and at >= count - settings.TAIL_LINES else "body"


def _origin(lines: Sequence[str], roles: list[Role]) -> tuple[str | None, str | None]:
    """The named source and the wire; lines that are nothing but a mark are no news."""
    # Furniture may name the source as well: a bare link below its label, a copyright line.
    wanted = [
        i
        for i, role in enumerate(roles)
        if role in ("news", "byline")
        or (role == "chrome" and chrome.kind(lines[i]) in ("link", "copyright"))
    ]
    hosts: dict[bool, str] = {}
    for mark in marks([lines[i] for i in wanted]):
        i = wanted[mark.line]
        if mark.whole and roles[i] != "byline":
            roles[i] = "origin"
        if mark.host:
            hosts.setdefault(mark.wire, mark.host)
    return hosts.get(False), hosts.get(True)
