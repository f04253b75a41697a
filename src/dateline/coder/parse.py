"""From an article's text to parsed paragraphs, offsets kept.

A paragraph is the unit of parsing, an article the unit of a batch: so a parse, and everything that
follows from it, is the same in whatever company an article is coded.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateline.coder.pipeline import pipeline
from dateline.coder.plain import plain
from dateline.records import Article, Passage, PassageKind

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_PARAGRAPH = 10_000
"""Characters; a longer paragraph is parsed in pieces, which bounds time and memory."""

_BREAK = re.compile(r"\n[ \t\r\u00a0]*\n\s*|[\u2029\f]+")
_STATE = r"(?:, [A-Z][\w.'’ ]{1,30})?"
_DATELINE = re.compile(
    rf"(?:[A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){{0,3}}{_STATE}(?: ?\([\w ./-]{{1,30}}\))?"
    rf"|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){{0,3}}{_STATE} ?\([A-Z][\w ./-]{{1,30}}\))"
    r"\s*(?:--?|–|—)\s"
)
"""A place in capitals, or any with its agency, and a dash."""
_SENTENCE_END = re.compile(r"[.!?:;…\"”’')\]]\s*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A parsed paragraph; character i of `doc` is character `start + i` of the article's text."""

    doc: Doc
    start: int
    kind: PassageKind
    published: dt.date | None
    dateline: Paragraph | None = None
    """What stood before it: "KYIV, Ukraine (Reuters) -"; parsed apart, since it is no clause."""


def paragraphs(
    article: Article, headline: Callable[[str], str] = lambda text: text
) -> list[Paragraph]:
    """Parse an article's passages, paragraph by paragraph, in the order of the text.

    `headline` makes a headline's words plain before it is parsed, one character for one.
    """
    pieces = [piece for passage in _passages(article) for piece in _split(article.text, passage)]
    texts = (
        headline(article.text[start:end]) if passage.kind == "headline" else article.text[start:end]
        for start, end, passage in pieces
    )
    found: list[Paragraph] = []
    line: Paragraph | None = None
    for doc, (start, end, passage) in zip(parse_texts(texts), pieces, strict=True):
        paragraph = Paragraph(doc, start, passage.kind, _date(passage, article), line)
        if passage.kind != "headline" and _DATELINE.fullmatch(article.text, start, end):
            line = paragraph
        else:
            found.append(paragraph)
            line = None
    return found


def parse_texts(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse texts, each by itself; quotation marks and odd spaces are made plain, one for one."""
    return pipeline().pipe((plain(text) for text in texts), batch_size=64)


def _passages(article: Article) -> tuple[Passage, ...]:
    return article.passages or (Passage(start=0, end=len(article.text)),)


def _date(passage: Passage, article: Article) -> dt.date | None:
    if passage.published:
        return dt.datetime.fromisoformat(passage.published).date()
    return article.date


def _split(text: str, passage: Passage) -> Iterator[tuple[int, int, Passage]]:
    """Cut a passage at blank lines, at line ends unless lines are wrapped, and at a bound."""
    start = passage.start
    for match in [*_BREAK.finditer(text, passage.start, passage.end), None]:
        end = match.start() if match else passage.end
        for a, b in _lines(text, start, end):
            for piece in _bounded(text, a, b):
                yield *piece, passage
        start = match.end() if match else end


def _lines(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    lines = text[start:end].split("\n")
    open_ends = sum(not _SENTENCE_END.search(line) for line in lines[:-1])
    wrapped = len(lines) > 2 and max(map(len, lines)) <= 100 and open_ends > len(lines) / 2
    if wrapped:
        yield start, end
        return
    for line in lines:
        yield start, start + len(line)
        start += len(line) + 1


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    line = _DATELINE.match(text, start, end)
    if line is not None:
        yield line.span()
        start = line.end()
    while start < end:
        while start < end and text[start].isspace():
            start += 1
        stop = end
        if end - start > MAX_PARAGRAPH:
            half, limit = start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH
            cuts = (text.rfind(mark, half, limit) for mark in (". ", "\n", " "))
            stop = next((cut + 1 for cut in cuts if cut > 0), limit)
        trimmed = stop
        while trimmed > start and text[trimmed - 1].isspace():
            trimmed -= 1
        if trimmed > start:
            yield start, trimmed
        start = stop
