"""All claims of an article: by frame within paragraphs, and quotes with who speaks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dateline.coder.attribution.claims import Chars, Claim
from dateline.coder.attribution.drafts import Draft, drafts_in
from dateline.coder.attribution.quotes import Quote, quotes_in
from dateline.coder.attribution.sources import referent
from dateline.coder.attribution.speakers import Speakers
from dateline.coder.attribution.tagged import tagged_claims
from dateline.coder.attribution.tree import Run, Tree
from dateline.coder.lexicon import function_words
from dateline.coder.parse import Paragraph
from dateline.records import AttributionKind


def find_claims(paragraphs: Sequence[Paragraph]) -> list[Claim]:
    """Who says what in an article, paragraph by paragraph: by the tagger, with the rules' help."""
    trees = [Tree(paragraph.doc) for paragraph in paragraphs]
    ruled = ruled_claims(paragraphs, trees)
    return [
        claim
        for number, (paragraph, tree) in enumerate(zip(paragraphs, trees, strict=True))
        for claim in tagged_claims(paragraph, number, tree, ruled)
    ]


def ruled_claims(paragraphs: Sequence[Paragraph], trees: Sequence[Tree]) -> list[Claim]:
    """Who says what in an article, by rule.

    The words that attribute, and how often they do, are in `cues.csv`. Quotes are joined to their
    speaker across sentences and paragraphs; what that speaker attributes in turn to others, within
    the quoted words, is nested.
    """
    drafts: list[Draft] = []
    speakers = Speakers()
    for number, (paragraph, tree) in enumerate(zip(paragraphs, trees, strict=True)):
        quotes = quotes_in(tree)
        quoted = {token for quote in quotes for token in range(quote.first, quote.last)}
        own: list[Draft] = []
        for draft in drafts_in(tree, number, paragraph.start):
            if draft.token not in quoted:
                own.append(draft)
            elif _is_within(tree, draft, quotes):
                drafts.append(replace(draft, nested=True))
        drafts += speakers.join(tree, number, paragraph.start, own, quotes)
    return [_claim(paragraphs, trees, draft) for draft in drafts]


def _is_within(tree: Tree, draft: Draft, quotes: Sequence[Quote]) -> bool:
    """Whether source and cue stand in one quotation, and the source is not its speaker."""
    head = draft.source_head
    if head is None or tree.lower[head] in function_words("speaker"):
        return False
    if draft.row.kind not in {"speech", "report"}:
        return False
    return any(q.first <= head < q.last and q.first <= draft.token < q.last for q in quotes)


def _claim(paragraphs: Sequence[Paragraph], trees: Sequence[Tree], draft: Draft) -> Claim:
    tree, start = trees[draft.paragraph], paragraphs[draft.paragraph].start

    def chars(run: Run) -> Chars:
        first, last = tree.chars(run)
        return start + first, start + last

    root = None if draft.source_head is None else referent(tree, draft.source_head)
    return Claim(
        source=chars(draft.source) if draft.source else None,
        cue=chars(draft.cue),
        content=tuple(merged(draft.content)),
        kind=_kind(draft),
        source_root=None if root is None else (draft.paragraph, root),
        cue_root=(draft.paragraph, draft.token),
        asserts=draft.row.kind != "stance",
        nested=draft.nested,
    )


def _kind(draft: Draft) -> AttributionKind:
    if draft.quoted:
        return "quote"
    return "report" if draft.row.kind == "report" else "paraphrase"


def merged(spans: Sequence[Chars]) -> list[Chars]:
    """Spans in order, those that touch or overlap made one."""
    result: list[Chars] = []
    for start, end in sorted(spans):
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result
