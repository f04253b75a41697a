"""Which of the places of a name is meant.

Each place of a name gets a score: how well known it is, and what speaks for it around it. What is
said outright ("Paris, Texas", "the Syrian city of Afrin", "China's Hubei province") outweighs all
else; then come what the name meant before, the kinds and countries of the places that it is listed
with, the places near it, and the countries that the sentence and the article speak of.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.coder.places.context import PlaceContext, clear_country
from dateline.coder.places.gazetteer import Entry, kilometres, lookup, state_after
from dateline.coder.places.names import key_of
from dateline.coder.places.spans import Candidate
from dateline.coder.places.tables import adjectives, countries, words
from dateline.coder.places.view import View

SAID = 6.0
LISTED = 1.5
NOUN = 3.0
SENSE = 2.5
SENTENCE = 1.0
ARTICLE = 2.5
NEAR = 1.0
STATE = 1.5
EXACT = 0.5
NAMESAKE = 2.5
_FAMOUS = 6.5
_GAIN = 4.5
"""More than the names around can add to a score."""
_NEAR_KM = 300.0
_NEAR_DEGREES = 10
_REGION_KM = 600.0
_LONG_LIST = 4
"""Commas in a row that make a list without its `and`."""
_WIDE = frozenset({"country", "continent", "world", "ocean"})
_CONTAINERS = frozenset({"country", "state", "region", "division1", "division2", "island"})
_NOUN_KINDS = {
    "noun_city": frozenset({"city", "town"}),
    "noun_region": frozenset({"state", "region", "division1"}),
    "noun_district": frozenset({"division2", "district"}),
    "noun_nature": frozenset({"river", "lake", "island", "sea", "mountains", "gulf", "strait"}),
    "noun_country": frozenset({"country"}),
}


@dataclass(slots=True)
class Clues:
    """What stands around a name: places that hold it, countries, the names it is listed with."""

    said: list[tuple[tuple[Entry, ...], float]] = field(default_factory=list)
    nations: set[str] = field(default_factory=set)
    listed: list[int] = field(default_factory=list)


def resolve(
    view: View, names: Sequence[Candidate], context: PlaceContext
) -> list[tuple[Entry | None, str | None]]:
    """For each name its place, or None; and its country, which may be known without it."""
    clues = _clues(view, names)
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
    return bool(outright) and not any(
        _may_hold(p, entry) for places in outright for p in places
    )


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
    near = [e for e in others if e.kind not in _WIDE] + context.places[-8:]
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
    return LISTED * (same + 0.5 * home)


def _level(entry: Entry) -> str:
    if entry.kind == "town":
        return "city"
    if entry.kind in {"state", "region", "division1"}:
        return "region"
    return entry.kind


def holds(place: Entry, entry: Entry) -> bool:
    """Does a place hold another?"""
    if place.kind not in _CONTAINERS or entry.kind == "country" or place == entry:
        return False
    if place.kind == "country":
        return entry.country == place.country
    if place.country and entry.country and place.country != entry.country:
        return False
    if place.admin1 and entry.admin1:
        return place.admin1 == entry.admin1 and (
            place.kind != "division2"
            or kilometres(place.lat, place.lon, entry.lat, entry.lon) < _REGION_KM / 4
        )
    return kilometres(place.lat, place.lon, entry.lat, entry.lon) < _REGION_KM


def _said_country(clues: Clues) -> str | None:
    countries = {e.country for places, _ in clues.said for e in places[:1]}
    return countries.pop() if len(countries) == 1 else None


def _clues(view: View, names: Sequence[Candidate]) -> list[Clues]:
    """Read what stands between and before the names."""
    all_clues = [Clues() for _ in names]
    by_sentence: dict[int, set[str]] = {}
    for i, country in view.nations:
        by_sentence.setdefault(view.sentences[i], set()).add(country)
    for name in names:
        if clear := clear_country(name):
            by_sentence.setdefault(view.sentences[name.start], set()).add(clear)
    links = [_link(view, a, b) for a, b in pairwise(names)]
    for i, name in enumerate(names):
        clue = all_clues[i]
        clue.nations = by_sentence.get(view.sentences[name.start], set())
        _say_before(view, names, i, clue)
        _say_after(view, names, links, i, clue)
    _list_up(links, all_clues)
    return all_clues


def _link(view: View, first: Candidate, second: Candidate) -> str:
    """How two names that follow each other hang together: "in", ",", "and", "'s" or not ("")."""
    between = view.lowers[first.end : second.start]
    if len(between) > 7:
        return ""
    light = words("compass") | words("place_noun") | {"the", "a", "an", "of", "'s"}
    joints = [w for w in between if w not in light]
    if not joints:
        return "'s" if "'s" in between else "in" if not between or "of" in between else ""
    if joints == ["("]:
        return "in"
    if all(w in {"in", ","} for w in joints):
        return "in" if "in" in joints else ","
    if joints in (["and"], ["or"], [",", "and"], ["&"], ["/"]):
        return "and"
    return ""


def _say_after(
    view: View, names: Sequence[Candidate], links: Sequence[str], i: int, clue: Clues
) -> None:
    """Paris, Texas; Homs in Syria; and abbreviated: Paris, Tex."""
    for j in range(i, min(i + 2, len(links))):
        if links[j] not in {",", "in"}:
            break
        listed = links[j] == "," and _in_list(links, j)
        places = tuple(e for e in names[j + 1].entries[:6] if e.kind in _CONTAINERS)
        if places:
            clue.said.append((places, LISTED if listed else SAID))
    end = names[i].end
    if end + 1 < len(view) and view.texts[end] in {",", "("}:
        if (nation := _nation_in(view, end + 1)) is not None:
            clue.said.append((_country_entry(nation), SAID))
        text = view.texts[end + 1]
        dotted = text + "." if view.texts[end + 2 : end + 3] == ["."] else text
        if states := state_after(text) or state_after(dotted):
            clue.said.append((states, SAID))


def _nation_in(view: View, start: int) -> str | None:
    """Tripoli, the main Lebanese port: the nation of a kind of place that follows a comma."""
    if view.lowers[start] not in {"a", "the"}:
        return None
    nation = None
    for i in range(start + 1, min(start + 6, len(view))):
        if view.lowers[i] in words("place_noun"):
            return nation
        nation = adjectives().get(view.texts[i], nation)
    return None


def _in_list(links: Sequence[str], j: int) -> bool:
    """A comma that separates the members of a list: A, B, C and D."""
    first, last = j, j
    while first > 0 and links[first - 1] == ",":
        first -= 1
    while last + 1 < len(links) and links[last + 1] == ",":
        last += 1
    ended = last + 1 < len(links) and links[last + 1] == "and"
    return ended or last - first >= _LONG_LIST - 1


def _say_before(view: View, names: Sequence[Candidate], i: int, clue: Clues) -> None:
    """The Syrian city of Afrin; China's Hubei province."""
    start = names[i].start
    light = words("compass") | words("place_noun") | words("place_nouns") | words("light")
    k = start - 1
    stop = names[i - 1].end - 1 if i else -1
    nations = adjectives()
    while k > stop and k >= start - 7:
        text = view.texts[k]
        if text in nations:
            clue.said.append((_country_entry(nations[text]), SAID))
            return
        if text in {",", "and"} or not (
            view.lowers[k] in light or view.pos(k) in {"ADJ", "NUM"}
        ):
            return
        k -= 1
    if k == stop and i and view.lowers[stop + 1] in {"'s", "'"}:
        places = tuple(e for e in names[i - 1].entries[:4] if e.kind in _CONTAINERS)
        if places:
            clue.said.append((places, SAID))


def _country_entry(iso3: str) -> tuple[Entry, ...]:
    found = lookup(countries()[iso3].name)
    return tuple(e for e in found if e.kind == "country" and e.country == iso3)


def _list_up(links: Sequence[str], all_clues: list[Clues]) -> None:
    """Names in a list know of each other."""
    i = 0
    while i < len(links):
        if links[i] not in {",", "and"}:
            i += 1
            continue
        end = i
        while end < len(links) and links[end] in {",", "and"}:
            end += 1
        if "and" in links[i:end]:
            for j in range(i, end + 1):
                all_clues[j].listed = [k for k in range(i, end + 1) if k != j]
            _share_said(all_clues[i : end + 1])
        i = end


def _share_said(members: Sequence[Clues]) -> None:
    """What is said of the first or last of a list goes for all: the Syrian towns of A, B and C."""
    for clue in (members[0], members[-1]):
        for places, weight in list(clue.said):
            if weight == SAID:
                for other in members:
                    if other is not clue:
                        other.said.append((places, LISTED))
