"""The tagger of sources, cues and contents, trained on PolNeAR."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from dateline.coder.encoder.tags import LABELS, ROLES
from dateline.coder.encoder.trunk import LONGEST
from dateline.coder.plain import plain

DEPTH = 3
"""Layers of the trunk."""


@dataclass(frozen=True)
class Passage:
    """A paragraph: its word pieces with their places in the document, and labels (role, piece)."""

    document: str
    ids: tuple[int, ...]
    offsets: tuple[tuple[int, int], ...]
    labels: tuple[tuple[int, ...], ...]


def read(folder: Path, tokenizer: Tokenizer) -> list[Passage]:
    """All paragraphs of a folder of NAME.txt with NAME.ann (brat)."""
    found = []
    for path in sorted(folder.glob("*.ann")):
        text = path.with_suffix(".txt").read_text("utf-8")
        spans = annotated(path)
        for match in re.finditer(r"[^\n]+", text):
            if match[0].strip():
                found += _passages(path.stem, text, match.start(), match.end(), spans, tokenizer)
    return found


def annotated(path: Path) -> list[dict[str, list[tuple[int, int]]]]:
    """The attributions of an .ann file, as spans by role."""
    spans: dict[str, list[tuple[int, int]]] = {}
    found = []
    for line in path.read_text("utf-8").split("\n"):
        fields = line.split("\t")
        if len(fields) < 2:
            continue  # the text of a span may hold a line's end
        if fields[0].startswith("T"):
            _, where = fields[1].split(" ", 1)
            spans[fields[0]] = [
                (int(a), int(b)) for a, b in (part.split() for part in where.split(";"))
            ]
        elif fields[0].startswith("E"):
            roles = defaultdict(list)
            for part in fields[1].split():
                role, target = part.split(":")
                roles[re.sub(r"\d+$", "", role).lower()] += spans.get(target, [])
            found.append({role: sorted(roles[role]) for role in ("source", "cue", "content")})
    return found


def _passages(
    name: str,
    text: str,
    start: int,
    end: int,
    attributions: list[dict[str, list[tuple[int, int]]]],
    tokenizer: Tokenizer,
) -> list[Passage]:
    coded = tokenizer.encode(plain(text[start:end]), add_special_tokens=False)
    spans = {
        role: sorted(
            {(a, b) for one in attributions for a, b in one[role] if a < end and b > start}
        )
        for role in ROLES
    }
    found = []
    for at in range(0, len(coded.ids), LONGEST):
        ids = coded.ids[at : at + LONGEST]
        offsets = [(start + a, start + b) for a, b in coded.offsets[at : at + LONGEST]]
        labels = tuple(tuple(_label(o, spans[role]) for o in offsets) for role in ROLES)
        found.append(Passage(name, tuple(ids), tuple(offsets), labels))
    return found


def _label(offset: tuple[int, int], spans: list[tuple[int, int]]) -> int:
    for a, b in spans:
        if a <= offset[0] < b:
            return 1 if offset[0] - a <= 0 else 2
    return 0


class Tagger(nn.Module):
    """An encoder with one BIO head a role."""

    def __init__(self, encoder: nn.Module) -> None:
        super().__init__()
        self.encoder = encoder
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(encoder.config.hidden_size, len(ROLES) * LABELS)

    @property
    def layers(self) -> nn.ModuleList:
        """Of the encoder."""
        return self.encoder.encoder.layer

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Logits (batch, piece, role, label) of ids (batch, piece)."""
        states = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        logits = self.head(self.drop(states.last_hidden_state))
        return logits.view(*input_ids.shape, len(ROLES), LABELS)


class Trunk(nn.Module):
    """The tagger's embeddings and lower layers, which the typing goes on from."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.embeddings, self.layers = tagger.encoder.embeddings, tagger.layers[:DEPTH]
        self.config = tagger.encoder.config

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """States (row, piece, width) of ids (row, piece)."""
        states = self.embeddings(input_ids=ids)
        barred = None
        if mask is not None:
            barred = (1.0 - mask[:, None, None].float()) * torch.finfo(states.dtype).min
        for layer in self.layers:
            states = layer(states, barred)
        return states


class Upper(nn.Module):
    """The rest of the tagger, as it is exported: scores (1, piece, role x label) of states."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.layers, self.head, self.config = (
            tagger.layers[DEPTH:], tagger.head, tagger.encoder.config
        )  # fmt: skip

    def forward(self, states: Tensor) -> Tensor:
        """Scores of a passage."""
        for layer in self.layers:
            states = layer(states, None)
        return self.head(states)


def padded(batch: list[Passage], first: int, last: int) -> tuple[Tensor, Tensor]:
    """Ids and mask of passages, with the first and last special tokens."""
    width = max(len(p.ids) for p in batch) + 2
    ids = torch.zeros(len(batch), width, dtype=torch.long)
    mask = torch.zeros(len(batch), width, dtype=torch.long)
    for row, passage in enumerate(batch):
        ids[row, : len(passage.ids) + 2] = torch.tensor([first, *passage.ids, last])
        mask[row, : len(passage.ids) + 2] = 1
    return ids, mask


def loss_of(tagger: Tagger, first: int, last: int):
    """Cross-entropy over all pieces and roles."""

    def loss(batch: list[Passage]) -> Tensor:
        ids, mask = padded(batch, first, last)
        gold = torch.full((*ids.shape, len(ROLES)), -100)
        for row, passage in enumerate(batch):
            gold[row, 1 : len(passage.ids) + 1] = torch.tensor(passage.labels).T
        logits = tagger(ids, mask)
        return nn.functional.cross_entropy(logits.flatten(0, 2), gold.flatten(), ignore_index=-100)

    return loss
