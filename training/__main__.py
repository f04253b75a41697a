"""Make the weights that ship: python -m training {types,attributions,joint} [--shared FOLDER].

The first two write ONNX files into src/dateline/models; `joint` fits the decoding of attributions
to the tagger, and is run after it. `types` then cross-validates, and keeps the scores of held-out
sentences in `training/data/held_out.tsv`, by hash. The networks take an hour each on two cores.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from training import attributions, held_out, joint, student, typing, weights
from training.export import export
from training.fit import Plan, fit

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "src/dateline/models"
FOLDS = 5


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("what", choices=["types", "attributions", "joint"])
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/dateline-training")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--folds", type=int, default=FOLDS, help="how many of the five to try")
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit(f"{options.shared}: no such folder; name the training data with --shared")
    torch.set_num_threads(options.threads)
    options.cache.mkdir(parents=True, exist_ok=True)
    if options.what == "types":
        types(options.shared, options.cache, options.folds)
    elif options.what == "attributions":
        tagger(options.shared, options.cache)
    else:
        found = joint.examples(options.shared / "attribution/train")
        joint.write(joint.fit(found), MODELS / "attributions/joint.csv")


def types(shared: Path, cache: Path, folds: int) -> None:
    """Train the encoder of event types on everything, export it, then cross-validate it."""
    rows = student.gather(shared)
    first = student.Student(cache)
    first.first(rows)
    trained = first.second(rows)
    torch.save(trained.network.state_dict(), cache / "types.pt")
    example = typing.examples(trained.tokenizer, rows.own[:1])[0].marked
    export(
        typing.Single(trained.network),
        {"ids": torch.tensor([example.ids]), "positions": torch.tensor([example.positions])},
        {"ids": {1: "pieces"}},
        student.tokenizer_of(cache),
        MODELS / "types",
    )
    judged = [*rows.pairs, *rows.quads, *rows.parties, *rows.relabelled]
    fold_of = typing.folds(judged, FOLDS)
    for fold in range(folds):
        out = [row for row, own in zip(judged, fold_of, strict=True) if own == fold]
        tried = first.second(rows, [row.key for row in out], f"fold {fold + 1}/{FOLDS}")
        held_out.keep(out, *tried.score(out), fold, tried.tokenizer)
        held_out.report()


def tagger(shared: Path, cache: Path) -> None:
    """Train the tagger of attributions, and export it."""
    encoder, tokenizer = weights.load("student", cache)
    encoder.embeddings.requires_grad_(False)
    network = attributions.Tagger(encoder)
    passages = attributions.read(shared / "attribution/train", tokenizer)
    edges = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    loss = attributions.loss_of(network, *edges)
    plan = Plan(epochs=3, rate=3e-4, tokens=1536)
    fit(network, passages, lambda p: len(p.ids) + 2, loss, plan, "tagger")
    torch.save(network.state_dict(), cache / "attributions.pt")
    export(
        attributions.Single(network),
        {"ids": torch.tensor([[edges[0], *passages[0].ids, edges[1]]])},
        {"ids": {1: "pieces"}},
        student.tokenizer_of(cache),
        MODELS / "attributions",
    )


if __name__ == "__main__":
    main()
