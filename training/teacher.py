"""The teacher of the encoder of event types: all-mpnet-base-v2, four times the student's depth and
width together. Its upper half learns; what the lower half makes of each row is computed once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from training import student, typing, weights
from training.corpus import Row
from training.fit import Plan, fit
from training.student import SEED, Corpus

FROZEN = 6
"""Lower layers that do not learn, as the embeddings."""
PLAN = Plan(epochs=3, rate=1e-4, head_rate=1e-3, decay=0.85)


class Typer(typing.Typer):
    """The upper half, which adds the distance of pieces to their nearness."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__(encoder.encoder.layer[FROZEN:], encoder.config.hidden_size)
        self._distances = [encoder.encoder]  # in a list, so that it is no part of what learns

    def through(self, layer: nn.Module, states: Tensor, barred: Tensor | None) -> Tensor:
        """What a layer makes of states."""
        with torch.no_grad():
            bias = self._distances[0].compute_position_bias(states)
        return layer(states, barred, bias)[0]

    def readout(self, made: Tensor, flags: Tensor, barred: Tensor | None) -> Tensor:
        """The states of the start and the mean of each role's, after the last layer."""
        rows, there = typing.pooled(self.through(self.layers[-1], made, barred), flags)
        return rows * there


class Trunk(nn.Module):
    """The embeddings and the lower half, which do not learn."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self._whole = encoder
        self.requires_grad_(False)

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        """States (row, piece, width) of ids (row, piece)."""
        states = self._whole.embeddings(input_ids=ids)
        bias = self._whole.encoder.compute_position_bias(states)
        barred = (1.0 - mask[:, None, None].float()) * torch.finfo(states.dtype).min
        for layer in self._whole.encoder.layer[:FROZEN]:
            states = layer(states, barred, bias)[0]
        return states


class Teacher:
    """A network in training, and its opinion of rows."""

    def __init__(self, cache: Path) -> None:
        encoder, self._tokenizer = weights.load("teacher", cache)
        self._trunk = Trunk(encoder).eval()
        self._network = Typer(encoder).requires_grad_(True)

    def learn(self, rows: Sequence[Row], place: Path) -> None:
        """Train, or go on from where `place` was left."""
        made = self._examples(rows, random.Random(SEED))
        loss = typing.loss_of(self._network)
        fit(self._network, made, lambda e: e.length, loss, PLAN, "teacher", place)

    def score(self, rows: Sequence[Row]) -> Tensor:
        """Scores (row, output)."""
        return typing.score(self._network, self._examples(rows))[0]

    def _examples(
        self, rows: Sequence[Row], chance: random.Random | None = None
    ) -> list[typing.Example]:
        return typing.examples(self._trunk, self._tokenizer, rows, chance)


def rows_of(rows: Corpus, without: Sequence[str] = ()) -> list[Row]:
    """What the teacher learns from: all rows that tell a type or quad, but for some sentences."""
    left_out = set(without)
    chance = random.Random(SEED)
    own = [*rows.own, *(r for r in rows.relabelled if r.key not in left_out)]
    return [
        *(r for r in [*rows.pairs, *rows.quads] if r.key not in left_out),
        *student.varied(own, chance),
    ]
