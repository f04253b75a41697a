"""One verdict of the predicate table, the codebook's rules and the encoder.

The table and the rules propose a type and how strong the evidence is; the encoder reads the same
words with actor, recipient and trigger marked. Both are probabilities and are joined as a
log-linear pool (Genest & Zidek 1986), with one weight for each side, so that either can be read
beside the other (`dateline explain`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Span, Token

from dateline import ontology
from dateline.coder import encoder, rules
from dateline.coder.candidates import Candidate
from dateline.coder.encoder import Opinion
from dateline.coder.plain import text_of
from dateline.coder.sides import Cast, span_of
from dateline.coder.weighing import THRESHOLD

VOTES = 0.05
"""What the votes of the table weigh against the encoder, in the type of a marked pair."""
CODED = 1.0
"""The same where a whole article is coded: there the codebook's rules have had their say, and only
an encoder that is sure overrules them."""
_SMOOTH = 0.02
"""What the rules leave to each type that they do not propose."""
EVIDENCE, EVENT, REPORTED, PRIOR = 1.0, 0.3, 0.6, 1.35
"""What grammar and table, and the encoder's two answers (see `joined`), weigh in whether there is
an event (log-odds)."""
SURE = 0.8
"""How likely a type of both must be to take the place of the rules'."""
MODE = 0.6
"""How likely a mode must be for an event that the rules gave none."""


def pool(votes: Mapping[str, float], opinion: Opinion, weight: float = VOTES) -> dict[str, float]:
    """Probabilities of the 16 types by both sides, given that there is an event.

    `votes` are what the table and rules give to some types; scale does not matter.
    """
    told = {type: math.log(chance + 1e-9) for type, chance in opinion.types().items()}
    return pooled(votes, told, weight)


def pooled(
    votes: Mapping[str, float], told: Mapping[str, float], weight: float = VOTES
) -> dict[str, float]:
    """As `pool`, of the encoder's log-probabilities."""
    types = ontology.types()
    total = sum(votes.values())
    logs = {}
    for type in types:
        share = votes.get(type, 0.0) / total if total else 1 / len(types)
        ruled = (share + _SMOOTH) / (1 + _SMOOTH * len(types))
        logs[type] = told[type] + weight * math.log(ruled)
    most = max(logs.values())
    weights = {type: math.exp(log - most) for type, log in logs.items()}
    scale = sum(weights.values())
    return {type: weight / scale for type, weight in weights.items()}


def marks(candidate: Candidate, sentence: Span, cast: Cast) -> dict[str, tuple[int, int]]:
    """The spans of actor, recipient and trigger in the text of a sentence's paragraph, none
    overlapping."""
    actors, recipients = list(candidate.actors), list(candidate.recipients)
    if not recipients and len(actors) > 1:  # reciprocal: all are actors
        recipients = actors[1:]
    trigger = candidate.trigger
    found = {"e": (trigger.idx, trigger.idx + len(trigger.text))}
    for role, tokens in (("s", actors), ("t", recipients)):
        for span in _spans(tokens, sentence, cast):
            if all(span[1] <= a or b <= span[0] for a, b in found.values()):
                found[role] = span
                break
    return found


def _spans(tokens: Sequence[Token], sentence: Span, cast: Cast) -> list[tuple[int, int]]:
    found = []
    for token in tokens:
        identity = cast.identity(token)
        if identity is None or token.doc is not sentence.doc or token.sent != sentence:
            continue
        span = span_of(token, identity)
        found.append((span.start_char, span.end_char))
        found.append((token.idx, token.idx + len(token.text)))
    return found


def consult(found: Sequence[Candidate], sentence: Span, cast: Cast) -> None:
    """Have the encoder read each candidate that has a party, in place."""
    for candidate in found:
        if candidate.type is not None and not candidate.dropped:
            candidate.opinion = read(candidate, sentence, cast)
            if candidate.opinion is not None and _is_open(candidate.score, candidate.opinion):
                candidate.reported = reported(candidate, sentence)


def _is_open(evidence: float, opinion: Opinion) -> bool:
    """Whether what the encoder makes of the words by themselves can still decide."""
    lowest, highest = (joined(evidence, opinion.event(), chance) for chance in (0.0, 1.0))
    return lowest < THRESHOLD <= highest


def reported(candidate: Candidate, sentence: Span) -> float:
    """How likely the words of a candidate report an event, by the encoder."""
    told = encoder.triggers(text_of(sentence.doc), within(sentence))
    words = {candidate.trigger, *candidate.match.tokens}
    return max(told.chance(word.idx, word.idx + len(word.text)) for word in words)


def read(candidate: Candidate, sentence: Span, cast: Cast) -> Opinion | None:
    """The encoder's opinion on a candidate; None where no party stands in its sentence."""
    spans = marks(candidate, sentence, cast)
    if len(spans) < 2:
        return None
    return encoder.read(text_of(sentence.doc), spans, within=within(sentence))


def within(sentence: Span) -> tuple[int, int]:
    """Where a sentence stands in its paragraph."""
    return sentence.start_char, sentence.end_char


def join(found: Sequence[Candidate]) -> None:
    """Join the encoder's opinions with what the table and the rules say, in place."""
    for candidate in found:
        if candidate.opinion is not None and not candidate.dropped:
            _type(candidate, candidate.opinion)
            reported = 0.5 if candidate.reported is None else candidate.reported
            candidate.score = joined(candidate.score, candidate.opinion.event(), reported)


def joined(evidence: float, event: float, reported: float) -> float:
    """The chance that a candidate is an event: by the evidence, and by the encoder of its words
    with their parties and by themselves."""
    odds = EVIDENCE * _odds(evidence) + EVENT * _odds(event) + REPORTED * _odds(reported) + PRIOR
    return 1 / (1 + math.exp(-odds))


def _odds(chance: float) -> float:
    chance = min(max(chance, 0.01), 0.99)
    return math.log(chance / (1 - chance))


def _type(candidate: Candidate, opinion: Opinion) -> None:
    """The type that both sides together find likeliest, and its mode."""
    coding = candidate.coding
    type = coding.type
    assert type is not None
    chances = pool({type: 1.0}, opinion, CODED)
    best = max(chances, key=lambda type: chances[type])
    if best != type and chances[best] >= SURE:
        note = f"encoder: {best} rather than {type}"
        type, coding = best, rules.Coding(best, None, coding.status, (*coding.rules, note))
    if coding.mode is None and type != "CONSULT":  # who met where tells that one's
        modes = opinion.modes(type)
        mode = max(modes, key=lambda mode: modes[mode])
        if modes[mode] >= MODE:
            coding = replace(coding, mode=mode)
    candidate.coding = coding
