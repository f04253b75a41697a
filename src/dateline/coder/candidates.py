"""Words that may report an event, with their parties: what the rest of the coder decides on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from spacy.tokens import Span, Token

from dateline.coder import arguments, phrases, rules, sides, syntax
from dateline.coder.encoder import Opinion
from dateline.coder.lexicon import CLAUSES, Lexicon, Match, function_words
from dateline.coder.reading import Reading, read
from dateline.coder.sides import Cast
from dateline.coder.weighing import decide as decide
from dateline.coder.weighing import party_key as party_key
from dateline.coder.weighing import party_keys as party_keys
from dateline.coder.weighing import weigh as weigh


@dataclass(slots=True)
class Candidate:
    """A possible event: its words, parties, coding and the evidence for it."""

    match: Match
    trigger: Token
    actors: list[Token]
    recipients: list[Token]
    reading: Reading
    coding: rules.Coding
    score: float = 0.0
    """The evidence for it, from 0 to 1."""
    dropped: str | None = None
    """Why it is no mention; None for one that is."""
    notes: list[str] = field(default_factory=list)
    merged: list[Candidate] = field(default_factory=list)
    opinion: Opinion | None = None
    """What the encoder makes of the words; None where it was not asked."""
    reported: float | None = None
    """How likely the encoder takes the words by themselves for an event's; None where that cannot
    decide."""

    @property
    def type(self) -> str | None:
        """The type after the rules; None for no event."""
        return self.coding.type


def find(sentence: Span, lexicon: Lexicon, cast: Cast) -> list[Candidate]:
    """All candidates of a sentence in the order of the text, those dropped with the reason."""
    matches = _longest([match for token in sentence if (match := _match(token, lexicon))])
    found = [_candidate(match, lexicon, cast) for match in matches]
    _merge(found)
    found += [_imprisoned(c) for c in found if _is_imprisonment(c, lexicon)]
    found += [asked for c in found if (asked := _asked_for(c, lexicon, cast)) is not None]
    found += [implied for c in found for implied in _implied(c, lexicon, cast)]
    _demonstrated(found)
    _ordered(found, lexicon)
    return found


def _ordered(found: list[Candidate], lexicon: Lexicon) -> None:
    """Of "ordered an inquiry", the inquiry: an order to nobody else is its beginning."""
    told = {c.match.token for c in found if c.type and not c.dropped and c.type != "REQUEST"}
    for candidate in found:
        verb = candidate.match.token
        if candidate.type != "REQUEST" or candidate.recipients or verb.pos_ != "VERB":
            continue
        operator = lexicon.operator(verb)
        thing = next((t for t in syntax.objects(verb) if t in told), None)
        if operator is not None and operator.object == "light" and thing is not None:
            candidate.dropped = f"told by “{thing.text}”"


def _implied(candidate: Candidate, lexicon: Lexicon, cast: Cast) -> Iterator[Candidate]:
    """What there must have been: the strike that is called off, the request that is turned down."""
    if candidate.dropped or candidate.type not in _UNDOING or candidate.match.token.pos_ != "VERB":
        return
    refused = candidate.type == "REJECT"
    both = candidate.actors, candidate.recipients
    for noun in [*candidate.match.tokens[1:], *syntax.objects(candidate.match.token)]:
        match = lexicon.match(noun) if noun.pos_ == "NOUN" else None
        if match is None or match.predicate.type not in _UNDOING[candidate.type]:
            continue
        if not all(both) and match.predicate.type != "PROTEST":
            continue
        if not refused and any(i.sector == "JUD" for _, i in sides.parties(candidate.actors, cast)):
            continue  # a court lifts what others have imposed
        actors, recipients = reversed(both) if refused else both
        coding = rules.Coding(match.predicate.type, match.predicate.mode, "happened", ("implied",))
        yield Candidate(match, noun, [*actors], [*recipients], Reading(), coding)
        return


_UNDOING = {"CONCEDE": {"COERCE", "PROTEST", "SANCTION"}, "REJECT": {"AGREE", "PROTEST", "REQUEST"}}
"""Of a type, what its object may be that has happened before."""


def _demonstrated(found: list[Candidate]) -> None:
    """Rule 8: of "protests calling for his resignation", no demand beside the protest."""
    protests = {c.match.token: c for c in found if c.type == "PROTEST"}
    for candidate in found:
        verb = candidate.trigger
        if candidate.type == "REQUEST" and verb.dep_ in {"acl", "relcl"} and verb.head in protests:
            protest = protests[verb.head]
            protest.recipients = protest.recipients or candidate.recipients or candidate.actors
            candidate.dropped = "rule 8: told by protesting"


def _asked_for(demand: Candidate, lexicon: Lexicon, cast: Cast) -> Candidate | None:
    """Of "urged Kenya to open talks with Sudan", the talks: what is asked for may come."""
    reading, match = demand.reading, demand.match
    if reading.kind != "demand" or demand.type != "REQUEST":
        return None
    if reading.inner_negated or reading.ended:
        return None

    def fits(token: Token) -> bool:
        return cast.party(token) is not None

    assert reading.operator is not None
    heads = arguments.actors(match, lexicon, fits)
    heads += [t for t in syntax.complement_subjects(reading.operator) if fits(t)]
    mine = {party_key(t, cast) for t in demand.actors}
    acting = [t for t in sides.named(heads, cast) if party_key(t, cast) not in mine]
    receiving = sides.named(arguments.recipients(match, lexicon, fits), cast)
    receiving = [t for t in receiving if t not in acting and t.pos_ != "PRON"]
    known = mine | {party_key(t, cast) for t in acting}
    receiving = [t for t in receiving if party_key(t, cast) not in known]
    type, mode = sides.coding_of(match, acting, receiving, cast)
    if not receiving or type in {None, "REQUEST"}:
        return None
    coding = rules.Coding(type, mode, "hypothetical", ("asked for",))
    return replace(
        demand, trigger=match.token, actors=acting, recipients=receiving, coding=coding,
        notes=[], merged=[], dropped=None,
    )  # fmt: skip


def _is_imprisonment(candidate: Candidate, lexicon: Lexicon) -> bool:
    """Rule 9: a conviction with prison is an arrest as well."""
    coding = candidate.coding
    return (coding.type, coding.mode) == ("SANCTION", "convict") and any(
        lexicon.is_a(token, "prison") for token in candidate.match.token.subtree
    )


def _imprisoned(conviction: Candidate) -> Candidate:
    coding = conviction.coding
    return replace(
        conviction,
        actors=list(conviction.actors),
        recipients=list(conviction.recipients),
        coding=rules.Coding("COERCE", "arrest", coding.status, (*coding.rules, "rule 9: prison")),
        notes=[],
        merged=[],
    )


def _match(token: Token, lexicon: Lexicon) -> Match | None:
    match = lexicon.match(token)
    if match is None:
        return None
    if token.pos_ == "PROPN" and token.ent_type_ not in {"", "EVENT"}:
        return None  # part of a name
    wants = token.lemma_ in function_words("intending")
    if wants and any(child.dep_ == "xcomp" for child in token.children):
        return None  # "sought to", an intention
    finite = token.tag_ in {"VBZ", "VBD", "VBP"}
    if token.dep_ in {"compound", "npadvmod", "aux", "auxpass"} and not finite:
        return None  # "attack helicopter"
    return match


def _longest(matches: list[Match]) -> list[Match]:
    """Drop what is inside another's phrase, and phrases that only look like events."""
    inside = {
        token
        for match in matches
        for token in match.tokens[1:]
        if not (token.dep_ in CLAUSES and "*" in match.predicate.rest)
    }
    return [m for m in matches if m.token not in inside and m.predicate.type]


