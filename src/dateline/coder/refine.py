"""Modes and contexts that depend on more than the predicate: visits, calls, topics."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from spacy.tokens import Span, Token

from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import rows
from dateline.coder.places import PlaceName


def mode(candidate: Candidate, cast: Cast, place: PlaceName | None) -> str | None:
    """The mode of a coded candidate; a CONSULT gets one by who met whom, and where."""
    if candidate.type != "CONSULT" or candidate.coding.mode:
        return candidate.coding.mode
    words = {token.lemma_.lower() for token in candidate.match.token.subtree}
    if "phone" in words:
        return "phone"
    everyone = [*candidate.actors, *candidate.recipients]
    countries = [i.country or i.code for t in everyone if (i := cast.identity(t))]
    distinct = {country for country in countries if country}
    if len(distinct) > 2:
        return "multilateral"
    if place is not None and place.country in distinct and len(distinct) == 2:
        _seat(candidate, cast, place.country)
        return "visit"
    return None


def _seat(candidate: Candidate, cast: Cast, country: str) -> None:
    """The visitor is the actor, the host the recipient."""

    def host(token: Token) -> bool:
        identity = cast.identity(token)
        return identity is not None and identity.country == country

    everyone = [*candidate.actors, *candidate.recipients]
    visitors = [token for token in everyone if not host(token)]
    if visitors:
        candidate.actors = visitors
        candidate.recipients = [token for token in everyone if host(token)]


@cache
def _topics() -> Mapping[str, tuple[str, ...]]:
    return {row["word"]: tuple(row["contexts"].split(";")) for _, row in rows("context_words.csv")}


def contexts(candidate: Candidate, sentence: Span) -> tuple[str, ...]:
    """What the event was about: by its predicate, and by the words near it in the sentence."""
    found = set(candidate.match.predicate.contexts)
    topics = _topics()
    near = range(candidate.match.token.i - 12, candidate.match.token.i + 13)
    for token in sentence:
        if token.i in near:
            found.update(topics.get(token.lemma_.lower(), ()))
    return tuple(sorted(found))
