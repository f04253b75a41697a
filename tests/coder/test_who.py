"""Hard mentions in context: whom the word in brackets means. `-` as code: nobody who acts.

An empty name is not compared, nor is an empty sector where a code or a name is given.
"""

import csv
import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from dateline import actors
from dateline.coder import load
from dateline.coder.cast import Cast
from dateline.coder.parse import paragraphs
from dateline.records import Article

CASES = list(csv.DictReader((Path(__file__).parent / "data" / "who.csv").open(encoding="utf-8")))
KINDS = sorted({case["kind"] for case in CASES})
RIGHT = 0.9


@cache
def answer(text: str, date: str) -> tuple[str | None, str | None, str | None] | None:
    """Name, code and sector of the bracketed words as the coder reads them."""
    start, end = text.index("["), text.index("]") - 1
    plain = re.sub(r"[\[\]]", "", text)
    article = Article(id="who", text=plain, published=date)
    found = paragraphs(article)
    cast = Cast(found, actors.register())
    paragraph = next(p for p in found if p.start <= start < p.start + len(p.doc.text))
    span = paragraph.doc.char_span(
        start - paragraph.start, end - paragraph.start, alignment_mode="expand"
    )
    assert span is not None
    head = span[-1] if span.root.pos_ == "DET" and len(span) > 1 else span.root
    identity = cast.identity(head)
    return (identity.name, identity.code, identity.sector) if identity else None


def acts(text: str, date: str) -> bool:
    """Whether the bracketed words are a party of some event that the coder finds."""
    start, end = text.index("["), text.index("]") - 1
    plain = re.sub(r"[\[\]]", "", text)
    coded = load()(Article(id="who", text=plain, published=date))
    parties = [p for m in coded.mentions for p in (*m.actors, *m.recipients)]
    return any(p.start < end and start < p.end for p in parties)


def is_right(case: dict[str, str]) -> bool:
    if case["code"] == "-":
        return not acts(case["text"], case["date"])
    found = answer(case["text"], case["date"])
    if found is None:
        return False
    name, code, sector = found
    return (
        code == (case["code"] or None)
        and (not case["sector"] or sector == case["sector"])
        and (not case["name"] or name == case["name"])
    )


def test_hard_mentions_are_told_right() -> None:
    assert len(CASES) >= 300
    wrong = [case for case in CASES if not is_right(case)]
    listed = "\n".join(f"{c['kind']}: {c['text']} -> {answer(c['text'], c['date'])}" for c in wrong)
    assert len(wrong) <= (1 - RIGHT) * len(CASES), f"{len(wrong)} wrong:\n{listed}"


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_cases(kind: str) -> None:
    cases = [case for case in CASES if case["kind"] == kind]
    for case in cases:
        assert case["text"].count("[") == case["text"].count("]") == 1
        dt.date.fromisoformat(case["date"])
