"""What the encoder makes of a sentence with its actor, recipient and trigger marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from dateline.coder.encoder import labels
from dateline.coder.encoder.decoding import Logs
from dateline.coder.encoder.marking import GUIDELINES, ROLES, Chars, flags, kept
from dateline.coder.encoder.session import network
from dateline.coder.encoder.trunk import passage

Vector = np.ndarray[tuple[int], np.dtype[np.float32]]

NAME = "types"


@dataclass(frozen=True, slots=True)
class Opinion:
    """Probabilities, each head's by itself."""

    scores: Vector

    def types(self) -> dict[str, float]:
        """Of the 16 types and `none`."""
        return dict(zip(labels.types(), _softmax(self._of("type")), strict=True))

    def event(self) -> float:
        """That the words report an event between the parties at all."""
        return 1.0 - self.types()[labels.NONE]

    def modes(self, type: str) -> dict[str | None, float]:
        """Of a type's modes and none of them, given the type."""
        own = [i for i, (of, _) in enumerate(labels.modes()) if of == type]
        chances = _softmax(self._of("mode")[own])
        return {labels.modes()[i][1]: p for i, p in zip(own, chances, strict=True)}

    def contexts(self) -> dict[str, float]:
        """Of each context."""
        chances = 1 / (1 + np.exp(-self._of("contexts").astype(np.float64)))
        return dict(zip(labels.contexts(), map(float, chances), strict=True))

    def statuses(self) -> dict[str, float]:
        """Of the five statuses."""
        return dict(zip(labels.STATUSES, _softmax(self._of("status")), strict=True))

    def quads(self) -> dict[str, float]:
        """Of no event and the four quad classes; for a sentence read by the `quad` guideline."""
        return dict(zip(labels.QUADS, _softmax(self._of("quad")), strict=True))

    def _of(self, head: str) -> Vector:
        return self.scores[labels.sections()[head]]


def read(
    text: str, marks: Mapping[str, Chars], guideline: str = "codebook", within: Chars | None = None
) -> Opinion:
    """The encoder's opinion on a sentence of a passage.

    `marks` are spans by role (see `marking`), `within` is the sentence, all in code points of
    `text`; without it the passage is the sentence.
    """
    return _read(text, tuple(sorted(marks.items())), guideline, within)


@lru_cache(maxsize=256)
def _read(
    text: str, marks: tuple[tuple[str, Chars], ...], guideline: str, within: Chars | None
) -> Opinion:
    return Opinion(sentence(text, dict(marks), guideline, within).told(NAME)[0])


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the upper layers read it: `offsets` are those of its pieces."""

    offsets: tuple[Chars, ...]
    states: Logs
    flags: Logs
    guideline: str

    def told(self, name: str) -> Logs:
        """What the network of that name makes of it."""
        number = np.array([GUIDELINES.index(self.guideline)], dtype=np.int64)
        return network(name).run(states=self.states, flags=self.flags, guideline=number)


def sentence(
    text: str, marks: Mapping[str, Chars], guideline: str, within: Chars | None
) -> Sentence:
    """A sentence of a passage with its marks, read as far as the trunk goes."""
    given = passage(text)
    start, end = within or (0, len(text))
    own = [n for n, (a, b) in enumerate(given.offsets) if start <= a < b <= end]
    marked = flags([given.offsets[n] for n in own], marks)
    chosen = kept(marked)
    pieces = [own[n] for n in chosen]
    none = (False,) * len(ROLES)
    return Sentence(
        offsets=tuple(given.offsets[n] for n in pieces),
        states=given.rows(pieces),
        flags=np.array([[none, *(marked[n] for n in chosen), none]], dtype=np.float32),
        guideline=guideline,
    )


def _softmax(scores: Vector) -> list[float]:
    wide = scores.astype(np.float64)
    chances = np.exp(wide - wide.max())
    return [float(p) for p in chances / chances.sum()]
