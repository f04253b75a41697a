"""Words that may report an event, with their parties: what the rest of the coder decides on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from spacy.tokens import Span, Token

from dateline.actors import Identity
from dateline.coder import arguments, phrases, rules, syntax
from dateline.coder.lexicon import Lexicon, Match
from dateline.coder.reading import Reading, read

THRESHOLD = 0.33
"""Evidence below which a candidate is dropped."""


class Cast(Protocol):
    """Tells whom a word names: the cast of an article, or the two marked parties of a sentence."""

    def identity(self, token: Token) -> Identity | None:
        """Whom the phrase headed by the token names."""

    def party(self, token: Token) -> Token | None:
        """The head of the party that the token names or belongs to."""


@dataclass(slots=True)
class Candidate:
    """A possible event: its words, parties, coding and the evidence for it."""

    match: Match
    trigger: Token
    actors: list[Token]
    recipients: list[Token]
    reading: Reading
    coding: rules.Coding
    score: float
    dropped: str | None = None
    """Why it is no mention; None for one that is."""
    notes: list[str] = field(default_factory=list)
    merged: list[Candidate] = field(default_factory=list)

    @property
    def type(self) -> str | None:
        return self.coding.type


def find(sentence: Span, lexicon: Lexicon, cast: Cast) -> list[Candidate]:
    """All candidates of a sentence in the order of the text, those dropped with the reason."""
    matches = _longest([match for token in sentence if (match := _match(token, lexicon))])
    found = [_candidate(match, lexicon, cast) for match in matches]
    _merge(found)
    _weigh(found)
    _deduplicate(found, cast)
    return found


def _match(token: Token, lexicon: Lexicon) -> Match | None:
    match = lexicon.match(token)
    if match is None:
        return None
    if token.pos_ == "PROPN" and token.ent_type_ not in {"", "EVENT"}:
        return None  # part of a name
    if token.dep_ in {"compound", "npadvmod", "aux", "auxpass"}:
        return None  # "attack helicopter"
    return match


def _longest(matches: list[Match]) -> list[Match]:
    """Drop what is inside another's phrase, and phrases that only look like events."""
    inside = {
        token for match in matches for token in match.tokens[1:] if len(match.tokens) > 1
    }
    return [m for m in matches if m.token not in inside and m.predicate.type]


def _candidate(match: Match, lexicon: Lexicon, cast: Cast) -> Candidate:
    def fits(token: Token) -> bool:
        return cast.party(token) is not None

    predicate = match.predicate
    reading = read(match.token, lexicon)
    assert predicate.type is not None
    coding = rules.apply(predicate.type, predicate.mode, reading)
    acting = _parties(arguments.actors(match, lexicon, fits), cast)
    receiving = _parties(arguments.recipients(match, lexicon, fits), cast)
    trigger = match.token
    if reading.operator is not None:
        trigger = reading.operator
        own = _operator_subjects(reading.operator, fits)
        if reading.kind == "demand":
            receiving = [t for t in acting if t not in own] or receiving
            acting = _parties(own, cast)
        elif own:
            acting = _parties(own, cast)
    identities = [cast.identity(token) for token in acting]
    receiving = [t for t in receiving if t not in acting and cast.identity(t) not in identities]
    return Candidate(
        match, trigger, acting, receiving, reading, coding, _evidence(match, acting, receiving, cast)
    )


def _operator_subjects(operator: Token, fits: arguments.Fits) -> list[Token]:
    heads = (
        syntax.subjects(operator)
        if operator.pos_ in {"VERB", "AUX", "ADJ"}
        else syntax.noun_owner(operator) or syntax.modifiers(operator)
    )
    if operator.pos_ == "ADJ" and not heads:
        heads = syntax.subjects(operator.head)
    return [token for head in heads for token in syntax.conjuncts(head) if fits(token)]


def _parties(heads: list[Token], cast: Cast) -> list[Token]:
    """The party that each head names or belongs to, each once."""
    found: list[Token] = []
    seen: list[Identity | None] = []
    for head in heads:
        token = cast.party(head)
        if token is None:
            continue
        identity = cast.identity(token)
        if token not in found and identity not in seen:
            found.append(token)
            seen.append(identity)
    return found


def _evidence(match: Match, acting: list[Token], receiving: list[Token], cast: Cast) -> float:
    """How likely the words report a political event between these parties, from 0 to 1."""
    predicate = match.predicate
    weight = predicate.weight
    if match.token.dep_ == "amod":
        weight *= 0.7
    actor = max((_standing(cast.identity(t)) for t in acting), default=0.0)
    recipient = max((_standing(cast.identity(t)) for t in receiving), default=0.0)
    if predicate.reciprocal:
        pair = len(acting) > 1 or bool(receiving)
        return weight * actor if pair else weight * actor * 0.55
    if acting and receiving:
        return weight * min(1.0, (actor + recipient) / 2 + 0.15)
    if acting:
        return weight * actor * (0.7 if predicate.recipient else 0.95)
    if receiving:
        return weight * recipient * 0.65
    return 0.0


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
    {"GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY", "OPP", "REB", "UAF", "PRM", "PRO", "IGO", "ELI"}
)


def _merge(found: list[Candidate]) -> None:
    """One event of an operator and what it governs: "urged Russia to withdraw"."""
    by_trigger = {c.match.token: c for c in found if c.reading.operator is None}
    governed: dict[Token, Candidate] = {}
    for candidate in found:
        operator = candidate.reading.operator
        if operator is None or candidate.dropped:
            continue
        if operator in governed:
            candidate.dropped = f"part of the {candidate.reading.kind} of “{operator.text}”"
            continue
        governed[operator] = candidate
        outer = by_trigger.get(operator)
        if outer is None:
            continue
        if outer.type == candidate.type:
            outer.coding = rules.Coding(
                outer.type,
                candidate.coding.mode or outer.coding.mode,
                outer.coding.status,
                (*outer.coding.rules, *candidate.coding.rules),
            )
            outer.actors = outer.actors or candidate.actors
            outer.recipients = outer.recipients or candidate.recipients
            outer.score = max(outer.score, candidate.score)
            candidate.dropped = f"told by “{operator.text}”"
        else:
            outer.dropped = f"told with “{candidate.match.token.text}”"


def _weigh(found: list[Candidate]) -> None:
    for candidate in found:
        if candidate.reading.purpose and candidate.coding.status == "planned":
            candidate.score *= 0.7
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
            candidate.coding.status,
            frozenset(_key(t, cast) for t in candidate.actors),
            frozenset(_key(t, cast) for t in candidate.recipients),
        )
        if key in seen:
            candidate.dropped = f"told by “{seen[key].trigger.text}”"
        else:
            seen[key] = candidate


def _key(token: Token, cast: Cast) -> str:
    identity = cast.identity(token)
    assert identity is not None
    return identity.code or identity.name


def parties(tokens: list[Token], cast: Cast) -> Iterator[tuple[Token, Identity]]:
    """Each head with whom it names."""
    for token in tokens:
        identity = cast.identity(token)
        if identity is not None:
            yield token, identity


def span_of(token: Token) -> Span:
    """The words that name a party."""
    return phrases.without_determiner(phrases.core(token))
