"""Which words name a place: from the entities of the pipeline and from the gazetteer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from spacy.tokens import Doc, Span, Token

from dateline.coder.places.gazetteer import Entry, lookup, state_after
from dateline.coder.places.tables import adjectives, words

LONGEST = 6
"""Tokens of a name that is looked up."""
PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
NUMBER_LABELS = frozenset({"CARDINAL", "DATE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
_KNOWN_CITY = 5.3
_SMALL_CITY = 3.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A name in tokens, and what it may mean; `noun` is the kind said with it ("province")."""

    start: int
    end: int
    name: str
    entries: tuple[Entry, ...]
    noun: str | None
    label: str


def candidates(doc: Doc, surnames: frozenset[str] = frozenset()) -> list[Candidate]:
    """The place names of a paragraph in order, none overlapping."""
    labels = _labels(doc)
    found: list[Candidate] = []
    taken = 0
    for start, end in _matches(doc):
        if start < taken:
            continue
        candidate = _judge(doc, start, end, labels, surnames)
        if candidate:
            found.append(candidate)
            taken = candidate.end
    covered = {i for c in found for i in range(c.start, c.end)}
    found += [c for c in _unknown(doc, labels) if covered.isdisjoint(range(c.start, c.end))]
    return sorted(found, key=lambda c: c.start)


def _labels(doc: Doc) -> list[Span | None]:
    """The entity of each token."""
    labels: list[Span | None] = [None] * len(doc)
    for entity in doc.ents:
        for i in range(entity.start, entity.end):
            labels[i] = entity
    return labels


@lru_cache(maxsize=65536)
def _is_name(text: str) -> bool:
    return text[:1].isupper() or (len(text) > 3 and text[:3] in {"al-", "el-", "ad-", "as-"})


def _matches(doc: Doc) -> Iterator[tuple[int, int]]:
    """Longest runs of tokens that the gazetteer knows, from left to right."""
    particles = words("particle")
    texts = [t.text for t in doc]
    size, i = len(texts), 0
    while i < size:
        end = 0
        if _is_name(texts[i]) or (texts[i] in particles and _joined(doc, i)):
            limit = i + 1
            last = limit if _is_name(texts[i]) else 0
            while limit < size and limit - i < LONGEST:
                text = texts[limit]
                if _is_name(text):
                    last = limit + 1
                elif not (text in particles or text in "-'." or text.isdigit()):
                    break
                limit += 1
            for stop in range(last, i, -1):
                if _is_name(texts[stop - 1]) or stop - 1 == i or texts[stop - 1].isalpha():
                    surface = doc.text[doc[i].idx : doc[stop - 1].idx + len(texts[stop - 1])]
                    if lookup(surface):
                        end = stop
                        break
        if end:
            yield i, end
            i = end
        else:
            i += 1


def _joined(doc: Doc, i: int) -> bool:
    """A small word that a hyphen ties to a name: al-Bab."""
    return i + 2 < len(doc) and doc[i + 1].text == "-" and _is_name(doc[i + 2].text)


def _judge(
    doc: Doc, start: int, end: int, labels: list[Span | None], surnames: frozenset[str]
) -> Candidate | None:
    """Is it a place here? Then with its kind noun; None where it is a person, a body, a word."""
    span = doc[start:end]
    name = span.text
    entries = lookup(name)
    entity = next((e for e in labels[start:end] if e is not None), None)
    label = entity.label_ if entity is not None else ""
    if _in_organisation(doc, start, end) or _in_person(doc, start, end, entity, surnames):
        return None
    if label in PLACE_LABELS and entity is not None:
        left, right = doc[entity.start : start], doc[end : entity.end]
        if not _may_stand_before(left) or not _may_stand_after(right, entity):
            return None
    elif not _without_label(doc, start, end, entries, entity):
        return None
    noun, stop = _noun_after(doc, end)
    return Candidate(start, stop, name, entries, noun or _noun_before(doc, start), label)


def _without_label(
    doc: Doc, start: int, end: int, entries: tuple[Entry, ...], entity: Span | None
) -> bool:
    """A name that the pipeline took for no place."""
    first = doc[start]
    label = entity.label_ if entity is not None else ""
    if entity is not None and label not in NUMBER_LABELS and label != "NORP":
        larger = entity.start < start or entity.end > end
        if larger and doc[end].lower_ not in {"'s", "'"} if end < len(doc) else larger:
            return False
    if end - start == 1:
        if first.lower_ in words("not_place") or first.text in adjectives_only():
            return False
        if first.pos_ not in {"PROPN", "NOUN", "ADJ"} and entries[0].kind != "country":
            return False
        if first.is_upper and len(first) < 4 and entries[0].kind == "city":
            return False
    best = entries[0]
    if best.kind != "city" and not best.kind.startswith("division"):
        return True
    if _literal_before(doc, start) or _state_follows(doc, end):
        return best.prior >= _SMALL_CITY and (first.pos_ == "PROPN" or label != "")
    return best.prior >= _KNOWN_CITY and all(t.pos_ == "PROPN" or not t.is_alpha for t in doc[start:end])


@lru_cache(maxsize=1)
def adjectives_only() -> frozenset[str]:
    """Adjectives that are no name of their country."""
    return frozenset(word for word in adjectives() if not _names_country(word))


def _names_country(word: str) -> bool:
    return any(entry.kind == "country" for entry in lookup(word))


