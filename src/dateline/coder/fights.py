"""Who fights whom in an article, and the sides of a fight that a sentence leaves out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from spacy.tokens import Span, Token

from dateline.actors import ARMED_SECTORS
from dateline.coder.candidates import Candidate, party_key, party_keys
from dateline.coder.cast import Cast
from dateline.coder.sides import parties

_FIGHTING = frozenset({"ASSAULT", "THREATEN", "MOBILIZE"})
_FIGHTERS = ARMED_SECTORS | {"GOV", "MIL", "COP"}
Attacks = Counter[tuple[str, str]]
"""How often an article tells that a party attacked another."""


class Fights:
    """The attacks that an article tells of, and what follows for those told in part."""

    def __init__(self, sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast) -> None:
        self._cast = cast
        self._adversaries = _adversaries(sentences, cast)
        self._attacks = _attacks(sentences, cast)

    def fill(self, candidate: Candidate, sentence: Span) -> None:
        """Fill an empty side of an attack or a surrender, in place, noting why."""
        if candidate.type == "ASSAULT":
            _opponent(candidate, sentence, self._adversaries, self._cast)
            _attacked(candidate, self._attacks, self._cast)
        elif candidate.coding.mode == "disarm":
            _captor(candidate, self._attacks, self._cast)


def _adversaries(
    sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast
) -> dict[str, set[str]]:
    """Who fights whom in the article."""
    pairs: dict[str, set[str]] = {}
    for _, found in sentences:
        for candidate in found:
            if candidate.type not in _FIGHTING:
                continue
            sides = party_keys(candidate.actors, cast), party_keys(candidate.recipients, cast)
            if candidate.match.predicate.reciprocal and len(sides[0]) == 2:
                first, second = sorted(sides[0])
                sides = {first}, {second}
            for a in sides[0]:
                for b in sides[1] - sides[0]:
                    pairs.setdefault(a, set()).add(b)
                    pairs.setdefault(b, set()).add(a)
    return pairs


def _attacks(sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast) -> Attacks:
    return Counter(
        (a, b)
        for _, found in sentences
        for candidate in found
        if candidate.type == "ASSAULT" and not candidate.dropped
        for a in _armed(candidate.actors, cast)
        for b in _armed(candidate.recipients, cast)
        if a != b
    )


def _armed(tokens: Sequence[Token], cast: Cast) -> set[str]:
    """Those of the parties that fight: states, their forces and armed groups."""
    return {
        identity.key
        for _, identity in parties(tokens, cast)
        if identity.sector in _FIGHTERS or (identity.sector is None and identity.kind == "state")
    }


def _opponent(
    candidate: Candidate, sentence: Span, adversaries: dict[str, set[str]], cast: Cast
) -> None:
    reciprocal = candidate.match.predicate.reciprocal
    if reciprocal and len(candidate.actors) != 1:
        return
    known, empty = candidate.actors, candidate.recipients
    if candidate.recipients and not candidate.actors:
        known, empty = candidate.recipients, candidate.actors
    if empty or not known:
        return
    mine = party_keys(known, cast)
    others = set().union(*(adversaries.get(key, ()) for key in mine))
    for token in _named(sentence, cast):
        key = party_key(token, cast)
        if key in others or (not others and key not in mine and _is_rebel(token, cast)):
            (known if reciprocal else empty).append(token)
            candidate.notes.append(f"“{token.text}”: the other side of the fighting")
            return


def _attacked(candidate: Candidate, attacks: Attacks, cast: Cast) -> None:
    """The other side, of an attack as the article has told it before or will tell it."""
    if candidate.match.predicate.reciprocal or bool(candidate.actors) == bool(candidate.recipients):
        return
    known, mine = (0, candidate.actors) if candidate.actors else (1, candidate.recipients)
    keys = _armed(mine, cast)
    if len(keys) != len(mine):
        return  # who killed civilians is not told by who fights whom
    other = _likeliest(attacks, keys, known)
    if other is None and known and _are_rebels(mine, cast):
        other = _victor(attacks)
    _add(other, candidate, candidate.recipients if candidate.actors else candidate.actors, cast)


def _captor(candidate: Candidate, attacks: Attacks, cast: Cast) -> None:
    """To whom fighters surrender: whoever attacks them."""
    if not candidate.actors or candidate.recipients:
        return
    other = _likeliest(attacks, _armed(candidate.actors, cast), 1)
    _add(other, candidate, candidate.recipients, cast)


def _add(other: str | None, candidate: Candidate, side: list[Token], cast: Cast) -> None:
    token = cast.memory.last(candidate.match.token, other) if other else None
    if token is not None:
        side.append(token)
        candidate.notes.append(f"“{token.text}”: the other side, by what the article tells")


def _likeliest(attacks: Attacks, keys: Collection[str], side: int) -> str | None:
    """The one whom the parties attack (side 0), or who attacks them (side 1), if one stands out."""
    counts = Counter[str]()
    for pair, count in attacks.items():
        if pair[side] in keys:
            counts[pair[1 - side]] += count
    return _most(counts)


def _are_rebels(tokens: Sequence[Token], cast: Cast) -> bool:
    return all(
        identity.kind == "description" and identity.sector == "REB"
        for _, identity in parties(tokens, cast)
    )


def _victor(attacks: Attacks) -> str | None:
    """Who attacks most, where one does: "the terrorists have been eliminated"."""
    counts = Counter[str]()
    for (attacker, _), count in attacks.items():
        counts[attacker] += count
    return _most(counts)


def _most(counts: Counter[str]) -> str | None:
    """Whoever has more than half of what is counted."""
    for key, count in counts.most_common(1):
        if count > counts.total() / 2:
            return key
    return None


def _is_rebel(token: Token, cast: Cast) -> bool:
    """A named armed group: where nothing else is told, whoever fights beside its name fights it."""
    identity = cast.identity(token)
    return identity is not None and identity.kind == "group" and identity.sector == "REB"


def same_fight(candidate: Candidate, others: Sequence[Candidate], cast: Cast) -> None:
    """Of "fell to the rebels after a long battle", who fought it: both sides of the verb."""
    if not candidate.match.predicate.reciprocal or candidate.recipients:
        return
    if len(candidate.actors) > 1:
        return
    noun, known = candidate.match.token, party_keys(candidate.actors, cast)
    for other in others:
        sides = [*other.actors, *other.recipients]
        if other.type != candidate.type or not (other.actors and other.recipients):
            continue
        if other.match.token.is_ancestor(noun) and known <= party_keys(sides, cast):
            candidate.actors = sides
            candidate.notes.append(f"“{other.trigger.text}”: by the same parties")
            return


def _named(sentence: Span, cast: Cast) -> list[Token]:
    return [
        token
        for token in sentence
        if token.pos_ in {"NOUN", "PROPN"} and cast.identity(token) is not None
    ]
