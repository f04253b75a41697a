"""A paragraph's tokens as plain lists, read from spaCy once."""

from __future__ import annotations

from functools import lru_cache

from spacy.tokens import Doc, Span

from dateline.coder.places.tables import adjectives
from dateline.coder.plain import text_of


class View:
    """The words of a paragraph, their entities, their sentences and the nations they speak of."""

    def __init__(self, doc: Doc) -> None:
        """Read a paragraph."""
        self.doc = doc
        self.text = text_of(doc)
        self.texts: list[str] = []
        self.starts: list[int] = []
        for token in doc:
            self.texts.append(token.text)
            self.starts.append(token.idx)
        self.lowers = [text.lower() for text in self.texts]
        self._names = [is_name(text) for text in self.texts]
        self.entities: list[Span | None] = [None] * len(self.texts)
        for entity in doc.ents:
            for i in range(entity.start, entity.end):
                self.entities[i] = entity
        self.sentences: list[int] = []
        current = 0
        for i, flag in enumerate(doc.to_array("SENT_START").tolist()):
            current = i if flag == 1 else current
            self.sentences.append(current)
        nations = adjectives()
        self.nations = [(i, nations[t]) for i, t in enumerate(self.texts) if t in nations]

    def __len__(self) -> int:
        """The number of tokens."""
        return len(self.texts)

    def surface(self, start: int, end: int) -> str:
        """The text from one token up to another."""
        return self.text[self.starts[start] : self.starts[end - 1] + len(self.texts[end - 1])]

    def spaced(self, i: int) -> bool:
        """Does white space stand before a token?"""
        return i == 0 or self.starts[i] > self.starts[i - 1] + len(self.texts[i - 1])

    def pos(self, i: int) -> str:
        """The part of speech of a token."""
        return self.doc[i].pos_

    def is_name(self, i: int) -> bool:
        """Is a token written like a part of a name?"""
        return self._names[i]


@lru_cache(maxsize=65536)
def is_name(text: str) -> bool:
    """Is a word written like a part of a name: Côte, d'Ivoire, H5N1?"""
    return any(c.isupper() for c in text[:4])
