"""A parsed paragraph as plain lists: what rules walk over, without spaCy's cost per look-up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc

OPEN_OR_CLOSE = frozenset("\"'()[]")

Run = tuple[int, int]
"""Tokens of one paragraph, end exclusive."""


class Tree:
    """The tokens of one paragraph with their heads and children."""

    __slots__ = (
        "dep",
        "doc",
        "head",
        "kids",
        "lemma",
        "lower",
        "pos",
        "sent",
        "size",
        "start",
        "tag",
    )

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.size = len(doc)
        words = [*doc]
        self.start = [token.idx for token in words]
        self.dep = [token.dep_ for token in words]
        self.tag = [token.tag_ for token in words]
        self.pos = [token.pos_ for token in words]
        self.lower = [token.lower_ for token in words]
        self.lemma = [token.lemma_.lower() for token in words]
        self.head: list[int] = [token.head.i for token in words]
        self.kids: list[list[int]] = [[] for _ in range(self.size)]
        for child, head in enumerate(self.head):
            if child != head:
                self.kids[head].append(child)
        self.sent = [0] * self.size
        for sent in doc.sents:
            self.sent[sent.start : sent.end] = [sent.start] * (sent.end - sent.start)

    def child(self, token: int, *deps: str) -> int | None:
        """The first child of a token with one of these relations."""
        return next((kid for kid in self.kids[token] if self.dep[kid] in deps), None)

    def below(self, roots: Iterable[int], without: Collection[int] = ()) -> list[int]:
        """The tokens of the subtrees under `roots` in order, leaving out those under `without`."""
        found: set[int] = set()
        stack = list(roots)
        while stack:
            token = stack.pop()
            if token in found or token in without:
                continue
            found.add(token)
            stack.extend(self.kids[token])
        return sorted(found)

    def runs(self, tokens: Iterable[int]) -> list[Run]:
        """Tokens as runs, joined over punctuation, their outer commas and stops left out."""
        runs: list[list[int]] = []
        for token in tokens:
            if runs and all(self.is_mark(gap) for gap in range(runs[-1][1], token)):
                runs[-1][1] = token + 1
            else:
                runs.append([token, token + 1])
        trimmed = (self.trim(start, end) for start, end in runs)
        return [run for run in trimmed if run is not None]

    def trim(self, start: int, end: int) -> Run | None:
        """A run without outer punctuation; brackets and quote marks stay where they pair."""
        while start < end and self.is_mark(start) and not self._kept(start, start, end):
            start += 1
        while start < end and self.is_mark(end - 1) and not self._kept(end - 1, start, end):
            end -= 1
        return (start, end) if start < end else None

    def _kept(self, token: int, start: int, end: int) -> bool:
        mark = self.lower[token]
        if mark not in OPEN_OR_CLOSE:
            return token == end - 1 and mark == "%"
        inside = "".join(self.lower[i] for i in range(start, end) if self.is_mark(i))
        if mark in "()":
            return inside.count("(") == inside.count(")")
        if mark in "[]":
            return inside.count("[") == inside.count("]")
        return inside.count(mark) % 2 == 0

    def is_mark(self, token: int) -> bool:
        """Whether a token is punctuation or space."""
        return self.pos[token] in ("PUNCT", "SPACE") or not any(
            letter.isalnum() or letter in "$%€£" for letter in self.lower[token]
        )

    def chars(self, run: Run) -> tuple[int, int]:
        """A run as characters of the paragraph."""
        last = self.doc[run[1] - 1]
        return self.doc[run[0]].idx, last.idx + len(last.text)
