"""Where an act took place: by its clause, or by what the text before implies.

In this order, the first that tells:

1. The place that governs the act's clause (stage.py).
2. "There", "in the city", "at the port": the place of that kind named last before, in the same
   paragraph or the one before.
3. The same act by the same party told before, with its place: "the attack", "the march".
4. For a meeting or a protest in the first sentence, the dateline, where it lies in the country of
   one of the parties.

Else the place is null; a capital that acts, or the country of a party, is no place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from dateline.coder import phrases
from dateline.coder.candidates import Candidate, party_key
from dateline.coder.cast import Cast
from dateline.coder.parse import Paragraph
from dateline.coder.places import PlaceName
from dateline.coder.places.tables import words
from dateline.coder.stage import place_of
from dateline.coder.times.told import stem

_FROM_DATELINE = frozenset({"CONSULT", "PROTEST"})
"""Types that a reporter is sent to; a strike is told from the capital."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place and the paragraph in which its name stands."""

    place: PlaceName
    paragraph: Paragraph


@dataclass(slots=True)
class Places:
    """The places of an article's acts, asked for in the order of the text."""

    cast: Cast
    _acts: list[tuple[Candidate, Whereabouts]] = field(default_factory=list)
    _named: list[Whereabouts] = field(default_factory=list)
    _read: list[Paragraph] = field(default_factory=list)
    _datelines: dict[int, Whereabouts] = field(default_factory=dict)

    def note_dateline(self, paragraph: Paragraph, found: Sequence[PlaceName]) -> None:
        """Remember the city of the dateline that stood before a paragraph."""
        cities = [place for place in found if place.precision == "city"]
        if cities and paragraph.dateline is not None:
            self._datelines[id(paragraph)] = Whereabouts(cities[0], paragraph.dateline)

    def of(
        self, candidate: Candidate, paragraph: Paragraph, found: Sequence[PlaceName]
    ) -> Whereabouts | None:
        """The place of an act; None where nothing tells."""
        self._take_in(paragraph, found)
        place = place_of(candidate, found)
        where = Whereabouts(place, paragraph) if place is not None else None
        where = where or self._there(candidate, paragraph)
        where = where or self._as_told(candidate) or self._by_dateline(candidate, paragraph)
        if where is not None:
            self._acts.append((candidate, where))
        return where

    def _take_in(self, paragraph: Paragraph, found: Sequence[PlaceName]) -> None:
        if self._read and self._read[-1] is paragraph:
            return
        self._read.append(paragraph)
        self._named += [Whereabouts(p, paragraph) for p in found if p.role != "metonym"]

    def _there(self, candidate: Candidate, paragraph: Paragraph) -> Whereabouts | None:
        token = candidate.match.token
        said = next(
            (t for t in (token, *token.children) if t.lower_ == "there" and t.dep_ == "advmod"),
            None,
        )
        kind, at = None, said.idx if said is not None else -1
        if said is None:
            for child in token.children:
                noun = _definite_place(child)
                if noun is not None:
                    kind, at = _kind(noun), noun.idx
                    if kind is None:
                        return None
        if at < 0:
            return None
        before = [id(p) for p in self._read[-2:-1]]
        for where in reversed(self._named):
            here = where.paragraph is paragraph and where.place.end <= at
            if not here and id(where.paragraph) not in before:
                continue
            if kind is None or where.place.precision == kind:
                return where
        return None

    def _as_told(self, candidate: Candidate) -> Whereabouts | None:
        token = candidate.match.token
        if token.pos_ != "NOUN" or not phrases.is_definite(token):
            return None
        mine = {party_key(t, self.cast) for t in (*candidate.actors, *candidate.recipients)}
        for other, where in reversed(self._acts):
            theirs = {party_key(t, self.cast) for t in (*other.actors, *other.recipients)}
            if (
                other.type == candidate.type
                and mine & theirs
                and stem(other.match.token) == stem(token)
            ):
                return where
        return None

    def _by_dateline(self, candidate: Candidate, paragraph: Paragraph) -> Whereabouts | None:
        line = self._datelines.get(id(paragraph))
        if line is None or candidate.type not in _FROM_DATELINE:
            return None
        token = candidate.match.token
        if token.sent.start_char > 0 or candidate.coding.status != "happened":
            return None
        parties = (*candidate.actors, *candidate.recipients)
        countries = {i.country for t in parties if (i := self.cast.identity(t)) is not None}
        return line if line.place.country in countries else None


def _definite_place(child: Token) -> Token | None:
    """The noun of "in the city", "at the port"."""
    if child.dep_ != "prep" or child.lower_ not in words("preposition_firm") | {"at", "in", "near"}:
        return None
    for noun in child.children:
        if noun.dep_ == "pobj" and noun.lower_ in words("place_noun") and phrases.is_definite(noun):
            named = any(grand.dep_ in ("prep", "relcl", "compound") for grand in noun.children)
            return None if named else noun
    return None


def _kind(noun: Token) -> str | None:
    """The precision of the places that a noun speaks of."""
    word = noun.lower_
    if word in words("town"):
        return "city"
    if word in words("noun_region"):
        return "region"
    return "country" if word in words("noun_country") else None
