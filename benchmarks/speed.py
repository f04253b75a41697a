#!/usr/bin/env python3
"""Sentences and articles a second, end to end on one core, beside the bare spaCy pipeline.

usage: benchmarks/speed.py FOLDER [--limit N] [--profile] [--parts]

FOLDER holds text files. Text in, JSON out; models are loaded before the clock starts. The bare
pipeline runs over the same paragraphs in the same process, in turns with the coder, so that both
see the same machine. --parts tells what attribution adds to the rest: the pass through the trunk,
which the typing needs as well, and the parse count for neither.
"""

from __future__ import annotations

import os

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[_name] = "1"

import argparse
import cProfile
import pstats
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dateline
from dateline import wire
from dateline.coder import attribution, code
from dateline.coder.encoder import tags
from dateline.coder.parse import paragraphs
from dateline.records import Article


def clocks() -> dict[str, float]:
    """Seconds spent in parts of the coder, from now on, by the name of their functions."""
    spent: dict[str, float] = {}
    for module, name in ((code, "paragraphs"), (attribution, "find_claims"), (tags, "passage")):
        spent[name] = 0.0
        setattr(module, name, _timed(getattr(module, name), name, spent))
    return spent


def _timed(part: Callable[..., object], name: str, spent: dict[str, float]) -> object:
    def run(*given: object, **named: object) -> object:
        start = time.perf_counter()
        try:
            return part(*given, **named)
        finally:
            spent[name] += time.perf_counter() - start

    return run


def main() -> None:
    """Time both and print the rates."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit", type=int, default=60, help="articles to code (default 60)")
    parser.add_argument("--profile", action="store_true", help="print where the time goes")
    parser.add_argument("--parts", action="store_true", help="print what attribution adds")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    files = sorted(map(str, options.folder.glob("*.txt")))[: options.limit]
    articles = [a for a in wire.read(files, published="2016-10-01") if isinstance(a, Article)]
    if not articles:
        sys.exit(f"{options.folder}: no text files")
    coder = dateline.load()
    coder(articles[0])
    spent = clocks() if options.parts else {}
    profile = cProfile.Profile()
    bare = ours = 0.0
    sentences = mentions = size = 0
    for article in articles:
        start = time.perf_counter()
        parsed = paragraphs(article)
        bare += time.perf_counter() - start
        sentences += sum(1 for paragraph in parsed for _ in paragraph.doc.sents)
        if options.profile:
            profile.enable()
        start = time.perf_counter()
        coded = coder(article)
        size += sum(len(mention.model_dump_json()) for mention in coded.mentions)
        ours += time.perf_counter() - start
        profile.disable()
        mentions += len(coded.mentions)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"articles        {len(articles)}, sentences {sentences}, mentions {mentions}")
    for name, seconds in (("bare spaCy", bare), ("dateline", ours)):
        rates = sentences / seconds, len(articles) / seconds
        print(f"{name:<15} {rates[0]:7.1f} sentences/s {rates[1]:6.2f} articles/s")
    print(f"share of bare   {bare / ours:7.2f}")
    print(f"memory, peak    {peak:7.0f} MB")
    if options.parts:
        attributing = spent["find_claims"] - spent["passage"]
        rest = ours - spent["paragraphs"] - attributing
        print(f"attribution     {attributing / rest:7.2f} of candidates and typing")
    if options.profile:
        pstats.Stats(profile).sort_stats("cumulative").print_stats(35)


if __name__ == "__main__":
    main()
