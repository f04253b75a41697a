#!/usr/bin/env python3
"""Places: finding and resolving names, the hard set of the tests, and speed.

usage: benchmarks/where.py [GEOVIRUS.xml] [--limit N]

GEOVIRUS.xml is a corpus such as data/places/geovirus.xml; its scorer is bench/score_places.py
beside the data folder. Without it, only the hard set is measured.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import csv
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dateline.coder import place_mentions
from dateline.coder.parse import paragraphs
from dateline.coder.pipeline import pipeline
from dateline.coder.places import PlaceContext, PlaceName, find_places
from dateline.coder.places.gazetteer import kilometres
from dateline.records import Article

HARD = Path(__file__).parent.parent / "tests" / "coder" / "places" / "hard_places.csv"
NEAR_KM = 161.0


def hard() -> None:
    """Share of the hard set with the right country, place and role."""
    with HARD.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    country = place = role = roles = 0
    for row in rows:
        found = _found(row["text"], row["name"])
        if row["country"] == "-":
            right = found is None
            country, place = country + right, place + right
            continue
        right = found is not None and (found.country or "") == row["country"]
        country += right
        place += right and (not row["lat"] or _near(row, found))
        if row["role"] and found is not None:
            roles += 1
            role += found.role == row["role"]
    print(
        f"hard set        {len(rows)} names, country {country / len(rows):.3f}, "
        f"place {place / len(rows):.3f}, role {role / roles:.3f}"
    )


def _found(text: str, name: str) -> PlaceName | None:
    start = text.index(name)
    end = start + len(name)
    return next((p for p in find_places(pipeline()(text)) if p.start < end and start < p.end), None)


def _near(row: dict[str, str], found: PlaceName | None) -> bool:
    if found is None or found.lat is None or found.lon is None:
        return False
    return kilometres(float(row["lat"]), float(row["lon"]), found.lat, found.lon) < NEAR_KM


def corpus(path: Path, scorer: Path) -> list[Article]:
    """Score a corpus of articles with their places; returns the articles."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, scorer, "--extract", path, folder], check=True)
        articles = [
            Article(id=file.name, text=file.read_text("utf-8"))
            for file in sorted(Path(folder).glob("*.txt"))
        ]
        predicted = Path(folder) / "predicted.jsonl"
        with predicted.open("w", encoding="utf-8") as out:
            for article in articles:
                out.writelines(f"{m.model_dump_json()}\n" for m in place_mentions(article))
        print(path.name, flush=True)
        subprocess.run([sys.executable, scorer, path, predicted], check=True)
    return articles


def speed(articles: list[Article]) -> None:
    """Time of finding places beside that of parsing, on one core."""
    parsing = finding = 0.0
    for article in articles:
        start = time.process_time()
        parsed = paragraphs(article)
        parsing += time.process_time() - start
        start = time.process_time()
        context = PlaceContext()
        context.gather([p.doc for p in parsed])
        for paragraph in parsed:
            find_places(paragraph.doc, context)
        finding += time.process_time() - start
    print(
        f"speed           {len(articles)} articles: places {finding:.2f} s, "
        f"parsing {parsing:.2f} s ({finding / parsing:.1%} of it)"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", type=Path, nargs="?", help="a corpus in GeoVirus' form")
    parser.add_argument("--limit", type=int, default=60, help="articles to time (default 60)")
    options = parser.parse_args()
    hard()
    if options.corpus:
        scorer = options.corpus.parent.parent.parent / "bench" / "score_places.py"
        speed(corpus(options.corpus, scorer)[: options.limit])


if __name__ == "__main__":
    main()
