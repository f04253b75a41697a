"""Who stands behind a cue: its subject, agent or owner, and how far the phrase reaches."""

from __future__ import annotations

from dateline.coder.attribution.frames import RELATIVE, VERBAL, Frame, is_passive
from dateline.coder.attribution.tree import Run, Tree

CLIMB = 6
"""How many heads up a subject is looked for."""


def source_head(tree: Tree, frame: Frame) -> int | None:
    """The head of the source's phrase, or None where nobody is named."""
    if frame.pos == "noun":
        return _of_noun(tree, frame)
    if frame.pos == "adv":
        return None
    if frame.pos == "phrase":
        return tree.child(frame.with_cue[0] if frame.with_cue else frame.token, "pobj", "pcomp")
    if frame.pos == "passive":
        return agent(tree, frame.token)
    if frame.sourceless:
        return None
    return subject(tree, frame.token if frame.verb is None else frame.verb)


def agent(tree: Tree, verb: int) -> int | None:
    """Who a passive is done by."""
    by = tree.child(verb, "agent")
    return None if by is None else tree.child(by, "pobj", "pcomp")


def subject(tree: Tree, verb: int) -> int | None:
    """The subject of a verb, its own or the one it shares."""
    for _ in range(CLIMB):
        own = tree.child(verb, "nsubj", "nsubjpass", "csubj")
        if own is not None:
            return own
        dep, head = tree.dep[verb], tree.head[verb]
        if head == verb:
            return None
        if dep == "acl":
            return head
        if dep == "xcomp":
            controller = tree.child(head, "dobj")
            if controller is not None and tree.pos[controller] in ("PROPN", "PRON"):
                return controller
        if dep in ("prep", "pcomp", "pobj", "dobj", "attr", "acomp", "dep", "parataxis"):
            if tree.pos[head] in VERBAL or tree.dep[head] in ("prep", "pcomp"):
                verb = head
                continue
            owner = tree.child(head, "poss")
            if owner is not None:
                return owner
            verb = head
            continue
        if tree.pos[head] in VERBAL:
            if is_passive(tree, head) and dep == "advcl":
                return agent(tree, head) or tree.child(head, "nsubjpass")
            verb = head
            continue
        if dep in ("conj", "advcl", "ccomp", "xcomp"):
            verb = head
            continue
        return None
    return None


def _of_noun(tree: Tree, frame: Frame) -> int | None:
    token = frame.token
    owner = tree.child(token, "poss")
    if owner is not None:
        return owner
    if frame.name.startswith("in:"):
        return token
    if frame.name.startswith("view:"):
        return next(
            (tree.child(kid, "pobj") for kid in tree.kids[token] if tree.lower[kid] == "of"), None
        )
    if frame.verb is not None:
        return subject(tree, frame.verb)
    for prep in tree.kids[token]:
        if tree.dep[prep] in ("prep", "agent") and tree.lower[prep] in ("by", "from", "among"):
            return tree.child(prep, "pobj")
    if not frame.name.startswith("prep:of"):
        for prep in tree.kids[token]:
            if tree.dep[prep] == "prep" and tree.lower[prep] == "of":
                return tree.child(prep, "pobj")
    return None


def source_run(tree: Tree, head: int, cue: int) -> Run | None:
    """The phrase of a source: its head's subtree, less a clause that holds the cue."""
    without: set[int] = {cue}
    above = cue
    for _ in range(tree.size):
        if tree.head[above] == head or tree.head[above] == above:
            break
        above = tree.head[above]
    if tree.head[above] == head:
        without.add(above)
    if tree.dep[head] == "poss":
        without.update(k for k in tree.kids[head] if tree.dep[k] == "case")
    for run in tree.runs(tree.below([head], without)):
        if run[0] <= head < run[1]:
            return run
    return None


def referent(tree: Tree, head: int) -> int:
    """The head that a source's own head stands for: a relative pronoun's antecedent."""
    if tree.tag[head] not in RELATIVE:
        return head
    clause = tree.head[head]
    for _ in range(CLIMB):
        if tree.dep[clause] == "relcl":
            return tree.head[clause]
        clause = tree.head[clause]
    return head