def _candidate(match: Match, lexicon: Lexicon, cast: Cast) -> Candidate:
    def fits(token: Token) -> bool:
        return cast.party(token) is not None

    predicate = match.predicate
    reading = read(match.token, lexicon)
    assert predicate.type is not None
    own = [] if reading.operator is None else _operator_subjects(reading.operator, fits)
    if reading.kind == "demand" and _to_own(reading, own, fits, cast):
        reading.kind = "commit"  # "ordered his troops to withdraw": the state's own announcement
    if _is_causative(reading, match):
        reading.kind = None  # "ordered the base to be closed": told as done

    def acts(token: Token) -> bool:
        return not phrases.is_place(token) and fits(token)

    acting = sides.named(arguments.actors(match, lexicon, acts), cast)
    taken = [identity for _, identity in sides.parties(acting, cast)]
    heads = arguments.recipients(match, lexicon, fits)
    receiving = sides.named(heads, cast, taken)
    if predicate.head in function_words("taking"):
        receiving = [t for t in receiving if not sides.is_facility(t, cast)]
    if not receiving:
        receiving = sides.at_home(sides.named(heads, cast), predicate.type, cast)
    trigger = match.token
    if reading.operator is not None:
        trigger = reading.operator
        if reading.kind is None:
            trigger, acting = match.token, sides.named(own, cast)
        elif reading.kind == "demand":
            receiving = [t for t in acting if t not in own] or receiving
            acting = sides.named(own, cast)
        elif own:
            acting = sides.named(own, cast)
    identities = [cast.identity(token) for token in acting]
    receiving = [t for t in receiving if t not in acting and cast.identity(t) not in identities]
    type, mode = sides.coding_of(match, acting, receiving, cast)
    if type and reading.negated and predicate.head in function_words("consent"):
        type, mode = rules.transformed("refuse", type, mode) or (type, mode)
        reading.negated = reading.modal = reading.future = False  # "has not accepted the deal"
    coding = rules.apply(type, mode, reading) if type else _FIGURATIVE
    return Candidate(match, trigger, acting, receiving, reading, coding)


