"""The parties of a candidate: which words name them, and what an act is between such parties."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Protocol

from spacy.tokens import Span, Token

from dateline.actors import ARMED_SECTORS, Identity
from dateline.coder import phrases
from dateline.coder.lexicon import Match, function_words


class Cast(Protocol):
    """Tells whom a word names: the cast of an article, or the two marked parties of a sentence."""

    def identity(self, token: Token) -> Identity | None:
        """Whom the phrase headed by the token names."""

    def party(self, token: Token, without: Collection[Identity] = ()) -> Token | None:
        """The head of the party that the token names or belongs to."""

    def parties(self, token: Token, without: Collection[Identity] = ()) -> list[Token]:
        """As `party`, all of them where the phrase names several."""


def parties(tokens: Sequence[Token], cast: Cast) -> Iterator[tuple[Token, Identity]]:
    """Each head with whom it names."""
    for token in tokens:
        identity = cast.identity(token)
        if identity is not None:
            yield token, identity


def span_of(token: Token, identity: Identity) -> Span:
    """The words that name a party; of a description, with whom or where it is of."""
    described = identity.kind == "description" or phrases.counted(token) is not None
    return phrases.without_determiner(phrases.full(token) if described else phrases.core(token))


def named(heads: list[Token], cast: Cast, without: Collection[Identity] = ()) -> list[Token]:
    """The party that each head names or belongs to, each once."""
    found: list[Token] = []
    seen: list[Identity | None] = []
    for token in (token for head in heads for token in cast.parties(head, without)):
        identity = cast.identity(token)
        if token not in found and identity not in seen:
            found.append(token)
            seen.append(identity)
    return found


def coding_of(
    match: Match, acting: list[Token], receiving: list[Token], cast: Cast
) -> tuple[str | None, str | None]:
    """The type and mode that a predicate has between such parties; no type for no event."""
    predicate = match.predicate
    type, mode = predicate.type, predicate.mode
    if type == "SUPPORT" and predicate.head in function_words("backing"):
        return ("AID", None) if _armed(receiving, cast) else (type, mode)  # rule 14
    if (type, mode) == ("COERCE", "arrest") and _armed(acting, cast):
        return "ASSAULT", "abduct"  # who is no state takes hostages
    if type == "ASSAULT" and _is_figurative(match, [*acting, *receiving], cast):
        return ("ACCUSE", "disapprove") if acting and receiving else (None, None)
    if (type, mode) == ("COERCE", "deport") and _are_diplomats(receiving, cast):
        return "SANCTION", "expel"  # rule 7
    exercise = predicate.head in function_words("exercise-head")
    if type == "MOBILIZE" and exercise and len(acting) > 1:
        return "COOPERATE", None  # rule 4
    return type, mode


def _are_diplomats(tokens: list[Token], cast: Cast) -> bool:
    """By the words for them, or by the role that they are known to have."""
    words = function_words("diplomat")
    roles = {w for _, i in parties(tokens, cast) for w in (i.role or "").lower().split()}
    return bool(roles & words) or any(
        word.lemma_.lower() in words for token in tokens for word in phrases.core(token)
    )


def _is_figurative(match: Match, tokens: list[Token], cast: Cast) -> bool:
    """ "Cruz attacked Rubio", "battle for the nomination": no weapons between politicians."""
    if match.predicate.mode or match.predicate.head not in function_words("figurative"):
        return False
    identities = [identity for token in tokens if (identity := cast.identity(token))]
    return bool(identities) and all(
        i.sector in {"PTY", "LEG", "ELI", "MED", "JRN", "OPP"}
        or (i.kind == "person" and i.sector in {"GOV", None})
        for i in identities
    )


def _armed(tokens: list[Token], cast: Cast) -> bool:
    return any(identity.sector in ARMED_SECTORS for _, identity in parties(tokens, cast))


def at_home(tokens: list[Token], type: str, cast: Cast) -> list[Token]:
    """Recipients within the actor's own state: "parliament censured the president"."""
    if type in {"ACCUSE", "REJECT", "REQUEST", "SUPPORT"}:
        return tokens
    return [t for t, identity in parties(tokens, cast) if identity.kind == "person"]


def is_facility(token: Token, cast: Cast) -> bool:
    """Whether what is taken is a thing or place: "the hospital", "the Syrian city"."""
    if phrases.is_of_place(token):
        return True
    identity = cast.identity(token)
    return identity is not None and identity.kind == "description" and identity.sector in _PLACES


_PLACES = frozenset({"HLH", "EDU", "BUS", "REL", "MED"})
