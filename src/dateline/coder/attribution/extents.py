"""How far a cue and its content reach."""

from __future__ import annotations

from dateline.coder.attribution.frames import SUBJECT, VERBAL, Frame
from dateline.coder.attribution.sources import subject
from dateline.coder.attribution.tree import Run, Tree

IN_CUE = frozenset({"aux", "auxpass", "neg", "advmod", "prt"})
GAP = frozenset({"prep", "advmod", "prt", "neg"})
LONGEST_GAP = 8
"""Tokens between a verb and what is said that may belong to the cue (said in a statement)."""


def cue_run(tree: Tree, frame: Frame, content: list[Run]) -> Run:
    """The cue's words: the verb with its auxiliaries and adverbs, and what leads to the content."""
    first = last = frame.token
    if frame.verb is not None and not frame.name.startswith(("in:", "view:")):
        low, high = min(frame.verb, first), max(frame.verb, last)
        if high - low <= LONGEST_GAP:
            first, last = low, high
            first = _leftwards(tree, first)
        else:
            first = _adverbs(tree, first)
    elif frame.pos in ("verb", "passive"):
        first = _leftwards(tree, first)
    elif frame.pos == "adj":
        first = _adverbs(tree, first)
    for token in frame.with_cue:
        if last < token <= last + LONGEST_GAP:
            last = token
    if frame.pos in ("verb", "passive"):
        last = _towards(tree, frame, last, content)
    return first, last + 1


def _leftwards(tree: Tree, verb: int) -> int:
    first = verb
    while first > 0:
        before = first - 1
        if tree.head[before] != verb or tree.dep[before] not in IN_CUE:
            break
        if tree.tag[before] in ("WRB", "TO") or tree.lower[before] == "as":
            break
        first = before
    while first < verb and tree.tag[first] in ("RB", "RBR") and tree.lower[first] in ("so", "then"):
        first += 1
    return first


def _adverbs(tree: Tree, token: int) -> int:
    while token > 0 and tree.head[token - 1] == token and tree.dep[token - 1] == "advmod":
        token -= 1
    return token


def _towards(tree: Tree, frame: Frame, last: int, content: list[Run]) -> int:
    """The cue's end moved up to the content where only its own adverbials stand between."""
    after = [run for run in content if run[0] > last]
    if not after or after[0][0] - last - 1 > LONGEST_GAP or frame.whole:
        return last
    token, end = last + 1, last
    while token < after[0][0]:
        top = token
        while tree.head[top] != frame.token and tree.head[top] != top:
            top = tree.head[top]
        if tree.head[top] != frame.token or tree.dep[top] not in GAP:
            if tree.is_mark(token):
                token += 1
                continue
            return last
        token += 1
        end = token - 1
    return end


def content_runs(tree: Tree, frame: Frame) -> list[Run]:
    """What is said, as runs of tokens."""
    if frame.whole:
        return _around(tree, frame)
    without = {frame.token, *frame.with_cue}
    if frame.verb is not None:
        without.add(frame.verb)
    return tree.runs(tree.below(frame.content, without))


def _around(tree: Tree, frame: Frame) -> list[Run]:
    """The clause that the cue is set in, less the cue's own subtree."""
    clause = frame.content[0]
    top = frame.token if frame.verb is None else frame.verb
    without = {top}
    end = max(tree.below([top]))
    if frame.name != "gap" and tree.pos[clause] in VERBAL:
        if clause < frame.token:
            without.update(
                kid for kid in tree.kids[clause] if kid > end and tree.dep[kid] in ("conj", "cc")
            )
        without.update(kid for kid in tree.kids[clause] if kid > end and tree.dep[kid] == "advcl")
        without.update(
            kid
            for kid in tree.kids[clause]
            if tree.dep[kid] in ("cc", "mark") and kid < min(clause, frame.token)
        )
    tokens = tree.below([clause], without)
    if frame.name.startswith(("in:", "view:")) or frame.pos == "adv":
        own = tree.child(clause, *SUBJECT)
        shared = subject(tree, clause) if own is None else None
        if shared is not None and tree.dep[clause] == "conj":
            tokens = sorted({*tokens, *tree.below([shared])})
    return tree.runs(tokens)
