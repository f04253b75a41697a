"""The encoder of event types: its heads, its losses, and how rows become what it reads."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dateline.coder.encoder import labels
from dateline.coder.encoder.marking import GUIDELINES, ROLES, Chars, flags, kept
from dateline.coder.plain import plain
from training import corpus
from training.corpus import Row
from training.fit import batches

Read = Callable[[Tensor, Tensor], Tensor]
"""What makes states (row, piece, width) of ids and a mask (row, piece)."""
YIELD = ("CONCEDE", "RETREAT")
SHARES = {
    "type": 1.0,
    "mode": 0.3,
    "contexts": 0.5,
    "status": 0.3,
    "quad": 0.7,
    "parties": 2.0,
    "triggers": 4.0,
}
"""What each head's loss weighs."""
SMOOTHING = 0.05
"""What of a label is spread over the others."""


@dataclass(frozen=True)
class Example:
    """A row as the trunk reads it, with its targets; what is not known is None."""

    row: Row
    offsets: tuple[Chars, ...]
    """Of the pieces, without the edges."""
    flags: Tensor
    """The roles (piece, role) of the pieces with the edges."""
    states: Tensor
    """What the trunk makes (piece, width) of the pieces with the edges, in half precision."""
    tags: tuple[int, ...] | None = None
    """Of each piece with the edges, of a row with spans."""

    @property
    def length(self) -> int:
        """Pieces with the edges."""
        return len(self.flags)


class Typer(nn.Module):
    """The upper layers of an encoder: marks are added to the trunk's states; one linear layer for
    all heads reads the start piece and the mean of each role's pieces, whose states alone go
    through the last layer; another reads every piece for the spans of parties."""

    def __init__(self, layers: nn.ModuleList, width: int) -> None:
        super().__init__()
        self.layers = layers
        self.roles = nn.Parameter(torch.randn(len(ROLES), width) * 0.3)
        self.guidelines = nn.Parameter(torch.randn(len(GUIDELINES), width) * 0.1)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear((1 + len(ROLES)) * width, labels.sections()["quad"].stop)
        self.spans = nn.Linear(width, labels.pieces()["triggers"].stop)

    def middle(
        self, states: Tensor, flags: Tensor, guideline: Tensor, barred: Tensor | None = None
    ) -> Tensor:
        """What all but the last layer make of marked states."""
        made = states + flags @ self.roles + self.guidelines[guideline].unsqueeze(1)
        for layer in self.layers[:-1]:
            made = self.through(layer, made, barred)
        return made

    def types(self, made: Tensor, flags: Tensor, barred: Tensor | None = None) -> Tensor:
        """Scores (row, output)."""
        return self.head(self.drop(self.readout(made, flags, barred)).flatten(1))

    def tags(self, made: Tensor, barred: Tensor | None = None) -> Tensor:
        """Scores of spans (row, piece, label)."""
        return self.spans(self.drop(self.through(self.layers[-1], made, barred)))

    def through(self, layer: nn.Module, states: Tensor, barred: Tensor | None) -> Tensor:
        """What a layer makes of states."""
        return layer(states, barred)

    def readout(self, made: Tensor, flags: Tensor, barred: Tensor | None) -> Tensor:
        """The states (row, 1 + role, width) of the start and of each role after the last layer;
        zeros for a role that is not there."""
        layer = self.layers[-1]
        attention = layer.attention.self
        rows, there = pooled(made, flags)
        shape = (made.shape[0], -1, attention.num_attention_heads, attention.attention_head_size)
        asked, known, told = (
            part(given).view(shape).transpose(1, 2)
            for part, given in (
                (attention.query, rows), (attention.key, made), (attention.value, made)
            )
        )  # fmt: skip
        near = asked @ known.transpose(2, 3) * attention.scaling
        if barred is not None:
            near = near + barred
        found = (attention.dropout(near.softmax(-1)) @ told).transpose(1, 2).flatten(2)
        return layer.feed_forward_chunk(layer.attention.output(found, rows)) * there


