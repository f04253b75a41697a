"""What an article says of an act in other words than those that report it.

The codebook allows a party to be named in another sentence than the act (rule 18). Filled in here,
and only from what the article establishes: the other side of a fight, and the one whose request is
refused.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import islice

from spacy.tokens import Span, Token

from dateline.coder import authority, phrases, syntax
from dateline.coder.candidates import Candidate, parties, party_key
from dateline.coder.cast import Cast

_ABOUT = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_REPEATED = frozenset({"SANCTION", "AID"})
_NAMED = frozenset({"SUPPORT", "ACCUSE", "THREATEN"})
"""Types that a noun with whose it is takes up: "Pence's endorsement", "his criticism"."""
_FIGHTING = frozenset({"ASSAULT", "THREATEN", "MOBILIZE"})


def complete(sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast) -> None:
    """Fill empty sides of candidates, in place, noting why."""
    adversaries = _adversaries(sentences, cast)
    attacks = _attacks(sentences, cast)
    asked: list[Candidate] = []
    told: dict[str, Candidate] = {}
    repeated: list[Candidate] = []
    acts: list[Candidate] = []
    for sentence, found in sentences:
        for candidate in found:
            if candidate.type in _ABOUT and candidate.actors and not candidate.recipients:
                _of_what_was_told(candidate, told, cast)
            if _is_repeated(candidate) and candidate.actors and not candidate.recipients:
                _as_before(candidate, [*found, *repeated], cast)
            if _is_repeated(candidate) and candidate.actors and candidate.recipients:
                repeated.append(candidate)
            if candidate.actors:
                told[candidate.match.token.lemma_.lower()] = candidate
            if candidate.recipients and not candidate.actors:
                _done_before(candidate, acts, cast)
            if candidate.recipients and not candidate.actors:
                authority.fill(candidate, sentence, found, cast)
            elif candidate.type == "PROTEST" and not candidate.recipients:
                authority.face(candidate, cast)
            if candidate.recipients and candidate.actors and not candidate.dropped:
                acts.append(candidate)
            if candidate.type == "ASSAULT":
                _opponent(candidate, sentence, adversaries, cast)
                _attacked(candidate, attacks, cast)
            elif candidate.coding.mode == "disarm":
                _captor(candidate, attacks, cast)
            elif candidate.type == "REJECT" and candidate.actors and not candidate.recipients:
                _refused(candidate, asked, cast)
            if candidate.type == "REQUEST" and candidate.actors and candidate.recipients:
                asked.append(candidate)
        asked = asked[-2:]
    for _, found in sentences:
        for candidate in found:
            _same_fight(candidate, found, cast)


def _adversaries(
    sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast
) -> dict[str, set[str]]:
    """Who fights whom in the article."""
    pairs: dict[str, set[str]] = {}
    for _, found in sentences:
        for candidate in found:
            if candidate.type not in _FIGHTING:
                continue
            sides = _keys(candidate.actors, cast), _keys(candidate.recipients, cast)
            if candidate.match.predicate.reciprocal and len(sides[0]) == 2:
                first, second = sorted(sides[0])
                sides = {first}, {second}
            for a in sides[0]:
                for b in sides[1] - sides[0]:
                    pairs.setdefault(a, set()).add(b)
                    pairs.setdefault(b, set()).add(a)
    return pairs


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
    mine = _keys(known, cast)
    others = set().union(*(adversaries.get(key, ()) for key in mine))
    for token in _named(sentence, cast):
        key = party_key(token, cast)
        if key in others or (not others and key not in mine and _is_rebel(token, cast)):
            (known if reciprocal else empty).append(token)
            candidate.notes.append(f"“{token.text}”: the other side of the fighting")
            return


Attacks = Counter[tuple[str, str]]
"""How often an article tells that a party attacked another."""


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


_FIGHTERS = frozenset({"GOV", "MIL", "REB", "UAF", "PRM", "COP"})


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
    token = cast.memory.last(candidate.match.token, other) if other else None
    if token is not None:
        (candidate.recipients if candidate.actors else candidate.actors).append(token)
        candidate.notes.append(f"“{token.text}”: the other side, by what the article tells")


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
    for attacker, count in counts.most_common(1):
        if count > sum(counts.values()) / 2:
            return attacker
    return None


def _same_fight(candidate: Candidate, others: Sequence[Candidate], cast: Cast) -> None:
    """Of "fell to the rebels after a long battle", who fought it: both sides of the verb."""
    if not candidate.match.predicate.reciprocal or candidate.recipients:
        return
    if len(candidate.actors) > 1:
        return
    noun, known = candidate.match.token, _keys(candidate.actors, cast)
    for other in others:
        sides = [*other.actors, *other.recipients]
        if other.type != candidate.type or not (other.actors and other.recipients):
            continue
        if other.match.token.is_ancestor(noun) and known <= _keys(sides, cast):
            candidate.actors = sides
            candidate.notes.append(f"“{other.trigger.text}”: by the same parties")
            return


def _captor(candidate: Candidate, attacks: Attacks, cast: Cast) -> None:
    """To whom fighters surrender: whoever attacks them."""
    if not candidate.actors or candidate.recipients:
        return
    other = _likeliest(attacks, _armed(candidate.actors, cast), 1)
    token = cast.memory.last(candidate.match.token, other) if other else None
    if token is not None:
        candidate.recipients.append(token)
        candidate.notes.append(f"“{token.text}”: the other side, by what the article tells")


def _likeliest(attacks: Attacks, keys: Collection[str], side: int) -> str | None:
    """The one whom the parties attack (side 0), or who attacks them (side 1), if one stands out."""
    counts = Counter[str]()
    for pair, count in attacks.items():
        if pair[side] in keys:
            counts[pair[1 - side]] += count
    for other, count in counts.most_common(1):
        if count > sum(counts.values()) / 2:
            return other
    return None


def _is_rebel(token: Token, cast: Cast) -> bool:
    """A named armed group: where nothing else is told, whoever fights beside its name fights it."""
    identity = cast.identity(token)
    return identity is not None and identity.kind == "group" and identity.sector == "REB"


def _as_before(candidate: Candidate, others: Sequence[Candidate], cast: Cast) -> None:
    """The same act by the same actors, told with its recipient elsewhere; nearest first."""
    mine = _keys(candidate.actors, cast)
    for other in reversed(others):
        joined = _is_joined(candidate.match.token, other.match.token)
        if not other.recipients or other is candidate or _keys(other.actors, cast) != mine:
            continue
        if other.type == candidate.type or joined:
            candidate.recipients = list(other.recipients)
            candidate.notes.append(f"“{other.trigger.text}”: told there against whom or for whom")
            return


def _done_before(candidate: Candidate, acts: Sequence[Candidate], cast: Cast) -> None:
    """Who did the same to the same, as the article has told it: "had been expelled"."""
    theirs = _names(candidate.recipients, cast)
    for act in reversed(acts):
        same = (act.type, act.coding.mode) == (candidate.type, candidate.coding.mode)
        if same and candidate.coding.mode and theirs & _names(act.recipients, cast):
            candidate.actors = list(act.actors)
            candidate.notes.append(f"“{act.trigger.text}”: told there by whom")
            return


def _names(tokens: Sequence[Token], cast: Cast) -> set[str]:
    return {identity.name for _, identity in parties(tokens, cast)}


class Judged:
    """Whom each party of an article last accused, asked or refused."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._last: dict[str, tuple[int, list[Token]]] = {}
        self._sentence = 0

    def address(self, found: Sequence[Candidate]) -> None:
        """Fill whom a demand without an addressee is put to, in place; sentences in order."""
        self._sentence += 1
        for candidate in found:
            if candidate.type != "REQUEST" or candidate.recipients or candidate.dropped:
                continue
            for key in _keys(candidate.actors, self._cast):
                at, tokens = self._last.get(key, (0, []))
                if tokens and self._sentence - at <= _STILL:
                    candidate.recipients = list(tokens)
                    candidate.notes.append(f"“{tokens[0].text}”: whom the same party judged before")

    def note(self, found: Sequence[Candidate]) -> None:
        """Remember the judgements of a sentence."""
        for candidate in found:
            if candidate.dropped or candidate.type not in _JUDGING or not candidate.recipients:
                continue
            for key in _keys(candidate.actors, self._cast):
                self._last[key] = self._sentence, list(candidate.recipients)


