"""An article as paragraphs: each with its marks, and in the margin the events that it reports."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from dateline.desk import marks
from dateline.ledger import ArticleDetail
from dateline.records import Mention, Passage

_LINES = re.compile(r"[^\n]+")


@dataclass(frozen=True, slots=True)
class Note:
    """An event that a paragraph reports."""

    mention: Mention
    event: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text."""

    html: Markup
    notes: tuple[Note, ...]
    kind: str
    """headline, body or entry; "furniture" for what is not news."""
    published: str | None
    """Its own time, where it is an entry of a live blog."""


def of_article(detail: ArticleDetail) -> list[Paragraph]:
    """The paragraphs of an article in one version."""
    text = detail.article.text
    notes = [Note(m, e) for m, e in zip(detail.mentions, detail.event_ids, strict=True)]
    found = [
        (mark.start, mark.end, mark)
        for note in notes
        for mark in marks.of_mention(note.mention, f"/events/{note.event}")
    ]
    shown: list[Paragraph] = []
    for line in _LINES.finditer(text):
        start, end = line.span()
        if line[0].strip():
            inside = [mark for first, last, mark in found if first < end and last > start]
            here = tuple(n for n in notes if start <= n.mention.trigger.start < end)
            passage = _passage(detail.article.passages, start, end)
            kind = passage.kind if passage else "furniture"
            published = passage.published if passage and passage.start >= start - 1 else None
            html = marks.annotate(line[0], inside, start)
            shown.append(Paragraph(html, here, kind, published))
    return shown


_WHOLE = Passage(start=0, end=0)


def _passage(passages: tuple[Passage, ...], start: int, end: int) -> Passage | None:
    """The passage that a line belongs to; no passages means that all of the text is news."""
    if not passages:
        return _WHOLE
    return next((p for p in passages if p.start < end and p.end > start), None)