def _is_causative(reading: Reading, match: Match) -> bool:
    operator = reading.operator
    return (
        operator is not None
        and reading.kind == "demand"
        and operator.lemma_.lower() in function_words("causative")
        and syntax.is_passive(match.token)
    )


_FIGURATIVE = rules.Coding(None, None, "happened", ("a fight of words or votes",))


def _to_own(reading: Reading, own: list[Token], fits: arguments.Fits, cast: Cast) -> bool:
    """Whether an order goes to the orderer's own people."""
    assert reading.operator is not None
    orderers = sides.parties(sides.named(own, cast), cast)
    told = [t for t in syntax.complement_subjects(reading.operator) if fits(t)]
    ordered = sides.parties(sides.named(told, cast), cast)
    codes = {identity.code for _, identity in orderers if identity.country} - {None}
    return any(identity.code in codes for _, identity in ordered)


def _operator_subjects(operator: Token, fits: arguments.Fits) -> list[Token]:
    heads = (
        syntax.subjects(operator)
        if operator.pos_ in {"VERB", "AUX", "ADJ"}
        else syntax.noun_owner(operator) or syntax.modifiers(operator)
    )
    if operator.pos_ == "ADJ" and not heads:
        heads = syntax.subjects(operator.head)
    return [token for head in heads for token in syntax.conjuncts(head) if fits(token)]


def _merge(found: list[Candidate]) -> None:
    """One event of an operator and what it governs: "urged Russia to withdraw"."""
    by_trigger = {c.match.token: c for c in found if c.reading.operator is None}
    governed: dict[Token, Candidate] = {}
    for candidate in found:
        operator = candidate.reading.operator
        if operator is None:
            continue
        if operator in governed:
            candidate.dropped = f"part of the {candidate.reading.kind} of “{operator.text}”"
            continue
        outer = by_trigger.get(operator)
        if candidate.type is None and outer is not None:
            candidate.dropped = ", ".join(candidate.coding.rules) or "no event"
            continue
        if outer is not None and outer.type == "ACCUSE" and candidate.reading.kind == "refuse":
            candidate.dropped = "what is rejected is an accusation"
            continue
        governed[operator] = candidate
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
            outer.merged.append(candidate)
            candidate.dropped = f"told by “{operator.text}”"
        else:
            candidate.recipients = candidate.recipients or outer.recipients
            outer.dropped = f"told with “{candidate.match.token.text}”"