class Types(nn.Module):
    """The typer's types and other heads for one sentence, as they are exported."""

    def __init__(self, typer: Typer) -> None:
        super().__init__()
        self.typer = typer

    def forward(self, states: Tensor, flags: Tensor, guideline: Tensor) -> Tensor:
        """Scores (row, output) of states (row, piece, width), flags (row, piece, role) and the
        numbers of guidelines (row)."""
        return self.typer.types(self.typer.middle(states, flags, guideline), flags)


class Parties(nn.Module):
    """The typer's spans of parties for one sentence, as they are exported."""

    def __init__(self, typer: Typer) -> None:
        super().__init__()
        self.typer = typer

    def forward(self, states: Tensor, flags: Tensor, guideline: Tensor) -> Tensor:
        """Scores of spans (row, piece, label)."""
        return self.typer.tags(self.typer.middle(states, flags, guideline))


def pooled(states: Tensor, flags: Tensor) -> tuple[Tensor, Tensor]:
    """The mean states (row, 1 + role, width) of the start and of each role's pieces, and whether
    there are any (row, 1 + role, 1)."""
    count = flags.sum(1).unsqueeze(-1)
    means = flags.transpose(1, 2) @ states / count.clamp(min=1)
    there = torch.cat([torch.ones_like(count[:, :1]), (count > 0).to(states.dtype)], 1)
    return torch.cat([states[:, :1], means], 1), there


def examples(
    trunk: Read,
    tokenizer: Tokenizer,
    rows: Sequence[Row],
    chance: random.Random | None = None,
) -> list[Example]:
    """Rows as a trunk reads them; with `chance`, half of them beside another row's text, as a
    sentence stands in its paragraph."""
    found = []
    for row in rows:
        before = after = ""
        if chance is not None and chance.random() < 0.5:
            other = chance.choice(rows).text[:300]
            before, after = (other + " ", "") if chance.random() < 0.6 else ("", " " + other)
        found.append(_placed(tokenizer, row, before, after))
    order = sorted(range(len(found)), key=lambda n: len(found[n][1]))
    made: dict[int, Example] = {}
    for part in batches(order, lambda n: len(found[n][1]), 4096):
        states = read(trunk, [found[n][1] for n in part])
        for n, all_states in zip(part, states, strict=True):
            row, ids, own, offsets = found[n]
            pieces = torch.tensor([0, *(i + 1 for i in own), len(ids) - 1])
            none = (False,) * len(ROLES)
            marked = [none, *flags(offsets, row.marks), none]
            made[n] = Example(
                row, offsets, torch.tensor(marked, dtype=torch.float32),
                all_states[pieces].half(), _tags(offsets, row),
            )  # fmt: skip
    return [made[n] for n in range(len(rows))]


def _placed(
    tokenizer: Tokenizer, row: Row, before: str, after: str
) -> tuple[Row, list[int], list[int], tuple[Chars, ...]]:
    """A row with the ids of a passage, which of these are its own, and their code points."""
    coded = tokenizer.encode(plain(before + row.text + after), add_special_tokens=False)
    edges = tokenizer.encode("").ids
    first, past = len(before), len(before) + len(row.text)
    own = [n for n, (a, b) in enumerate(coded.offsets) if first <= a < b <= past]
    offsets = [(coded.offsets[n][0] - first, coded.offsets[n][1] - first) for n in own]
    chosen = kept(flags(offsets, row.marks))
    ids = [edges[0], *coded.ids, edges[1]]
    return row, ids, [own[n] for n in chosen], tuple(offsets[n] for n in chosen)


@torch.no_grad()
def read(trunk: Read, passages: Sequence[Sequence[int]]) -> Tensor:
    """What a trunk makes (row, piece, width) of ids."""
    width = min(512, max(map(len, passages)))
    ids = torch.zeros(len(passages), width, dtype=torch.long)
    mask = torch.zeros(len(passages), width, dtype=torch.long)
    for n, passage in enumerate(passages):
        ids[n, : len(passage)] = torch.tensor(passage[:width])
        mask[n, : len(passage)] = 1
    return trunk(ids, mask)


