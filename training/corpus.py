"""The rows that the encoder of event types learns from, of every origin, as one kind of record.

Sentences of ../shared/data are not in the repository: `data/labels.tsv` holds our labels on them
by hash. `data/written.tsv` holds sentences of our own.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from dateline.coder.encoder.marking import ROLES
from dateline.coder.encoder.marking import unmark as unmark

DATA = Path(__file__).parent / "data"

UNKNOWN = "?"
"""In the place of contexts that were not labelled."""

Chars = tuple[int, int]


@dataclass(frozen=True)
class Row:
    """A sentence with marked spans and what is known of it; None is not known."""

    text: str
    marks: dict[str, Chars]
    guideline: str
    origin: str
    type: str | None = None
    mode: str | None = None
    contexts: tuple[str, ...] | None = None
    status: str | None = None
    quad: str | None = None
    weight: float = 1.0
    tags: tuple[tuple[int, int, str], ...] | None = None
    """Spans of actors (S) and recipients (T)."""
    soft: tuple[float, ...] | None = None
    """A teacher's probabilities of the types."""

    @property
    def key(self) -> str:
        """What is alike for a sentence however it is spaced and marked: folds are made by it."""
        return sentence_key(self.text)


def sentence_key(text: str) -> str:
    """A hash of a sentence's letters and digits."""
    return hashlib.sha256(re.sub(r"\W", "", text).lower().encode()).hexdigest()[:16]


def table(path: Path) -> list[dict[str, str]]:
    """The rows of a tab-separated file without quoting."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def pairs(shared: Path) -> list[Row]:
    """`pairs/train.tsv` by its own guideline; YIELD is kept as CONCEDE's and RETREAT's sum."""
    found = []
    for row in table(shared / "pairs/train.tsv"):
        text, marks = unmark(row["marked"])
        found.append(Row(text, marks, "plv", "pairs", type=row["type"]))
    return found


def quads(shared: Path) -> list[Row]:
    """`quad/train.tsv`: sentences without marks."""
    rows = table(shared / "quad/train.tsv")
    return [Row(r["sentence"], {}, "quad", "quad", quad=r["label"]) for r in rows]


def written() -> list[Row]:
    """Our own sentences."""
    found = []
    for row in table(DATA / "written.tsv"):
        text, marks = unmark(row["marked"])
        found.append(_labelled(Row(text, marks, "codebook", row["origin"]), row))
    return found


def labelled(shared: Path) -> list[Row]:
    """Sentences of the shared data with our labels, joined by hash."""
    texts = dict(_texts(shared))
    found = []
    for row in table(DATA / "labels.tsv"):
        text = texts.get(row["sentence"])
        if text is None and row["where"]:
            text = cut(shared, row["where"])
        if text is None or sentence_key(text) != row["sentence"]:
            continue
        found.append(_labelled(Row(text, marks_of(row), "codebook", row["origin"]), row))
    return found


def marks_of(row: Mapping[str, str]) -> dict[str, Chars]:
    """The marked spans of a table's row, START-END by role."""
    return {
        role: (int(start), int(end))
        for role in ROLES
        if row[role]
        for start, end in [row[role].split("-")]
    }


def cells(marks: Mapping[str, Chars]) -> list[str]:
    """Marked spans as `marks_of` reads them; a role that is not marked is empty."""
    return ["-".join(map(str, marks.get(role, ()))) for role in ROLES]


def _several(cell: str) -> tuple[str, ...]:
    return tuple(filter(None, cell.split(";")))


def _labelled(row: Row, labels: dict[str, str]) -> Row:
    none = labels["type"] == "none"
    return replace(
        row,
        type=labels["type"],
        mode=None if none else labels["mode"],
        contexts=None if none or labels["contexts"] == UNKNOWN else _several(labels["contexts"]),
        status=labels["status"] or None,
    )


