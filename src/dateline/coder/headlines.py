"""Headline grammar: "Russia Pounds Ukraine" is parsed as "Russia pounds Ukraine".

Common words that a headline capitalises are made small, one character for one, so that the tagger
sees verbs where a reader does. Names that the register knows, and words that are no English words,
keep their capitals.
"""

from __future__ import annotations

import re
from functools import cache

from dateline.actors import Register
from dateline.coder.pipeline import pipeline

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_TITLE_CASE = 0.6
"""The share of longer words that are capitalised in a headline in title case."""
_SUFFIXES = ("", "s", "es", "d", "ed", "ing")


def lowered(text: str, register: Register) -> str:
    """The headline with its common words in small letters; any other text as it is."""
    words = list(_WORD.finditer(text))
    longer = [w for w in words if len(w[0]) > 3]
    if len(words) < 4 or sum(w[0][0].isupper() for w in longer) < _TITLE_CASE * len(longer):
        return text
    named = {i for start, end, _ in register.find([w[0] for w in words]) for i in range(start, end)}
    index = _common_words()
    letters = list(text)
    for i, word in enumerate(words):
        if register.nationality(word[0]):
            continue
        if i not in named and word[0].istitle() and _is_common(word[0].lower(), index):
            letters[word.start()] = letters[word.start()].lower()
    return "".join(letters)


def _is_common(word: str, index: frozenset[str]) -> bool:
    if len(word) <= 3 and word in index:
        return True
    return any(
        word.endswith(suffix) and (stem in index or stem + "e" in index)
        for suffix in _SUFFIXES
        if (stem := word[: len(word) - len(suffix)])
    )


@cache
def _common_words() -> frozenset[str]:
    """English base forms, as the pipeline's lemmatiser knows them, and its stop words."""
    nlp = pipeline()
    words: set[str] = set(nlp.Defaults.stop_words)
    if "lemmatizer" in nlp.pipe_names:
        lookups = nlp.get_pipe("lemmatizer").lookups  # type: ignore[attr-defined]
        if lookups.has_table("lemma_index"):
            for kind in ("verb", "noun", "adj", "adv"):
                words.update(lookups.get_table("lemma_index").get(kind, ()))
    return frozenset(words)
