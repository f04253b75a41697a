"""Figures of what was told beside what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

FOLDED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""The PLV data has one label for the two."""


def macro_f1(pairs: Sequence[tuple[str, str]]) -> tuple[float, float, dict[str, float]]:
    """Macro F1 over the gold labels, accuracy, and F1 by label, of (gold, told) pairs."""
    gold, told = Counter(g for g, _ in pairs), Counter(t for _, t in pairs)
    hit = Counter(g for g, t in pairs if g == t)
    per = {label: 2 * hit[label] / (gold[label] + told[label]) for label in gold}
    return sum(per.values()) / len(per), sum(hit.values()) / len(pairs), per


def exact_f1(rows: Iterable[tuple[set[str], set[str]]]) -> float:
    """F1 of whole spans, of the gold and told spans of each sentence."""
    same = every = 0
    for gold, told in rows:
        same += len(gold & told)
        every += len(gold) + len(told)
    return 2 * same / max(1, every)


def likeliest(scores: str, known: Sequence[str]) -> str:
    """The label with the highest of the scores, which are separated by spaces."""
    return max(zip(map(float, scores.split()), known, strict=True), key=lambda pair: pair[0])[1]
