"""Claims by the tagger, with what the rules know of their cues, and those that it leaves out.

The tagger finds the words of sources, cues and contents better than frames do; the frames know the
head of a source, and whether a cue vouches for its content or only takes a stand on it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dateline.coder import encoder
from dateline.coder.attribution import joint
from dateline.coder.attribution.claims import Chars, Claim
from dateline.coder.attribution.clues import clues, edges
from dateline.coder.attribution.cues import ANY, Cue, cues
from dateline.coder.attribution.linking import Link, link
from dateline.coder.attribution.quotes import quotes_in
from dateline.coder.attribution.tree import Tree
from dateline.coder.parse import Paragraph
from dateline.coder.plain import text_of
from dateline.records import AttributionKind

_BETWEEN = 4
"""Words at most between a speaker's words and the quotation that goes on with them."""
_STOP = re.compile(r"[.!?][\"'”’)]*\s*$")


def tagged_claims(
    paragraph: Paragraph, number: int, tree: Tree, ruled: Sequence[Claim]
) -> list[Claim]:
    """The claims of a paragraph; `ruled` are those that the rules found in the article."""
    text = text_of(paragraph.doc)
    start, end = paragraph.start, paragraph.start + len(text)
    own = [claim for claim in ruled if claim.cue and start <= claim.cue[0] < end]
    found = []
    for made in link(text, *_spans(paragraph, text, tree, ruled)):
        if made.contents:
            found.append(_claim(made, paragraph, number, _same(made, start, own)))
    quotes = [_moved((q.start, q.end), start) for q in quotes_in(tree) if q.speech]
    found = _run_on([_to_the_mark(claim, quotes) for claim in found], quotes, text, start)
    missed = [claim for claim in own if _is_missed(claim, found)]
    nested = [replace(claim, nested=True) for claim in own if _is_nested(claim, found)]
    return [*found, *missed, *nested]


def _to_the_mark(claim: Claim, quotes: Sequence[Chars]) -> Claim:
    """A claim whose content breaks off within a quotation that it began: all of that."""

    def whole(span: Chars) -> Chars:
        for start, end in quotes:
            if abs(span[0] - start) <= 1 and start < span[1] < end:
                return span[0], end
        return span

    return replace(claim, content=tuple(map(whole, claim.content)))


def _run_on(found: list[Claim], quotes: Sequence[Chars], text: str, start: int) -> list[Claim]:
    """Claims with the quotations that follow their quotation at once, and are of nobody else."""
    for quote in quotes:
        if any(_overlap(quote, span) for claim in found for span in claim.content):
            continue
        before = [(c, n) for n, c in enumerate(found) if _end(c) <= quote[0] and c.kind == "quote"]
        if not before:
            continue
        claim, number = max(before, key=lambda one: _end(one[0]))
        between = text[_end(claim) - start : quote[0] - start]
        if len(between.split()) <= _BETWEEN and _STOP.search(between):
            found[number] = replace(claim, content=(*claim.content, quote))
    return found


def _end(claim: Claim) -> int:
    spans = (*claim.content, *filter(None, (claim.cue, claim.source)))
    return max(end for _, end in spans)


def _spans(
    paragraph: Paragraph, text: str, tree: Tree, ruled: Sequence[Claim]
) -> tuple[list[Chars], ...]:
    tags = encoder.tag(text)
    said = [claim for claim in ruled if not claim.nested]
    return joint.spans(
        tree, clues(tree, tags, paragraph.start, said, joint.chain().names), edges(tree)
    )


def _is_nested(claim: Claim, found: Sequence[Claim]) -> bool:
    """Whether a source is told, in what another says, to have said something."""
    if claim.cue is None or claim.source is None or not claim.asserts:
        return False
    if any(other.cue and _overlap(claim.cue, other.cue) for other in found):
        return False
    return claim.nested or any(a <= claim.cue[0] < b for other in found for a, b in other.content)


def _is_missed(claim: Claim, found: Sequence[Claim]) -> bool:
    """Whether a claim of the rules asserts, and its cue is no part of a tagged claim.

    Of stances (praised, wants to) the rules find too many.
    """
    if claim.cue is None or claim.nested or not claim.asserts:
        return False
    return not any(
        _overlap(claim.cue, span)
        for other in found
        for span in (*filter(None, (other.cue,)), *other.content)
    )


def _same(made: Link, start: int, ruled: Sequence[Claim]) -> Claim | None:
    """The claim of the rules that has the same cue."""
    for claim in ruled:
        if claim.cue and _overlap(claim.cue, _moved(made.cue, start)):
            return claim
    return None


def _claim(made: Link, paragraph: Paragraph, number: int, rule: Claim | None) -> Claim:
    start = paragraph.start
    source = None if made.source is None else _moved(made.source, start)
    cue = _root(made.cue, paragraph)
    root = None if made.source is None else _root(made.source, paragraph)
    if rule is not None and rule.source and source and _overlap(rule.source, source):
        source_root = rule.source_root
    else:
        source_root = None if root is None else (number, root)
    return Claim(
        source=source,
        cue=_moved(made.cue, start),
        content=tuple(_moved(span, start) for span in made.contents),
        kind=_kind(made, paragraph) if rule is None else rule.kind,
        source_root=source_root,
        cue_root=(number, cue) if rule is None or rule.cue_root is None else rule.cue_root,
        asserts=_asserts(cue, paragraph) if rule is None else rule.asserts,
    )


def _asserts(cue: int, paragraph: Paragraph) -> bool:
    """Whether most uses of the cue's word vouch for what follows."""
    lemma = paragraph.doc[cue].lemma_.lower()
    rows = [row for (word, _, _), row in cues().items() if word == lemma and word != ANY]
    return not rows or max(rows, key=_weight).kind != "stance"


def _weight(row: Cue) -> float:
    return row.weight


def _kind(made: Link, paragraph: Paragraph) -> AttributionKind:
    quoted = any('"' in text_of(paragraph.doc)[a : a + 2] for a, _ in made.contents)
    return "quote" if quoted else "paraphrase"


def _root(span: Chars, paragraph: Paragraph) -> int:
    """The head of the words of a span."""
    words = paragraph.doc.char_span(*span, alignment_mode="expand")
    return 0 if words is None else int(words.root.i)


def _moved(span: Chars, by: int) -> Chars:
    return span[0] + by, span[1] + by


def _overlap(one: Chars, other: Chars) -> bool:
    return one[0] < other[1] and other[0] < one[1]
