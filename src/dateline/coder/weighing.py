"""How much speaks for a candidate, and which are dropped as too weak or told twice."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from spacy.tokens import Token

from dateline.actors import Identity
from dateline.coder import syntax
from dateline.coder.lexicon import Match
from dateline.coder.phrases import PLACE_LABELS

if TYPE_CHECKING:
    from dateline.coder.candidates import Candidate
    from dateline.coder.sides import Cast

THRESHOLD = 0.3
"""Evidence below which a candidate is dropped."""


def weigh(found: list[Candidate], cast: Cast) -> None:
    """Give each candidate of a sentence the evidence that grammar and the table hold for it."""
    for candidate in found:
        candidate.score = _evidence(candidate, cast)
        if candidate.reading.purpose and candidate.coding.status == "planned":
            candidate.score *= 0.7


def decide(found: list[Candidate], cast: Cast) -> None:
    """Drop the candidates of a sentence that are too weak or told twice."""
    _drop_weak(found)
    _deduplicate(found, cast)


def _evidence(candidate: Candidate, cast: Cast) -> float:
    """How likely the words report a political event between these parties, from 0 to 1."""
    predicate = candidate.match.predicate
    weight = max([predicate.weight, *(c.match.predicate.weight for c in candidate.merged)])
    if candidate.match.token.dep_ == "amod":
        weight *= 0.7
    acting, receiving = candidate.actors, candidate.recipients
    if candidate.type == "PROTEST" and not _protests(candidate, cast):
        weight *= 0.5
    actor = max((_standing(cast.identity(t)) for t in acting), default=0.0)
    recipient = max((_standing(cast.identity(t)) for t in receiving), default=0.0)
    if predicate.reciprocal:
        pair = len(acting) > 1 or bool(receiving)
        return weight * actor if pair else weight * actor * 0.4
    if acting and receiving:
        return weight * min(1.0, (actor + recipient) / 2 + 0.15)
    if acting:
        if _of_a_thing(candidate.match) and candidate.type != "REQUEST":
            weight *= 0.6
        alone = not predicate.recipient or candidate.type in _BY_ONE
        return weight * actor * (0.95 if alone else 0.7)
    return weight * recipient * 0.65


def _protests(candidate: Candidate, cast: Cast) -> bool:
    """Not the rally of a candidate, nor "demonstrate that": whoever protests is a crowd."""
    token = candidate.match.token
    if token.pos_ == "VERB" and any(c.dep_ in {"dobj", "ccomp", "xcomp"} for c in token.children):
        return len(candidate.match.tokens) > 1
    identities = [cast.identity(actor) for actor in candidate.actors]
    return not any(i is not None and i.kind == "person" for i in identities)


def _of_a_thing(match: Match) -> bool:
    """Whether a verb that takes a party as its object has something else there."""
    takes = any("obj" in union for union in match.predicate.recipient)
    things = [t for t in syntax.objects(match.token) if t.ent_type_ not in PLACE_LABELS]
    return takes and len(match.tokens) == 1 and bool(things)


_BY_ONE = frozenset({"PROTEST", "MOBILIZE", "RETREAT", "CONCEDE"})
"""Types that need no recipient."""


def _standing(identity: Identity | None) -> float:
    """How political a party is."""
    if identity is None:
        return 0.0
    if identity.code or identity.sector in _POLITICAL:
        return 1.0
    if identity.sector or identity.country:
        return 0.85
    return 0.6 if identity.kind == "person" else 0.5


_POLITICAL = frozenset(
    {
        "GOV",
        "MIL",
        "COP",
        "SPY",
        "JUD",
        "LEG",
        "PTY",
        "OPP",
        "REB",
        "UAF",
        "PRM",
        "PRO",
        "IGO",
        "ELI",
    }
)


def _drop_weak(found: list[Candidate]) -> None:
    for candidate in found:
        if candidate.dropped:
            continue
        if candidate.type is None:
            candidate.dropped = ", ".join(candidate.coding.rules) or "no event"
        elif not candidate.actors and not candidate.recipients:
            candidate.dropped = "no party"
        elif candidate.score < THRESHOLD:
            candidate.dropped = f"evidence {candidate.score:.2f} below {THRESHOLD}"


def _deduplicate(found: list[Candidate], cast: Cast) -> None:
    """Rule 10: the same act by the same parties, told twice in a sentence, is one."""
    seen: dict[object, Candidate] = {}
    for candidate in sorted(found, key=lambda c: -c.score):
        if candidate.dropped:
            continue
        key = (
            candidate.type,
            candidate.coding.mode,
            candidate.coding.status,
            frozenset(party_key(t, cast) for t in candidate.actors),
            frozenset(party_key(t, cast) for t in candidate.recipients),
        )
        teller = seen.get(key) or _teller(candidate, seen.values(), cast)
        if teller is not None:
            candidate.dropped = f"told by “{teller.trigger.text}”"
        else:
            seen[key] = candidate


def _teller(candidate: Candidate, others: Iterable[Candidate], cast: Cast) -> Candidate | None:
    """Of "met the king for talks", for "talks": "met", where more of the parties are named; of
    "fired tear gas to disperse them", "fired".
    """
    if candidate.reading.purpose:
        verb = candidate.match.token.head
        return next((o for o in others if o.match.token == verb and o.type == candidate.type), None)
    if candidate.match.token.pos_ != "NOUN":
        return None
    mine = {party_key(t, cast) for t in (*candidate.actors, *candidate.recipients)}
    for other in others:
        theirs = {party_key(t, cast) for t in (*other.actors, *other.recipients)}
        same = (candidate.type, candidate.coding.status) == (other.type, other.coding.status)
        if same and mine < theirs and other.match.token.is_ancestor(candidate.match.token):
            return other
    return None


def party_key(token: Token, cast: Cast) -> str:
    """What makes two parties the same; the word itself where it names nobody."""
    identity = cast.identity(token)
    return token.text if identity is None else identity.key


def party_keys(tokens: Iterable[Token], cast: Cast) -> set[str]:
    """The keys of several parties."""
    return {party_key(token, cast) for token in tokens}
