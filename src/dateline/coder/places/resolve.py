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

from spacy.tokens import Doc

from dateline.coder.places.context import PlaceContext, clear_country
from dateline.coder.places.gazetteer import Entry, kilometres, state_after
from dateline.coder.places.names import key_of
from dateline.coder.places.spans import Candidate
from dateline.coder.places.tables import adjectives, words

SAID = 6.0
LISTED = 1.5
NOUN = 3.0
SENSE = 2.5
SENTENCE = 1.0
ARTICLE = 2.5
NEAR = 1.0
EXACT = 0.5
NAMESAKE = 2.5
_NEAR_KM = 300.0
_REGION_KM = 600.0
_WIDE = frozenset({"country", "continent", "world", "ocean"})
_CONTAINERS = frozenset({"country", "state", "region", "division1", "division2", "island"})
_NOUN_KINDS = {
    "noun_city": frozenset({"city"}),
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
    doc: Doc, names: Sequence[Candidate], context: PlaceContext
) -> list[tuple[Entry | None, str | None]]:
    """For each name its place, or None; and its country, which may be known without it."""
    clues = _clues(doc, names)
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
        if entry is not None:
            context.learn(name.name, entry)
        found.append((entry, entry.country if entry is not None else _said_country(clue)))
    return found


def _score(name: Candidate, entry: Entry, clues: Clues, context: PlaceContext) -> float:
    score = entry.prior
    if name.name == entry.name:
        score += EXACT
    if entry.kind.startswith("division") and _has_city(name, entry):
        score -= NAMESAKE
    score += _noun(name, entry)
    for places, weight in clues.said:
        if any(holds(place, entry) for place in places):
            score += weight
    if entry.country in clues.nations:
        score += SENTENCE
    score += ARTICLE * context.share(entry.country)
    if context.senses.get(key_of(name.name)) == entry:
        score += SENSE
    return score


def _has_city(name: Candidate, entry: Entry) -> bool:
    return any(
        e.kind == "city" and e.country == entry.country and e.prior > 3.5 for e in name.entries
    )


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
            if score > best - 6
        ),
        key=lambda x: x[0],
    )[1]


def _nearness(entry: Entry, near: Sequence[Entry]) -> float:
    if entry.kind in _WIDE or not near:
        return 0.0
    total = sum(
        math.exp(-kilometres(entry.lat, entry.lon, e.lat, e.lon) / _NEAR_KM)
        for e in near
        if e is not entry
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


def _clues(doc: Doc, names: Sequence[Candidate]) -> list[Clues]:
    """Read what stands between and before the names."""
    all_clues = [Clues() for _ in names]
    nations = adjectives()
    by_sentence: dict[int, set[str]] = {}
    starts = _sentences(doc)
    for token in doc:
        if token.text in nations:
            by_sentence.setdefault(starts[token.i], set()).add(nations[token.text])
    for name in names:
        if country := clear_country(name):
            by_sentence.setdefault(starts[name.start], set()).add(country)
    links = [_link(doc, a, b) for a, b in zip(names, names[1:], strict=False)]
    for i, name in enumerate(names):
        clue = all_clues[i]
        clue.nations = by_sentence.get(starts[name.start], set())
        _say_before(doc, names, i, clue)
        _say_after(doc, names, links, i, clue)
    _list_up(links, all_clues)
    return all_clues


def _sentences(doc: Doc) -> list[int]:
    starts, current = [], 0
    for token in doc:
        if token.is_sent_start:
            current = token.i
        starts.append(current)
    return starts


def _link(doc: Doc, first: Candidate, second: Candidate) -> str:
    """How two names that follow each other hang together: "in", ",", "and", "'s" or not ("")."""
    between = [t.lower_ for t in doc[first.end : second.start]]
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
    doc: Doc, names: Sequence[Candidate], links: Sequence[str], i: int, clue: Clues
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
    if end + 1 < len(doc) and doc[end].text in {",", "("}:
        text = doc[end + 1].text
        dotted = text + "." if end + 2 < len(doc) and doc[end + 2].text == "." else text
        if states := state_after(text) or state_after(dotted):
            clue.said.append((states, SAID))


def _in_list(links: Sequence[str], j: int) -> bool:
    """A comma that separates the members of a list: A, B, C and D."""
    k = j
    while k < len(links) and links[k] == ",":
        k += 1
    return k < len(links) and links[k] == "and" and k > j


def _say_before(doc: Doc, names: Sequence[Candidate], i: int, clue: Clues) -> None:
    """The Syrian city of Afrin; China's Hubei province."""
    start = names[i].start
    light = words("compass") | words("place_noun") | {"the", "of", "'s", "'", "-", "then"}
    k = start - 1
    stop = names[i - 1].end - 1 if i else -1
    nations = adjectives()
    while k > stop and k >= start - 7:
        token = doc[k]
        if token.text in nations:
            countries = tuple(_country_entry(nations[token.text]))
            clue.said.append((countries, SAID))
            return
        if token.lower_ not in light and token.pos_ not in {"ADJ", "NUM"}:
            return
        k -= 1
    if k == stop and i and doc[stop + 1].lower_ in {"'s", "'"}:
        places = tuple(e for e in names[i - 1].entries[:4] if e.kind in _CONTAINERS)
        if places:
            clue.said.append((places, SAID))


def _country_entry(iso3: str) -> list[Entry]:
    from dateline.coder.places.gazetteer import lookup
    from dateline.coder.places.tables import countries

    found = lookup(countries()[iso3].name)
    return [e for e in found if e.kind == "country" and e.country == iso3]


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
        i = end
