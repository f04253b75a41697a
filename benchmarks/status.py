"""How well the status of an event is told: happened, alleged, planned, hypothetical or denied.

    python benchmarks/status.py [STATUS.csv]

The list has a sentence, the word that reports the event, its type, its status and the grammar that
makes it hard a line. Of several mentions, the one on the word counts; else the first of its type.
"""

import csv
import sys
import time
from collections import Counter
from pathlib import Path

import dateline
from dateline.coder import Coder
from dateline.records import Article

LIST = Path(__file__).parent.parent / "tests" / "coder" / "data" / "status.csv"


def answer(coder: Coder, number: int, case: dict[str, str]) -> str | None:
    """The status that the coder gives to the marked event; None where it finds no such event."""
    start = case["text"].index(case["trigger"])
    end = start + len(case["trigger"])
    article = Article(id=f"status{number}", text=case["text"], published="2019-06-01")
    mentions = coder(article).mentions
    here = [m for m in mentions if m.trigger.start < end and start < m.trigger.end]
    typed = [m for m in here if m.type == case["type"]]
    found = typed or here or [m for m in mentions if m.type == case["type"]]
    return found[0].status if found else None


def main(path: Path = LIST) -> None:
    """Print the figures, and every sentence that is not told right."""
    coder = dateline.load()
    cases = list(csv.DictReader(path.open(encoding="utf-8")))
    right: Counter[str] = Counter()
    total = Counter(case["status"] for case in cases)
    missed = 0
    start = time.perf_counter()
    for number, case in enumerate(cases):
        found = answer(coder, number, case)
        missed += found is None
        right[case["status"]] += found == case["status"]
        if found != case["status"]:
            print(f"{case['status']}, not {found} ({case['grammar']}): {case['text']}")
    took = time.perf_counter() - start
    hits, found_at_all = right.total(), len(cases) - missed
    print(
        f"sentences {len(cases)}  right {hits / len(cases):.3f}  not found {missed}  "
        f"right of those found {hits / found_at_all:.3f}"
    )
    print("  ".join(f"{status} {right[status]}/{total[status]}" for status in sorted(total)))
    print(f"a sentence {took / len(cases) * 1e3:.1f} ms")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
