"""One claim: who says what, by which words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dateline.records import Article, AttributionKind, DocumentId, Span, Statement

Chars = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution. Spans are code points into Article.text; roots are (paragraph, token)."""

    source: Chars | None
    cue: Chars | None
    content: tuple[Chars, ...]
    kind: AttributionKind
    source_root: tuple[int, int] | None = None
    """The head of the source's phrase; of a relative pronoun, its antecedent."""
    cue_root: tuple[int, int] | None = None
    asserts: bool = True
    """Whether the source vouches for the content (said, thinks) or only takes a stand on it, wants
    it or names it (praised, wants to, called for)."""
    nested: bool = False
    """Whether it is made within the content of another: part of a chain, no statement by itself."""


def claims_over(claims: Sequence[Claim], position: int, *, asserted: bool = False) -> list[Claim]:
    """The claims whose content covers a character, from the nearest (innermost) outwards.

    With `asserted`, only those whose source vouches for what the content says.
    """
    over = [
        (end - start, -start, number)
        for number, claim in enumerate(claims)
        if claim.asserts or not asserted
        for start, end in claim.content
        if start <= position < end
    ]
    return [claims[number] for _, _, number in sorted(over)]


def to_statement(claim: Claim, article: Article) -> Statement:
    """A claim as the record that leaves the program, its texts cut from the article."""

    def cut(chars: Chars) -> Span:
        return Span(text=article.text[chars[0] : chars[1]], start=chars[0], end=chars[1])

    return Statement(
        document=DocumentId(id=article.id),
        source=cut(claim.source) if claim.source else None,
        cue=cut(claim.cue) if claim.cue else None,
        content=tuple(map(cut, claim.content)),
        kind=claim.kind,
    )
