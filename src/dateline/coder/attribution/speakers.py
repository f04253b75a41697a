"""Who speaks a quote: the cue beside it, the speaker of the last quote, or the one announced."""

from __future__ import annotations

from dateline.coder.attribution.cues import Cue, find_cue
from dateline.coder.attribution.drafts import LEAST, Draft
from dateline.coder.attribution.extents import cue_run
from dateline.coder.attribution.frames import VERBAL, Frame
from dateline.coder.attribution.quotes import Quote
from dateline.coder.attribution.sources import source_head, source_run
from dateline.coder.attribution.tree import Tree

IN_PHRASE = frozenset({"pobj", "dobj", "dative", "compound", "poss", "appos", "npadvmod", "nmod"})
NEAR = 12
"""Tokens from a cue within which a speaker is looked for where the parse gives none."""
REACH = 40
"""Tokens from a quote within which its cue is looked for."""


class Speakers:
    """Joins quotes to claims, paragraph by paragraph, remembering who spoke last."""

    def __init__(self) -> None:
        self.last: Draft | None = None
        """The claim that a quote on its own would go on with."""

    def join(
        self, tree: Tree, paragraph: int, start: int, drafts: list[Draft], quotes: list[Quote]
    ) -> list[Draft]:
        """A paragraph's claims with its quotes joined to them; claims of quotes are added."""
        by_token = {draft.token: draft for draft in drafts}
        announced: list[Draft] = []
        speaker: Draft | None = None
        sayings = [quote for quote in quotes if quote.speech]
        for quote in sayings:
            cue = cue_beside(tree, quotes, quote)
            if cue is not None:
                token, row = cue
                if token not in by_token:
                    by_token[token] = quote_draft(tree, paragraph, token, row)
                speaker = by_token[token]
                _name_outside(tree, quotes, speaker)
            elif _covered(drafts, quote, start):
                speaker = None
            elif speaker is None and _fresh(tree, quote):
                speaker = self.last
            if speaker is not None:
                if not speaker.content and speaker.paragraph != paragraph:
                    announced.append(speaker)
                speaker.content.append((start + quote.start, start + quote.end))
                speaker.quoted = True
        for draft in drafts:
            _complete(draft, sayings, start)
        made = [by_token[token] for token in sorted(by_token)]
        self.last = (
            _announcer(tree, paragraph, quotes, by_token)
            or (speaker if sayings else None)
            or _last_spoken(made)
        )
        return announced + made


def _last_spoken(made: list[Draft]) -> Draft | None:
    spoken = [d for d in made if d.source is not None and d.row.kind in ("speech", "report")]
    return spoken[-1] if spoken else None


def _announcer(
    tree: Tree, paragraph: int, quotes: list[Quote], by_token: dict[int, Draft]
) -> Draft | None:
    """The claim that a paragraph ending in a colon leaves for the next one to fill."""
    if not tree.size or tree.lower[-1] != ":":
        return None
    inside = {token for quote in quotes for token in range(quote.first, quote.last)}
    found = _scan(tree, inside, range(tree.size - 1, max(-1, tree.size - REACH), -1))
    if found is None:
        return None
    token, row = found
    return by_token.get(token) or quote_draft(tree, paragraph, token, row)


def cue_beside(tree: Tree, quotes: list[Quote], quote: Quote) -> tuple[int, Cue] | None:
    """The verb that introduces a quote or follows it, outside all quotes, with its row."""
    inside = {token for other in quotes for token in range(other.first, other.last)}
    after = _scan(tree, inside, range(quote.last, min(tree.size, quote.last + REACH)))
    if after is not None:
        return after
    return _scan(tree, inside, range(quote.first - 1, max(-1, quote.first - REACH), -1))


def _scan(tree: Tree, inside: set[int], tokens: range) -> tuple[int, Cue] | None:
    """The first cue on the way from a quote to the end of its sentence."""
    for token in tokens:
        if token in inside:
            return None
        if tree.lower[token] in (".", "!", "?"):
            return None
        if tree.pos[token] in VERBAL:
            row = find_cue(tree.lemma[token], "verb", "quote")
            if row is not None and row.weight >= LEAST:
                return token, row
    return None


def quote_draft(tree: Tree, paragraph: int, token: int, row: Cue) -> Draft:
    """A claim whose content will be a quote."""
    frame = Frame(token, tree.lemma[token], "verb", "quote", ())
    head = source_head(tree, frame)
    source = None if head is None else source_run(tree, head, token)
    return Draft(paragraph, token, "quote", row, cue_run(tree, frame, []), source, head)


def _name_outside(tree: Tree, quotes: list[Quote], draft: Draft) -> None:
    """Find a speaker beside the verb where the parse has mistaken words of the quote for it."""
    head = draft.source_head
    inside = {token for quote in quotes for token in range(quote.first, quote.last)}
    if head is not None and head not in inside:
        return
    before = range(draft.token - 1, max(-1, draft.token - NEAR), -1)
    after = range(draft.token + 1, min(tree.size, draft.token + NEAR))
    for way in (before, after):
        found = _nominal(tree, way, inside)
        if found is not None:
            run = source_run(tree, found, draft.token)
            if run is not None and not inside.intersection(range(*run)):
                draft.source_head, draft.source = found, run
                return
    if head is not None:
        draft.source_head = draft.source = None


def _nominal(tree: Tree, way: range, inside: set[int]) -> int | None:
    """The top of the first noun phrase on the way, before a quote or the sentence ends."""
    for token in way:
        if token in inside or tree.lower[token] in (".", "!", "?", ":"):
            return None
        if tree.pos[token] in ("PROPN", "NOUN", "PRON") and tree.dep[token] not in IN_PHRASE:
            return token
    return None


def _fresh(tree: Tree, quote: Quote) -> bool:
    """Whether a quote opens its paragraph."""
    return all(tree.is_mark(token) for token in range(quote.first))


def _covered(drafts: list[Draft], quote: Quote, start: int) -> bool:
    return any(
        a < start + quote.end and start + quote.start < b
        for draft in drafts
        if not quote.first <= draft.token < quote.last
        for a, b in draft.content
    )


def _complete(draft: Draft, sayings: list[Quote], start: int) -> None:
    """Let content that runs into a quote from outside take in the whole of it."""
    for quote in sayings:
        if quote.first <= draft.token < quote.last:
            continue
        first, last = start + quote.start, start + quote.end
        if any(a <= first < b < last or a == first for a, b in draft.content):
            draft.content.append((first, last))
            draft.quoted = True
