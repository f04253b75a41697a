"""Where an event took place: of the places of its clause, those that are no party to it.

"The president of Russia met his guest" says nothing of where, though Russia is named in it.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from dateline.coder import phrases
from dateline.coder.candidates import Candidate
from dateline.coder.lexicon import function_words
from dateline.coder.places import PlaceName, governing_place

_TARGETED = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "AID", "PROTEST"})
"""Types that take place where their recipient is: an attack on Kyiv is in Kyiv."""


def place_of(candidate: Candidate, found: Sequence[PlaceName]) -> PlaceName | None:
    """The place that governs an event, or None where none does."""
    parties = [*candidate.actors]
    if candidate.type not in _TARGETED:
        parties += candidate.recipients
    taken = {i for token in parties if token.doc is _doc(candidate) for i in _words(token)}
    fitting = [place for place in found if not _is_taken(place, candidate, taken)]
    return governing_place(candidate.match.token, fitting)


def _doc(candidate: Candidate) -> object:
    return candidate.match.token.doc


def _words(head: Token) -> range:
    span = phrases.full(head)
    return range(span.start, span.end)


def _is_taken(place: PlaceName, candidate: Candidate, taken: set[int]) -> bool:
    """Whether the name belongs to a party, or is a country that is merely mentioned."""
    span = candidate.match.token.doc.char_span(place.start, place.end, alignment_mode="expand")
    if span is None or span.start in taken or span.end - 1 in taken:
        return True
    if place.precision != "country":
        return False
    head = span.root
    if head.dep_ in {"conj", "appos"}:
        head = head.head
    if head.dep_ == "pobj":
        return head.head.lower_ not in function_words("locative")
    return candidate.type not in _TARGETED or head.dep_ in {"nsubj", "poss", "compound"}
