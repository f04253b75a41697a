#!/usr/bin/env python3
"""Events of whole articles against an annotation: type, dyad and full F1, and where the errors are.

usage: benchmarks/events.py GOLD_DIR [--errors]

GOLD_DIR holds gold.jsonl, docs/*.txt and docs/meta.json; the scorer is bench/score_events.py beside
the data folder. --errors also prints each annotated event that was missed and each false one.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import dateline
from dateline import wire
from dateline.records import Mention, Problem


def predict(gold: Path) -> list[Mention]:
    """Code the annotated articles, with their dates of publication."""
    meta = {m["id"]: m for m in json.loads((gold / "docs/meta.json").read_text("utf-8"))}
    coder = dateline.load()
    found: list[Mention] = []
    for path in sorted((gold / "docs").glob("*.txt")):
        for article in wire.read([str(path)], published=meta[path.stem]["published"]):
            if isinstance(article, Problem):
                sys.exit(f"{article.where}: {article.why}")
            found += coder(article).mentions
    return found


def errors(gold: Path, predicted: Path, scorer: Path) -> None:
    """Print what was missed and what is false, by the scorer's own matching."""
    spec = importlib.util.spec_from_file_location("score_events", scorer)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    golds, preds = score.read(gold / "gold.jsonl"), score.read(predicted)
    for doc in sorted({g["doc"] for g in golds}):
        gs = [g for g in golds if g["doc"] == doc]
        ps = [p for p in preds if p["document"]["id"].startswith(doc)]
        full = dict(
            score.match(gs, ps, lambda g, p: g["type"] == p["type"] and score.same_dyad(g, p))
        )
        typed = dict(score.match(gs, ps, lambda g, p: g["type"] == p["type"]))
        for i, g in enumerate(gs):
            if g["certain"]:
                mark = "ok  " if i in full else "TYPE" if i in typed else "MISS"
                print(mark, doc, g["type"], g["mode"] or "", names(g), "|", g["quote"])
        for i, p in enumerate(preds and ps):
            if i not in full.values():
                mark = "DYAD" if i in typed.values() else "FALSE"
                print(mark, doc, p["type"], p["status"], names(p), "|", p["trigger"]["text"], "|",
                      p["sentence"]["text"][:160])  # fmt: skip


def names(event: dict) -> str:  # type: ignore[type-arg]
    """The parties in short."""
    sides = [
        "+".join(
            f"{p['text']}[{p.get('key') or p.get('code') or p.get('name')}]" for p in event[side]
        )
        for side in ("actors", "recipients")
    ]
    return " -> ".join(sides)


def main(arguments: list[str]) -> None:
    """Predict, score and print."""
    if not arguments:
        sys.exit(__doc__)
    gold = Path(arguments[0])
    scorer = gold.parent.parent / "bench" / "score_events.py"
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        lines = (mention.model_dump_json() + "\n" for mention in predict(gold))
        predicted.write_text("".join(lines), "utf-8")
        command = [sys.executable, str(scorer), str(gold / "gold.jsonl"), str(predicted)]
        subprocess.run(command, check=True)
        if "--errors" in arguments:
            errors(gold, predicted, scorer)


if __name__ == "__main__":
    main(sys.argv[1:])
