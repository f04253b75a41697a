"""The encoder of event types that ships: its rows, its two stages, its cross-validation.

First it learns from sentences that no fold of the benchmarks holds (our own, and labelled
candidates of the coder), then from the benchmarks' sentences together with a part of those.
"""

from __future__ import annotations

import copy
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import torch
from torch import Tensor

from training import corpus, shipped, soft, typing, weights
from training.attributions import Tagger, Upper
from training.corpus import Row
from training.fit import Plan, fit

FIRST = Plan(epochs=3, rate=3e-4)
SECOND = Plan(epochs=4, rate=3e-4)
KEPT = 3000
"""Rows of the first stage that the second goes on with."""
TWO_SIDED = frozenset({"CONSULT", "COOPERATE", "AGREE"})
"""Types that are the same with actor and recipient changed about."""
SEED = 20261
OWN = {"candidates", "articles", "articles-none"}
"""Origins of labels on sentences that no benchmark holds."""


@dataclass(frozen=True)
class Corpus:
    """All rows, by what they are for."""

    own: list[Row]
    """Sentences of no benchmark."""
    pairs: list[Row]
    quads: list[Row]
    parties: list[Row]
    relabelled: list[Row]
    """The benchmarks' sentences by our codebook."""
    triggers: list[Row]
    """Sentences of whole articles with the triggers in them."""
    soft: list[Row]
    """Candidates with the teacher's probabilities."""


def gather(shared: Path, *, taught: bool = False) -> Corpus:
    """Read every row, CONCEDE and RETREAT told apart in `pairs` by our own labels; what the teacher
    told where it is asked for."""
    labelled = corpus.labelled(shared)
    told = {_place(row): row.type for row in labelled if row.origin == "pairs"}
    pairs = [
        replace(row, type=told[_place(row)])
        if row.type == "YIELD" and told.get(_place(row)) in typing.YIELD
        else row
        for row in corpus.pairs(shared)
    ]
    return Corpus(
        own=[*corpus.written(), *(r for r in labelled if r.origin in OWN)],
        pairs=pairs,
        quads=corpus.quads(shared),
        parties=corpus.parties(shared),
        relabelled=[r for r in labelled if r.origin not in OWN],
        triggers=corpus.triggers(shared),
        soft=soft.read(shared) if taught else [],
    )


def _place(row: Row) -> tuple[object, ...]:
    return row.key, row.marks.get("s"), row.marks.get("t")


def varied(rows: Sequence[Row], chance: random.Random) -> Iterator[Row]:
    """Rows, some without their trigger's mark; some again with the parties changed, as `none`."""
    alone = Counter(row.key for row in rows)
    for row in rows:
        marks = dict(row.marks)
        if alone[row.key] == 1 and len(marks) > 1 and chance.random() < 0.2:
            marks.pop("e", None)
        yield replace(row, marks=marks)
        directed = row.type not in {None, "none"} and row.type not in TWO_SIDED
        if directed and {"s", "t"} <= set(row.marks) and chance.random() < 0.12:
            turned = {**row.marks, "s": row.marks["t"], "t": row.marks["s"]}
            yield replace(row, marks=turned, type="none", mode=None, contexts=None, status=None)


class Student:
    """A network in training: upper layers over the trunk that ships, at first the tagger's."""

    def __init__(self, rows: Corpus, cache: Path) -> None:
        encoder, self.tokenizer = weights.load("student", cache)
        self.config = encoder.config
        self.trunk = shipped.trunk
        torch.manual_seed(SEED)
        upper = Upper(Tagger(encoder))
        shipped.load(upper, "attributions")
        self.network = typing.Typer(upper.layers, self.config.hidden_size)
        self._rows = rows
        chance = random.Random(SEED)
        self._own = list(varied(rows.own, chance))
        self._arguments = list(corpus.arguments(rows.own))

    def first(self, place: Path) -> None:
        """The first stage, kept after each epoch."""
        rows = [*self._own, *self._arguments, *self._rows.triggers]
        self._fit(rows, FIRST, "first stage", place)

    def second(
        self, place: Path, without: Sequence[str] = (), name: str = "second stage"
    ) -> Student:
        """A copy that went through the second stage, without the sentences of these keys; kept
        after each epoch."""
        other = copy.copy(self)
        other.network = copy.deepcopy(self.network)
        left_out = set(without)
        chance = random.Random(SEED)
        other._fit(
            [
                *(r for r in benchmarks(self._rows) if r.key not in left_out),
                *varied([r for r in self._rows.relabelled if r.key not in left_out], chance),
                *_some(self._own, KEPT, chance),
                *_some(self._arguments, KEPT // 4, chance),
                *_some(self._rows.triggers, KEPT // 2, chance),
                *(r for r in self._rows.soft if r.key not in left_out),
            ],
            SECOND,
            name,
            place,
        )
        return other

    def score(self, rows: Sequence[Row]) -> tuple[Tensor, list[Tensor]]:
        """Scores (row, output), and of each row's pieces (piece, label)."""
        return typing.score(self.network, self.examples(rows))

    def examples(
        self, rows: Sequence[Row], chance: random.Random | None = None
    ) -> list[typing.Example]:
        """Rows as the trunk reads them."""
        return typing.examples(self.trunk, self.tokenizer, rows, chance)

    def _fit(self, rows: Sequence[Row], plan: Plan, name: str, place: Path) -> None:
        examples = self.examples(rows, random.Random(SEED))
        loss = typing.loss_of(self.network)
        fit(self.network, examples, lambda e: e.length, loss, plan, name, place)


def benchmarks(rows: Corpus) -> list[Row]:
    """The benchmarks' rows by their own guidelines, and the arguments of those relabelled."""
    return [*rows.pairs, *rows.quads, *rows.parties, *corpus.arguments(rows.relabelled)]


def judged(rows: Corpus) -> list[Row]:
    """What is told of each row in the fold that leaves its sentence out."""
    return [*benchmarks(rows), *rows.relabelled]


def _some(rows: Sequence[Row], count: int, chance: random.Random) -> list[Row]:
    return chance.sample(rows, min(count, len(rows)))
