"""What the teacher tells of real sentences: `data/soft.tsv`, without text."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

from dateline.coder.encoder import labels
from training.corpus import DATA, Row, cells, cut, marks_of, sentence_key, table

FILE = DATA / "soft.tsv"
FIELDS = ("sentence", "where", "s", "t", "e", "guideline", "chances")
WEIGHT = 0.7
"""Of a row, beside one labelled by hand."""


def write(rows: Iterable[tuple[Row, str]]) -> None:
    """Keep rows with their soft labels: each likely type and its probability in hundredths."""
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        writer.writerow(FIELDS)
        for row, where in rows:
            told = zip(labels.types(), row.soft or (), strict=True)
            parts = " ".join(f"{t}:{round(100 * p)}" for t, p in told if p >= 0.01)
            writer.writerow([row.key, where, *cells(row.marks), row.guideline, parts])


def read(shared: Path) -> list[Row]:
    """The rows of `data/soft.tsv`; none where there is no such file."""
    found = []
    for row in table(FILE) if FILE.exists() else []:
        text = cut(shared, row["where"])
        if sentence_key(text) != row["sentence"]:
            continue
        shares = dict(part.split(":") for part in row["chances"].split())
        chances = [int(shares.get(type, 0)) for type in labels.types()]
        soft = tuple(chance / sum(chances) for chance in chances)
        found.append(Row(text, marks_of(row), row["guideline"], "soft", weight=WEIGHT, soft=soft))
    return found
