"""Claims in the making: found by frames within a paragraph, before quotes are joined to them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from dateline.coder.attribution.cues import Cue, find_cue
from dateline.coder.attribution.extents import content_runs, cue_run
from dateline.coder.attribution.frames import Frame, frames_of
from dateline.coder.attribution.sources import source_head, source_run
from dateline.coder.attribution.tree import Run, Tree

LEAST = 0.35
"""The share of its uses in a frame from which a word is taken to attribute."""


@dataclass(slots=True)
class Draft:
    """A claim in the making. Runs are tokens; `content` is characters of the article."""

    paragraph: int
    token: int
    frame: str
    row: Cue
    cue: Run
    source: Run | None
    source_head: int | None
    content: list[tuple[int, int]] = field(default_factory=list)
    quoted: bool = False
    nested: bool = False
    """Whether it stands within what another says."""


def drafts_in(tree: Tree, paragraph: int, start: int) -> Iterator[Draft]:
    """The claims that stand within a paragraph by frame, at most one for each cue word."""
    for token in range(tree.size):
        best: tuple[Cue, Frame] | None = None
        for frame in frames_of(tree, token):
            row = find_cue(frame.lemma, frame.pos, frame.name)
            if row and row.weight >= LEAST and (best is None or row.weight > best[0].weight):
                best = row, frame
        if best:
            made = draft_of(tree, paragraph, start, *best)
            if made is not None:
                yield made


def draft_of(tree: Tree, paragraph: int, start: int, row: Cue, frame: Frame) -> Draft | None:
    """A frame with its row of the table as a claim; None where nothing is said."""
    runs = content_runs(tree, frame)
    if not runs:
        return None
    head = source_head(tree, frame)
    if head == frame.token and not frame.name.startswith("in:"):
        head = None
    source = None if head is None else source_run(tree, head, frame.token)
    cue = cue_run(tree, frame, runs)
    if frame.name.startswith("in:"):
        prep = tree.head[frame.token]
        cue = (prep, prep + 1)
    elif frame.name.startswith("view:"):
        cue = (frame.token, frame.token + 1)
    content = [(start + a, start + b) for a, b in map(tree.chars, runs)]
    return Draft(paragraph, frame.token, frame.name, row, cue, source, head, content)
