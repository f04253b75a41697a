"""Which of the places of a name is meant.

Each place of a name gets a score: how well known it is, and what speaks for it around it. What is
said outright ("Paris, Texas", "the Syrian city of Homs", "China's Hubei province") outweighs all
else; then come what the name meant before, the kinds and countries of the places that it is listed
with, the places near it, and the countries that the sentence and the article speak of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dateline.coder.places.clues import SAID, Clues, holds, read_clues
from dateline.coder.places.context import PlaceContext
from dateline.coder.places.gazetteer import Entry, kilometres
from dateline.coder.places.names import key_of
from dateline.coder.places.spans import Candidate
from dateline.coder.places.tables import words
from dateline.coder.places.view import View

# Weights, on the scale of the logarithm of a city's people.
NOUN = 3.0
"""The kind said with the name: Kherson region."""
SENSE = 2.5
"""What the name meant before."""
SENTENCE = 1.0
"""A country that the sentence speaks of."""
ARTICLE = 2.5
"""The country that all of the article speaks of."""
STATE = 1.5
"""The state or province that all of the article speaks of."""
LIST = 1.5
"""The kind of the names that it is listed with."""
NEAR = 1.0
"""A place close by."""
EXACT = 0.5
"""Spelled as the gazetteer spells it."""
NAMESAKE = 2.5
"""Against a province called like its city, and a city called like its country."""
_FAMOUS = 6.5
_GAIN = 4.5
"""More than the names around can add to a score."""
_NEAR_KM = 300.0
_NEAR_DEGREES = 10
_WIDE = frozenset({"country", "continent", "world", "ocean"})
_NOUN_KINDS = {
    "noun_city": frozenset({"city", "town"}),
    "noun_region": frozenset({"state", "region", "division1"}),
    "noun_district": frozenset({"division2", "district"}),
    "noun_nature": frozenset({"river", "lake", "island", "sea", "mountains", "gulf", "strait"}),
    "noun_country": frozenset({"country"}),
}


def resolve(
    view: View, names: Sequence[Candidate], context: PlaceContext
) -> list[tuple[Entry | None, str | None]]:
    """For each name its place, or None; and its country, which may be known without it."""
    clues = read_clues(view, names)
    base = [
        [(_score(n, e, c, context), e) for e in n.entries]
        for n, c in zip(names, clues, strict=True)
    ]
    chosen = [max(s, key=lambda x: x[0])[1] if s else None for s in base]
    for _ in range(2):
        chosen = [
            _again(i, base[i], chosen, clues[i], context) if len(base[i]) > 1 else chosen[i]
            for i in range(len(names))
        ]
    found: list[tuple[Entry | None, str | None]] = []
    for name, entry, clue in zip(names, chosen, clues, strict=True):
        if entry is not None and _is_elsewhere(entry, clue):
            entry = None
        if entry is not None:
            context.learn(name.name, entry)
        found.append((entry, entry.country if entry is not None else _said_country(clue)))
    return found


def _is_elsewhere(entry: Entry, clues: Clues) -> bool:
    """A small place that only shares the name of one that is said to be in another country."""
    if entry.kind != "city" or entry.prior > _FAMOUS:
        return False
    outright = [places for places, weight in clues.said if weight == SAID]
    return bool(outright) and not any(_may_hold(p, entry) for places in outright for p in places)


def _may_hold(place: Entry, entry: Entry) -> bool:
    if place.kind == "state":
        return holds(place, entry)
    return place.country is None or place.country == entry.country


def _score(name: Candidate, entry: Entry, clues: Clues, context: PlaceContext) -> float:
    score = entry.prior
    if name.name == entry.name:
        score += EXACT
    if _has_namesake(name, entry):
        score -= NAMESAKE
    score += _noun(name, entry)
    for places, weight in clues.said:
        if any(holds(place, entry) for place in places):
            score += weight
    if entry.country in clues.nations:
        score += SENTENCE
    score += ARTICLE * context.share(entry.country)
    if entry.kind == "city" or entry.kind == "division2":
        score += STATE * context.state_share(entry.country, entry.admin1)
    if context.senses.get(key_of(name.name)) == entry:
        score += SENSE
    return score


def _has_namesake(name: Candidate, entry: Entry) -> bool:
    """A division called like its city, or a city like its country: the other is meant."""
    if entry.kind == "country":
        return False
    same = (e for e in name.entries if e.country == entry.country and e != entry)
    if entry.kind.startswith("division"):
        return any(e.kind == "country" or (e.kind == "city" and e.prior > 3.5) for e in same)
    return entry.kind == "city" and any(e.kind == "country" for e in same)


def _noun(name: Candidate, entry: Entry) -> float:
    """The kind of place that is said with the name."""
    if name.noun is None:
        return 0.0
    known = [kinds for key, kinds in _NOUN_KINDS.items() if name.noun in words(key)]
    if not known:
        return 0.0
    return NOUN if any(entry.kind in kinds for kinds in known) else -NOUN


def _again(
    i: int,
    scores: list[tuple[float, Entry]],
    chosen: Sequence[Entry | None],
    clues: Clues,
    context: PlaceContext,
) -> Entry:
    """Weigh again, with what the other names were taken for."""
    others = [e for j, e in enumerate(chosen) if j != i and e is not None]
    near = [e for e in others if e.kind not in _WIDE] + context.near()
    listed = [e for j in clues.listed if (e := chosen[j]) is not None]
    best = max(score for score, _ in scores)
    return max(
        (
            (score + _nearness(e, near) + _company(e, listed), e)
            for score, e in scores
            if score > best - _GAIN
        ),
        key=lambda x: x[0],
    )[1]


def _nearness(entry: Entry, near: Sequence[Entry]) -> float:
    if entry.kind in _WIDE or not near:
        return NEAR * any(e.country == entry.country for e in near if e.country)
    total = sum(
        math.exp(-kilometres(entry.lat, entry.lon, e.lat, e.lon) / _NEAR_KM)
        for e in near
        if abs(e.lat - entry.lat) < _NEAR_DEGREES and e is not entry
    )
    return NEAR * min(total, 2.0)


def _company(entry: Entry, listed: Sequence[Entry]) -> float:
    """Lists name places of one kind: Oregon, Washington and Idaho."""
    if not listed:
        return 0.0
    same = sum(_level(e) == _level(entry) for e in listed) / len(listed)
    home = sum(e.country == entry.country for e in listed) / len(listed)
    return LIST * (same + 0.5 * home)


def _level(entry: Entry) -> str:
    if entry.kind == "town":
        return "city"
    if entry.kind in {"state", "region", "division1"}:
        return "region"
    return entry.kind


def _said_country(clues: Clues) -> str | None:
    countries = {e.country for places, _ in clues.said for e in places[:1]}
    return countries.pop() if len(countries) == 1 else None
