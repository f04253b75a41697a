"""The index of names: which record of the register a run of words names."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dateline.actors.identity import Kind, Name, Usage
from dateline.actors.tokens import Tokens, tokenise


@dataclass(frozen=True, slots=True)
class Span:
    """Words `start` to `end` (exclusive) of a phrase, and what they can name."""

    start: int
    end: int
    names: tuple[Name, ...]

    @property
    def best(self) -> Name:
        """The likeliest: a name that is not weak before one that is."""
        return self.names[0]


class Lexicon:
    """Names by their compared words; the longest match wins."""

    def __init__(self, exact: frozenset[str] = frozenset()) -> None:
        """An empty index; `exact` are long acronyms that are words in small letters."""
        self._exact = exact
        self._names: dict[str, tuple[Name, ...]] = {}
        self._longest: dict[str, int] = {}

    def add(self, text: str, entity: str, usage: Usage, kind: Kind) -> None:
        """Add a way to write a record; a question mark at its end marks it as weak."""
        weak = text.endswith("?")
        tokens = tokenise(text.rstrip("?")).unbroken()
        if len(tokens):
            self.add_words(tokens.surface, tokens.folded, entity, usage, kind, weak)

    def add_words(
        self,
        surface: tuple[str, ...],
        folded: tuple[str, ...],
        entity: str,
        usage: Usage,
        kind: Kind,
        weak: bool = False,
    ) -> None:
        """Add a name that is in words already."""
        key = " ".join(folded)
        name = Name(entity, usage, kind, weak, surface)
        known = self._names.get(key, ())
        if known and any(n.entity == entity and n.surface == surface and n.weak for n in known):
            return
        self._names[key] = tuple(sorted((*known, name), key=_order)) if known else (name,)
        if len(folded) > self._longest.get(folded[0], 0):
            self._longest[folded[0]] = len(folded)

    def get(self, tokens: Tokens, start: int = 0, end: int | None = None) -> tuple[Name, ...]:
        """What a whole run of words names, by case as well."""
        names = self._names.get(tokens.key(start, end))
        if not names:
            return ()
        first = tokens.surface[start]
        return tuple(n for n in names if self._fits(n.surface[0], first))

    def spans(self, tokens: Tokens, blocked: Callable[[Span], bool]) -> list[Span]:
        """The longest names in a phrase, from left to right, but those that are `blocked`."""
        found = []
        start, total = 0, len(tokens)
        while start < total:
            span = self._longest_at(tokens, start, total)
            if span is None or blocked(span):
                start = span.end if span else start + 1
                continue
            found.append(span)
            start = span.end
        return found

    def _longest_at(self, tokens: Tokens, start: int, total: int) -> Span | None:
        longest = self._longest.get(tokens.folded[start], 0)
        for end in range(min(start + longest, total), start, -1):
            names = self.get(tokens, start, end)
            if names:
                return Span(start, end, names)
        return None

    def _fits(self, lead: str, first: str) -> bool:
        """Whether a name's first word may be written so: "US" is not "us", nor "Turkey" "turkey".

        Acronyms of four letters and more may be written as words: "Nato".
        """
        if lead.isupper() and (1 < len(lead) <= 3 or lead in self._exact):
            return first.isupper()
        return first[0].isupper() or not lead[0].isupper()

    def __contains__(self, word: str) -> bool:
        return word in self._names


_RANK = {"name": 0, "metonym": 1, "capital": 2, "people": 3, "adjective": 4, "place": 5}


def _order(name: Name) -> tuple[bool, int]:
    return name.weak, _RANK[name.usage]