def _literal_before(doc: Doc, start: int) -> bool:
    i = start - 1
    while i >= 0 and doc[i].lower_ in words("compass"):
        i -= 1
    if i < 0:
        return False
    word = doc[i].lower_
    return word in words("preposition_at") or word in {"from", "to", "into", "toward", "towards"}


def _state_follows(doc: Doc, end: int) -> bool:
    """A comma and then a state or country: "Paris, Tex."."""
    if end + 1 >= len(doc) or doc[end].text != ",":
        return False
    after = doc[end + 1].text
    kinds = {"country", "state", "region", "division1"}
    return bool(state_after(after)) or any(
        e.kind in kinds
        for stop in (end + 3, end + 2)
        if stop <= len(doc) and _is_name(after)
        for e in lookup(doc[end + 1 : stop].text)
    )


def _run_end(doc: Doc, end: int) -> int:
    """The end of the capitalised words that follow without a break."""
    while end < len(doc) and _is_name(doc[end].text) and doc[end].pos_ in {"PROPN", "NOUN", "ADJ"}:
        end += 1
    return end


def _in_organisation(doc: Doc, start: int, end: int) -> bool:
    """Part of a body's name: Washington Post, Bank of England."""
    stop = _run_end(doc, end)
    if stop > end and not doc[end].lower_ in words("title"):
        for i in range(end, stop):
            if doc[i].lower_ in words("title"):
                break
            if doc[i].lower_ in words("organisation_noun"):
                return True
    i = start - 1
    while i > 0 and doc[i].lower_ in {"of", "the", "for"}:
        i -= 1
    if i < start - 1 and any(t.lower_ in {"of", "for"} for t in doc[i + 1 : start]):
        while i >= 0 and (_is_name(doc[i].text) or doc[i].lower_ in {"of", "and", "for"}):
            if doc[i].lower_ in words("organisation_head") and _is_name(doc[i].text):
                return True
            i -= 1
    return False


def _in_person(
    doc: Doc, start: int, end: int, entity: Span | None, surnames: frozenset[str]
) -> bool:
    """Part of a person's name, or the surname of someone named before."""
    before = doc[start - 1] if start else None
    if before is not None and before.lower_ in words("title") and _is_name(before.text):
        return not _is_office(doc, start - 1)
    if entity is None or entity.label_ != "PERSON":
        return False
    if entity.end - entity.start > end - start:
        return True
    return end - start == 1 and doc[start].text in surnames and not _literal_before(doc, start)


def _is_office(doc: Doc, i: int) -> bool:
    """An office that a place follows by punctuation only; never in running text."""
    return i + 1 < len(doc) and doc[i + 1].is_punct


def _may_stand_before(left: Span) -> bool:
    """What a place's entity may hold before the name that is known: compass words, articles."""
    return all(_is_light(t) for t in left)


def _is_light(token: Token) -> bool:
    return (
        token.lower_ in words("compass")
        or token.lower_ in words("literal_of_head")
        or token.lower_ in {"the", "of", ",", "and", "in", "'s", "-"}
        or token.is_punct
        or token.text in adjectives()
        or bool(lookup(token.text))
    )


def _may_stand_after(right: Span, entity: Span) -> bool:
    """What it may hold after: a kind of place, or another name."""
    if not len(right) or right[0].is_punct or right[0].lower_ in {"'s", "and", "of", "in"}:
        return True
    if any(t.lower_ in words("suffix_noun") or t.lower_ in words("place_noun") for t in right):
        return True
    return entity.label_ == "FAC" or bool(lookup(right.text)) or not _is_name(right[0].text)


def _noun_after(doc: Doc, end: int) -> tuple[str | None, int]:
    """The kind that follows the name, and where the name with it ends: Kherson region."""
    if end < len(doc) and doc[end].lower_ in words("suffix_noun") and _spaced(doc, end):
        capital = _is_name(doc[end].text)
        return doc[end].lower_, end + 1 if capital else end
    return None, end


def _spaced(doc: Doc, end: int) -> bool:
    return bool(doc[end - 1].whitespace_)


def _noun_before(doc: Doc, start: int) -> str | None:
    """The kind that comes before the name: the city of Homs, the village Bucha."""
    i = start - 1
    if i >= 0 and doc[i].lower_ == "of":
        i -= 1
    if i >= 0 and doc[i].lower_ in words("place_noun"):
        return doc[i].lower_
    return None


def _unknown(doc: Doc, labels: list[Span | None]) -> Iterator[Candidate]:
    """Places to the pipeline that the gazetteer does not know."""
    for entity in doc.ents:
        if entity.label_ not in PLACE_LABELS:
            continue
        start, end = entity.start, entity.end
        while start < end and (not _is_name(doc[start].text) or doc[start].lower_ == "the"):
            start += 1
        while end > start and not _is_name(doc[end - 1].text):
            end -= 1
        if start == end or _in_organisation(doc, start, end):
            continue
        if _in_person(doc, start, end, None, frozenset()):
            continue
        tokens = doc[start:end]
        if all(t.text in adjectives() or t.lower_ in words("compass") for t in tokens):
            continue
        if end - start == 1 and tokens[0].lower_ in words("not_place"):
            continue
        if not any(t.pos_ == "PROPN" for t in tokens):
            continue
        if entity.label_ == "GPE" or _literal_before(doc, start) or _noun_before(doc, start):
            noun, _ = _noun_after(doc, end)
            yield Candidate(start, end, tokens.text, (), noun or _noun_before(doc, start), entity.label_)
