"""The encoder's scores on sentences that it did not learn from, kept by hash."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Sequence

import torch
from tokenizers import Tokenizer
from torch import Tensor

from dateline.coder.encoder import labels
from dateline.coder.plain import plain
from training.corpus import DATA, Row

FILE = DATA / "held_out.tsv"
FIELDS = ("sentence", "guideline", "s", "t", "e", "fold", "gold", "scores")
HEADS = {"plv": "type", "codebook": "type", "quad": "quad"}
SPANS = "spans"


def place(row: Row) -> tuple[str, ...]:
    """What names a row: sentence, guideline and marks."""
    marks = ("-".join(map(str, row.marks[role])) if role in row.marks else "" for role in "ste")
    return (row.key, row.guideline, *marks)


def keep(
    rows: Sequence[Row],
    scores: Tensor,
    tags: Sequence[Sequence[int]],
    fold: int,
    tokenizer: Tokenizer,
) -> None:
    """Write a fold's log-probabilities, to two digits; fold 0 begins the file anew.

    Of sentences whose spans are told, gold and told spans: START-END of code points and role.
    """
    cut = labels.sections()
    with FILE.open("w" if fold == 0 else "a", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, delimiter="\t", lineterminator="\n")
        if fold == 0:
            writer.writerow(FIELDS)
        for row, told, labelled in zip(rows, scores, tags, strict=True):
            if row.guideline == SPANS:
                gold, texts = _spots(row.tags or ()), [_spots(_spans(row, labelled, tokenizer))]
            else:
                logs = told[cut[HEADS[row.guideline]]].log_softmax(-1)
                gold = str(row.quad if row.guideline == "quad" else row.type)
                texts = [f"{x:.2f}" for x in torch.clamp(logs, min=-9.99).tolist()]
            writer.writerow([*place(row), fold, gold, " ".join(texts)])


def _spots(spots: Sequence[tuple[int, int, str]]) -> str:
    return " ".join(f"{a}-{b}-{kind}" for a, b, kind in spots)


def _spans(row: Row, tags: Sequence[int], tokenizer: Tokenizer) -> list[tuple[int, int, str]]:
    """Labels of pieces as spans."""
    found: list[tuple[int, int, str]] = []
    before = "O"
    offsets = tokenizer.encode(plain(row.text), add_special_tokens=False).offsets
    for (start, end), tag in zip(offsets, tags[2:], strict=False):
        name = labels.SPANS[tag]
        if name != "O":
            if name[0] == "I" and before[-1] == name[-1] and found:
                found[-1] = (found[-1][0], end, name[-1])
            else:
                found.append((start, end, name[-1]))
        before = name
    return found


def report() -> None:
    """Print macro F1 and accuracy of what is kept so far."""
    by: dict[str, list[tuple[str, str]]] = {}
    spots = [0, 0, 0]
    with FILE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if row["guideline"] == SPANS:
                gold, told = set(row["gold"].split()), set(row["scores"].split())
                spots = [
                    n + m
                    for n, m in zip(spots, (len(gold & told), len(gold), len(told)), strict=True)
                ]
                continue
            known = labels.QUADS if row["guideline"] == "quad" else labels.types()
            logs = [float(x) for x in row["scores"].split()]
            best = known[max(range(len(logs)), key=logs.__getitem__)]
            by.setdefault(row["guideline"], []).append((row["gold"], best))
    for guideline, pairs in by.items():
        if guideline == "plv":
            pairs = [tuple("YIELD" if t in {"CONCEDE", "RETREAT"} else t for t in p) for p in pairs]  # type: ignore[misc]
        print(
            json.dumps({"guideline": guideline, "rows": len(pairs), **figures(pairs)}),
            file=sys.stderr,
        )
    print(
        json.dumps({"spans exact F1": round(2 * spots[0] / max(1, spots[1] + spots[2]), 4)}),
        file=sys.stderr,
    )


def figures(pairs: Sequence[tuple[str, str]]) -> dict[str, float]:
    """Macro F1 over the labels of the gold side, and accuracy, of (gold, told) pairs."""
    f1 = []
    for label in sorted({gold for gold, _ in pairs}):
        hit = sum(gold == told == label for gold, told in pairs)
        of = sum(gold == label for gold, _ in pairs) + sum(told == label for _, told in pairs)
        f1.append(2 * hit / of)
    right = sum(gold == told for gold, told in pairs)
    return {"macro_f1": round(sum(f1) / len(f1), 4), "accuracy": round(right / len(pairs), 4)}
