"""The encoder of event types: its heads, its losses, and how rows become what it reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dateline.coder.encoder import labels
from dateline.coder.encoder.marking import Marked, mark
from training.corpus import Row
from training.fit import batches

YIELD = ("CONCEDE", "RETREAT")
SHARES = {"type": 1.0, "mode": 0.3, "contexts": 0.5, "status": 0.3, "quad": 0.7, "spans": 2.0}
"""What each head's loss weighs."""
SMOOTHING = 0.05
"""What of a label is spread over the others."""


@dataclass(frozen=True)
class Example:
    """A row as ids, with its targets; what is not known is None."""

    marked: Marked
    row: Row
    tags: tuple[int, ...] | None = None
    """Of each piece of a row with spans."""

    @property
    def length(self) -> int:
        """Pieces."""
        return len(self.marked.ids)


class Typer(nn.Module):
    """An encoder with one linear layer for all heads, over the start piece and the three marks."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        width = 4 * encoder.config.hidden_size
        self.head = nn.Linear(width, labels.sections()["quad"].stop)
        self.spans = nn.Linear(encoder.config.hidden_size, len(labels.SPANS))

    def forward(
        self, ids: Tensor, positions: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Scores (row, output), and of spans (row, piece, label), of ids (row, piece) and
        positions (row, role)."""
        if mask is None:
            mask = torch.ones_like(ids)
        states = self.drop(self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state)
        return self.head(pooled(states, positions)), self.spans(states)


class Single(nn.Module):
    """The typer for one sentence, as it is exported."""

    def __init__(self, typer: Typer) -> None:
        super().__init__()
        self.encoder, self.head, self.spans = typer.encoder, typer.head, typer.spans

    def forward(self, ids: Tensor, positions: Tensor) -> tuple[Tensor, Tensor]:
        """Scores (1, output) and of spans (1, piece, label), of ids (1, piece) and positions
        (1, role)."""
        mask = torch.ones_like(ids)
        states = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        return self.head(pooled(states, positions)), self.spans(states)


def pooled(states: Tensor, positions: Tensor) -> Tensor:
    """The states (row, 4 x width) of the start piece and each mark; zeros for one not there."""
    index = positions.unsqueeze(-1).expand(-1, -1, states.shape[-1])
    marks = states.gather(1, index) * (positions > 0).unsqueeze(-1)
    return torch.cat([states[:, :1], marks], 1).flatten(1)


def examples(tokenizer: Tokenizer, rows: Sequence[Row]) -> list[Example]:
    """Rows as ids."""
    marked = ((mark(tokenizer, r.text, r.marks, r.guideline), r) for r in rows)
    return [Example(m, r, _tags(m, r)) for m, r in marked]


def _tags(marked: Marked, row: Row) -> tuple[int, ...] | None:
    if row.tags is None:
        return None
    found = []
    for start, end in marked.offsets:
        at = next(((a, kind) for a, b, kind in row.tags if a <= start and end <= b), None)
        name = "O" if at is None else f"{'B' if at[0] == start else 'I'}-{at[1]}"
        found.append(labels.SPANS.index(name) if start < end else -100)
    return tuple(found)


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, positions and mask of a batch."""
    width = max(e.length for e in batch)
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    for n, e in enumerate(batch):
        ids[n, : e.length] = torch.tensor(e.marked.ids)
        mask[n, : e.length] = 1
    return ids, torch.tensor([e.marked.positions for e in batch]), mask


def loss_of(typer: nn.Module, smoothing: float = SMOOTHING) -> Callable[[list[Example]], Tensor]:
    """The sum of the heads' losses over what is known of a batch."""

    def loss(batch: list[Example]) -> Tensor:
        ids, positions, mask = tensors(batch)
        scores, spans = typer(ids, positions, mask)
        value = total(scores, [e.row for e in batch], smoothing)
        tagged = [n for n, e in enumerate(batch) if e.tags is not None]
        if tagged:
            gold = torch.full((len(tagged), ids.shape[1]), -100)
            for n, at in enumerate(tagged):
                gold[n, : batch[at].length] = torch.tensor(batch[at].tags)
            lost = nn.functional.cross_entropy(spans[tagged].flatten(0, 1), gold.flatten())
            value = value + SHARES["spans"] * lost * len(tagged) / len(batch)
        return value

    return loss


