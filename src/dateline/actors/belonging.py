"""Whose someone is: by the names that stand around a description."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dateline.actors.identity import Entity
from dateline.actors.lexicon import Span
from dateline.actors.names import Entities
from dateline.actors.people import People
from dateline.actors.phrase import Phrase
from dateline.actors.tokens import Tokens
from dateline.actors.vocabulary import Head, Vocabulary


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose someone is: a state, a body, a group, or an organ of a state."""

    entity: Entity


class Belongings:
    """Finds whose a description or a titled name is."""

    def __init__(self, entities: Entities, people: People, vocabulary: Vocabulary) -> None:
        """Keep the indexes."""
        self._entities = entities
        self._people = people
        self._vocabulary = vocabulary
        self._near = vocabulary.words("country-preposition")
        self._of = vocabulary.words("belonging-preposition")

    def of_description(self, phrase: Phrase, start: int, head: Head) -> Belonging | None:
        """Whose a description is: by what stands before it, else by what follows."""
        before = self.first(phrase.within(0, start))
        if before is not None:
            return before
        place = self.place(phrase.tokens.cut(0, start))
        if place is not None:
            return place
        return self.after(phrase, self._of if head.abroad else self._near)

    def after(self, phrase: Phrase, prepositions: frozenset[str]) -> Belonging | None:
        """The first name after the head, through phrases with these prepositions."""
        tokens, index = phrase.tokens, phrase.end
        while index < len(tokens):
            word = tokens.folded[index]
            if word in self._vocabulary.prepositions and word not in prepositions:
                return None
            if word not in prepositions:
                return None
            stop = index + 1
            while stop < len(tokens) and tokens.folded[stop] not in self._vocabulary.prepositions:
                stop += 1
            found = self.first(phrase.within(index + 1, stop)) or self.place(
                tokens.cut(index + 1, stop)
            )
            if found is not None:
                return found
            index = stop
        return None

    def first(self, spans: Iterable[Span]) -> Belonging | None:
        """Of several names: a group first, then an organ, then whichever stands first."""
        entities = []
        for span in spans:
            if span.best.weak:
                continue
            entity = self._entities.by_id.get(span.best.entity)
            if entity is None:
                person = self._people.by_id[span.best.entity]
                if person.country is None:
                    continue
                entity = self._entities.by_id.get(person.country)
            if entity is not None:
                entities.append(entity)
        if not entities:
            return None
        first = min(
            range(len(entities)),
            key=lambda i: (
                0 if entities[i].kind == "group" and entities[i].sector != "MED" else 1,
                0 if entities[i].organ else 1,
                i,
            ),
        )
        return Belonging(entities[first])

    def place(self, tokens: Tokens) -> Belonging | None:
        """A region or city, which tells the country."""
        for span in self._entities.places.spans(tokens, lambda span: False):
            state = self._entities.by_id.get(span.best.entity)
            if state is not None:
                return Belonging(state)
        return None
