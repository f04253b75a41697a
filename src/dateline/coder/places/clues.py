"""What the words around a name say of where it lies.

What is said outright ("Paris, Texas", "the Syrian city of Homs", "China's Hubei province"), the
nations that a sentence speaks of, and the lists that names stand in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from dateline.coder.places.context import clear_country
from dateline.coder.places.gazetteer import Entry, kilometres, lookup, state_after
from dateline.coder.places.spans import Candidate
from dateline.coder.places.tables import adjectives, countries, words
from dateline.coder.places.view import View

SAID = 6.0
"""Weight of what is said outright; more than a city of millions outweighs a village."""
LISTED = 1.5
"""Weight of what a list suggests."""
_REGION_KM = 600.0
_LONG_LIST = 4
"""Commas in a row that make a list without its `and`."""
_CONTAINERS = frozenset({"country", "state", "region", "division1", "division2", "island"})


@dataclass(slots=True)
class Clues:
    """What stands around a name: places that hold it, countries, the names it is listed with."""

    said: list[tuple[tuple[Entry, ...], float]] = field(default_factory=list)
    nations: set[str] = field(default_factory=set)
    listed: list[int] = field(default_factory=list)


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


def read_clues(view: View, names: Sequence[Candidate]) -> list[Clues]:
    """Read what stands between and before the names."""
    all_clues = [Clues() for _ in names]
    nations = [(view.sentences[i], i, country) for i, country in view.nations]
    for name in names:
        if clear := clear_country(name):
            nations.append((view.sentences[name.start], name.start, clear))
    links = [_link(view, a, b) for a, b in pairwise(names)]
    for i, name in enumerate(names):
        clue = all_clues[i]
        sentence = view.sentences[name.start]
        clue.nations = {c for s, at, c in nations if s == sentence and at != name.start}
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
        if text in {",", "and"} or not (view.lowers[k] in light or view.pos(k) in {"ADJ", "NUM"}):
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
