"""Words of a name or noun phrase, made comparable."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

POSSESSIVE = "'s"
BREAK = ","
"""Stands for any punctuation that ends a name."""

# Letters that Unicode does not take apart into a plain letter and an accent.
_PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "\u2010": "-", "\u2011": "-"})
_TOKEN = re.compile(
    r"(?P<acronym>(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W\d_]))"
    r"|(?P<possessive>'\s?[sS](?!\w)|(?<=[sS])'(?!\w))"
    r"|(?P<word>[^\W_]+(?:'(?![sS](?!\w))[^\W_]+)*(?:\+\d*)?)"
    r"|(?P<joint>(?<=\S)[-\u2013/](?=\w))"
    r"|(?P<break>[,;:()\[\]\u2014])"
)


@dataclass(slots=True)
class Tokens:
    """A phrase as words: as written, as compared, and whether a hyphen joins each to the last."""

    surface: tuple[str, ...]
    folded: tuple[str, ...]
    joined: tuple[bool, ...]

    def __len__(self) -> int:
        return len(self.surface)

    def cut(self, start: int, end: int | None = None) -> Tokens:
        """The words from `start` to `end` (exclusive)."""
        return Tokens(self.surface[start:end], self.folded[start:end], self.joined[start:end])

    def pick(self, order: Iterable[int]) -> Tokens:
        """The words at these places, in this order."""
        kept = list(order)
        return Tokens(
            tuple(self.surface[i] for i in kept),
            tuple(self.folded[i] for i in kept),
            tuple(self.joined[i] for i in kept),
        )

    def joined_with(self, other: Tokens) -> Tokens:
        """These words and then others."""
        return Tokens(
            self.surface + other.surface,
            self.folded + other.folded,
            self.joined + other.joined,
        )

    def unbroken(self) -> Tokens:
        """The words alone, without marks between them or a possessive at the end."""
        if BREAK not in self.surface and self.surface[-1:] != (POSSESSIVE,):
            return self
        kept = [i for i, word in enumerate(self.surface) if word != BREAK]
        while kept and self.surface[kept[-1]] == POSSESSIVE:
            kept.pop()
        return self.pick(kept)

    def key(self, start: int = 0, end: int | None = None) -> str:
        """The compared form of a run of words."""
        return " ".join(self.folded[start:end])

    def capital(self, index: int) -> bool:
        """Whether a word is written with a capital."""
        return self.surface[index][0].isupper()

    @property
    def text(self) -> str:
        """The words put together again, possessives and hyphens tight."""
        out = ""
        for word, joined in zip(self.surface, self.joined, strict=True):
            if word in (POSSESSIVE, BREAK):
                out += word
            elif joined:
                out += "-" + word
            else:
                out += " " + word if out else word
        return out


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A word without case and accents."""
    word = word.casefold()
    if word.isascii():
        return word
    word = unicodedata.normalize("NFKD", word.translate(_PLAIN))
    return "".join(c for c in word if not unicodedata.combining(c)).casefold()


def tokenise(text: str) -> Tokens:
    """Cut a phrase into words; full stops are dropped ("U.S." is "US"), hyphens part words."""
    if text.isascii() and text.replace(" ", "").isalpha():
        surface = tuple(text.split())
        return Tokens(surface, tuple(text.casefold().split()), (False,) * len(surface))
    return _lettered(text) or _pack(_words(text.translate(_QUOTES)))


def _lettered(text: str) -> Tokens | None:
    """The words of a text of letters, spaces and hyphens within words: most names, and quickly."""
    letters = text.replace(" ", "").replace("-", "")
    if not letters.isalpha() or "\u02bc" in letters:  # a letter to Unicode, to us a quote mark
        return None
    surface: list[str] = []
    joined: list[bool] = []
    for word in text.split(" "):
        if word:
            first, *rest = word.split("-")
            surface += (first, *rest)
            joined += (False, *[True] * len(rest))
    if "" in surface:
        return None
    return Tokens(tuple(surface), tuple(map(fold, surface)), tuple(joined))


def tokenise_words(words: Sequence[str]) -> tuple[Tokens, list[int]]:
    """Cut given tokens further; also, for each word, the index of the token that it is from."""
    parts: list[tuple[str, bool]] = []
    owners: list[int] = []
    joint = False
    for index, token in enumerate(words):
        token = token.translate(_QUOTES)
        if token in ("-", "\u2013", "/"):
            joint = bool(parts)
            continue
        if token in (POSSESSIVE, "'"):
            found = [(POSSESSIVE, False)]
        else:
            found = list(_words(token)) or [(BREAK, False)]
        if joint:
            found[0] = (found[0][0], True)
        joint = False
        parts.extend(found)
        owners.extend([index] * len(found))
    return _pack(parts), owners


def _words(text: str) -> Iterable[tuple[str, bool]]:
    joint = False
    for match in _TOKEN.finditer(text):
        kind = match.lastgroup
        if kind == "joint":
            joint = True
            continue
        word = match.group()
        if kind == "acronym":
            word = word.replace(".", "")
        elif kind == "possessive":
            word = POSSESSIVE
        elif kind == "break":
            word = BREAK
        yield word, joint
        joint = False


def _pack(parts: Iterable[tuple[str, bool]]) -> Tokens:
    parts = list(parts)
    surface = tuple(word for word, _ in parts)
    return Tokens(surface, tuple(map(fold, surface)), tuple(joined for _, joined in parts))
