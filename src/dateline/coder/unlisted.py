"""Events in words that the predicate table does not know, by the encoder.

No table lists every verb that can report an event: "turned off the taps", "is reprehensible". The
encoder reads each clause that no predicate was found in and that has a party; where it is sure of a
type, the clause becomes a candidate like any other. Judgements are the source's: of "the move is
reckless, she said", she is the actor.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from dateline.coder import encoder, rules, syntax, verdict
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.encoder import labels
from dateline.coder.lexicon import Lexicon, Match, Predicate, function_words
from dateline.coder.mentions import Scene
from dateline.coder.reading import read

SURE = 0.75
"""How likely one type must be for a clause to become a candidate."""
_WEIGHT = 0.6
"""What such a candidate weighs beside a predicate of the table, at most."""
_CLAUSES = frozenset({"ROOT", "acl", "advcl", "ccomp", "conj", "parataxis", "relcl"})
_JUDGING = frozenset({"ACCUSE", "SUPPORT", "REJECT", "REQUEST", "THREATEN"})
"""What a source can do by saying something."""


def find(
    sentence: Span, listed: Sequence[Candidate], scene: Scene, lexicon: Lexicon
) -> list[Candidate]:
    """Candidates of the clauses that hold none."""
    taken = {token for c in listed for token in (c.trigger, *c.match.tokens)}
    found: list[Candidate] = []
    for verb in _clauses(sentence, taken, lexicon):
        if any(c.trigger.is_ancestor(verb) for c in found):
            continue  # told by the clause above
        candidate = _candidate(verb, sentence, scene, lexicon)
        if candidate is not None:
            found.append(candidate)
    return found


def _clauses(sentence: Span, taken: set[Token], lexicon: Lexicon) -> Iterator[Token]:
    for verb in sentence:
        if verb.pos_ not in {"VERB", "AUX"} or verb.dep_ not in _CLAUSES:
            continue
        if verb in taken or any(c in taken or c.dep_ == "ccomp" for c in verb.children):
            continue
        if lexicon.operator(verb) is None:
            yield verb


def _candidate(verb: Token, sentence: Span, scene: Scene, lexicon: Lexicon) -> Candidate | None:
    trigger = verb
    if verb.lemma_ in {"be", "have"}:
        said = [c for c in verb.children if c.dep_ in {"acomp", "attr", "dobj", "oprd"}]
        trigger = said[0] if said else verb
        known = lexicon.match(trigger) is not None or scene.cast.identity(trigger) is not None
        if known or lexicon.evaluation(trigger) is not None:
            return None  # see `opinions`
    subjects = _parties(syntax.subjects(verb), scene.cast)
    objects = _parties(syntax.objects(verb), scene.cast)
    actors, recipients = (objects, subjects) if syntax.is_passive(verb) else (subjects, objects)
    source = scene.sources.claimant(scene.paragraph.start + verb.idx)
    if syntax.is_passive(verb):
        actors = []
    found = None
    if actors or recipients:
        found = _read(trigger, actors, recipients, sentence, scene.cast, lexicon, None)
    if found is None and source is not None and scene.cast.identity(source) is not None:
        speaker = scene.cast.identity(source)
        targets = [t for t in [*subjects, *objects] if scene.cast.identity(t) != speaker]
        found = _read(trigger, [source], targets[:1], sentence, scene.cast, lexicon, _JUDGING)
    return found


def _parties(heads: Sequence[Token], cast: Cast) -> list[Token]:
    heads = [h for h in heads if h.lower_ not in function_words("it")]
    return [token for head in heads for token in cast.parties(head)]


def _read(
    trigger: Token,
    actors: list[Token],
    recipients: list[Token],
    sentence: Span,
    cast: Cast,
    lexicon: Lexicon,
    only: frozenset[str] | None,
) -> Candidate | None:
    reading = read(trigger, lexicon)
    candidate = Candidate(
        match=Match(_predicate(trigger, "ACCUSE", 0.0), trigger, (trigger,)),
        trigger=trigger,
        actors=list(actors),
        recipients=[t for t in recipients if t not in actors],
        reading=reading,
        coding=rules.Coding(None, None, "happened", ()),
    )
    marks = verdict.marks(candidate, sentence, cast)
    if len(marks) < 2:
        return None
    told = encoder.read(sentence.text, marks).types()
    type = max(told, key=lambda t: told[t])
    if type == labels.NONE or told[type] < SURE or (only is not None and type not in only):
        return None
    reading.negated = reading.future = reading.planned = False  # the type is of the whole clause
    candidate.coding = rules.Coding(type, None, "happened", (f"encoder: {type}",))
    candidate.match = Match(_predicate(trigger, type, _WEIGHT * told[type]), trigger, (trigger,))
    return candidate


def _predicate(token: Token, type: str, weight: float) -> Predicate:
    return Predicate(
        phrase=token.lemma_.lower(), pos=token.pos_, head=token.lemma_.lower(), rest=(),
        type=type, mode=None, actor=(), recipient=(), contexts=(), weight=weight,
    )  # fmt: skip