_JUDGING = frozenset({"ACCUSE", "REQUEST", "REJECT"})
_STILL = 4
"""Sentences for which a party goes on speaking of the same one."""


def _is_repeated(candidate: Candidate) -> bool:
    if candidate.type in _NAMED:
        return bool(candidate.recipients) or candidate.match.token.pos_ == "NOUN"
    return candidate.type in _REPEATED


def _is_joined(verb: Token, other: Token) -> bool:
    """Whether two verbs are joined by "and", directly or through "sought to"."""
    joined = verb.conjuncts
    return any(word in joined for word in (other, *islice(other.ancestors, 2)))


def _of_what_was_told(candidate: Candidate, told: dict[str, Candidate], cast: Cast) -> None:
    """ "Condemned the visit": whose visit, the article has said before."""
    for thing in syntax.objects(candidate.match.token):
        act = told.get(thing.lemma_.lower())
        if act is None or not phrases.is_definite(thing):
            continue
        mine = _keys(candidate.actors, cast)
        others = [token for token in act.actors if party_key(token, cast) not in mine]
        if others:
            candidate.recipients = others
            candidate.notes.append(f"“{thing.text}”: told before by “{act.trigger.text}”")
            return


def _refused(candidate: Candidate, asked: Sequence[Candidate], cast: Cast) -> None:
    for request in reversed(asked):
        if _keys(request.recipients, cast) & _keys(candidate.actors, cast):
            candidate.recipients = list(request.actors)
            candidate.notes.append(f"“{request.trigger.text}”: the request that is refused")
            return


def _named(sentence: Span, cast: Cast) -> list[Token]:
    return [
        token
        for token in sentence
        if token.pos_ in {"NOUN", "PROPN"} and cast.identity(token) is not None
    ]


def _keys(tokens: Sequence[Token], cast: Cast) -> set[str]:
    return {party_key(token, cast) for token in tokens}
