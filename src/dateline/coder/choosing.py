"""Who else in the sentence is a party to an event, by the encoder.

Grammar leaves a side empty where the party stands outside the predicate's frame. There the encoder
is asked twice: which words name the actor and the recipient of the trigger, and how surely the
sentence reads as an event of that type with each party in the empty place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from dateline.coder import encoder, phrases, verdict
from dateline.coder.candidates import Candidate, Cast, parties
from dateline.coder.lexicon import function_words
from dateline.coder.mentions import Scene

_MOST = 5
"""Parties of a sentence that are tried, nearest to the trigger first."""
_POSSIBLE = 0.3
"""How likely a party must be by its own words for the whole sentence to be read with it."""
SURE = 0.5
"""How likely a party must be, in the mean of both answers."""
_RECEIVING = frozenset(
    {"ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "REJECT", "REQUEST", "SANCTION",
     "SUPPORT", "THREATEN"}
)  # fmt: skip
"""Types that mostly have a recipient."""


def choose(found: Sequence[Candidate], sentence: Span, scene: Scene) -> None:
    """Fill an empty side of the candidates of a sentence, in place, noting why."""
    cast = scene.cast
    missing = [(c, role) for c in found if (role := _missing(c)) is not None]
    named = list(_named(sentence, cast)) if missing else []
    for candidate, role in missing:
        others = named
        if role == "s":
            source = scene.sources.claimant(scene.paragraph.start + candidate.match.token.idx)
            teller = _key(source, cast) if source is not None else None
            others = [t for t in named if _key(t, cast) != teller and not _is_where(t)]
        _try(candidate, role, others, sentence, cast)


def _missing(candidate: Candidate) -> str | None:
    """The role of the side that is empty, and that such an event mostly has."""
    if candidate.dropped or candidate.type is None or candidate.match.predicate.reciprocal:
        return None
    if _foretells(candidate):
        return None
    if candidate.actors and not candidate.recipients and candidate.type in _RECEIVING:
        return "t"
    return "s" if candidate.recipients and not candidate.actors else None


def _foretells(candidate: Candidate) -> bool:
    """ "Warned that the rebels could attack": of whom it is said is not who is threatened."""
    told = any(child.dep_ == "ccomp" for child in candidate.match.token.children)
    return candidate.type == "THREATEN" and told


def _try(
    candidate: Candidate, role: str, named: Sequence[Token], sentence: Span, cast: Cast
) -> None:
    known = [*candidate.actors, *candidate.recipients]
    keys = {identity.key for _, identity in parties(known, cast)}
    side = candidate.recipients if role == "t" else candidate.actors
    told = _told(candidate, sentence)
    best, chance = None, SURE
    others = (t for t in named if _key(t, cast) not in keys)
    for token in sorted(others, key=lambda t: abs(t.i - candidate.trigger.i))[:_MOST]:
        alone = _chance(token, role, told, sentence)
        if alone < _POSSIBLE or (alone + 1) / 2 <= chance:
            continue
        side.append(token)
        spans = verdict.marks(candidate, sentence, cast)
        side.pop()
        together = 0.0
        if len(spans) == len(encoder.ROLES):
            together = encoder.read(sentence.text, spans).types()[candidate.type or ""]
        if (alone + together) / 2 > chance:
            best, chance = token, (alone + together) / 2
    if best is not None:
        side.append(best)
        candidate.notes.append(f"“{best.text}”: a party by the encoder ({chance:.2f})")


def _told(candidate: Candidate, sentence: Span) -> encoder.Parties:
    base, trigger = sentence.start_char, candidate.trigger
    return encoder.parties(
        sentence.text, (trigger.idx - base, trigger.idx - base + len(trigger.text))
    )


def _chance(token: Token, role: str, told: encoder.Parties, sentence: Span) -> float:
    """How likely a party has a role by the encoder; the head of the words that name it counts."""
    base = sentence.start_char
    chances = told.chances(token.idx - base, token.idx - base + len(token.text))
    return chances[0 if role == "s" else 1]


def _is_where(token: Token) -> bool:
    """Whether a name says where, not who: "killed in Nairobi"."""
    return token.dep_ == "pobj" and token.head.lower_ in function_words("locative")


def _named(sentence: Span, cast: Cast) -> Iterator[Token]:
    """The parties of a sentence, each where it is first named."""
    seen: set[str] = set()
    for token in sentence:
        if token.dep_ in {"compound", "relcl", "appos"} or token.pos_ == "DET":
            continue
        if phrases.is_of_place(token):
            continue  # "the Syrian city" is no party
        if token.dep_ in {"amod", "nmod", "poss"} and cast.identity(token.head) is not None:
            continue  # "the German government": not "German"
        identity = cast.identity(token)
        if identity is None or identity.key in seen:
            continue
        described = identity.kind == "description"
        if described and (token.pos_ == "ADJ" or (identity.code is None and not identity.sector)):
            continue
        seen.add(identity.key)
        yield token


def _key(token: Token, cast: Cast) -> str | None:
    identity = cast.identity(token)
    return identity.key if identity is not None else None
