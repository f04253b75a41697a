"""Names that are no place: bodies, people, diseases."""

from __future__ import annotations

from collections.abc import Collection

from spacy.tokens import Span

from dateline.coder.places.gazetteer import lookup
from dateline.coder.places.tables import words
from dateline.coder.places.view import View

FAMOUS = 7.0
"""Prior of a place that is not taken for a person on a last name alone."""


def is_other(
    view: View, start: int, end: int, entity: Span | None, surnames: Collection[str]
) -> bool:
    """Is a name that a place could have another's: a body's, a person's, a thing's?"""
    return (
        _in_organisation(view, start, end)
        or _in_person(view, start, end, entity, surnames)
        or _in_thing(view, end)
        or _in_compound(view, start, end)
    )


def literal_before(view: View, start: int) -> bool:
    """Does a preposition of place stand before a name: in, near, from?"""
    i = start - 1
    while i >= 0 and (view.lowers[i] in words("compass") or view.lowers[i] == "the"):
        i -= 1
    return i >= 0 and view.lowers[i] in words("preposition_place")


def _in_organisation(view: View, start: int, end: int) -> bool:
    """Part of a body's name, or all of it: Washington Post, Bank of England."""
    if view.lowers[start] in words("organisation_head") and "of" in view.lowers[start:end]:
        return True
    for i in range(end, len(view)):
        if not view.is_name(i) or not view.spaced(i) or view.lowers[i] in words("title"):
            break
        if view.lowers[i] in words("organisation_noun"):
            return True
    i = start - 1
    while i > 0 and view.lowers[i] in {"of", "the", "for"}:
        i -= 1
    if not {"of", "for"}.intersection(view.lowers[i + 1 : start]):
        return False
    while i >= 0 and (view.is_name(i) or view.lowers[i] in {"of", "and", "for"}):
        if view.is_name(i) and view.lowers[i] in words("organisation_head"):
            return True
        i -= 1
    return False


def _in_person(
    view: View, start: int, end: int, entity: Span | None, surnames: Collection[str]
) -> bool:
    """Part of a person's name, or the last name of someone named before."""
    if view.lowers[start] in words("title") and end > start + 1 and entity is None:
        return True
    if start and view.is_name(start - 1) and view.lowers[start - 1] in words("title"):
        return view.spaced(start)
    known = end - start == 1 and view.texts[start] in surnames and not _firmly_placed(view, start)
    if entity is None:
        return known
    if entity.label_ != "PERSON":
        return known and all(e.prior < FAMOUS for e in lookup(view.texts[start]))
    return known or entity.end - entity.start > end - start


def _firmly_placed(view: View, start: int) -> bool:
    """Does a preposition stand before a name that never stands before a person's?"""
    possessive = start + 1 < len(view) and view.lowers[start + 1] in {"'s", "'"}
    before = view.lowers[start - 1] if start else ""
    return before in words("preposition_firm") and not possessive


def _in_thing(view: View, end: int) -> bool:
    """A disease or the like: West Nile virus, Hong Kong flu."""
    return end < len(view) and view.spaced(end) and view.lowers[end] in words("thing_noun")


def _in_compound(view: View, start: int, end: int) -> bool:
    """A part of a name with hyphens that is no name by itself: the Port of Port-au-Prince."""
    after = end + 1 < len(view) and view.texts[end] == "-" and not view.spaced(end + 1)
    if after and not view.spaced(end):
        return view.lowers[end + 1] in words("particle")
    before = start > 1 and view.texts[start - 1] == "-" and not view.spaced(start)
    return before and view.lowers[start - 2] in words("particle") | {"mid"}
