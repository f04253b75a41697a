"""Where: place names found in a paragraph, resolved to a place, and the place of an event."""

from dateline.coder.places.cities import use_geonames
from dateline.coder.places.context import PlaceContext
from dateline.coder.places.find import find_places, to_record
from dateline.coder.places.model import PlaceName
from dateline.coder.places.roles import governing_place

__all__ = [
    "PlaceContext",
    "PlaceName",
    "find_places",
    "governing_place",
    "to_record",
    "use_geonames",
]
