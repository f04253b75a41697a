"""The weights that tell sources, cues and contents apart together (`attribution/joint.py`).

A conditional random field, fitted to articles that the tagger was trained on as well: it thinks too
well of the tagger there, less so of the rules.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from dateline.coder.attribution.claims import Chars
from dateline.coder.attribution.clues import EDGES, PLACED, RULED, SCORED, clues, edges
from dateline.coder.attribution.find import ruled_claims
from dateline.coder.attribution.joint import STATES, allowed
from dateline.coder.attribution.tree import Tree
from dateline.coder.encoder import tag
from dateline.coder.encoder.tags import ROLES
from dateline.coder.parse import paragraphs
from dateline.records import Article
from training.attributions import annotated

ARTICLES = 120
EPOCHS = 16
RATE = 0.05
DECAY = 1e-4
BATCH = 96
SEED = 7
POS = """
    ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X SPACE
"""
DEP = """
    ROOT acl acomp advcl advmod agent amod appos attr aux auxpass case cc ccomp compound conj csubj
    dative dep det dobj intj mark neg nmod npadvmod nsubj nsubjpass nummod oprd parataxis pcomp pobj
    poss preconj predet prep prt punct quantmod relcl xcomp
"""
PARSED = [*(f"pos={x}" for x in POS.split()), *(f"dep={x}" for x in DEP.split())]
NAMES = ["always", *SCORED, *PARSED, *PLACED, *RULED]


@dataclass(frozen=True)
class Example:
    """A paragraph: numbers of its tokens and of the edges before them, and their states."""

    clues: Tensor
    edges: Tensor
    states: Tensor


def examples(folder: Path, number: int = ARTICLES) -> list[Example]:
    """The paragraphs of some articles of a folder of NAME.txt with NAME.ann (brat)."""
    files = sorted(folder.glob("*.txt"))
    random.Random(SEED).shuffle(files)
    found: list[Example] = []
    for count, path in enumerate(files[:number], start=1):
        if count % 10 == 0:
            print(f"read {count} of {min(number, len(files))} articles", flush=True)
        gold = annotated(path.with_suffix(".ann"))
        parsed = paragraphs(Article(id=path.stem, text=path.read_text("utf-8")))
        trees = [Tree(paragraph.doc) for paragraph in parsed]
        ruled = [claim for claim in ruled_claims(parsed, trees) if not claim.nested]
        for paragraph, tree in zip(parsed, trees, strict=True):
            table = clues(tree, tag(paragraph.doc.text), paragraph.start, ruled, NAMES)
            states = _states(tree, paragraph.start, gold)
            found.append(Example(*map(torch.tensor, (table, edges(tree), states))))
    return found


def _states(tree: Tree, start: int, gold: Sequence[dict[str, list[Chars]]]) -> list[int]:
    """The state of each token; spans of an attribution that touch are one."""
    owner: list[tuple[int, int] | None] = [None] * tree.size
    for role, name in enumerate(ROLES):
        for number, attribution in enumerate(gold):
            for a, b in attribution[name]:
                for token in range(tree.size):
                    first, past = tree.chars((token, token + 1))
                    if a < start + past and start + first < b:
                        owner[token] = number, role
    return [
        0 if own is None else 2 * own[1] + (1 if before != own else 2)
        for before, own in zip([None, *owner], owner, strict=False)
    ]


class Field(nn.Module):
    """A linear-chain conditional random field."""

    def __init__(self) -> None:
        super().__init__()
        self.states = nn.Parameter(torch.zeros(len(NAMES), len(STATES)))
        self.steps = nn.Parameter(torch.zeros(len(EDGES), len(STATES), len(STATES)))
        self.costs = torch.tensor(allowed())

    def loss(self, batch: Sequence[Example]) -> Tensor:
        """Minus the log-likelihood of the states."""
        clues = nn.utils.rnn.pad_sequence([e.clues for e in batch], batch_first=True)
        edges = nn.utils.rnn.pad_sequence([e.edges for e in batch], batch_first=True)
        gold = nn.utils.rnn.pad_sequence([e.states for e in batch], batch_first=True)
        here = torch.arange(gold.shape[1]) < torch.tensor([[len(e.states)] for e in batch])
        scores = clues @ self.states
        steps = torch.einsum("ble,eij->blij", edges, self.steps) + self.costs
        ways = scores[:, 0] + self.costs[0]
        for token in range(1, gold.shape[1]):
            further = torch.logsumexp(ways[:, :, None] + steps[:, token], 1) + scores[:, token]
            ways = torch.where(here[:, token, None], further, ways)
        own = scores.gather(2, gold[:, :, None])[:, :, 0] * here
        pairs = (gold[:, :-1] * len(STATES) + gold[:, 1:])[:, :, None]
        taken = steps.flatten(2)[:, 1:].gather(2, pairs)[:, :, 0] * here[:, 1:]
        return (torch.logsumexp(ways, 1) - own.sum(1) - taken.sum(1)).sum() / here.sum()


def fit(found: Sequence[Example]) -> Field:
    """The field of the greatest likelihood, its weights kept small."""
    torch.manual_seed(SEED)
    chance = random.Random(SEED)
    field = Field()
    ordered = sorted((e for e in found if len(e.states)), key=lambda e: len(e.states))
    batches = [ordered[at : at + BATCH] for at in range(0, len(ordered), BATCH)]
    optimizer = torch.optim.Adam(field.parameters(), lr=RATE)
    plan = torch.optim.lr_scheduler.LinearLR(optimizer, 1.0, 0.0, EPOCHS * len(batches))
    for epoch in range(EPOCHS):
        chance.shuffle(batches)
        total = 0.0
        for batch in batches:
            loss = field.loss(batch)
            total += float(loss.detach()) / len(batches)
            small = DECAY * sum((weights**2).sum() for weights in field.parameters())
            optimizer.zero_grad()
            (loss + small).backward()
            optimizer.step()
            plan.step()
        print(f"joint: epoch {epoch + 1} of {EPOCHS}, loss {total:.4f}", flush=True)
    return field


def write(field: Field, path: Path) -> None:
    """The weights as a table: of a clue by state, or by state and the one before it."""
    with path.open("w", encoding="utf-8", newline="") as lines:
        rows = csv.writer(lines, lineterminator="\n")
        rows.writerow(["clue", "after", *STATES])
        for name, weights in zip(NAMES, field.states.tolist(), strict=True):
            rows.writerow([name, "", *(f"{weight:.3f}" for weight in weights)])
        for name, table in zip(EDGES, field.steps.tolist(), strict=True):
            for state, weights in zip(STATES, table, strict=True):
                rows.writerow([name, state, *(f"{weight:.3f}" for weight in weights)])
