#!/usr/bin/env python3
"""Events of whole articles against an annotation: type, dyad and full F1, and where the errors are.

usage: benchmarks/events.py GOLD_DIR [--errors] [--scorer FILE]

GOLD_DIR holds gold.jsonl, docs/*.txt and docs/meta.json; the scorer is bench/score_events.py beside
the data folder, where none is named. --errors also prints each annotated event that was missed and
each false one.
"""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import dateline
from dateline import actors, wire
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


def load(scorer: Path) -> ModuleType:
    """The scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_events", scorer)
    assert spec is not None
    assert spec.loader is not None
    score = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(score)
    return score


def resolved(gold: Path, predicted: Path, scorer: Path) -> None:
    """Print how many parties of events of the right type are resolved right.

    Counted are the annotated parties that a mention matched by type names in the same words; right
    is one that has the annotated key as its code or country, or its name.
    """
    score = load(scorer)
    golds, preds = score.read(gold / "gold.jsonl"), score.read(predicted)
    named = right = 0
    for doc in {g["doc"] for g in golds}:
        gs = [g for g in golds if g["doc"] == doc]
        ps = [p for p in preds if p["document"]["id"].startswith(doc)]
        for gi, pi in score.match(gs, ps, lambda g, p: g["type"] == p["type"]):
            told = [*ps[pi]["actors"], *ps[pi]["recipients"]]
            for party in (*gs[gi]["actors"], *gs[gi]["recipients"]):
                same = [p for p in told if score.alike(party["text"], p["text"])]
                named += bool(same)
                right += any(is_resolved(party, p, score) for p in same)
    print(json.dumps({"parties named": named, "resolved right": round(right / named, 4)}))


def is_resolved(party: dict, told: dict, score: ModuleType) -> bool:  # type: ignore[type-arg]
    """Whether a predicted party is the annotated one by its code, its country or its name."""
    if party["key"] in score.COUNTRIES:
        return party["key"] in {told["code"], told["country"]}
    known = actors.register().resolve(party["key"], None)  # "YPG" is written out in the record
    if known is not None and known.name == told["name"]:
        return True
    return any(score.alike(party[field], told["name"]) for field in ("key", "name")) or (
        party["key"] == told["code"]
    )


def errors(gold: Path, predicted: Path, scorer: Path) -> None:
    """Print what was missed and what is false, by the scorer's own matching."""
    score = load(scorer)
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
    if "--scorer" in arguments:
        scorer = Path(arguments[arguments.index("--scorer") + 1])
    with tempfile.TemporaryDirectory() as folder:
        predicted = Path(folder) / "predicted.jsonl"
        lines = (mention.model_dump_json() + "\n" for mention in predict(gold))
        predicted.write_text("".join(lines), "utf-8")
        command = [sys.executable, str(scorer), str(gold / "gold.jsonl"), str(predicted)]
        subprocess.run(command, check=True)
        resolved(gold, predicted, scorer)
        if "--errors" in arguments:
            errors(gold, predicted, scorer)


if __name__ == "__main__":
    main(sys.argv[1:])
