"""What an article says of an act in other words than those that report it.

The codebook allows a party to be named in another sentence than the act (rule 18). Filled in here,
and only from what the article establishes: the other side of a fight, and the one whose request is
refused.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

from spacy.tokens import Span, Token

from dateline.coder import authority, phrases, syntax
from dateline.coder.candidates import Candidate, party_key, party_keys
from dateline.coder.cast import Cast
from dateline.coder.fights import Fights, same_fight
from dateline.coder.lexicon import lexicon
from dateline.coder.sides import parties

_ABOUT = frozenset({"ACCUSE", "SUPPORT", "REJECT"})
_REPEATED = frozenset({"SANCTION", "AID"})
_RECENT = 3
"""Sentences back, in which an act is still in mind."""
_NAMED = frozenset({"SUPPORT", "ACCUSE", "THREATEN"})
"""Types that a noun with whose it is takes up: "Pence's endorsement", "his criticism"."""


def complete(sentences: Sequence[tuple[Span, list[Candidate]]], cast: Cast) -> None:
    """Fill empty sides of candidates, in place, noting why."""
    fights = Fights(sentences, cast)
    asked: list[Candidate] = []
    told: dict[str, Candidate] = {}
    repeated: list[Candidate] = []
    acts: list[Candidate] = []
    recent: list[list[Candidate]] = []
    for sentence, found in sentences:
        recent = [*recent[-_RECENT:], []]
        for candidate in found:
            if candidate.type in _ABOUT and candidate.actors and not candidate.recipients:
                _of_what_was_told(candidate, told, cast)
                if not candidate.recipients:
                    _of_what_was_done(candidate, [act for own in recent for act in own], cast)
            if candidate.actors and candidate.type and not candidate.dropped:
                recent[-1].append(candidate)
            if _is_repeated(candidate) and candidate.actors and not candidate.recipients:
                _as_before(candidate, [*found, *repeated], cast)
            if _is_repeated(candidate) and candidate.actors and candidate.recipients:
                repeated.append(candidate)
            if candidate.actors:
                told[candidate.match.token.lemma_.lower()] = candidate
            if candidate.recipients and not candidate.actors:
                _done_before(candidate, acts, cast)
            if candidate.recipients and not candidate.actors:
                authority.fill(candidate, sentence, found, cast)
            if candidate.recipients and candidate.actors and not candidate.dropped:
                acts.append(candidate)
            fights.fill(candidate, sentence)
            if candidate.type == "REJECT" and candidate.actors and not candidate.recipients:
                _refused(candidate, asked, cast)
            if candidate.type == "REQUEST" and candidate.actors and candidate.recipients:
                asked.append(candidate)
        asked = asked[-2:]
    for _, found in sentences:
        for candidate in found:
            same_fight(candidate, found, cast)


def _as_before(candidate: Candidate, others: Sequence[Candidate], cast: Cast) -> None:
    """The same act by the same actors, told with its recipient elsewhere; nearest first."""
    mine = party_keys(candidate.actors, cast)
    for other in reversed(others):
        joined = _is_joined(candidate.match.token, other.match.token)
        if not other.recipients or other is candidate or party_keys(other.actors, cast) != mine:
            continue
        if other.type == candidate.type or joined:
            candidate.recipients = list(other.recipients)
            candidate.notes.append(f"“{other.trigger.text}”: told there against whom or for whom")
            return


def _done_before(candidate: Candidate, acts: Sequence[Candidate], cast: Cast) -> None:
    """Who did the same to the same, as the article has told it: "had been expelled"."""
    theirs = _names(candidate.recipients, cast)
    for act in reversed(acts):
        same = (act.type, act.coding.mode) == (candidate.type, candidate.coding.mode)
        if same and candidate.coding.mode and theirs & _names(act.recipients, cast):
            candidate.actors = list(act.actors)
            candidate.notes.append(f"“{act.trigger.text}”: told there by whom")
            return


def _names(tokens: Sequence[Token], cast: Cast) -> set[str]:
    return {identity.name for _, identity in parties(tokens, cast)}


class Judged:
    """Whom each party of an article last accused, asked or refused."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._last: dict[str, tuple[int, list[Token]]] = {}
        self._sentence = 0

    def address(self, found: Sequence[Candidate]) -> None:
        """Fill whom a demand without an addressee is put to, in place; sentences in order."""
        self._sentence += 1
        for candidate in found:
            if candidate.type != "REQUEST" or candidate.recipients or candidate.dropped:
                continue
            for key in sorted(party_keys(candidate.actors, self._cast)):
                at, tokens = self._last.get(key, (0, []))
                if tokens and self._sentence - at <= _STILL:
                    candidate.recipients = list(tokens)
                    candidate.notes.append(f"“{tokens[0].text}”: whom the same party judged before")

    def note(self, found: Sequence[Candidate]) -> None:
        """Remember the judgements of a sentence."""
        for candidate in found:
            if candidate.dropped or candidate.type not in _JUDGING or not candidate.recipients:
                continue
            for key in party_keys(candidate.actors, self._cast):
                self._last[key] = self._sentence, list(candidate.recipients)


