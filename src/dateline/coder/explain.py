"""How a sentence was coded: every candidate, kept or dropped, with its reasons."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from dateline.actors import Identity
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import Lexicon
from dateline.coder.sides import parties, span_of
from dateline.records import Mention, Sentence

FAVOURED = 2
"""Types of the encoder's that are shown: its vote and the runner-up."""


@dataclass(frozen=True, slots=True)
class ExplainedCandidate:
    """One candidate: what spoke for it, and what became of it."""

    trigger: str
    phrase: str
    """The predicate that matched, as it stands in the table."""
    predicate: str
    """The type (and mode) that the table gives."""
    coded: str | None
    """The type (and mode) after the rules."""
    status: str
    evidence: float
    rules: tuple[str, ...]
    words: tuple[str, ...]
    """What the words around it were read as."""
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    runner_up: str | None
    """The next phrase of the table that fits, with its type and weight."""
    encoder: tuple[tuple[str, float], ...]
    """The types (or `none`) that the encoder finds likeliest, each with its probability; empty
    where it was not asked."""
    dropped: str | None
    """Why it is no mention; None for one that is."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence and its candidates."""

    index: int
    sentence: Sentence
    candidates: tuple[ExplainedCandidate, ...]
    mentions: tuple[Mention, ...]


def explained(candidate: Candidate, cast: Cast, lexicon: Lexicon) -> ExplainedCandidate:
    """The reasons of a candidate as words and numbers."""
    predicate = candidate.match.predicate
    coding = candidate.coding
    others = [p for p in lexicon.fitting(candidate.match.token) if p != predicate]
    return ExplainedCandidate(
        trigger=candidate.trigger.text,
        phrase=predicate.phrase,
        predicate=_kind(predicate.type, predicate.mode) or "none",
        coded=_kind(coding.type, coding.mode),
        status=coding.status,
        evidence=round(candidate.score, 2),
        rules=coding.rules,
        words=(*candidate.reading.why, *candidate.notes),
        actors=tuple(_named(*pair) for pair in parties(candidate.actors, cast)),
        recipients=tuple(_named(*pair) for pair in parties(candidate.recipients, cast)),
        runner_up=(
            f"{others[0].phrase}: {_kind(others[0].type, others[0].mode) or 'none'} "
            f"{others[0].weight:.2f}"
            if others
            else None
        ),
        encoder=_favoured(candidate),
        dropped=candidate.dropped,
    )


def _favoured(candidate: Candidate) -> tuple[tuple[str, float], ...]:
    if candidate.opinion is None:
        return ()
    types = candidate.opinion.types()
    best = sorted(types, key=lambda type: -types[type])[:FAVOURED]
    return tuple((type, round(types[type], 2)) for type in best)


def _kind(type: str | None, mode: str | None) -> str | None:
    return f"{type}/{mode}" if type and mode else type


def _named(token: Token, identity: Identity) -> str:
    text = span_of(token, identity).text
    known = identity.name + (f" [{identity.code}]" if identity.code else "")
    return known if text == identity.name else f"{text} = {known} ({identity.score:.2f})"
