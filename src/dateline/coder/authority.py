"""Which authorities act where nobody is named: "was arrested on Monday", "her conviction".

Only a state arrests, deports, convicts and lets out of prison. Where no agent is told, it is the
authority of the same sentence, else that of the country that the report or the recipient is of.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from spacy.tokens import Span, Token

from dateline.actors import ARMED_SECTORS, STATE_SECTORS, Identity
from dateline.coder import syntax
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import function_words
from dateline.coder.sides import parties

_STATE_ACTS = frozenset(
    {
        ("ACCUSE", "investigate"),
        ("COERCE", "arrest"),
        ("COERCE", "censor"),
        ("COERCE", "curfew"),
        ("COERCE", "deport"),
        ("COERCE", "martial-law"),
        ("COERCE", "restrict"),
        ("RETREAT", "release"),
        ("SANCTION", "convict"),
        ("SANCTION", "expel"),
    }
)
"""Type and mode of what only a state does."""
_OF_STATES = frozenset({"ACCUSE", "COERCE", "SANCTION"})


def fill(candidate: Candidate, sentence: Span, others: Sequence[Candidate], cast: Cast) -> None:
    """Name the authority as the actor of a state's act that is told without one, in place."""
    coding = candidate.coding
    driven_out = coding.mode == "deport" and candidate.match.predicate.head not in (
        function_words("deporting")
    )
    charged = coding.type == "ACCUSE" and candidate.match.predicate.head in function_words("legal")
    if driven_out or ((coding.type, coding.mode) not in _STATE_ACTS and not charged):
        return
    if coding.mode == "restrict" and any(
        _is_armed(cast.identity(t)) for t in sentence if t.pos_ in {"NOUN", "PROPN"}
    ):
        return  # there it need not be the state
    receiving = [identity for _, identity in parties(candidate.recipients, cast)]
    taken = {i.key if i.kind != "person" else i.name for i in receiving}
    countries = {i.country for i in receiving if i.country}
    found = _expelling(candidate, cast) or _beside(candidate, others)
    found = found or _named(sentence, taken, countries, cast)
    sent_away = coding.mode in {"deport", "expel"}
    if found is None and len(countries) == 1 and not countries & taken and not sent_away:
        found = cast.memory.last(candidate.match.token, countries.pop())
    if (
        found is None
        and cast.home is not None
        and cast.home not in (countries | taken if sent_away else taken)
    ):
        found = cast.memory.last(candidate.match.token, cast.home)
    if found is not None:
        candidate.actors.append(found)
        candidate.notes.append(f"“{found.text}”: the authority that can")


def _beside(candidate: Candidate, others: Sequence[Candidate]) -> Token | None:
    """Who acts in the clause that it is joined to: "was expelled from X and charged"."""
    joined = candidate.match.token.conjuncts
    for other in others:
        if other.match.token in joined and other.actors and other.type in _OF_STATES:
            return other.actors[0]
    return None


def _expelling(candidate: Candidate, cast: Cast) -> Token | None:
    """Of "expelled from Tehran", who can only be Iran."""
    if candidate.coding.mode not in {"expel", "deport"}:
        return None
    for place in syntax.prepositional([candidate.match.token], "from"):
        identity = cast.identity(place)
        if identity is not None and identity.code is not None:
            return place
    return None


def _named(
    sentence: Iterable[Token], taken: set[str], countries: set[str], cast: Cast
) -> Token | None:
    """The authority that the sentence names, of the recipients' country first."""
    found = None
    for token in sentence:
        if token.pos_ not in {"NOUN", "PROPN"} or token.dep_ in {"compound", "amod"}:
            continue
        identity = cast.identity(token)
        if identity is None or {identity.key, identity.name} & taken or not _is_authority(identity):
            continue
        if identity.country in countries:
            return token
        if found is None and (not countries or identity.country is None):
            found = token
    return found


def _is_armed(identity: Identity | None) -> bool:
    return identity is not None and identity.sector in ARMED_SECTORS


def _is_authority(identity: Identity) -> bool:
    return identity.sector in STATE_SECTORS and identity.role is None
