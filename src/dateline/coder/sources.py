"""On whose word a mention stands, and whether that makes it an allegation."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span as Tokens
from spacy.tokens import Token

from dateline import records
from dateline.actors import Identity
from dateline.coder import sides, syntax
from dateline.coder.allegations import alleges, contested, deniers, identities
from dateline.coder.attribution import Claim, claims_over
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import lexicon
from dateline.coder.parse import Paragraph


class Sources:
    """The claims of an article, by where their content stands."""

    def __init__(
        self, article: records.Article, paragraphs: Sequence[Paragraph], claims: Sequence[Claim]
    ) -> None:
        self._article = article
        self._paragraphs = paragraphs
        self._claims = claims

    def speaker(self, position: int) -> Token | None:
        """The head of the source that is quoted at a position of the text."""
        for claim in claims_over(self._claims, position, asserted=True):
            if claim.kind == "quote":
                return self._token(claim.source_root)
        return None

    def claimant(self, position: int) -> Token | None:
        """The head of the nearest source on whose word a position of the text stands."""
        for claim in claims_over(self._claims, position, asserted=True):
            if claim.source_root is not None:
                return self._token(claim.source_root)
        return None

    def of(
        self, candidate: Candidate, cast: Cast, country: str | None = None
    ) -> tuple[records.Status, tuple[records.Attribution, ...]]:
        """A mention's status and the chain of its sources, nearest first.

        `country` is the country of the place where it happened, where that is known.
        """
        status = candidate.coding.status
        chain: list[records.Attribution] = []
        told: list[str] = []
        actors = {identity.key for identity in identities(candidate.actors, cast)}
        reading = candidate.reading
        if reading.accuser is not None:
            chain += self._accusers(reading.accuser, cast)
        if reading.denier is not None and reading.negated:
            chain += self._accusers(reading.denier, cast)
        position = cast.memory.position(candidate.match.token)
        for claim in claims_over(self._claims, position, asserted=True):
            head = self._token(claim.source_root)
            cue = self._token(claim.cue_root)
            if cue is not None and cue in {candidate.trigger, reading.accuser, reading.denier}:
                continue
            if cue is not None and _is_judged(cue):
                continue
            identity = cast.identity(head) if head is not None else None
            speaking = identity is not None and identity.key in actors
            if speaking and _is_verbal(candidate):
                continue
            if identity is not None and identity.key in told[-1:]:
                continue  # "it said", within its own words
            told += [identity.key] if identity is not None else []
            if status == "happened" and alleges(candidate, head, identity, cue, cast, country):
                status = "alleged"
            chain += self._links(claim, head, cast)
        if chain and status in {"happened", "alleged"}:
            denial = contested(candidate.match.token)
            if denial is not None:
                return "alleged", (*chain, *self._deniers(denial, cast))
        return status, tuple(chain)

    def _links(self, claim: Claim, head: Token | None, cast: Cast) -> list[records.Attribution]:
        """One link for each who says it: "X and Y said", "statements by both ministries"."""
        cue = self._cut(claim.cue)
        whole = self._cut(claim.source)
        if head is None or whole is None:
            if whole is None and cue is None:
                return []
            source = None if whole is None else _source(whole, None)
            return [records.Attribution(source=source, cue=cue, kind=claim.kind)]
        return [
            records.Attribution(source=_source(span, identity), cue=cue, kind=claim.kind)
            for span, identity in self._speakers(whole, head, cast)
        ]

    def _speakers(
        self, whole: records.Span, head: Token, cast: Cast
    ) -> list[tuple[records.Span, Identity | None]]:
        """Each who stands behind a source's phrase, with the words for it."""
        heads = syntax.conjuncts(head)
        issuers = syntax.issuers(head)
        if issuers:
            heads = [token for issuer in issuers for token in syntax.conjuncts(issuer)]
        found: list[tuple[records.Span, Identity | None]] = []
        for token in heads:
            several = _several(token, cast)
            span = whole if len(heads) == 1 else self._phrase(token, cast)
            if several:
                found += [(span, identity) for identity in several]
            else:
                identity = cast.identity(token)
                found.append((self._named(token, identity, cast) or span, identity))
        return found

    def _named(self, token: Token, identity: Identity | None, cast: Cast) -> records.Span | None:
        """Of "he said", the words that last named him; a source has no name but its words."""
        if token.pos_ != "PRON" or identity is None:
            return None
        named = cast.memory.last(token, identity.key)
        if named is None:
            return None
        return self._words(sides.span_of(named, identity), cast)

    def _phrase(self, token: Token, cast: Cast) -> records.Span:
        """The words of one of several sources, from its left edge to its head."""
        return self._words(token.doc[token.left_edge.i : token.i + 1], cast)

    def _words(self, span: Tokens, cast: Cast) -> records.Span:
        start = cast.memory.start(span[0])
        cut = self._cut((start + span.start_char, start + span.end_char))
        assert cut is not None
        return cut

    def _deniers(self, denial: Token, cast: Cast) -> list[records.Attribution]:
        verb = (
            denial
            if denial.pos_ == "VERB"
            else next((c for c in denial.children if c.dep_ in {"relcl", "acl"}), denial)
        )
        return [
            records.Attribution(
                source=_source(self._phrase(token, cast), cast.identity(token)),
                cue=self._word(verb, cast),
                kind="paraphrase",
            )
            for head in deniers(denial)
            for token in syntax.conjuncts(head)
        ]

    def _word(self, token: Token, cast: Cast) -> records.Span | None:
        start = cast.memory.start(token) + token.idx
        return self._cut((start, start + len(token.text)))

    def _accusers(self, operator: Token, cast: Cast) -> list[records.Attribution]:
        heads = (
            syntax.subjects(operator)
            if operator.pos_ in {"VERB", "AUX"}
            else syntax.possessors(operator) + syntax.prepositional([operator], "by")
        )
        cue = self._word(operator, cast)
        return [
            records.Attribution(
                source=_source(self._phrase(token, cast), cast.identity(token)),
                cue=cue,
                kind="paraphrase",
            )
            for head in heads
            for token in syntax.conjuncts(head)
        ]

    def _cut(self, span: tuple[int, int] | None) -> records.Span | None:
        if span is None:
            return None
        return records.Span(text=self._article.text[slice(*span)], start=span[0], end=span[1])

    def _token(self, root: tuple[int, int] | None) -> Token | None:
        return None if root is None else self._paragraphs[root[0]].doc[root[1]]


def _several(token: Token, cast: Cast) -> list[Identity]:
    """Whom a phrase names where that is more than one: "both countries' foreign ministries"."""
    for word in (token, *syntax.possessors(token)):
        meant = {identity.key: identity for identity in identities(cast.parties(word), cast)}
        if len(meant) > 1:
            return list(meant.values())
    return []


def _is_judged(cue: Token) -> bool:
    """Whether the subject of a cue is judged and does not speak: "has come under fire for"."""
    match = lexicon().match(cue)
    if match is None or match.predicate.type != "ACCUSE":
        return False
    return any("subj" in union for union in match.predicate.recipient)


def _is_verbal(candidate: Candidate) -> bool:
    return candidate.type in {
        "ACCUSE",
        "REQUEST",
        "REJECT",
        "THREATEN",
        "SUPPORT",
        "AGREE",
        "CONCEDE",
    }


def _source(span: records.Span, identity: Identity | None) -> records.Source:
    return records.Source(
        text=span.text,
        start=span.start,
        end=span.end,
        code=identity.code if identity else None,
        country=identity.country if identity else None,
        sector=identity.sector if identity else None,
    )
