"""The table of cues."""

from __future__ import annotations

import csv
from importlib.resources import files

from dateline.coder.attribution.cues import KINDS, cues, find_cue


def test_table_is_sorted_and_sound() -> None:
    with files("dateline.coder.attribution").joinpath("cues.csv").open(encoding="utf-8") as lines:
        rows = [(r["lemma"], r["pos"], r["kind"], r["frame"]) for r in csv.DictReader(lines)]
    assert rows == sorted(rows)
    assert len(rows) >= 250
    assert len(cues()) == len(rows)
    assert all(cue.kind in KINDS and 0 < cue.weight <= 1 for cue in cues().values())


def test_find_cue() -> None:
    said = find_cue("say", "verb", "clause")
    assert said is not None
    assert said.kind == "speech"
    assert said.weight > 0.8
    assert find_cue("walk", "verb", "clause") is None
