"""Place names of a paragraph, resolved."""

from __future__ import annotations

from spacy.tokens import Doc

from dateline.coder.places.context import PlaceContext
from dateline.coder.places.gazetteer import Entry
from dateline.coder.places.model import PlaceName
from dateline.coder.places.resolve import resolve
from dateline.coder.places.roles import role_of
from dateline.coder.places.spans import Candidate
from dateline.records import Place


def find_places(doc: Doc, context: PlaceContext | None = None) -> list[PlaceName]:
    """The place names of a paragraph, sorted, none overlapping.

    Pass the same context for all paragraphs of an article, in their order: it remembers what the
    article has named, and is added to.
    """
    context = PlaceContext() if context is None else context
    view, names = context.read(doc)
    found = resolve(view, names, context)
    return [
        _place(doc, name, entry, country)
        for name, (entry, country) in zip(names, found, strict=True)
    ]


def _place(doc: Doc, name: Candidate, entry: Entry | None, country: str | None) -> PlaceName:
    span = doc[name.start : name.end]
    return PlaceName(
        start=span.start_char,
        end=span.end_char,
        name=entry.name if entry is not None else name.name,
        country=country,
        lat=entry.lat if entry is not None else None,
        lon=entry.lon if entry is not None else None,
        geonameid=entry.geonameid if entry is not None else None,
        precision=entry.precision if entry is not None else "none",
        role=role_of(span, entry),
    )


def to_record(place: PlaceName, text: str) -> Place:
    """The record of a place; `text` is the name as the article writes it."""
    return Place(
        text=text,
        name=place.name,
        country=place.country,
        lat=place.lat,
        lon=place.lon,
        geonameid=place.geonameid,
    )
