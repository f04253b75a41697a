"""The register: who is who, and who is meant."""

from __future__ import annotations

import datetime as dt
import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from dateline.actors.foreign import states_abroad
from dateline.actors.identity import THRESHOLD, Identity
from dateline.actors.members import Members
from dateline.actors.names import Entities
from dateline.actors.offices import Offices
from dateline.actors.own import read_own
from dateline.actors.people import People
from dateline.actors.phrase import Reader
from dateline.actors.resolver import Resolver
from dateline.actors.tables import Tables
from dateline.actors.tokens import POSSESSIVE, fold, tokenise, tokenise_words
from dateline.actors.vocabulary import Vocabulary

_CACHED = 65_536


class Register:
    """States, bodies, groups and people in their roles over time."""

    def __init__(self, extra: Iterable[Path] = ()) -> None:
        """Read the data files, and a user's; raises DatelineError where one cannot be used."""
        with _no_collection():
            self._load(extra)

    def _load(self, extra: Iterable[Path]) -> None:
        tables = Tables(row for path in extra for row in read_own(path))
        vocabulary = Vocabulary(tables)
        self._entities = Entities(tables)
        states = frozenset(row["id"] for row in tables.rows("states"))
        people = People(tables, vocabulary, states)
        self._entities.add_people(people, vocabulary.words("function"))
        self._reader = Reader(self._entities.lexicon, vocabulary)
        self._offices = offices = Offices(tables, people, vocabulary)
        self._vocabulary = vocabulary
        self._members = Members(tables)
        self._resolver = Resolver(self._entities, people, offices, vocabulary, self._reader)
        self._ranked = lru_cache(maxsize=_CACHED)(self._rank)

    def resolve(self, text: str, date: dt.date | None = None) -> Identity | None:
        """The best identity of a name or noun phrase as the press writes it, on a date.

        None where nothing known fits well enough.
        """
        ranked = self._ranked(text, date)
        return ranked[0] if ranked and ranked[0].score >= THRESHOLD else None

    def candidates(self, text: str, date: dt.date | None = None) -> list[Identity]:
        """All that the text may mean, best first, also below the threshold of `resolve`."""
        return list(self._ranked(text, date))

    def get(self, identifier: str, date: dt.date | None = None) -> Identity | None:
        """The identity of a record of the register, by its id."""
        return self._resolver.entity(identifier, date)

    def holder(self, title: str, of: str, date: dt.date | None) -> Identity | None:
        """Who holds an office ("prime minister", "leader") of a state or body on a date.

        `of` is a state's or body's code. None where the register knows nobody, or several.
        """
        head, exact = self._vocabulary.title(title.casefold())
        if head is None or not exact:
            return None
        person = self._offices.holder(head, of, date)
        return self.get(person.id, date) if person else None

    def members(self, body: str, date: dt.date | None = None) -> tuple[str, ...]:
        """The codes of a body's member states on a date, or today's; empty where not known."""
        return self._members.on(body, date)

    def find(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """The longest names of the register in a list of tokens: start, end (exclusive), id.

        Case matters: "US" is found, "us" is not. Names inside compounds such as "pro-Russian" and
        "US-backed" are not found, those in "US-China" are.
        """
        tokens, owners = tokenise_words(words)
        return [
            (owners[span.start], owners[span.end - 1] + 1, span.best.entity)
            for span in self._reader.spans(tokens)
        ]

    def nationality(self, text: str) -> str | None:
        """The code of the state or body that a word or short phrase names: "Russian" is RUS."""
        tokens, _ = self._reader.trim(tokenise(text))
        if not len(tokens):
            return None
        for name in self._entities.lexicon.get(tokens):
            entity = self._entities.by_id.get(name.entity)
            if entity is not None and entity.kind != "group" and not name.weak:
                return entity.code or entity.country
        return None

    def _rank(self, text: str, date: dt.date | None) -> tuple[Identity, ...]:
        ranked = tuple(self._resolver.rank(text, date))
        return ranked or tuple(self._abroad(text))

    def _abroad(self, text: str) -> Iterable[Identity]:
        """A state by its name in another language."""
        tokens, _ = self._reader.trim(tokenise(text))
        if not 1 <= len(tokens) <= 5 or not _may_be_foreign(tokens.surface):
            return
        key = fold(" ".join(w for w in tokens.surface if w != POSSESSIVE))
        code = states_abroad().get(key)
        identity = self.get(code) if code else None
        if identity is not None:
            yield Identity(
                identity.name, identity.code, identity.country, identity.sector, None, "state",
                None, identity.id, 0.8,
            )  # fmt: skip


@contextmanager
def _no_collection() -> Iterator[None]:
    """Many small objects that all stay: looking for garbage among them only costs time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled and not gc.get_freeze_count():
            gc.freeze()
            gc.unfreeze()  # old from now on, so that the next collection need not look at them
        if enabled:
            gc.enable()


def _may_be_foreign(words: Sequence[str]) -> bool:
    return words[0][0].isupper() or not words[0].isascii()


@cache
def register(extra: tuple[Path, ...] = ()) -> Register:
    """The register, loaded once; `extra` are a user's files: CSV, TOML or FollowTheMoney JSON."""
    return Register(extra)
