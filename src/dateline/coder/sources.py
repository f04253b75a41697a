"""On whose word a mention stands, and whether that makes it an allegation."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline import records
from dateline.actors import Identity
from dateline.coder import syntax
from dateline.coder.attribution import Claim, claims_over
from dateline.coder.candidates import Candidate, parties
from dateline.coder.cast import Cast
from dateline.coder.lexicon import function_words
from dateline.coder.parse import Paragraph

_CONFLICT = frozenset(
    {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN", "REJECT"}
)


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
        self, candidate: Candidate, cast: Cast
    ) -> tuple[records.Status, tuple[records.Attribution, ...]]:
        """A mention's status and the chain of its sources, nearest first."""
        status = candidate.coding.status
        chain: list[records.Attribution] = []
        actors = {identity.key for _, identity in parties(candidate.actors, cast)}
        others = {identity.key for _, identity in parties(candidate.recipients, cast)}
        if candidate.reading.accuser is not None:
            chain += self._accusers(candidate.reading.accuser, cast)
        position = cast.memory.position(candidate.match.token)
        for claim in claims_over(self._claims, position, asserted=True):
            head = self._token(claim.source_root)
            cue = self._token(claim.cue_root)
            if cue is not None and cue in {candidate.trigger, candidate.reading.accuser}:
                continue
            identity = cast.identity(head) if head is not None else None
            speaking = identity is not None and identity.key in actors
            if speaking and (_is_verbal(candidate) or not chain):
                continue
            if status == "happened" and self._alleges(candidate, identity, cue, others):
                status = "alleged"
            source = self._source(claim, identity)
            if source is not None or claim.cue is not None:
                chain.append(
                    records.Attribution(source=source, cue=self._cut(claim.cue), kind=claim.kind)
                )
        return status, tuple(chain)

    def _alleges(
        self, candidate: Candidate, source: Identity | None, cue: Token | None, others: set[str]
    ) -> bool:
        """Whether a source accuses by what it tells: the victim's word, or an accusing one."""
        if candidate.type not in _CONFLICT or source is None or source.sector in {"MED", "JRN"}:
            return False
        return source.key in others or (
            cue is not None and cue.lemma_.lower() in function_words("accusing")
        )

    def _accusers(self, operator: Token, cast: Cast) -> list[records.Attribution]:
        heads = (
            syntax.subjects(operator)
            if operator.pos_ in {"VERB", "AUX"}
            else syntax.possessors(operator) + syntax.prepositional([operator], "by")
        )
        found = []
        start = cast.memory.start(operator)
        cue = self._cut((start + operator.idx, start + operator.idx + len(operator.text)))
        for head in heads:
            for token in syntax.conjuncts(head):
                span = token.doc[token.left_edge.i : token.i + 1]
                cut = self._cut((start + span.start_char, start + span.end_char))
                assert cut is not None
                identity = cast.identity(token)
                source = _source(cut, identity)
                found.append(records.Attribution(source=source, cue=cue, kind="paraphrase"))
        return found

    def _source(self, claim: Claim, identity: Identity | None) -> records.Source | None:
        cut = self._cut(claim.source)
        if cut is None:
            return None
        return _source(cut, identity)

    def _cut(self, span: tuple[int, int] | None) -> records.Span | None:
        if span is None:
            return None
        return records.Span(text=self._article.text[slice(*span)], start=span[0], end=span[1])

    def _token(self, root: tuple[int, int] | None) -> Token | None:
        return None if root is None else self._paragraphs[root[0]].doc[root[1]]


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
