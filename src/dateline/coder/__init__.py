"""One article in, its mentions out.

The steps, each a module: parse, cast (who is who), candidates (predicates and their parties),
reading (what the words around an event make of it), rules (the codebook), opinions, times, places,
attribution, mentions (the record).
"""

from dateline.coder.classify import classify
from dateline.coder.code import Coder, load, statements
from dateline.coder.explain import Explanation
from dateline.coder.listing import place_mentions, time_mentions

__all__ = [
    "Coder",
    "Explanation",
    "classify",
    "load",
    "place_mentions",
    "statements",
    "time_mentions",
]