def _texts(shared: Path) -> Iterator[tuple[str, str]]:
    """Sentences that labels may be on, by their key."""
    for tokens, _ in spans(shared):
        text = " ".join(tokens)
        yield sentence_key(text), text
    for row in table(shared / "quad/train.tsv"):
        yield sentence_key(row["sentence"]), row["sentence"]
    for row in table(shared / "pairs/train.tsv"):
        yield sentence_key(row["sentence"]), unmark(row["marked"])[0]


def parties(shared: Path) -> list[Row]:
    """`spans/train.conll`: sentences with the spans of their actors and recipients."""
    found = []
    for tokens, tags in spans(shared):
        spots, at = [], 0
        for token, tag in zip(tokens, tags, strict=True):
            end = at + len(token)
            if tag[:2] == "I-" and spots and spots[-1][2] == tag[2:]:
                spots[-1] = (spots[-1][0], end, tag[2:])
            elif tag[2:] in {"S", "T"}:
                spots.append((at, end, tag[2:]))
            at = end + 1
        found.append(Row(" ".join(tokens), {}, "spans", "spans", tags=tuple(spots)))
    return found


def arguments(rows: Iterable[Row]) -> Iterator[Row]:
    """Of events with a marked trigger: the trigger alone marked, the parties to be found.

    A role that a row does not mark counts as not there, though of candidates it was at times only
    not coded; events without any party count in whole articles alone.
    """
    for row in rows:
        sides = [(role, *row.marks[role]) for role in "st" if role in row.marks]
        told = bool(sides) or row.origin == "articles"
        if row.type not in {None, "none"} and told and "e" in row.marks:
            yield Row(
                text=row.text,
                marks={"e": row.marks["e"]},
                guideline="arguments",
                origin=row.origin,
                tags=tuple((start, end, role.upper()) for role, start, end in sides),
            )


def triggers(shared: Path) -> list[Row]:
    """`data/triggers.tsv`: sentences of whole articles with all triggers of events in them."""
    found = []
    for row in table(DATA / "triggers.tsv"):
        text = cut(shared, row["where"])
        if sentence_key(text) == row["sentence"]:
            tags = tuple(tagged(part) for part in row["triggers"].split())
            found.append(Row(text, {}, "triggers", "articles", tags=tags))
    return found


def tagged(part: str) -> tuple[int, int, str]:
    """A span with what it is, of START-END:KIND."""
    place, _, kind = part.partition(":")
    start, end = map(int, place.split("-"))
    return start, end, kind


def spans(shared: Path) -> Iterator[tuple[list[str], list[str]]]:
    """The tokens and tags of each sentence of `spans/train.conll`."""
    tokens: list[str] = []
    tags: list[str] = []
    for line in [*(shared / "spans/train.conll").read_text("utf-8").split("\n"), ""]:
        if line.strip():
            token, tag = line.split("\t") if "\t" in line else line.split()
            tokens.append(token)
            tags.append(tag)
        elif tokens:
            yield tokens, tags
            tokens, tags = [], []


def cut(shared: Path, where: str) -> str:
    """A passage of a document, as `FILE:START-END` or `FILE#NUMBER:START-END`."""
    name, _, place = where.rpartition(":")
    start, end = map(int, place.split("-"))
    return document(shared, name)[start:end]


@cache
def document(shared: Path, name: str) -> str:
    """The text of a file, or of the article of that number in an XML or .jsonl.gz file; those
    under `own/` are articles of our own."""
    path, _, number = name.partition("#")
    if not number:
        folder = DATA if name.startswith("own/") else shared
        return (folder / path).read_text("utf-8")
    return articles(shared / path)[int(number)]


@cache
def articles(path: Path) -> list[str]:
    """The articles' texts in an XML or .jsonl.gz file."""
    if path.suffix == ".gz":
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for line in lines]
    return [a.findtext("text") or "" for a in ElementTree.parse(path).iter("article")]