_JUDGING = frozenset({"ACCUSE", "REQUEST", "REJECT"})
_STILL = 4
"""Sentences for which a party goes on speaking of the same one."""


def _is_repeated(candidate: Candidate) -> bool:
    if candidate.type in _NAMED:
        return bool(candidate.recipients) or candidate.match.token.pos_ == "NOUN"
    return candidate.type in _REPEATED


def _is_joined(verb: Token, other: Token) -> bool:
    """Whether two verbs are joined by "and", directly or through "sought to"."""
    joined = verb.conjuncts
    return any(word in joined for word in (other, *islice(other.ancestors, 2)))


def _of_what_was_told(candidate: Candidate, told: dict[str, Candidate], cast: Cast) -> None:
    """ "Condemned the visit": whose visit, the article has said before."""
    for thing in syntax.objects(candidate.match.token):
        act = told.get(thing.lemma_.lower())
        if act is None or not phrases.is_definite(thing):
            continue
        mine = party_keys(candidate.actors, cast)
        others = [token for token in act.actors if party_key(token, cast) not in mine]
        if others:
            candidate.recipients = others
            candidate.notes.append(f"“{thing.text}”: told before by “{act.trigger.text}”")
            return


def _of_what_was_done(candidate: Candidate, acts: Sequence[Candidate], cast: Cast) -> None:
    """ "Rejected the offer", "denounced the ruling": of whoever just offered or ruled.

    An act of the kind that the noun names, by the predicate table, or any where it says no more
    than "the move"; of several, rather one that was done to who now answers it, and the last.
    """
    mine = party_keys(candidate.actors, cast)
    for thing in _answered(candidate.match.token):
        match = lexicon().match(thing)
        kind = None if match is None else match.predicate.type
        if kind is None and not lexicon().is_a(thing, "act"):
            continue
        fitting = [act for act in acts if act is not candidate and kind in {None, act.type}]
        fitting.sort(key=lambda act: bool(party_keys(act.recipients, cast) & mine))
        for act in reversed(fitting):
            others = [t for t in act.actors if party_key(t, cast) not in mine]
            if others:
                candidate.recipients = others
                candidate.notes.append(f"“{thing.text}”: that of “{act.trigger.text}”")
                return


def _answered(token: Token) -> list[Token]:
    """The definite things that a word answers to: "the offer", "opposition to the plan"."""
    things = [*syntax.objects(token), *syntax.prepositional([token], "to")]
    if token.pos_ == "NOUN":
        things += syntax.prepositional([token], "of")
    return [t for t in things if t.pos_ == "NOUN" and phrases.is_definite(t)]


def _refused(candidate: Candidate, asked: Sequence[Candidate], cast: Cast) -> None:
    for request in reversed(asked):
        if party_keys(request.recipients, cast) & party_keys(candidate.actors, cast):
            candidate.recipients = list(request.actors)
            candidate.notes.append(f"“{request.trigger.text}”: the request that is refused")
            return
