"""Whether a source accuses by what it tells, and who denies what another tells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spacy.tokens import Token

from dateline.actors import ARMED_SECTORS, STATE_SECTORS, Identity
from dateline.coder import syntax
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import function_words, lexicon

_CONFLICT = frozenset(
    {"ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST", "THREATEN", "REJECT"}
)
_REBELS = ARMED_SECTORS | {"OPP"}
_MEDIA = frozenset({"MED", "JRN"})
_THAT = frozenset({"it", "this", "that", "which", "them", "these"})


def alleges(
    candidate: Candidate,
    head: Token | None,
    source: Identity | None,
    cue: Token | None,
    cast: Cast,
    country: str | None = None,
) -> bool:
    """Whether a source accuses by what it tells: by its word, by what it is, or as the victim.

    `country` is the country of the place where the act is told to have happened.
    """
    if source is not None and source.sector in _MEDIA:
        return False
    if cue is not None and cue.lemma_.lower() in function_words("accusing"):
        return not _takes_credit(cue)
    if head is not None and head.lemma_.lower() in function_words("accusing-source"):
        return True
    if candidate.type not in _CONFLICT or source is None:
        return False
    actors = identities(candidate.actors, cast)
    recipients = identities(candidate.recipients, cast)
    return _is_victim(source, actors, recipients, country) or _rebels_against(source, actors)


def _takes_credit(cue: Token) -> bool:
    """ "Claimed responsibility for the attack"."""
    return any(
        c.dep_ == "dobj" and c.lemma_.lower() in {"responsibility", "credit"} for c in cue.children
    )


def identities(tokens: Sequence[Token], cast: Cast) -> list[Identity]:
    """Whom the heads name."""
    return [identity for token in tokens if (identity := cast.identity(token)) is not None]


def _is_victim(
    source: Identity,
    actors: Collection[Identity],
    recipients: Collection[Identity],
    country: str | None,
) -> bool:
    """Whether what is told was done to the source: to its own, or in its country by a state."""
    if any(source.key == other.key for other in recipients):
        return True
    home = source.country
    if home is None or source.sector not in {*STATE_SECTORS, None} or not actors:
        return False
    if any(actor.country in {home, None} for actor in actors):
        return False
    foreign = any(actor.code is not None or actor.sector in STATE_SECTORS for actor in actors)
    return any(other.country == home for other in recipients) or (foreign and country == home)


def _rebels_against(source: Identity, actors: Collection[Identity]) -> bool:
    """Whether rebels or an opposition tell of the state that they are against."""
    return source.sector in _REBELS and any(
        (actor.code is not None or actor.sector in STATE_SECTORS)
        and actor.country is not None
        and source.country in {None, actor.country}
        for actor in actors
    )


def contested(word: Token) -> Token | None:
    """Who denies, in the same sentence, what is told: the verb or noun that says so.

    "…, which both men deny"; "…, but Moscow denies it"; "…, an accusation that Iran calls absurd".
    """
    for token in word.sent[word.i - word.sent.start + 1 :]:
        if token.pos_ == "VERB" and _denies(token) and not token.is_ancestor(word):
            return token
        if token.pos_ == "NOUN" and token.lemma_.lower() in function_words("accusing"):
            first = token.left_edge
            apart = first.i > 0 and first.nbor(-1).text in {",", "—", "–", ";"}
            if apart and first.lower_ in {"a", "an"} and not token.is_ancestor(word):
                return token
    return None


def _denies(verb: Token) -> bool:
    operator = lexicon().operator(verb)
    if operator is None or operator.object not in {"deny", "refuse"}:
        return False
    return any(c.dep_ == "dobj" and _takes_up(c) for c in verb.children)


def _takes_up(noun: Token) -> bool:
    """ "It", "the accusation": what was told before, and nothing of its own."""
    if noun.lower_ in _THAT:
        return True
    if noun.lemma_.lower() not in function_words("accusing"):
        return False
    return noun.left_edge.lower_ in {"the", *_THAT} and noun.right_edge == noun


def deniers(word: Token) -> list[Token]:
    """Heads of those who deny: subjects of the verb, or of the clause about the noun."""
    if word.pos_ == "VERB":
        return syntax.subjects(word)
    verbs = [c for c in word.children if c.dep_ in {"relcl", "acl"}]
    return [head for verb in verbs for head in syntax.subjects(verb) if head != word]
