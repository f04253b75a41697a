#!/usr/bin/env python3
"""How well attributions are found: sources, cues, contents, and who is linked to what.

usage: benchmarks/attribution.py DATA [--limit N]

DATA is a folder of NAME.txt with its annotation NAME.ann, such as data/attribution/dev of PolNeAR;
its scorer is bench/score_attribution.py beside the data folder. Prints one JSON line a figure, for
all articles, and for every other one: constants of the decoding were chosen on the even ones.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from dateline.coder.attribution import find_claims, to_statement
from dateline.coder.parse import paragraphs
from dateline.records import Article

PUBLISHED = {"source exact_f1": 0.832, "cue exact_f1": 0.753, "content exact_f1": 0.729}
"""The best published system, with BERT-base, on the test part."""


def find(files: list[Path], to: Path) -> dict[str, float]:
    """Write the statements of the files; returns the seconds that parsing and finding took."""
    parsing = finding = 0.0
    with to.open("w", encoding="utf-8") as out:
        for number, file in enumerate(files, start=1):
            article = Article(id=file.name, text=file.read_text("utf-8"))
            start = time.process_time()
            parsed = paragraphs(article)
            between = time.process_time()
            claims = [claim for claim in find_claims(parsed) if not claim.nested]
            finding += time.process_time() - between
            parsing += between - start
            out.writelines(f"{to_statement(c, article).model_dump_json()}\n" for c in claims)
            if number % 10 == 0 or number == len(files):
                print(f"{number} of {len(files)} articles", file=sys.stderr, flush=True)
    return {"seconds parsing": parsing, "seconds attribution": finding}


def score(files: list[Path], predicted: Path, scorer: Path) -> dict[str, float]:
    """The scorer's figures for some of the files."""
    with tempfile.TemporaryDirectory() as folder:
        for file in files:
            for kind in (".txt", ".ann"):
                shutil.copy(file.with_suffix(kind), folder)
        command = [sys.executable, str(scorer), folder, str(predicted)]
        found = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
    roles = ("source", "cue", "content")
    figures = {f"{role} {name}": value for role in roles for name, value in found[role].items()}
    return {**figures, "linked": found["linked"]}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("data", type=Path, help="a folder of NAME.txt and NAME.ann")
    parser.add_argument("--limit", type=int, help="the first articles only")
    options = parser.parse_args()
    files = sorted(options.data.glob("*.txt"))[: options.limit]
    if not files:
        sys.exit(f"{options.data}: no text files")
    scorer = options.data.resolve().parents[2] / "bench" / "score_attribution.py"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        for name, seconds in find(files, predicted).items():
            print(json.dumps({"figure": name, "value": round(seconds, 2)}))
        for part, some in (("all", files), ("even", files[::2]), ("odd", files[1::2])):
            for name, value in score(some, predicted, scorer).items() if some else ():
                line = {"part": part, "articles": len(some), "figure": name, "value": value}
                known = {"published": PUBLISHED[name]} if name in PUBLISHED else {}
                print(json.dumps(line | known))


if __name__ == "__main__":
    main()
