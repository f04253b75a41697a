"""Which words name a place: from the entities of the pipeline and from the gazetteer."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Span

from dateline.coder.phrases import PLACE_LABELS
from dateline.coder.places import guards
from dateline.coder.places.gazetteer import Entry, lookup, state_after
from dateline.coder.places.tables import adjectives, words
from dateline.coder.places.view import View

LONGEST = 7
"""Tokens of a name that is looked up."""
NUMBER_LABELS = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
_KNOWN = 5.0
"""Prior of a city or division that needs no other sign than its name."""
_SMALL = 2.9
"""Prior of one that is taken where the words around it call for a place."""
_LITTLE = 4.0
"""Prior below which the pipeline's word alone is not enough."""
_NATURE = frozenset({"river", "lake", "island", "sea", "mountains", "gulf", "strait", "desert"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in tokens, and what it may mean; `noun` is the kind said with it ("province")."""

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    noun: str | None


def candidates(view: View, surnames: Collection[str] = ()) -> list[Candidate]:
    """The place names of a paragraph in order, none overlapping."""
    found: list[Candidate] = []
    for start, end in _matches(view):
        if found and start < found[-1].end:
            continue
        candidate = _judge(view, start, end, found, surnames)
        if candidate:
            found.append(candidate)
    covered = {i for c in found for i in range(c.start, c.end)}
    unknown = [
        c for c in _unknown(view, covered, surnames) if covered.isdisjoint(range(c.start, c.end))
    ]
    return sorted(found + unknown, key=lambda c: c.start)


def _matches(view: View) -> Iterator[tuple[int, int]]:
    """Longest runs of tokens that the gazetteer knows, from left to right."""
    i = 0
    while i < len(view):
        end = 0
        if view.is_name(i) or _joined(view, i):
            end = next((e for e in _ends(view, i) if lookup(view.surface(i, e))), 0)
            if end == i + 1 and view.lowers[i] in words("compass"):
                end = 0
            if end and view.lowers[i] == "the" and not _with_article(view, i, end):
                end = 0
        if end:
            yield i, end
            i = end
        else:
            i += 1


def _with_article(view: View, start: int, end: int) -> bool:
    """The Hague, The Villages: the article is a part of the name."""
    return any(e.name.startswith("The ") for e in lookup(view.surface(start, end))[:1])


def _ends(view: View, start: int) -> list[int]:
    """Where a name that starts here may end, longest first."""
    particles, ends = words("particle"), []
    for i in range(start, min(start + LONGEST, len(view))):
        text = view.texts[i]
        tied = i > start and not view.spaced(i)
        if view.is_name(i):
            if not tied or view.texts[i - 1] in "-'./" or i == start:
                ends.append(i + 1)
        elif text.isdigit() or (tied and view.texts[i - 1] == "-" and text.isalpha()):
            ends.append(i + 1)
        elif not (text in particles or text in {"-", "'s", ".", "'", "&"}) and i > start:
            break
    return ends[::-1]


def _joined(view: View, i: int) -> bool:
    """A small word that a hyphen ties to a name: al-Bab."""
    return (
        view.texts[i] in words("particle")
        and i + 2 < len(view)
        and view.texts[i + 1] == "-"
        and view.is_name(i + 2)
    )


def _judge(
    view: View, start: int, end: int, found: list[Candidate], surnames: Collection[str]
) -> Candidate | None:
    """Is it a place here? None where it is a person, a body, a thing, a word."""
    entity = next((e for e in view.entities[start:end] if e is not None), None)
    if guards.is_other(view, start, end, entity, surnames):
        return None
    name = view.surface(start, end)
    entries = lookup(name)
    noun, stop = _noun_after(view, end)
    if entity is not None and entity.label_ in PLACE_LABELS:
        if not _fits(view, entity, start, end):
            return None
        if end - start == 1 and view.lowers[start] in words("not_place"):
            return None
        if entries[0].prior < _LITTLE and not _called_for(view, start, end, found):
            return None
    elif not _without_label(view, start, end, entries, entity, found):
        return None
    if noun in words("noun_nature") and stop > end:
        entries = tuple(e for e in entries if e.kind in _NATURE)
        name = view.surface(start, stop)
    return Candidate(start, stop, name, entries, noun or _noun_before(view, start))


def _without_label(
    view: View,
    start: int,
    end: int,
    entries: tuple[Entry, ...],
    entity: Span | None,
    found: list[Candidate],
) -> bool:
    """A name that the pipeline took for no place."""
    label = entity.label_ if entity is not None else ""
    if entity is not None and label not in NUMBER_LABELS and label != "NORP":
        first = entity.start + (view.lowers[entity.start] == "the")
        larger = first < start or entity.end > end
        if larger and not (end < len(view) and view.lowers[end] in {"'s", "'"}):
            return False
    best = entries[0]
    settled = best.kind != "city" and not best.kind.startswith("division")
    if end - start == 1:
        text, pos = view.texts[start], view.pos(start)
        if view.lowers[start] in words("not_place") or text in adjectives_only():
            return False
        if pos not in {"PROPN", "NOUN", "ADJ"} and best.kind != "country":
            return False
        if text.isupper() and len(text) < 4 and not settled:
            return False
    if settled:
        return True
    proper = all(view.pos(i) == "PROPN" for i in range(start, end) if view.is_name(i))
    if _called_for(view, start, end, found):
        return best.prior >= _SMALL and (proper or label != "")
    return best.prior >= _KNOWN and proper


def _called_for(view: View, start: int, end: int, found: list[Candidate]) -> bool:
    """Do the words around a name call for a place?"""
    if guards.literal_before(view, start) or _state_follows(view, end):
        return True
    if _noun_before(view, start) or _noun_after(view, end)[0] or _lies_in(view, start, end):
        return True
    if start and view.lowers[start - 1] in words("taken"):
        return True
    last = found[-1].end if found else -1
    between = view.lowers[last:start] if 0 <= last <= start else None
    return between in ([","], ["and"], ["or"], [",", "and"])


def _lies_in(view: View, start: int, end: int) -> bool:
    """Goris in southern Armenia: the country that follows holds a place of that name."""
    i = end
    if i + 1 >= len(view) or view.lowers[i] != "in":
        return False
    i += 1
    while i < min(end + 4, len(view)) and view.lowers[i] in words("compass"):
        i += 1
    found = (
        {e.country for e in lookup(view.surface(i, i + 1)) if e.kind == "country"}
        if i < len(view)
        else set()
    )
    return any(e.country in found for e in lookup(view.surface(start, end)))


@cache
def adjectives_only() -> frozenset[str]:
    """Adjectives that are no name of their country."""
    return frozenset(w for w in adjectives() if not any(e.kind == "country" for e in lookup(w)))


def _state_follows(view: View, end: int) -> bool:
    """A comma and then a state or country: "Paris, Tex."."""
    if end + 1 >= len(view) or view.texts[end] != "," or not view.is_name(end + 1):
        return False
    kinds = {"country", "state", "region", "division1"}
    return bool(state_after(view.texts[end + 1])) or any(
        e.kind in kinds
        for stop in (end + 3, end + 2)
        if stop <= len(view)
        for e in lookup(view.surface(end + 1, stop))
    )


def _fits(view: View, entity: Span, start: int, end: int) -> bool:
    """May the rest of a place's entity stand with the name that is known?"""
    for i in range(entity.start, start):
        light = view.lowers[i] in words("compass") | words("literal_of_head") | words("light")
        light = light or not view.texts[i].isalpha() or view.texts[i] in adjectives()
        if not light and not lookup(view.texts[i]):
            return False
    if end >= entity.end:
        return True
    rest = range(end, entity.end)
    if not view.is_name(end) or view.lowers[end] in words("light"):
        return True
    if any(view.lowers[i] in words("suffix_noun") | words("place_noun") for i in rest):
        return True
    return entity.label_ == "FAC" or bool(lookup(view.surface(end, entity.end)))


def _noun_after(view: View, end: int) -> tuple[str | None, int]:
    """The kind that follows the name, and where the name with it ends: Kherson region."""
    if end < len(view) and view.spaced(end) and view.lowers[end] in words("suffix_noun"):
        return view.lowers[end], end + 1 if view.is_name(end) else end
    return None, end


def _noun_before(view: View, start: int) -> str | None:
    """The kind that comes before the name: the city of Homs, the village Bucha."""
    i = start - 1
    if i >= 0 and view.lowers[i] == "of":
        i -= 1
    if i >= 0 and view.lowers[i] in words("place_noun"):
        return view.lowers[i]
    if i > 0 and view.lowers[i] in words("place_nouns") and i < start - 1:
        return view.lowers[i]
    return None


def _unknown(view: View, covered: set[int], surnames: Collection[str]) -> Iterator[Candidate]:
    """Places to the pipeline that the gazetteer does not know, where the words call for a place."""
    known = set(covered)
    for entity in view.doc.ents:
        named = entity.label_ in {"ORG", "PERSON", "NORP"} and _town_of(view, entity.start)
        if entity.label_ not in PLACE_LABELS and not named:
            continue
        start, end = entity.start, entity.end
        while start < end and (not view.is_name(start) or view.lowers[start] == "the"):
            start += 1
        while end > start and not view.is_name(end - 1):
            end -= 1
        if start == end or guards.is_other(view, start, end, None, surnames):
            continue
        if not _may_be_unknown(view, start, end) or not known.isdisjoint(range(start, end)):
            continue
        noun = _noun_after(view, end)[0] or _noun_before(view, start)
        if noun or guards.literal_before(view, start) or _beside(view, start, end, known):
            known.update(range(start, end))
            name = view.surface(start, end)
            states = state_after(name) if view.lowers[start - 1] == "," and start else ()
            yield Candidate(start, end, name, states, noun)


def _town_of(view: View, start: int) -> bool:
    """The border town of Tell Abyad: a place, whatever the pipeline takes it for."""
    return start > 1 and view.lowers[start - 1] == "of" and view.lowers[start - 2] in words("town")


def _may_be_unknown(view: View, start: int, end: int) -> bool:
    texts = view.texts[start:end]
    if any(c.isdigit() for text in texts for c in text) or "." in texts[0][1:2]:
        return False
    if all(t in adjectives() or t.lower() in words("compass") for t in texts):
        return False
    if end - start == 1 and (view.lowers[start] in words("not_place") or texts[0].isupper()):
        return False
    return any(view.pos(i) == "PROPN" for i in range(start, end))


def _beside(view: View, start: int, end: int, known: set[int]) -> bool:
    """Joined to a known place by a comma or "and"."""
    after = end + 1 < len(view) and view.lowers[end] in {",", "and"} and end + 1 in known
    before = start > 1 and view.lowers[start - 1] in {",", "and"} and start - 2 in known
    return after or before