def total(scores: Tensor, rows: Sequence[Row], smoothing: float) -> Tensor:
    """The loss of scores (row, output)."""
    cut = labels.sections()
    value = scores.new_zeros(())
    targets = torch.zeros(len(rows), len(labels.types()))
    weights = torch.zeros(len(rows))
    for n, row in enumerate(rows):
        goal = _target(row, smoothing)
        if goal is not None:
            targets[n] = torch.tensor(goal)
            weights[n] = row.weight
    types = scores[:, cut["type"]].log_softmax(-1)
    per_row = -(targets * types).sum(-1)
    for n, row in enumerate(rows):
        if row.type == "YIELD" and row.soft is None:
            both = [labels.types().index(t) for t in YIELD]
            per_row[n] = -types[n, both].logsumexp(-1)
            weights[n] = row.weight
    value = value + SHARES["type"] * (per_row * weights).sum() / len(rows)
    value = value + SHARES["mode"] * _modes(scores[:, cut["mode"]], rows)
    for head, known in (("status", labels.STATUSES), ("quad", labels.QUADS)):
        at = [n for n, row in enumerate(rows) if getattr(row, head) is not None]
        if at:
            gold = torch.tensor([known.index(getattr(rows[n], head)) for n in at])
            lost = nn.functional.cross_entropy(
                scores[at][:, cut[head]], gold, label_smoothing=smoothing, reduction="sum"
            )
            value = value + SHARES[head] * lost / len(rows)
    at = [n for n, row in enumerate(rows) if row.contexts is not None]
    if at:
        gold = torch.tensor([[float(c in rows[n].contexts) for c in labels.contexts()] for n in at])
        lost = nn.functional.binary_cross_entropy_with_logits(
            scores[at][:, cut["contexts"]], gold, reduction="sum"
        )
        value = value + SHARES["contexts"] * lost / len(rows)
    return value


def _target(row: Row, smoothing: float) -> list[float] | None:
    if row.soft is not None:
        return list(row.soft)
    if row.type is None or row.type == "YIELD":
        return None
    rest = smoothing / (len(labels.types()) - 1)
    return [1 - smoothing if t == row.type else rest for t in labels.types()]


def _modes(scores: Tensor, rows: Sequence[Row]) -> Tensor:
    """The loss of the modes, of each row among those of its type."""
    value = scores.new_zeros(())
    for n, row in enumerate(rows):
        if row.mode is None or row.type in (None, labels.NONE, "YIELD"):
            continue
        own = [i for i, (type, _) in enumerate(labels.modes()) if type == row.type]
        if len(own) > 1:
            gold = own.index(labels.modes().index((row.type, row.mode or None)))
            value = value - scores[n, own].log_softmax(-1)[gold]
    return value / len(rows)


@torch.no_grad()
def score(typer: nn.Module, rows: Sequence[Example]) -> tuple[Tensor, list[Tensor]]:
    """Scores (row, output), and scores of each row's pieces (piece, label), in their order."""
    typer.eval()
    found = torch.zeros(len(rows), labels.sections()["quad"].stop)
    spans = [torch.empty(0)] * len(rows)
    order = {id(e): n for n, e in enumerate(rows)}
    for batch in batches(rows, lambda e: e.length, 2048):
        scores, tags = typer(*tensors(batch))
        for e, told, of in zip(batch, scores, tags, strict=True):
            found[order[id(e)]] = told
            spans[order[id(e)]] = of[: e.length]
    return found, spans


def folds(rows: Sequence[Row], count: int = 5) -> list[int]:
    """The fold of each row, by its sentence."""
    keys = sorted({row.key for row in rows})
    random.Random(20261).shuffle(keys)
    fold = {key: n % count for n, key in enumerate(keys)}
    return [fold[row.key] for row in rows]
