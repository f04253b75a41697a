"""Sources, cues and contents told apart together: no word is two of them.

A linear chain over the tokens of a paragraph: weights of clues for each state of a token, and for
each step from a state to the next. `python -m training joint` makes them.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache

import numpy as np

from dateline import models
from dateline.coder.attribution.claims import Chars
from dateline.coder.attribution.clues import EDGES, Table
from dateline.coder.attribution.tree import Run, Tree
from dateline.coder.encoder.decoding import OUTSIDE, likeliest, runs
from dateline.coder.encoder.tags import NAME, ROLES
from dateline.errors import DatelineError

FILE = "joint.csv"
STATES = ("outside", *(f"{role} {at}" for role in ROLES for at in ("first", "further")))
NEVER = -1e4
ENTRY = (0.3, 0.3, 0.2)
"""What speaks for a span beside the weights, by role: more is found, and wrongly found, with it.
Chosen on every other article of PolNeAR's dev part."""

Weights = np.ndarray[tuple[int, ...], np.dtype[np.float32]]


@dataclass(frozen=True, slots=True)
class Chain:
    """The weights: of clues by state, of clues by a state and the one before it."""

    names: list[str]
    states: Weights
    steps: Weights


@cache
def chain() -> Chain:
    """The weights that ship.

    Raises DatelineError where the file cannot be read.
    """
    path = models.folder(NAME) / FILE
    names: list[str] = []
    states: list[list[float]] = []
    steps = np.zeros((len(EDGES), len(STATES), len(STATES)), dtype=np.float32)
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                weights = [float(row[state]) for state in STATES]
                if row["after"]:
                    steps[EDGES.index(row["clue"]), STATES.index(row["after"])] = weights
                else:
                    names.append(row["clue"])
                    states.append(weights)
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise DatelineError(f"{path}: install dateline anew ({error})") from error
    return Chain(names, np.array(states, dtype=np.float32), steps)


def allowed() -> Weights:
    """What it costs to go from a state to the next: a span begins with its first token."""
    costs = np.zeros((len(STATES), len(STATES)), dtype=np.float32)
    for further in range(2, len(STATES), 2):
        costs[:, further] = NEVER
        costs[further - 1 : further + 1, further] = 0
    return costs


def spans(tree: Tree, clues: Table, edges: Table) -> tuple[list[Chars], ...]:
    """The spans of each role in order, as code points of the paragraph."""
    own = chain()
    scores = clues @ own.states
    scores[:, 1::2] += np.array(ENTRY, dtype=np.float32)
    steps = (edges @ own.steps.reshape(len(EDGES), -1)).reshape(-1, len(STATES), len(STATES))
    return _cut(tree, likeliest(scores, steps + allowed(), allowed()[OUTSIDE]))


def _cut(tree: Tree, states: list[int]) -> tuple[list[Chars], ...]:
    return tuple(_spans(tree, states, 1 + 2 * number) for number in range(len(ROLES)))


def _spans(tree: Tree, states: list[int], first: int) -> list[Chars]:
    """The runs of a role, by the number of its first state, that hold more than marks."""
    own = [state - first + 1 if first <= state <= first + 1 else OUTSIDE for state in states]
    return [tree.chars(run) for run in runs(own) if _says_something(tree, run)]


def _says_something(tree: Tree, run: Run) -> bool:
    return any(c.isalnum() or c == ":" for token in range(*run) for c in tree.lower[token])
