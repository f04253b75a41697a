#!/usr/bin/env python3
"""Whom the words of our own annotated articles mean: names, descriptions and pronouns.

usage: benchmarks/parties.py [--errors]

training/data/annotated.jsonl tells of each event in training/data/own the parties: the words, and
whom they mean. Asked is the cast of the article, for each words once, whether or not the coder
finds the event. A party is right by its country or code, or, where it has none, by its name; those
that have no name either, as "Kenyan students", are not counted. The encoder has learned from other
articles where parties stand, and nowhere whom they mean.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dateline import actors
from dateline.actors import Identity
from dateline.coder.code import Coder, Reading
from dateline.coder.plain import text_of
from dateline.records import Article

DATA = Path(__file__).resolve().parents[1] / "training/data"
KINDS = {"PRON": "pronoun", "DET": "pronoun", "PROPN": "name"}
Event = dict[str, Any]


def annotated() -> dict[str, list[Event]]:
    """The events of each article."""
    found: dict[str, list[Event]] = {}
    for line in (DATA / "annotated.jsonl").read_text("utf-8").splitlines():
        event = json.loads(line)
        found.setdefault(event["doc"], []).append(event)
    return found


def places(text: str, events: list[Event]) -> Iterator[tuple[int, int, str]]:
    """Where each party is named, in the event's sentence or before, and whom it means."""
    seen = set()
    for event in events:
        start = text.index(event["quote"])
        end = start + len(event["quote"])
        for party in (*event["actors"], *event["recipients"]):
            at = text.find(party["text"], start, end)
            at = text.rfind(party["text"], 0, end) if at < 0 else at
            if at >= 0 and (at, party["name"]) not in seen:
                seen.add((at, party["name"]))
                yield at, at + len(party["text"]), party["name"]


def judge(meant: str, told: Identity | None) -> str | None:
    """Whether a party is told right, wrong, or not at all; None for those without a name.

    "Kenyan students" has no one name, and is not asked for.
    """
    register = actors.register()
    state = register.get(meant)
    if state is not None and state.country == meant:
        if told is None or told.country is None:
            return "none"
        return "right" if meant in {told.country, told.code} else "wrong"
    known = register.resolve(meant, None)
    if known is None or known.kind == "description":
        return None
    if told is None or told.kind == "description":
        return "none"
    return "right" if meant == told.code or known.name == told.name else "wrong"


def main(*, errors: bool) -> None:
    """Print the counts."""
    coder, counts = Coder(), Counter[tuple[str, str]]()
    for doc, events in annotated().items():
        text = (DATA / "own" / f"{doc}.txt").read_text("utf-8")
        reading = Reading(Article(id=doc, text=text), coder.register)
        for start, end, meant in places(text, events):
            for paragraph in reading.paragraphs:
                a, b = start - paragraph.start, end - paragraph.start
                if not 0 <= a < b <= len(text_of(paragraph.doc)):
                    continue
                span = paragraph.doc.char_span(a, b, alignment_mode="expand")
                if span is None:
                    continue
                kind = KINDS.get(span.root.pos_, "description")
                told = reading.cast.identity(span.root)
                verdict = judge(meant, told)
                if verdict is None:
                    continue
                counts[kind, verdict] += 1
                if errors and verdict != "right":
                    name = told and (told.name, told.code, told.country)
                    print(f"{verdict:5} {kind} {doc}: {text[start:end]} is {meant}, told {name}")
    for kind in ("name", "description", "pronoun"):
        right, wrong, none = (counts[kind, v] for v in ("right", "wrong", "none"))
        share = right / max(1, right + wrong + none)
        print(f"{kind:12} {right + wrong + none:5}  right {share:.3f}  wrong {wrong}  none {none}")


if __name__ == "__main__":
    main(errors="--errors" in sys.argv[1:])
