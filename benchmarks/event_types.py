#!/usr/bin/env python3
"""Event types of marked sentences, cross-validated: by the encoder, by the rules, by both.

usage: benchmarks/event_types.py DATA_DIR [--errors] [--confusion]

DATA_DIR holds pairs/train.tsv. The encoder's scores on each sentence come from
training/data/held_out.tsv, where networks that had not seen the sentence left them by its hash
(`python -m training folds` makes the file anew). The rules are those of this checkout; no rule was
learned from a fold, but the rules' authors have read the sentences.
"""

from __future__ import annotations

import csv
import os
import sys
from collections import Counter
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from dateline.coder import verdict
from dateline.coder.classify import votes as votes_of
from dateline.coder.encoder import labels
from training.corpus import sentence_key, table, unmark
from training.figures import FOLDED, exact_f1, likeliest, macro_f1

HELD_OUT = ROOT / "training/data/held_out.tsv"
Pairs = list[tuple[str, str]]


def held_out() -> dict[tuple[str, ...], dict[str, str]]:
    """The kept rows by sentence, guideline and marks of actor and recipient."""
    with HELD_OUT.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t")
        return {(r["sentence"], r["guideline"], r["s"], r["t"], r["e"]): r for r in rows}


def logs(row: dict[str, str]) -> list[float]:
    """The log-probabilities of a kept row."""
    return [float(x) for x in row["scores"].split()]


def show(name: str, pairs: Pairs) -> None:
    """Print one line of figures."""
    f1, accuracy, _ = macro_f1(pairs)
    print(f"{name:34} {len(pairs):5} rows  macro F1 {f1:.4f}  accuracy {accuracy:.4f}")


def confusion(pairs: Pairs) -> None:
    """Print how often each type was told as each, as a table; a row is a true type."""
    counts = Counter(pairs)
    known = sorted({gold for gold, _ in pairs} | {told for _, told in pairs})
    print("| |" + "|".join(name[:5].lower() for name in known) + "|")
    print("|" + "---|" * (len(known) + 1))
    for gold in known:
        cells = (str(counts[gold, told] or "") for told in known)
        print(f"| {gold} |" + "|".join(cells) + "|")


def main(data: Path, *, errors: bool, matrix: bool) -> None:
    """Print the figures."""
    kept = held_out()
    by_side: dict[str, Pairs] = {"encoder": [], "rules": [], "both": []}
    wrong = []
    for row in table(data / "pairs/train.tsv"):
        text, marks = unmark(row["marked"])
        spot = ["-".join(map(str, marks[role])) if role in marks else "" for role in "ste"]
        scores = kept.get((sentence_key(text), "plv", *spot))
        if scores is None:
            continue
        told = dict(zip(labels.types(), logs(scores), strict=True))
        votes = votes_of(row["marked"])
        sides = {
            "encoder": {t: p for t, p in told.items() if t != labels.NONE},
            "rules": votes,
            "both": verdict.pooled(votes, told),
        }
        gold = FOLDED.get(row["type"], row["type"])
        for side, of in sides.items():
            best = max(of, key=lambda t: of[t]) if any(of.values()) else "none"
            by_side[side].append((gold, FOLDED.get(best, best)))
        if by_side["both"][-1][0] != by_side["both"][-1][1]:
            wrong.append((*by_side["both"][-1], row["marked"]))
    for side, pairs in by_side.items():
        show(f"pairs, {side}", pairs)
    for label, f1 in sorted(macro_f1(by_side["both"])[2].items()):
        print(f"    {label:10} {f1:.3f}")
    for guideline, name, known in (
        ("quad", "quad, 5 classes", labels.QUADS),
        ("codebook", "our labels, 16 types and none", labels.types()),
    ):
        rows = [r for key, r in kept.items() if key[1] == guideline]
        show(name, [(r["gold"], likeliest(r["scores"], known)) for r in rows])
    for guideline, name in (
        ("spans", "spans of actor and recipient"),
        ("arguments", "parties of a marked trigger"),
    ):
        rows = [r for key, r in kept.items() if key[1] == guideline]
        f1 = exact_f1((set(r["gold"].split()), set(r["scores"].split())) for r in rows)
        print(f"{name:34} {len(rows):5} rows  exact F1 {f1:.4f}")
    if matrix:
        confusion(by_side["both"])
    if errors:
        for gold, told, marked in wrong:
            print(f"{gold} told {told}: {marked}")


if __name__ == "__main__":
    arguments = [a for a in sys.argv[1:] if not a.startswith("--")]
    if len(arguments) != 1:
        sys.exit(__doc__)
    main(Path(arguments[0]), errors="--errors" in sys.argv, matrix="--confusion" in sys.argv)
