"""From the tables to the index of names."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from dateline.actors.identity import STATE_SECTORS, Entity, Kind, Usage
from dateline.actors.lexicon import Lexicon
from dateline.actors.people import People
from dateline.actors.tables import Row, Tables, split

_STATE_COLUMNS: tuple[tuple[str, Usage, Kind], ...] = (
    ("name", "name", "state"),
    ("formal", "name", "state"),
    ("names", "name", "state"),
    ("metonyms", "metonym", "state"),
    ("adjectives", "adjective", "state"),
    ("people", "people", "state"),
    ("capitals", "capital", "capital"),
)


class Entities:
    """All records but persons, and the index of every name, persons' included."""

    def __init__(self, tables: Tables) -> None:
        """Read states, their organs, bodies, media, groups and places."""
        words = tables.rows("words")
        self.lexicon = Lexicon(frozenset(r["id"] for r in words if r["kind"] == "exact-acronym"))
        self.by_id: dict[str, Entity] = {}
        self._tables = tables
        self._states(tables.rows("states"))
        for row in tables.rows("institutions"):
            country, sector = row["country"], row["sector"]
            acts = sector in STATE_SECTORS or sector == "LEG"
            code = country if acts else None
            self._add(row, Entity(row["id"], "state", row["name"], code, country, sector, True))
        for row in tables.rows("bodies"):
            self._add(row, Entity(row["id"], "body", row["name"], row["code"], None, row["sector"]))
        for row in tables.rows("media"):
            country = row["country"]
            code = country if row["acts_for_state"] == "yes" else None
            self._add(row, Entity(row["id"], "group", row["name"], code, country, row["sector"]))
        for row in tables.rows("groups"):
            group = Entity(
                row["id"], "group", row["name"], None, row["country"] or None, row["sector"]
            )
            self._add(row, group, "aliases")
            for adjective in split(row["adjectives"]):
                self.lexicon.add(adjective, group.id, "adjective", "group")

    @cached_property
    def places(self) -> Lexicon:
        """Regions and large cities, each the name of its state; built when first needed."""
        lexicon = Lexicon()
        for row in self._tables.rows("places"):
            for place in (row["id"], *split(row["adjectives"])):
                lexicon.add(place, row["country"], "place", "state")
        return lexicon

    def add_people(self, people: People, common: frozenset[str]) -> None:
        """Index full names of persons, and the surnames that are enough and no `common` words."""
        for person in people.by_id.values():
            for words in person.names:
                if len(words) == 1 and words[0] in common:
                    continue
                self.lexicon.add_words(_capitalised(words), words, person.id, "name", "person")
        for surname, person in people.sure_surnames():
            if surname not in self.lexicon and surname not in common:
                words = tuple(surname.split())
                self.lexicon.add_words(_capitalised(words), words, person.id, "name", "person")

    def _states(self, rows: Iterable[Row]) -> None:
        for row in rows:
            code = row["id"]
            self.by_id[code] = Entity(code, "state", row["name"], code, code, "GOV")
            for column, usage, kind in _STATE_COLUMNS:
                for text in split(row[column]):
                    self.lexicon.add(text, code, usage, kind)

    def _add(self, row: Row, entity: Entity, column: str = "names") -> None:
        self.by_id[entity.id] = entity
        written = split(row[column])
        if entity.name + "?" not in written:
            written.insert(0, entity.name)
        for text in written:
            self.lexicon.add(text, entity.id, "name", entity.kind)


def _capitalised(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(str.capitalize, words))
