"""Candidates of the coder in real text, for a teacher to label."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dateline.coder import verdict
from dateline.coder.code import Coder, Reading
from dateline.records import Article
from training.corpus import Row, articles, document

ROWS = 1800
SEED = 20261
LONGEST = 400
"""Characters of a sentence."""


def names(shared: Path, reports: int = 90, stories: int = 300) -> list[str]:
    """The documents that are read: some of each kind, spread evenly."""
    news = sorted(p.name for p in (shared / "attribution/train").glob("*.txt"))
    told = len(articles(shared / "stories/synthetic.jsonl.gz"))
    return [
        *(f"attribution/train/{n}" for n in news[:: max(1, len(news) // reports)]),
        *(f"stories/synthetic.jsonl.gz#{n}" for n in range(0, told, max(1, told // stories))),
    ]


def find(shared: Path, name: str) -> Iterator[tuple[Row, str]]:
    """The candidates of a document that have a party, kept or dropped, and where they stand."""
    text = document(shared, name)
    coder = Coder()
    reading = Reading(Article(id=name, text=text), coder.register)
    for (scene, sentence), considered in zip(*coder.candidates(reading), strict=True):
        place = scene.cut(sentence.start_char, sentence.end_char)
        if place.end - place.start > LONGEST:
            continue
        seen = set()
        for candidate in considered:
            found = verdict.marks(candidate, sentence, reading.cast)
            base = sentence.start_char
            marks = {role: (a - base, b - base) for role, (a, b) in found.items()}
            if len(marks) > 1 and (key := tuple(sorted(marks.items()))) not in seen:
                seen.add(key)
                row = Row(text[place.start : place.end], marks, "codebook", "soft")
                yield row, f"{name}:{place.start}-{place.end}"


def some(found: Sequence[tuple[Row, str]]) -> list[tuple[Row, str]]:
    """As many as are learned from, two of three with both parties; half of those by the guideline
    of pairs, which marks no trigger."""
    chance = random.Random(SEED)
    both = [one for one in found if {"s", "t"} <= set(one[0].marks)]
    half = [one for one in found if not {"s", "t"} <= set(one[0].marks)]
    picked = chance.sample(half, min(ROWS // 3, len(half)))
    for row, where in chance.sample(both, min(ROWS - ROWS // 3, len(both))):
        if chance.random() < 0.5:
            marks = {role: row.marks[role] for role in "st"}
            picked.append((replace(row, marks=marks, guideline="plv"), where))
        else:
            picked.append((row, where))
    return sorted(picked, key=lambda one: (one[0].key, sorted(one[0].marks.items())))
