"""The one training loop: batches of like length, warm-up, linear decay, a fixed seed, progress."""

from __future__ import annotations

import copy
import random
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import torch
from torch import Tensor, nn

T = TypeVar("T")


@dataclass(frozen=True)
class Plan:
    """How to train. `tokens` bounds a batch; `decay` is the rate of each layer to that above it;
    `average` is what each step leaves of the running mean of the weights, which is the result."""

    epochs: int
    rate: float = 2e-4
    head_rate: float = 1e-3
    tokens: int = 1024
    warmup: float = 0.1
    weight_decay: float = 0.01
    decay: float = 0.9
    average: float = 0.998
    seed: int = 20261


def batches(
    rows: Sequence[T], length: Callable[[T], int], tokens: int, chance: random.Random | None = None
) -> Iterator[list[T]]:
    """Rows of like length together, `tokens` at most in a batch; shuffled where `chance` is."""
    order = list(range(len(rows)))
    if chance is not None:
        chance.shuffle(order)
    jitter = (lambda: chance.uniform(0.85, 1.15)) if chance is not None else (lambda: 1.0)
    order.sort(key=lambda i: length(rows[i]) * jitter())
    found: list[list[T]] = [[]]
    longest = 0
    for i in order:
        longest = max(longest, length(rows[i]))
        if found[-1] and longest * (len(found[-1]) + 1) > tokens:
            found.append([])
            longest = length(rows[i])
        found[-1].append(rows[i])
    if chance is not None:
        chance.shuffle(found)
    yield from found


def fit(
    network: nn.Module,
    rows: Sequence[T],
    length: Callable[[T], int],
    loss: Callable[[list[T]], Tensor],
    plan: Plan,
    name: str = "",
    place: Path | None = None,
) -> None:
    """Train in place. `network.layers` are the encoder's; all else learns at `head_rate`.

    After each epoch all there is goes into the file `place`; where there is one, it goes on.
    """
    chance = random.Random(plan.seed)
    torch.manual_seed(plan.seed)
    groups = list(_groups(network, plan))
    optimizer = torch.optim.AdamW(groups)
    per_epoch = sum(1 for _ in batches(rows, length, plan.tokens))
    total = per_epoch * plan.epochs
    warm = max(1, int(plan.warmup * total))

    def pace(step: int) -> float:
        return step / warm if step < warm else max(0.02, (total - step) / max(1, total - warm))

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, pace)
    network.train()
    started, seen, step, done = time.monotonic(), 0.0, 0, 0
    mean = copy.deepcopy(network).requires_grad_(False)
    state = {"network": network, "mean": mean, "optimizer": optimizer, "schedule": schedule}
    if place is not None and place.exists():
        kept = torch.load(place, weights_only=False)
        for key, of in state.items():
            of.load_state_dict(kept[key])
        chance.setstate(kept["chance"])
        torch.set_rng_state(kept["torch"])
        step, done = kept["step"], kept["epoch"]
    before = step
    for epoch in range(done, plan.epochs):
        for batch in batches(rows, length, plan.tokens, chance):
            if step == total:
                break  # shuffled rows make a few more batches
            value = loss(batch)
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            _follow(mean, network, min(plan.average, step / (step + 9)))
            seen = 0.98 * seen + 0.02 * float(value.detach()) if seen else float(value.detach())
            if step % 50 == 0:
                spent = time.monotonic() - started
                left = spent / (step - before) * max(0, total - step)
                print(
                    f"{name} epoch {epoch + 1}/{plan.epochs} step {step}/{total} "
                    f"loss {seen:.4f} {spent:.0f}s, {left:.0f}s to go",
                    file=sys.stderr, flush=True,
                )  # fmt: skip
        if place is not None:
            told = {key: of.state_dict() for key, of in state.items()}
            told |= {"chance": chance.getstate(), "torch": torch.get_rng_state()}
            torch.save({**told, "step": step, "epoch": epoch + 1}, place)
    network.load_state_dict(mean.state_dict())
    network.eval()


@torch.no_grad()
def _follow(mean: nn.Module, network: nn.Module, kept: float) -> None:
    """Move the running mean of the weights (Polyak averaging)."""
    torch._foreach_lerp_(list(mean.parameters()), list(network.parameters()), 1 - kept)


def _groups(network: nn.Module, plan: Plan) -> Iterator[dict[str, object]]:
    layers = list(network.layers)
    inside = set()
    for depth, layer in enumerate(layers):
        rate = plan.rate * plan.decay ** (len(layers) - 1 - depth)
        inside |= {id(p) for p in layer.parameters()}
        yield {"params": layer.parameters(), "lr": rate, "weight_decay": plan.weight_decay}
    rest = [p for p in network.parameters() if p.requires_grad and id(p) not in inside]
    yield {"params": rest, "lr": plan.head_rate, "weight_decay": 0.0}
