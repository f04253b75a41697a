"""Descriptions: whom "Turkish police", "the Russian president", "rebels in Syria" mean."""

from __future__ import annotations

import datetime as dt

from dateline.actors.belonging import Belonging, Belongings
from dateline.actors.identity import THRESHOLD, Entity, Identity
from dateline.actors.names import Entities
from dateline.actors.naming import PersonNames
from dateline.actors.offices import Offices
from dateline.actors.people import People
from dateline.actors.phrase import Phrase, Reader
from dateline.actors.tokens import POSSESSIVE
from dateline.actors.vocabulary import Head, Vocabulary

_GROUP_SECTORS = frozenset({"REB", "PRM", "UAF", "PTY", "OPP", "MED", "JRN", "LEG"})
_BODY_SECTORS = frozenset({"NGO", "LAB", "IGO", "LEG", "HLH", "SOC"})
_PEOPLES = frozenset({"SOC", "REL"})
_OPPOSABLE = frozenset({"GOV", "LEG", "PTY", "NGO", "SOC", "MIL"})


class Descriptions:
    """Finds whom a description means: sector by its head, country by whose it is."""

    def __init__(
        self,
        entities: Entities,
        people: People,
        offices: Offices,
        vocabulary: Vocabulary,
        reader: Reader,
        names: PersonNames,
        belongings: Belongings,
    ) -> None:
        """Keep the indexes."""
        self._entities = entities
        self._people = people
        self._offices = offices
        self._vocabulary = vocabulary
        self._reader = reader
        self._names = names
        self._belongings = belongings
        self._opposition = vocabulary.words("opposition")

    def find(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        """Whom a phrase means whose head describes."""
        found = self._vocabulary.head_at_end(phrase.core)
        if found is None:
            return []
        start, head = found
        core = phrase.core
        if head.role and start and len(core) - start == 1 and core.capital(start):
            # "Angus King" is no king.
            before = core.folded[start - 1]
            known = any(span.end == start for span in phrase.spans) or before == POSSESSIVE
            if core.capital(start - 1) and not known and before not in self._vocabulary.former:
                return []
        described = self.describe(phrase, start, head, date)
        holder = None if phrase.civil else self._holder(described, head, date)
        return [holder or described]

    def describe(self, phrase: Phrase, start: int, head: Head, date: dt.date | None) -> Identity:
        """What a description says, whose head begins at `start`."""
        words = phrase.core.folded[:start]
        of = self._belongings.of_description(phrase, start, head) or self._of_person(
            phrase, start, date
        )
        sector, acts, role = head.sector, head.acts, head.role
        if self._vocabulary.is_former(words) and acts:
            sector, acts, role = "ELI", False, f"former {role}" if role else None
        elif self._opposition.intersection(words) and head.sector in _OPPOSABLE:
            sector, acts = "OPP", False
        name = phrase.tokens.text
        if of is None:
            score = 0.55 if acts else 0.6
            return _described(name, None, None, sector, role, f":{head.id}", score)
        entity = of.entity
        if entity.sector in _PEOPLES:
            # A people has no officials or fighters of its own: they are described, no more.
            identifier = f"{entity.id}:{head.id}"
            return _described(name, None, entity.country, sector, role, identifier, 0.7)
        if _is_owner(entity, sector, acts):
            return plain(entity, 0.85, role)
        if entity.kind == "body":
            return _described(name, None, None, sector, role, f":{head.id}", 0.6)
        country = entity.country
        identifier = f"{country}:{head.id}"
        if acts:
            state = self._entities.by_id.get(country or "")
            label = state.name if state else name
            return _described(label, country, country, sector, role, identifier, 0.85)
        return _described(name, None, country, sector, role, identifier, 0.8)

    def _holder(self, described: Identity, head: Head, date: dt.date | None) -> Identity | None:
        """The person who held the office on the date, where it is one person's."""
        if head.several or described.role != head.role or head.role is None:
            return None
        of = described.code or described.country
        if of is None and described.kind == "description" and described.id != f":{head.id}":
            return None
        holder = self._offices.holder(head, of, date)
        if holder is None:
            return None
        title = None if head.leads else head
        return self._people.identity(holder, date, 0.85 if of else 0.7, title, of)

    def _of_person(self, phrase: Phrase, start: int, date: dt.date | None) -> Belonging | None:
        """The country of whoever is named before a description: "the Assad regime"."""
        before, _ = self._reader.trim(phrase.tokens.cut(0, start))
        if not len(before) or not before.capital(len(before) - 1):
            return None
        named = self._names.find(self._reader.read(before, False), date)
        if not named or named[0].score < THRESHOLD:
            return None
        state = self._entities.by_id.get(named[0].country or "")
        return Belonging(state) if state else None


def plain(entity: Entity, score: float, role: str | None = None) -> Identity:
    """The identity of a record that is no person."""
    return Identity(
        entity.name, entity.code, entity.country, entity.sector, role, entity.kind, None,
        entity.id, score,
    )  # fmt: skip


def _is_owner(entity: Entity, sector: str, acts: bool) -> bool:
    """Whether whoever is described is the one whose they are: "Hamas officials" are Hamas."""
    if entity.kind == "group":
        return acts or sector in _GROUP_SECTORS
    if entity.kind == "body":
        return acts or sector in _BODY_SECTORS
    return entity.organ and acts and sector != "ELI"


def _described(
    name: str,
    code: str | None,
    country: str | None,
    sector: str | None,
    role: str | None,
    identifier: str,
    score: float,
) -> Identity:
    return Identity(
        name, code, country, sector or None, role, "description", None, identifier, score
    )
