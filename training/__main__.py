"""Make the weights that ship: python -m training COMMAND.

`attributions` makes the trunk and the tagger above it; `types` starts from what it wrote into
src/dateline/models, and writes what else stands on the trunk. `joint` fits the decoding of
attributions to the tagger, and is run after it. `folds` cross-validates `types`, from the same
first stage, and keeps the scores of held-out sentences in `training/data/held_out.tsv`, by hash.
`teacher` makes `training/data/soft.tsv`, which both learn from where `--taught` is given; the first
fold is kept from it. All keep their networks in the cache after each epoch, and go on from there
when run again: delete those to begin anew, as after any change of the data.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
from dataclasses import replace
from pathlib import Path

import torch

from dateline.coder.encoder import labels
from training import (
    attributions,
    corpus,
    held_out,
    joint,
    soft,
    student,
    teacher,
    typing,
    weights,
    wild,
)
from training.attributions import Tagger, Upper
from training.export import export
from training.fit import Plan, fit
from training.student import Corpus, Student

ROOT = Path(__file__).parents[1]
MODELS = ROOT / "src/dateline/models"
FOLDS = 5
CHOICES = ("attributions", "joint", "types", "folds", "teacher")


def main() -> None:
    """Run what the command line names."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("what", choices=CHOICES)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared/data")
    parser.add_argument("--cache", type=Path, default=Path.home() / ".cache/dateline-training")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--only", default="1,2,3,4,5", help="the folds to try, as 1,2")
    parser.add_argument(
        "--part",
        type=float,
        default=1.0,
        help="of folds: the share of the benchmarks' other sentences that is "
        "learned from; below 1, figures are printed and nothing is kept",
    )
    parser.add_argument("--taught", action="store_true", help="learn from data/soft.tsv as well")
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit(f"{options.shared}: no such folder; name the training data with --shared")
    torch.set_num_threads(options.threads)
    options.cache.mkdir(parents=True, exist_ok=True)
    if options.what == "types":
        types(student.gather(options.shared, taught=options.taught), options.cache)
    elif options.what == "folds":
        only = [int(number) - 1 for number in options.only.split(",")]
        rows = student.gather(options.shared, taught=options.taught)
        folds(rows, options.cache, only, options.part)
    elif options.what == "teacher":
        teach(options.shared, options.cache)
    elif options.what == "attributions":
        tag(options.shared, options.cache)
    else:
        found = joint.examples(options.shared / "attribution/train")
        joint.write(joint.fit(found), MODELS / "attributions/joint.csv")


def begin(rows: Corpus, cache: Path) -> Student:
    """The student of types after its first stage."""
    first = Student(rows, cache)
    first.first(cache / "first.pt")
    return first


def types(rows: Corpus, cache: Path) -> None:
    """Train the encoder of event types on everything, and export it."""
    ship(begin(rows, cache).second(cache / "second.pt"))


def ship(trained: Student) -> None:
    """Write the encoder of event types into the package."""
    (example,) = trained.examples([corpus.Row("Oman met Iran", {"s": (0, 4)}, "plv", "example")])
    states, flags, guideline, _ = typing.tensors([example])
    inputs = {"states": states, "flags": flags, "guideline": guideline}
    pieces = {"states": {1: "pieces"}, "flags": {1: "pieces"}}
    types, parties = typing.Types(trained.network), typing.Parties(trained.network)
    config = trained.config
    export(types, config, inputs, ["scores"], pieces, MODELS / "types")
    export(parties, config, inputs, ["tags"], {**pieces, "tags": {1: "pieces"}}, MODELS / "parties")


def folds(rows: Corpus, cache: Path, only: list[int], part: float = 1.0) -> None:
    """Cross-validate the encoder of event types, in the folds of these numbers; with a `part`
    below 1, as a point of the learning curve."""
    first = begin(rows, cache)
    judged = student.judged(rows)
    fold_of = typing.folds(judged, FOLDS)
    for fold in only:
        out = [row for row, own in zip(judged, fold_of, strict=True) if own == fold]
        without = {row.key for row in out}
        others = sorted({row.key for row in judged} - without)
        without |= set(random.Random(fold).sample(others, round((1 - part) * len(others))))
        name = f"fold {fold + 1}" if part == 1 else f"fold {fold + 1} by {part}"
        tried = first.second(cache / f"{name.replace(' ', '')}.pt", sorted(without), name)
        examples = tried.examples(out)
        scores, tags = typing.score(tried.network, examples)
        if part == 1:
            held_out.keep(examples, scores, tags, fold)
            told = corpus.table(held_out.FILE)
        else:
            told = list(held_out.told(examples, scores, tags, fold))
        print(held_out.figures(told), file=sys.stderr, flush=True)


def teach(shared: Path, cache: Path) -> None:
    """Train a teacher and a student on all but the first fold; measure both there, and keep the
    mean of what they tell of candidates in real text."""
    rows = student.gather(shared)
    judged = student.judged(rows)
    fold_of = typing.folds(judged, FOLDS)
    out = [row for row, fold in zip(judged, fold_of, strict=True) if fold == 0]
    keys = [row.key for row in out]
    own = teacher.Teacher(cache)
    own.learn(teacher.rows_of(rows, keys), cache / "teacher.pt")
    first = begin(rows, cache)
    other = first.second(cache / "untaught.pt", keys, "student")
    told = [row for row in out if row.guideline in {"plv", "quad"}]
    for scores in (own.score(told), other.score(told)[0]):
        lines = list(held_out.lines(told, scores, 0))
        print(held_out.figures(lines), file=sys.stderr, flush=True)
    found = wild.some([one for name in wild.names(shared) for one in wild.find(shared, name)])
    bare, cut = [row for row, _ in found], labels.sections()["type"]
    both = [scores[:, cut].softmax(-1) for scores in (own.score(bare), other.score(bare)[0])]
    soft.write(
        (replace(row, soft=tuple(chances)), where)
        for (row, where), chances in zip(found, (sum(both) / 2).tolist(), strict=True)
    )


def tag(shared: Path, cache: Path) -> None:
    """Train the tagger of attributions, and export it and its trunk."""
    encoder, tokenizer = weights.load("student", cache)
    encoder.embeddings.requires_grad_(False)
    network = Tagger(encoder)
    passages = attributions.read(shared / "attribution/train", tokenizer)
    edges = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    loss = attributions.loss_of(network, *edges)
    plan = Plan(epochs=4, rate=3e-4, tokens=1536, average=0.999)
    fit(network, passages, lambda p: len(p.ids) + 2, loss, plan, "tagger", cache / "tagger.pt")
    trunk = attributions.Trunk(network)
    pieces = {1: "pieces"}
    export(trunk, trunk.config, {"ids": torch.tensor([tokenizer.encode("Oman met Iran").ids])},
           ["states"], {"ids": pieces, "states": pieces}, MODELS / "trunk")  # fmt: skip
    shutil.copy(weights.folder("student", cache) / "tokenizer.json", MODELS / "trunk")
    upper = Upper(network)
    export(upper, upper.config, {"states": torch.zeros(1, 5, upper.config.hidden_size)},
           ["scores"], {"states": pieces, "scores": pieces}, MODELS / "attributions")  # fmt: skip


if __name__ == "__main__":
    main()
