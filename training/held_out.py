"""The encoder's scores on sentences that it did not learn from, kept by hash."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence

from torch import Tensor

from dateline.coder.encoder import labels, parties
from dateline.coder.encoder.decoding import spans
from dateline.coder.encoder.marking import Chars
from training.corpus import DATA, Row, cells, table
from training.figures import FOLDED, exact_f1, likeliest, macro_f1
from training.typing import Example

FILE = DATA / "held_out.tsv"
FIELDS = ("sentence", "guideline", "s", "t", "e", "fold", "gold", "scores")
HEADS = {"plv": "type", "codebook": "type", "quad": "quad"}
SPANS = ("spans", "arguments")
"""The guidelines of which the spans are told."""


def place(row: Row) -> tuple[str, ...]:
    """What names a row: sentence, guideline and marks."""
    return (row.key, row.guideline, *cells(row.marks))


def keep(examples: Sequence[Example], scores: Tensor, tags: Sequence[Tensor], fold: int) -> None:
    """Write what was told in a fold, in place of what was kept of that fold.

    Of sentences whose spans are told, gold and told spans: START-END of code points and role; of
    others, log-probabilities to two digits.
    """
    found = [r for r in table(FILE) if int(r["fold"]) != fold] if FILE.exists() else []
    found += told(examples, scores, tags, fold)
    with FILE.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, FIELDS, delimiter="\t", lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(found, key=lambda r: int(r["fold"])))


def told(
    examples: Sequence[Example], scores: Tensor, tags: Sequence[Tensor], fold: int
) -> Iterator[dict[str, str]]:
    """The lines of rows, those whose spans are told last."""
    typed = [n for n, e in enumerate(examples) if e.row.guideline not in SPANS]
    yield from lines([examples[n].row for n in typed], scores[typed], fold)
    for e, pieces in zip(examples, tags, strict=True):
        if e.row.guideline in SPANS:
            told_spots = _spots(_told(e.offsets, pieces))
            yield _line(e.row, fold, _spots(e.row.tags or ()), told_spots)


def lines(rows: Sequence[Row], scores: Tensor, fold: int) -> Iterator[dict[str, str]]:
    """The lines of rows whose types or quads are told."""
    cut = labels.sections()
    for row, of in zip(rows, scores, strict=True):
        logs = of[cut[HEADS[row.guideline]]].log_softmax(-1)
        gold = str(row.quad if row.guideline == "quad" else row.type)
        yield _line(row, fold, gold, " ".join(f"{max(x, -9.99):.2f}" for x in logs.tolist()))


def _line(row: Row, fold: int, gold: str, told: str) -> dict[str, str]:
    return dict(zip(FIELDS, (*place(row), str(fold), gold, told), strict=True))


def _spots(spots: Iterable[tuple[int, int, str]]) -> str:
    return " ".join(f"{a}-{b}-{kind}" for a, b, kind in sorted(spots))


def _told(offsets: Sequence[Chars], scores: Tensor) -> Iterator[tuple[int, int, str]]:
    """The likeliest spans of a sentence with their roles."""
    tags = parties.decode(scores[:, labels.pieces()["parties"]].numpy())
    for role in "ST":
        for start, end in spans(parties.told(tags, role), offsets):
            yield start, end, role


def figures(rows: Sequence[Mapping[str, str]]) -> str:
    """Macro F1 and accuracy, or F1 of spans, of the lines of each guideline."""
    found = []
    for guideline in sorted({row["guideline"] for row in rows}):
        own = [r for r in rows if r["guideline"] == guideline]
        if guideline in SPANS:
            both = ((set(r["gold"].split()), set(r["scores"].split())) for r in own)
            told = f"exact F1 {exact_f1(both):.4f}"
        else:
            known = labels.QUADS if guideline == "quad" else labels.types()
            pairs = [(r["gold"], likeliest(r["scores"], known)) for r in own]
            if guideline == "plv":
                pairs = [(FOLDED.get(g, g), FOLDED.get(t, t)) for g, t in pairs]
            f1, accuracy, _ = macro_f1(pairs)
            told = f"macro F1 {f1:.4f}, accuracy {accuracy:.4f}"
        found.append(f"{guideline}: {len(own)} rows, {told}")
    return "\n".join(found)
