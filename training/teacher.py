"""The teacher of the encoder of event types: all-mpnet-base-v2, four times the student's depth and
width together. Its upper half learns; what the lower half makes of each row is computed once.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from dateline.coder.encoder import labels
from dateline.coder.encoder.marking import Marked
from training import student, typing, weights
from training.corpus import Row
from training.fit import Plan, batches, fit
from training.student import SEED, Corpus
from training.typing import Example

FROZEN = 6
"""Lower layers that do not learn, as the embeddings."""
PLAN = Plan(epochs=3, rate=1e-4, head_rate=1e-3, decay=0.85)


class Typer(nn.Module):
    """As `typing.Typer`, without spans, over what the lower half of its encoder has made."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        for part in (encoder.embeddings, *encoder.encoder.layer[:FROZEN]):
            part.requires_grad_(False)
        encoder.encoder.relative_attention_bias.requires_grad_(False)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(4 * encoder.config.hidden_size, labels.sections()["quad"].stop)

    def lower(self, ids: Tensor, mask: Tensor) -> Tensor:
        """What the frozen half makes of ids."""
        return self._through(self.encoder.embeddings(input_ids=ids), mask, slice(FROZEN))

    def forward(self, states: Tensor, positions: Tensor, mask: Tensor) -> Tensor:
        """Scores (row, output) of what `lower` made."""
        states = self._through(states, mask, slice(FROZEN, None))
        return self.head(typing.pooled(self.drop(states), positions))

    def _through(self, states: Tensor, mask: Tensor, layers: slice) -> Tensor:
        bias = self.encoder.encoder.compute_position_bias(states)
        barred = (1.0 - mask[:, None, None, :].float()) * torch.finfo(states.dtype).min
        for layer in self.encoder.encoder.layer[layers]:
            states = layer(states, barred, bias)[0]
        return states


class Teacher:
    """A network in training, and its opinion of rows."""

    def __init__(self, cache: Path) -> None:
        encoder, self.tokenizer = weights.load("teacher", cache)
        self._own = weights.tokenizer("student", cache)
        self.network = Typer(encoder)
        names = self._own.get_vocab(with_added_tokens=True)
        renamed = {"[CLS]": "<s>", "[SEP]": "</s>"}
        unknown = self.tokenizer.token_to_id("[UNK]")
        self._ids = {
            id: _or(self.tokenizer.token_to_id(renamed.get(name, name)), unknown)
            for name, id in names.items()
        }

    def examples(self, rows: Sequence[Row]) -> list[Example]:
        """Rows as ids; the two vocabularies have the same pieces, numbered otherwise."""
        return [self._example(e) for e in typing.examples(self._own, rows)]

    def _example(self, e: Example) -> Example:
        ids = tuple(self._ids[i] for i in e.marked.ids)
        return Example(Marked(ids, e.marked.positions, e.marked.offsets), e.row)

    def learn(self, rows: Sequence[Row], place: Path) -> None:
        """Train, or go on from where `place` was left."""
        examples = self.examples(rows)
        made = self._made(examples)

        def loss(batch: list[Example]) -> Tensor:
            _, positions, mask = typing.tensors(batch)
            states = nn.utils.rnn.pad_sequence([made[id(e)].float() for e in batch], True)
            return typing.total(
                self.network(states, positions, mask), [e.row for e in batch], typing.SMOOTHING
            )

        fit(self.network, examples, lambda e: e.length, loss, PLAN, "teacher", place)

    @torch.no_grad()
    def score(self, rows: Sequence[Row]) -> Tensor:
        """Scores (row, output)."""
        self.network.eval()
        examples = self.examples(rows)
        order = {id(e): n for n, e in enumerate(examples)}
        found = torch.zeros(len(rows), labels.sections()["quad"].stop)
        for batch in batches(examples, lambda e: e.length, 2048):
            ids, positions, mask = typing.tensors(batch)
            scores = self.network(self.network.lower(ids, mask), positions, mask)
            for e, of in zip(batch, scores, strict=True):
                found[order[id(e)]] = of
        return found

    @torch.no_grad()
    def _made(self, examples: Sequence[Example]) -> dict[int, Tensor]:
        self.network.eval()
        found = {}
        for batch in batches(examples, lambda e: e.length, 2048):
            ids, _, mask = typing.tensors(batch)
            for e, states in zip(batch, self.network.lower(ids, mask), strict=True):
                found[id(e)] = states[: e.length].half()
        return found


def rows_of(rows: Corpus, without: Sequence[str] = ()) -> list[Row]:
    """What the teacher learns from: all rows that tell a type or quad, but for some sentences."""
    left_out = set(without)
    chance = random.Random(SEED)
    own = [*rows.own, *(r for r in rows.relabelled if r.key not in left_out)]
    return [
        *(r for r in [*rows.pairs, *rows.quads] if r.key not in left_out),
        *student.varied(own, chance),
    ]


def _or(found: int | None, other: int) -> int:
    return other if found is None else found
