"""Who else in the sentence is a party to an event, by the encoder.

Grammar leaves a side empty where the party stands outside the predicate's frame. There the encoder
is asked twice: which words name the actor and the recipient of the trigger, and how surely the
sentence reads as an event of that type with each party in the empty place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from dateline.coder import arguments, encoder, phrases, syntax, verdict
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import function_words, lexicon
from dateline.coder.mentions import Scene
from dateline.coder.plain import text_of
from dateline.coder.sides import parties

_MOST = 5
"""Parties of a sentence that are tried, nearest to the trigger first."""
_POSSIBLE = 0.3
"""How likely a party must be by its own words for the whole sentence to be read with it."""
SURE = 0.5
"""How likely a party must be, in the mean of both answers."""
ALONE = 0.8
"""How likely a party is by its own words where the other answer does not count."""
DESCRIBED = 0.65
"""How likely words must be a party that is not known by name."""
_DOUBTED = 0.25
"""How likely the coded type must be, by the encoder, for its parties not to be asked about."""
_UNLIKELY = 0.15
"""How likely the words for a party are, at most, where it is put in question."""
_BETTER = 0.2
"""How much likelier the type must be with another party."""
_RECEIVING = frozenset(
    {"ACCUSE", "AGREE", "AID", "ASSAULT", "COERCE", "CONCEDE", "REJECT", "REQUEST", "SANCTION",
     "SUPPORT", "THREATEN"}
)  # fmt: skip
"""Types that mostly have a recipient."""
_UPON = frozenset({"ASSAULT", "COERCE"})
"""Types whose recipient may be told by number alone, or by what the force is for."""


def choose(found: Sequence[Candidate], sentence: Span, scene: Scene) -> None:
    """Fill an empty side of the candidates of a sentence, in place, noting why."""
    cast = scene.cast
    missing = [(c, role) for c in found if (role := _missing(c)) is not None]
    named = list(_named(sentence, cast)) if missing else []
    for candidate, role in missing:
        others = named
        if role == "s":
            teller = _teller(candidate, scene)
            others = [t for t in named if _key(t, cast) != teller and not _is_where(t)]
        if role == "t" and candidate.type in _UPON and _told_upon(candidate, cast):
            continue
        if not _try(candidate, role, others, sentence, cast):
            _described(candidate, role, sentence, cast)


def _told_upon(candidate: Candidate, cast: Cast) -> bool:
    """Take the number that stands for people ("killed 20"), or whom the force is used to deal with
    ("fired tear gas to disperse the crowd")."""
    verb = candidate.match.token
    counted = arguments.recipients(candidate.match, lexicon(), _is_count)
    if counted and cast.described(counted[0]) is not None:
        candidate.recipients = counted[:1]
        candidate.notes.append(f"“{counted[0].text}”: people, by their number")
        return True
    mine = {_key(t, cast) for t in candidate.actors}
    for purpose in (c for c in verb.children if c.dep_ in {"advcl", "xcomp"} and c.tag_ == "VB"):
        met = [t for o in syntax.objects(purpose) for t in cast.parties(o)]
        met = [t for t in met if _key(t, cast) not in mine and not phrases.is_place(t)]
        if met:
            candidate.recipients = met
            candidate.notes.append(f"“{met[0].text}”: whom it was to “{purpose.text}”")
            return True
    return False


def _is_count(token: Token) -> bool:
    """Of "kills 20 in Kabul", the number."""
    return token.pos_ == "NUM" and token.ent_type_ in {"", "CARDINAL"} and not any(token.children)


def correct(candidate: Candidate, sentence: Span, cast: Cast) -> None:
    """Put another party in the place of one that the encoder does not take for it, in place.

    Asked where the sentence, as it was read, hardly tells such an event between such parties.
    """
    opinion = candidate.opinion
    if opinion is None or candidate.type is None or candidate.match.predicate.reciprocal:
        return
    before = opinion.types()[candidate.type]
    if before >= _DOUBTED:
        return
    told, named = _told(candidate, sentence), list(_named(sentence, cast))
    for role, side in (("s", candidate.actors), ("t", candidate.recipients)):
        here = [t for t in side if t.doc is sentence.doc and t.sent == sentence]
        if len(here) != 1 or len(side) != 1 or _chance(here[0], role, told) >= _UNLIKELY:
            continue
        both = (*candidate.actors, *candidate.recipients)
        taken = {identity.key for _, identity in parties(both, cast)}
        others = [t for t in named if _key(t, cast) not in taken]
        best = max(others, key=lambda t: _chance(t, role, told), default=None)
        if best is None or _chance(best, role, told) < SURE:
            continue
        side[:] = [best]
        read = verdict.read(candidate, sentence, cast)
        after = 0.0 if read is None else read.types()[candidate.type]
        if after < before + _BETTER:
            side[:] = here
            continue
        candidate.opinion, before = read, after
        candidate.notes.append(f"“{best.text}” rather than “{here[0].text}”: by the encoder")
        empty = _missing(candidate)
        if empty is not None and _try(candidate, empty, named, sentence, cast):
            candidate.opinion = verdict.read(candidate, sentence, cast)


def seen(candidate: Candidate, sentence: Span, scene: Scene) -> None:
    """Take the parties that the encoder sees in the sentence, for a candidate that has none."""
    cast = scene.cast
    told, named = _told(candidate, sentence), list(_named(sentence, cast))
    for role, side in (("t", candidate.recipients), ("s", candidate.actors)):
        taken = {_key(t, cast) for t in candidate.recipients}
        if role == "s":
            taken.add(_teller(candidate, scene))
        others = [t for t in named if _key(t, cast) not in taken]
        best = max(others, key=lambda t: _chance(t, role, told), default=None)
        if best is not None and _chance(best, role, told) >= SURE:
            side.append(best)
            candidate.notes.append(f"“{best.text}”: a party by the encoder")
        else:
            _described(candidate, role, sentence, cast)


def _teller(candidate: Candidate, scene: Scene) -> str | None:
    """On whose word a candidate is told."""
    source = scene.sources.claimant(scene.paragraph.start + candidate.match.token.idx)
    return _key(source, scene.cast) if source is not None else None


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
    """ "Warned that the rebels could attack": who will do it is not who is threatened, but "warned
    that the rebels would be crushed", "would face defeat".
    """
    told = [child for child in candidate.match.token.children if child.dep_ == "ccomp"]
    return candidate.type == "THREATEN" and not all(
        syntax.is_passive(verb) or verb.lemma_.lower() in function_words("suffering")
        for verb in told
    )


def _try(
    candidate: Candidate, role: str, named: Sequence[Token], sentence: Span, cast: Cast
) -> bool:
    known = [*candidate.actors, *candidate.recipients]
    keys = {identity.key for _, identity in parties(known, cast)}
    side = candidate.recipients if role == "t" else candidate.actors
    told = _told(candidate, sentence)
    best, chance = None, SURE
    others = [(t, _chance(t, role, told)) for t in named if _key(t, cast) not in keys]
    possible = [(t, alone) for t, alone in others if alone >= _POSSIBLE]
    for token, alone in sorted(possible, key=lambda o: abs(o[0].i - candidate.trigger.i))[:_MOST]:
        if (alone + 1) / 2 <= chance:
            continue
        side.append(token)
        spans = verdict.marks(candidate, sentence, cast)
        side.pop()
        together = 0.0
        if len(spans) == len(encoder.ROLES):
            read = encoder.read(text_of(sentence.doc), spans, within=verdict.within(sentence))
            together = read.types()[candidate.type or ""]
        both = max((alone + together) / 2, alone if alone >= ALONE else 0.0)
        if both > chance:
            best, chance = token, both
    if best is not None:
        side.append(best)
        candidate.notes.append(f"“{best.text}”: a party by the encoder ({chance:.2f})")
    return best is not None


def _described(candidate: Candidate, role: str, sentence: Span, cast: Cast) -> None:
    """Take the words that the encoder surely takes for a party, whoever they mean."""
    told = _told(candidate, sentence)
    side = candidate.recipients if role == "t" else candidate.actors
    other = candidate.actors if role == "t" else candidate.recipients
    for party in told.recipients if role == "t" else told.actors:
        span = sentence.doc.char_span(*party.span, alignment_mode="expand")
        if party.chance < DESCRIBED or span is None or span.root.ent_type_ in phrases.PLACE_LABELS:
            continue
        identity = cast.described(span.root)
        keys = {one.key for _, one in parties(other, cast)}
        if identity is not None and identity.kind == "description" and identity.key not in keys:
            side.append(span.root)
            candidate.notes.append(f"“{span.text}”: by the encoder ({party.chance:.2f})")
            return


def _told(candidate: Candidate, sentence: Span) -> encoder.Parties:
    trigger = candidate.trigger
    span = trigger.idx, trigger.idx + len(trigger.text)
    return encoder.parties(text_of(sentence.doc), span, verdict.within(sentence))


def _chance(token: Token, role: str, told: encoder.Parties) -> float:
    """How likely a party has a role by the encoder; the head of the words that name it counts."""
    chances = told.chances(token.idx, token.idx + len(token.text))
    return chances[0 if role == "s" else 1]


def _is_where(token: Token) -> bool:
    """Whether a name says where, not who: "killed in Nairobi"."""
    return token.dep_ == "pobj" and token.head.lower_ in function_words("locative")


def _named(sentence: Span, cast: Cast) -> Iterator[Token]:
    """Where a sentence names parties."""
    for token in sentence:
        if token.dep_ in {"compound", "relcl", "appos", "npadvmod"} or token.pos_ == "DET":
            continue
        if phrases.is_of_place(token):
            continue  # "the Syrian city" is no party
        if token.dep_ in {"amod", "nmod", "poss"} and cast.identity(token.head) is not None:
            continue  # "the German government": not "German"
        identity = cast.identity(token)
        if identity is None:
            continue
        described = identity.kind == "description"
        if described and (token.pos_ == "ADJ" or (identity.code is None and not identity.sector)):
            continue
        yield token


def _key(token: Token, cast: Cast) -> str | None:
    identity = cast.identity(token)
    return identity.key if identity is not None else None
