#!/usr/bin/env python3
"""Times: values of the expressions of the test set, and speed.

usage: benchmarks/when.py [FOLDER] [--limit N] [--errors]

FOLDER holds text files (data/attribution/dev): finding their times is timed beside parsing them,
and none may fail.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import csv
import datetime as dt
import time
from pathlib import Path

from dateline.coder.parse import paragraphs
from dateline.coder.pipeline import pipeline
from dateline.coder.times import TimeExpression, article_times, find_times
from dateline.records import Article

DATA = Path(__file__).parent.parent / "tests" / "coder" / "data"


def values(errors: bool) -> None:
    """Share of the set's expressions with the right first day, last day and precision."""
    rows = _rows("times.csv")
    right = same_text = 0
    for row in rows:
        sentence, expression = row["sentence"], row["expression"]
        start = sentence.index(expression)
        end = start + len(expression)
        published = dt.date.fromisoformat(row["published"]) if row["published"] else None
        found = next(
            (
                t
                for t in find_times(pipeline()(sentence), published)
                if t.start < end and t.end > start
            ),
            None,
        )
        good = found is not None and _value(found) == (row["first"], row["last"], row["precision"])
        right += good
        same_text += found is not None and (found.start, found.end) == (start, end)
        if errors and not good:
            print(f"  {sentence} | {expression} | {found and _value(found)}")
    years = sorted({row["published"][:4] for row in rows if row["published"]})
    print(
        f"set             {len(rows)} expressions, published in {len(years)} years "
        f"({years[0]} to {years[-1]}): value {right / len(rows):.3f}, "
        f"text {same_text / len(rows):.3f}"
    )
    none = _rows("non_times.csv")
    wrong = sum(
        bool(find_times(pipeline()(row["sentence"]), dt.date(2022, 12, 23))) for row in none
    )
    print(f"no times        {len(none)} sentences without a time: {wrong} with one found")


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _value(time: TimeExpression) -> tuple[str, str, str]:
    first, last = (day.isoformat() if day else "" for day in (time.first, time.last))
    return first, last, time.precision


def speed(folder: Path, limit: int) -> None:
    """Time of finding times beside that of parsing, on one core."""
    parsing = finding = 0.0
    count = 0
    files = sorted(folder.glob("*.txt"))[:limit]
    for path in files:
        text = path.read_text("utf-8", errors="replace")
        start = time.process_time()
        parsed = paragraphs(Article(id=path.name, text=text, published="2016-10-01"))
        parsing += time.process_time() - start
        start = time.process_time()
        count += sum(map(len, article_times((p.doc, p.published) for p in parsed)))
        finding += time.process_time() - start
    print(
        f"speed           {len(files)} articles, {count} times: times {finding:.2f} s, "
        f"parsing {parsing:.2f} s ({finding / parsing:.1%} of it)"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path, nargs="?", help="a folder of text files")
    parser.add_argument("--limit", type=int, default=60, help="articles to time (default 60)")
    parser.add_argument("--errors", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    values(options.errors)
    if options.folder:
        speed(options.folder, options.limit)


if __name__ == "__main__":
    main()
