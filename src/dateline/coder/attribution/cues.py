"""The words that attribute: verbs, nouns, adjectives and phrases with the frames they do it in."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from dateline.errors import DatelineError

NAME = "cues.csv"
KINDS = ("report", "speech", "stance", "thought")
ANY = "*"
"""A lemma that stands for every word without a row of its own for the frame."""


@dataclass(frozen=True, slots=True)
class Cue:
    """How a word attributes in one frame. `weight` is the share of its uses that do."""

    kind: str
    weight: float


@cache
def cues() -> dict[tuple[str, str, str], Cue]:
    """All cues by (lemma, part of speech, frame).

    Raises DatelineError, with the row, where the table cannot be read.
    """
    table: dict[tuple[str, str, str], Cue] = {}
    with files(__package__).joinpath(NAME).open(encoding="utf-8") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                cue = Cue(row["kind"], float(row["weight"]))
                key = (row["lemma"], row["pos"], row["frame"])
            except (KeyError, TypeError, ValueError) as error:
                raise DatelineError(
                    f"{NAME}, line {number}: needs lemma,pos,kind,frame,weight ({error})"
                ) from error
            if cue.kind not in KINDS or key in table:
                raise DatelineError(
                    f"{NAME}, line {number}: kind must be one of {', '.join(KINDS)}, "
                    "and each lemma, pos and frame must come once"
                )
            table[key] = cue
    return table


def find_cue(lemma: str, pos: str, frame: str) -> Cue | None:
    """The row of a word in a frame, or the frame's default."""
    table = cues()
    return table.get((lemma, pos, frame)) or table.get((ANY, pos, frame))
