"""Events told again, or for once, without their parties: "the talks ended", "since the attack".

Where the encoder is sure that the words report an event and grammar finds no party, the parties
are those of the act that is spoken of, or those that the encoder sees in the sentence.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Span

from dateline.coder import authority, choosing, phrases, verdict
from dateline.coder.candidates import Candidate
from dateline.coder.cast import Cast
from dateline.coder.mentions import Scene
from dateline.coder.sides import parties

SURE = 0.5
"""How likely the words must report an event."""
_PLAIN = 0.4
"""What a predicate weighs that is worth asking the encoder about: mostly an event's."""
_FAR = 6
"""Sentences back, at most, to an act that is told in other words."""
_STEM = 5
"""Letters that "arrest" and "arrested" share."""


class Retold:
    """The acts of an article so far, by type."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._acts: list[tuple[int, Candidate]] = []
        self._sentence = 0

    def fill(self, found: Sequence[Candidate], sentence: Span, scene: Scene) -> None:
        """Give parties to candidates that have none, in place, noting why; sentences in order."""
        self._sentence += 1
        for candidate in found:
            if not _is_open(candidate):
                continue
            candidate.reported = verdict.reported(candidate, sentence)
            if candidate.reported < SURE:
                continue
            if _takes_up(candidate):
                self._as(candidate, found)
            if _lacks_parties(candidate):
                choosing.seen(candidate, sentence, scene)
                self._check(candidate)
            if _lacks_parties(candidate) and _is_known(candidate):
                self._as(candidate, found)
            elif candidate.recipients and not candidate.actors:
                authority.fill(candidate, sentence, found, self._cast)

    def note(self, found: Sequence[Candidate]) -> None:
        """Remember the acts of a sentence."""
        self._acts += [(self._sentence, c) for c in found if c.dropped is None]

    def _check(self, candidate: Candidate) -> None:
        """Drop parties none of which is known for politics: "stocks attacked new highs"."""
        both = (*candidate.actors, *candidate.recipients)
        if not any(i.code or i.sector or i.country for _, i in parties(both, self._cast)):
            candidate.actors, candidate.recipients = [], []

    def _as(self, candidate: Candidate, found: Sequence[Candidate]) -> None:
        act = self._alike(candidate, found)
        if act is None:
            return
        candidate.actors, candidate.recipients = list(act.actors), list(act.recipients)
        if candidate.match.predicate.reciprocal:
            candidate.actors += candidate.recipients
            candidate.recipients = []
        candidate.notes.append(f"“{act.trigger.text}”: by the same parties")

    def _alike(self, candidate: Candidate, found: Sequence[Candidate]) -> Candidate | None:
        """The act that the words likely take up: the last that is named alike, else near; rather
        one with both sides."""
        here = [(self._sentence, c) for c in found if c.dropped is None and c is not candidate]
        same = [
            (at, act)
            for at, act in [*self._acts, *here]
            if act.type == candidate.type and not _lacks_parties(act)
        ]
        stem = candidate.match.token.lemma_.lower()[:_STEM]
        named = [a for _, a in same if a.match.token.lemma_.lower()[:_STEM] == stem]
        near = [act for at, act in same if self._sentence - at <= _FAR]
        told = named or near
        return max(reversed(told), key=lambda a: bool(a.actors and a.recipients), default=None)


def _is_open(candidate: Candidate) -> bool:
    """Whether a candidate has no party, and a predicate that is worth asking about."""
    if candidate.dropped or candidate.type is None or not _lacks_parties(candidate):
        return False
    return candidate.match.predicate.weight >= _PLAIN


def _lacks_parties(candidate: Candidate) -> bool:
    return not candidate.actors and not candidate.recipients


def _takes_up(candidate: Candidate) -> bool:
    """Whether a noun speaks of an act as known: "the arrest", "those protests"."""
    token = candidate.match.token
    return token.pos_ == "NOUN" and phrases.is_definite(token)


def _is_known(candidate: Candidate) -> bool:
    token = candidate.match.token
    return token.pos_ == "NOUN" and all(c.lower_ not in {"a", "an"} for c in token.children)
