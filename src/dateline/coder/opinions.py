"""Judgements: a source that condemns or praises a party in what it is quoted to say.

"The move was illegal, she said" is an ACCUSE by her, though no word in it names an event. Found by
words of judgement inside the content of an attribution, each with the party that it is said of.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span, Token

from dateline.actors import Identity
from dateline.coder import phrases, rules, syntax
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.lexicon import Lexicon, Match, Predicate, function_words
from dateline.coder.mentions import Scene
from dateline.coder.reading import read
from dateline.coder.weighing import THRESHOLD, party_key

_MAX_WEIGHT = 0.75
"""A judgement is never as sure as a verb of accusing."""


def add(found: list[Candidate], sentence: Span, scene: Scene, lexicon: Lexicon) -> list[Candidate]:
    """The candidates with at most one judgement for each source quoted in the sentence."""
    best: dict[Token, Candidate] = {}
    taken = {
        scene.cast.identity(actor)
        for candidate in found
        if candidate.dropped is None and candidate.type in {"ACCUSE", "SUPPORT", "REJECT"}
        for actor in candidate.actors
    }
    for token in sentence:
        judgement = lexicon.evaluation(token)
        if judgement is None or scene.cast.identity(token) is not None or lexicon.match(token):
            continue
        source = scene.sources.claimant(scene.paragraph.start + token.idx)
        if source is None or scene.cast.identity(source) is None:
            continue
        candidate = _judgement(token, source, *judgement, scene.cast, lexicon)
        if candidate is None:
            continue
        if scene.cast.identity(source) in taken:
            candidate.dropped = "told by another word"
        if source not in best or candidate.score > best[source].score:
            best[source] = candidate
    return [*found, *best.values()]


def _judgement(
    token: Token, source: Token, polarity: int, weight: float, cast: Cast, lexicon: Lexicon
) -> Candidate | None:
    target, sure = _target(token, source, cast)
    if target is None:
        return None
    reading = read(syntax.clause_verb(token) if _is_predicative(token) else token, lexicon)
    if reading.conditional or reading.future or reading.planned or reading.modal:
        return None  # a wish, not a judgement
    if reading.negated:
        polarity, reading.negated = -polarity, False
    type, mode = ("SUPPORT", None) if polarity > 0 else ("ACCUSE", "disapprove")
    score = min(weight, _MAX_WEIGHT) * (1.0 if sure else 0.75)
    candidate = Candidate(
        match=Match(_predicate(token, type, mode, weight), token, (token,)),
        trigger=token,
        actors=[source],
        recipients=[target],
        reading=reading,
        coding=rules.Coding(type, mode, "happened", ("judgement by a source",)),
        score=score,
    )
    if score < THRESHOLD:
        candidate.dropped = f"evidence {score:.2f} below {THRESHOLD}"
    return candidate


def _target(token: Token, source: Token, cast: Cast) -> tuple[Token | None, bool]:
    """The party that is judged, and whether the grammar says so."""
    speaker = cast.identity(source)
    own = set(source.subtree) if source.doc is token.doc else set()
    for head in _judged(token):
        party = None if head.lower_ in function_words("it") else cast.party(head)
        if party is not None and party not in own and _judgeable(cast.identity(party), speaker):
            return party, True
    if not _is_predicative(token) and token.pos_ != "VERB":
        return None, False
    for word in token.sent:
        named = word.pos_ in {"NOUN", "PROPN"} and word not in own
        if named and _judgeable(cast.identity(word), speaker):
            return word, False
    return cast.memory.nearest(token, without={party_key(source, cast)}), False


def _is_predicative(token: Token) -> bool:
    """Whether the judgement is what the clause says: "is illegal", "was an illegal move"."""
    noun = token.head if token.dep_ == "amod" else token
    return noun.dep_ in {"acomp", "attr", "oprd"}


def _judgeable(identity: Identity | None, speaker: Identity | None) -> bool:
    """Whether a judgement of a party is politics: one that is known, and not the speaker."""
    if (
        identity is None
        or speaker is None
        or (identity.code or identity) == (speaker.code or speaker)
    ):
        return False
    return identity.kind != "description" or identity.code is not None


def _judged(token: Token) -> Iterator[Token]:
    """What a word of judgement is said of, nearest first."""
    if token.pos_ == "VERB":
        yield from syntax.subjects(token)
        return
    noun = token
    if token.dep_ == "amod":
        noun = token.head
    if noun.dep_ in {"attr", "acomp", "oprd", "ccomp"} or token.dep_ in {"acomp", "attr"}:
        for child in noun.head.children:
            if child.dep_ in {"nsubj", "nsubjpass"}:
                yield syntax.antecedent(child)
    if noun.pos_ in {"NOUN", "PROPN"}:
        yield noun
        yield from phrases.owners(noun)
        yield from syntax.prepositional([noun], "on")
    verb = syntax.clause_verb(noun)
    yield from syntax.subjects(verb)


def _predicate(token: Token, type: str, mode: str | None, weight: float) -> Predicate:
    return Predicate(
        phrase=token.lemma_.lower(), pos=token.pos_, head=token.lemma_.lower(), rest=(),
        type=type, mode=mode, actor=(), recipient=(), contexts=(), weight=weight,
    )  # fmt: skip
