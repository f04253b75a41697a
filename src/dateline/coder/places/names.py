"""One spelling for the many spellings of a name."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_JOIN = re.compile(r"[-‐-―_/\s]+")
_DROP = re.compile(r"[.'’‘`´ʼʻʿʾ\"“”]")
_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"}
)
_LONG = {"st": "saint", "ft": "fort", "mt": "mount", "ste": "sainte", "pt": "point"}


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The form that names are compared in: small letters, no accents, hyphens or apostrophes."""
    plain = name.casefold()
    if not plain.isascii():
        plain = plain.translate(_LETTERS)
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not _is_mark(c))
    words = _JOIN.sub(" ", _DROP.sub("", plain)).strip().split(" ")
    if len(words) > 1:
        words[0] = _LONG.get(words[0], words[0])
        if words[0] == "the":
            del words[0]
    return " ".join(words)


def _is_mark(character: str) -> bool:
    return unicodedata.combining(character) != 0
