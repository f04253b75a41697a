#!/usr/bin/env python3
"""Write a second set of annotated articles, to look at errors with: 18 articles, 660 events.

usage: benchmarks/articles.py DATA FOLDER, then benchmarks/events.py FOLDER --scorer SCORER

DATA is the shared data folder, which holds the texts. The annotation is here, in
data/articles.jsonl, with code points of the texts in the place of their words. Each article has one
annotator, by the codebook; 284 events are certain. The figures are those of known text: the coder's
errors on these articles are looked at.
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from pathlib import Path

LABELS = Path(__file__).parent / "data"


def texts(data: Path) -> dict[str, str]:
    """The text of each article, by its id."""
    with gzip.open(data / "stories/synthetic.jsonl.gz", "rt", encoding="utf-8") as lines:
        stories = [json.loads(line)["text"] for line in lines]
    found = {}
    with (LABELS / "articles.csv").open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            kind, _, number = row["from"].partition(":")
            text = stories[int(number)] if kind == "stories" else (data / kind).read_text("utf-8")
            found[row["id"]] = text
    return found


def main(arguments: list[str]) -> None:
    """Write gold.jsonl and docs/ as the other annotation has them."""
    if len(arguments) != 2:
        sys.exit(__doc__)
    data, folder = map(Path, arguments)
    (folder / "docs").mkdir(parents=True, exist_ok=True)
    articles = texts(data)
    for name, text in articles.items():
        (folder / f"docs/{name}.txt").write_text(text, "utf-8")
    with (LABELS / "articles.csv").open(encoding="utf-8", newline="") as rows:
        meta = [{"id": r["id"], "published": r["published"]} for r in csv.DictReader(rows)]
    (folder / "docs/meta.json").write_text(json.dumps(meta), "utf-8")
    with (folder / "gold.jsonl").open("w", encoding="utf-8") as out:
        for line in (LABELS / "articles.jsonl").read_text("utf-8").splitlines():
            event = json.loads(line)
            text = articles[event["doc"]]
            event["quote"] = text[slice(*event["quote"])]
            event["source"] = text[slice(*event["source"])] if event["source"] else None
            for party in (*event["actors"], *event["recipients"]):
                party["text"] = text[slice(*party["text"])]
            out.write(json.dumps(event, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