def _tags(offsets: Sequence[Chars], row: Row) -> tuple[int, ...] | None:
    if row.tags is None:
        return None
    if row.guideline == "triggers":
        return (-100, *(_trigger(piece, row.tags) for piece in offsets), -100)
    found = [-100]
    for start, end in offsets:
        at = next(((a, kind) for a, b, kind in row.tags if a <= start and end <= b), None)
        name = "O" if at is None else f"{'B' if at[0] == start else 'I'}-{at[1]}"
        found.append(labels.SPANS.index(name))
    return (*found, -100)


def _trigger(piece: Chars, tags: Sequence[tuple[int, int, str]]) -> int:
    """The label of a piece; none where it is arguable whether there is an event."""
    kind = next((k for a, b, k in tags if a < piece[1] and piece[0] < b), "O")
    return -100 if kind.endswith(corpus.UNKNOWN) else labels.triggers().index(kind)


def tensors(batch: Sequence[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """States, flags, guidelines of a batch, and what bars the padding from being attended to."""
    states = nn.utils.rnn.pad_sequence([e.states.float() for e in batch], batch_first=True)
    marked = nn.utils.rnn.pad_sequence([e.flags for e in batch], batch_first=True)
    lengths = torch.tensor([e.length for e in batch])
    padding = torch.arange(states.shape[1])[None] >= lengths[:, None]
    barred = padding[:, None, None].float() * torch.finfo(torch.float32).min
    guideline = torch.tensor([GUIDELINES.index(e.row.guideline) for e in batch])
    return states, marked, guideline, barred


def loss_of(typer: Typer, smoothing: float = SMOOTHING) -> Callable[[list[Example]], Tensor]:
    """The sum of the heads' losses over what is known of a batch."""

    def loss(batch: list[Example]) -> Tensor:
        states, marked, guideline, barred = tensors(batch)
        made = typer.middle(states, marked, guideline, barred)
        value = made.new_zeros(())
        typed = [n for n, e in enumerate(batch) if e.tags is None]
        if typed:
            scores = typer.types(made[typed], marked[typed], barred[typed])
            lost = total(scores, [batch[n].row for n in typed], smoothing)
            value = value + lost * len(typed) / len(batch)
        for head, cut in labels.pieces().items():
            own = [n for n, e in enumerate(batch) if e.tags is not None and _head(e) == head]
            if own:
                gold = torch.full((len(own), states.shape[1]), -100)
                for n, at in enumerate(own):
                    gold[n, : batch[at].length] = torch.tensor(batch[at].tags)
                spans = typer.tags(made[own], barred[own])[..., cut]
                lost = nn.functional.cross_entropy(spans.flatten(0, 1), gold.flatten())
                value = value + SHARES[head] * lost * len(own) / len(batch)
        return value

    return loss


def _head(e: Example) -> str:
    return "triggers" if e.row.guideline == "triggers" else "parties"


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
def score(typer: Typer, rows: Sequence[Example]) -> tuple[Tensor, list[Tensor]]:
    """Scores (row, output), and scores of each row's pieces (piece, label), in their order."""
    typer.eval()
    found = torch.zeros(len(rows), labels.sections()["quad"].stop)
    spans = [torch.empty(0)] * len(rows)
    order = {id(e): n for n, e in enumerate(rows)}
    for batch in batches(rows, lambda e: e.length, 2048):
        states, marked, guideline, barred = tensors(batch)
        made = typer.middle(states, marked, guideline, barred)
        scores, tags = typer.types(made, marked, barred), typer.tags(made, barred)
        for e, told, of in zip(batch, scores, tags, strict=True):
            found[order[id(e)]] = told
            spans[order[id(e)]] = of[1 : e.length - 1]
    return found, spans


def folds(rows: Sequence[Row], count: int = 5) -> list[int]:
    """The fold of each row, by its sentence."""
    keys = sorted({row.key for row in rows})
    random.Random(20261).shuffle(keys)
    fold = {key: n % count for n, key in enumerate(keys)}
    return [fold[row.key] for row in rows]
