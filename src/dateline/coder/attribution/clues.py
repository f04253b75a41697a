"""What speaks for each token's being source, cue or content, and for a span's edge before it.

The tagger's log-odds, the rules' claims, the parse and the quote marks, as numbers that the weights
in `models/attributions/joint.csv` are for.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np

from dateline.coder.attribution.claims import Chars, Claim
from dateline.coder.attribution.tree import Tree
from dateline.coder.encoder import Tags
from dateline.coder.encoder.tags import LABELS, ROLES
from dateline.coder.plain import text_of

Table = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

QUOTES = frozenset({'"', "''", "``"})
STOPS = frozenset(".!?")
MOST = 8.0
"""Log-odds beyond which the tagger is not believed to be any surer."""
SCALE = 4.0

SCORED = (
    *(f"{label} {role}" for role in ROLES for label in ("first", "further")),
    *(f"further {role}, mean" for role in ROLES),
    *(f"inside {role}{where}" for where in ("", ", next", ", before") for role in ROLES),
)
PLACED = (
    *(f"inside {role}, {of} of the sentence" for of in ("most", "mean") for role in ROLES),
    "quoted",
    "inside content, mean of the quotation",
)
RULED = (
    *(f"{role} by rule{at}" for role in ROLES for at in ("", ", first", ", past", ", last")),
    "content by rule, asserted",
    "cue by rule, asserted",
)
EDGES = (
    "always", "sentence", "no arc", "one arc", "two arcs", "quote", "after quote", "comma",
    "after comma", "stop", "after stop", "mark", "after mark", "below last",
)  # fmt: skip


def clues(tree: Tree, tags: Tags, start: int, ruled: Sequence[Claim], names: list[str]) -> Table:
    """Numbers (token, name); `names` may hold "pos=…" and "dep=…" beside those above."""
    first, mean = _by_token(tree, tags)
    inside = _odds(np.logaddexp(first[:, :, 1], first[:, :, 2]) - first[:, :, 0])
    scored = [
        _odds(first[:, :, 1:] - first[:, :, :1]).reshape(tree.size, -1),
        _odds(mean[:, :, 2] - mean[:, :, 0]),
        inside,
        np.vstack([inside[1:], np.zeros((1, len(ROLES)))]),
        np.vstack([np.zeros((1, len(ROLES))), inside[:-1]]),
    ]
    place = {name: column for column, name in enumerate(names)}
    table = np.zeros((tree.size, len(names)), dtype=np.float32)
    table[:, place["always"]] = 1
    table[:, [place[name] for name in SCORED]] = np.hstack(scored)
    table[:, [place[name] for name in PLACED]] = _placed(tree, inside)
    table[:, [place[name] for name in RULED]] = _ruled(tree, start, ruled)
    for kind, values in (("pos", tree.pos), ("dep", tree.dep)):
        for token, value in enumerate(values):
            column = place.get(f"{kind}={value}")
            if column is not None:
                table[token, column] = 1
    return table


def _odds(logs: Table) -> Table:
    return np.clip(logs, -MOST, MOST) / SCALE


def _by_token(tree: Tree, tags: Tags) -> tuple[Table, Table]:
    """The logs of each token's first piece, and the mean of all of its pieces."""
    owner = np.array([bisect_right(tree.start, a) - 1 for a, _ in tags.offsets], dtype=np.int64)
    shape = tree.size, len(ROLES), LABELS
    first, total = np.zeros(shape, np.float32), np.zeros(shape, np.float32)
    count = np.bincount(owner, minlength=tree.size)
    first[owner[::-1]] = tags.logs[::-1]
    np.add.at(total, owner, tags.logs)
    for token in np.flatnonzero(count == 0):
        if token:
            first[token] = total[token] = first[token - 1]
    return first, total / np.maximum(count, 1).astype(np.float32)[:, None, None]


def _placed(tree: Tree, inside: Table) -> Table:
    table = np.zeros((tree.size, len(PLACED)), dtype=np.float32)
    begins = sorted({*tree.sent, tree.size})
    for a, b in pairwise(begins):
        table[a:b, :3] = inside[a:b].max(0)
        table[a:b, 3:6] = inside[a:b].mean(0)
    marks = [token for token in range(tree.size) if tree.lower[token] in QUOTES]
    table[marks, 6] = 1
    table[marks, 7] = inside[marks, 2].mean() if marks else 0
    for first, last in zip(marks[::2], [*marks[1::2], tree.size], strict=False):
        table[first + 1 : last, 6] = 1
        if last > first + 1:
            table[first + 1 : last, 7] = inside[first + 1 : last, 2].mean()
    return table


def _ruled(tree: Tree, start: int, ruled: Sequence[Claim]) -> Table:
    table = np.zeros((tree.size, len(RULED)), dtype=np.float32)
    end = start + len(text_of(tree.doc))
    for claim in ruled:
        spans = _one(claim.source), _one(claim.cue), claim.content
        for role, (a, b) in ((r, span) for r, own in enumerate(spans) for span in own):
            if b <= start or a >= end:
                continue
            first = max(bisect_right(tree.start, a - start) - 1, 0)
            past = bisect_left(tree.start, b - start)
            if past <= first:
                continue
            table[first:past, 4 * role] = table[first, 4 * role + 1] = 1
            table[past : past + 1, 4 * role + 2] = table[past - 1, 4 * role + 3] = 1
            if role and claim.asserts:
                table[first:past, 14 - role] = 1
    return table


def _one(span: Chars | None) -> Iterable[Chars]:
    return () if span is None else (span,)


def edges(tree: Tree) -> Table:
    """Numbers (token, EDGES) about the edge before each token."""
    arcs = np.zeros(tree.size + 1, dtype=np.int64)
    for token, head in enumerate(tree.head):
        if head != token and tree.pos[token] not in ("PUNCT", "SPACE"):
            arcs[min(token, head) + 1 : max(token, head) + 1] += 1
    rows = []
    for token in range(tree.size):
        own, before = tree.lower[token], tree.lower[token - 1] if token else ""
        rows.append(
            (
                True,
                tree.sent[token] == token,
                *(arcs[token] == number for number in range(3)),
                own in QUOTES,
                before in QUOTES,
                own == ",",
                before == ",",
                own in STOPS,
                before in STOPS,
                _other_mark(tree, token),
                token > 0 and _other_mark(tree, token - 1),
                token > 0 and tree.head[token] == token - 1,
            )
        )
    return np.array(rows, dtype=np.float32).reshape(tree.size, len(EDGES))


def _other_mark(tree: Tree, token: int) -> bool:
    word = tree.lower[token]
    return tree.pos[token] == "PUNCT" and word not in QUOTES and word != "," and word not in STOPS
