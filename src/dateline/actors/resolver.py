"""From a phrase to whom it means."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from dateline.actors.belonging import Belongings
from dateline.actors.describing import Descriptions, plain
from dateline.actors.identity import Identity, best_first
from dateline.actors.lexicon import Span
from dateline.actors.names import Entities
from dateline.actors.naming import PersonNames
from dateline.actors.offices import Offices
from dateline.actors.people import People
from dateline.actors.phrase import Phrase, Reader
from dateline.actors.tokens import BREAK, POSSESSIVE, Tokens, tokenise
from dateline.actors.vocabulary import Vocabulary

_MAX_CHARACTERS = 400
_USAGE = {"name": 1.0, "metonym": 0.95, "capital": 0.9, "people": 0.75, "adjective": 0.6}


class Resolver:
    """Resolves phrases; the rules are those of the codebook on actors."""

    def __init__(
        self,
        entities: Entities,
        people: People,
        offices: Offices,
        vocabulary: Vocabulary,
        reader: Reader,
    ) -> None:
        """Keep the indexes."""
        self._entities = entities
        self._people = people
        self._vocabulary = vocabulary
        self._reader = reader
        self._belongings = Belongings(entities, people, vocabulary)
        self._names = PersonNames(people, vocabulary, self._belongings)
        self._quantities = vocabulary.words("quantity")
        self._pronouns = vocabulary.words("pronoun")
        self._descriptions = Descriptions(
            entities, people, offices, vocabulary, reader, self._names, self._belongings
        )

    def rank(self, text: str, date: dt.date | None) -> list[Identity]:
        """All that a phrase may mean, best first."""
        tokens = tokenise(text[:_MAX_CHARACTERS])
        if len(tokens) == 1 and tokens.folded[0] in self._pronouns and not _acronym(tokens):
            return []
        whole = self._whole(tokens.unbroken(), date)
        if whole and whole[0].score >= 0.9:
            return whole
        tokens, civil = self._reader.trim(tokens)
        if not len(tokens):
            return whole
        found = whole + self._segments(tokens, civil, date)
        return best_first(found)

    def entity(self, identifier: str, date: dt.date | None, score: float = 1.0) -> Identity | None:
        """The identity of a record by its id."""
        person = self._people.by_id.get(identifier)
        if person is not None:
            return self._people.identity(person, date, score)
        entity = self._entities.by_id.get(identifier)
        return plain(entity, score) if entity else None

    def _whole(self, tokens: Tokens, date: dt.date | None) -> list[Identity]:
        if not len(tokens):
            return []
        found = []
        for name in self._entities.lexicon.get(tokens):
            score = 0.45 if name.weak else _USAGE[name.usage]
            identity = self.entity(name.entity, date, score)
            if identity is None:
                continue
            if identity.kind == "person":
                if len(tokens) == 1 and len(self._people.surname(tokens)) > 1:
                    continue  # by the date, below
                active = self._people.by_id[name.entity].active(date)
                identity = replace(identity, score=score if active else score - 0.05)
            elif name.kind == "capital":
                identity = replace(identity, kind="capital")
            found.append(identity)
        return best_first(found)

    def _segments(self, tokens: Tokens, civil: bool, date: dt.date | None) -> list[Identity]:
        """A phrase and its appositions: who is named in one is described by the others."""
        segments = _segments(tokens)
        results = [self._phrase(segment, civil, date) for segment in segments]
        tops = [result[0] if result else None for result in results]
        for index, top in enumerate(tops):
            if top is None or top.kind != "person":
                continue
            others = [i for i in range(len(segments)) if i != index]
            described = self._described(segments[index], top, [segments[i] for i in others], date)
            return [described, *results[index][1:]]
        if len(segments) > 1 and not tops[0] and _is_name(segments[0]):
            for top in tops[1:]:
                if top is not None and top.kind == "description":
                    name = segments[0].text
                    return [replace(top, name=name, kind="person", id=f"name:{name}")]
        return results[0]

    def _described(
        self, name: Tokens, top: Identity, others: list[Tokens], date: dt.date | None
    ) -> Identity:
        """A named person with the title that an apposition gives, where no role is known."""
        person = self._people.by_id.get(top.id)
        if person is None or top.role is not None:
            return top
        for other in others:
            phrase = self._reader.read(*self._reader.trim(other))
            head = self._vocabulary.head_at_end(phrase.core)
            if head is None:
                continue
            start, description = head
            former = self._vocabulary.is_former(phrase.core.folded[:start])
            of = self._belongings.of_description(phrase, start, description)
            code = of.entity.code if of else None
            return self._people.identity(person, date, top.score, description, code, former)
        return top

    def _phrase(
        self, tokens: Tokens, civil: bool, date: dt.date | None, depth: int = 0
    ) -> list[Identity]:
        tokens, counted = self._reader.trim(tokens)
        civil = civil or counted
        if not len(tokens):
            return []
        inner = self._counted(tokens)
        if inner is not None and depth < 3:
            found = self._phrase(inner, True, date, depth + 1)
            if found:
                return found
        phrase = self._reader.read(self._owner_first(tokens), civil)
        left = self._first_of_several(phrase, civil, date, depth)
        if left:
            return left
        return (
            self._names.find(phrase, date)
            or self._entity(phrase, date)
            or self._descriptions.find(phrase, date)
            or self._unknown_name(phrase, date)
            or self._possessor(phrase, date, depth)
        )

    def _owner_first(self, tokens: Tokens) -> Tokens:
        """A title with its owner in front: "Iran's secretary of the Security Council"."""
        if POSSESSIVE not in tokens.folded or "of" not in tokens.folded:
            return tokens
        of, mark = tokens.folded.index("of"), tokens.folded.index(POSSESSIVE)
        if not of < mark < len(tokens) - 1:
            return tokens
        rest = tokens.folded[mark + 1 :]
        for between in ((), ("the",)):
            title = " ".join((*tokens.folded[: of + 1], *between, *rest))
            if title in self._vocabulary.heads:
                order = [*range(of + 1, mark + 1), *range(of), of]
                middle = tokenise(" ".join(between))
                front = tokens.pick(order)
                return front.joined_with(middle).joined_with(tokens.cut(mark + 1))
        return tokens

    def _counted(self, tokens: Tokens) -> Tokens | None:
        """What is counted in "dozens of Syrian refugees", "members of the party"."""
        for index in range(min(3, len(tokens) - 2)):
            if tokens.folded[index + 1] == "of" and tokens.folded[index] in self._quantities:
                if " ".join(tokens.folded[index : index + 3]) in self._vocabulary.heads:
                    return None
                return tokens.cut(index + 2)
        return None

    def _first_of_several(
        self, phrase: Phrase, civil: bool, date: dt.date | None, depth: int
    ) -> list[Identity]:
        """Of "Russia and China", Russia; nobody where "and" joins what qualifies one head."""
        if "and" not in phrase.tokens.folded or depth:
            return []
        index = phrase.tokens.folded.index("and")
        if index == 0 or any(span.start < index < span.end for span in phrase.spans):
            return []
        separate = phrase.tokens.folded[index + 1 : index + 2]
        joint = any(s.end == index and s.best.usage != "people" for s in phrase.spans)
        described = self._vocabulary.head_at_end(phrase.core) is not None
        if index > phrase.end or (
            described and joint and self._vocabulary.determiners.isdisjoint(separate)
        ):
            return []
        found = self._phrase(phrase.tokens.cut(0, index), civil, date, depth + 1)
        return found if found and found[0].score >= 0.7 else []

    # Persons

    def _unknown_name(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        """Someone whom only the text makes known: "Turkish Foreign Minister Jane Doe"."""
        start = self._names.start(phrase)
        if not start or phrase.end - start > 4:
            return []
        core = phrase.core
        before = core.cut(0, start)
        while len(before) and before.folded[-1] in self._vocabulary.honorifics:
            before = before.cut(0, len(before) - 1)
        found = self._vocabulary.head_at_end(before)
        if found is None:
            return []
        described = self._descriptions.describe(phrase, found[0], found[1], date)
        name = core.cut(start).text
        return [replace(described, name=name, kind="person", id=f"name:{name}")]

    def _possessor(self, phrase: Phrase, date: dt.date | None, depth: int) -> list[Identity]:
        """Whose a thing is: only a guess at the actor ("Turkey's decision")."""
        words = phrase.core.folded
        if POSSESSIVE not in words or depth > 1:
            return []
        owner = phrase.tokens.cut(0, words.index(POSSESSIVE))
        found = self._phrase(owner, phrase.civil, date, depth + 1)
        return [replace(identity, score=identity.score * 0.45) for identity in found]

    # Names of states, bodies, groups

    def _entity(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        span = phrase.ending()
        if span is None or span.best.kind == "person":
            return []
        if self._is_described_rather(phrase, span):
            return []
        score = 0.45 if span.best.weak else _USAGE[span.best.usage] - 0.02
        identity = self.entity(span.best.entity, date, score)
        if identity is None:
            return []
        if span.best.usage == "people" and (phrase.civil or self._qualified(phrase, span)):
            name = phrase.core.text
            return [
                replace(
                    identity, name=name, code=None, sector="CVL", kind="description",
                    id=f"{identity.country}:people",
                )
            ]  # fmt: skip
        if span.best.kind == "capital":
            identity = replace(identity, kind="capital")
        if (
            self._vocabulary.is_former(phrase.core.folded[: span.start])
            and identity.kind == "group"
        ):
            identity = replace(identity, score=score - 0.3)
        others = [
            replace(other, score=score - 0.2)
            for name in span.names[1:]
            if (other := self.entity(name.entity, date)) and other.id != identity.id
        ]
        return [identity, *others]

    def _qualified(self, phrase: Phrase, span: Span) -> bool:
        return span.start > 0 and not phrase.core.capital(span.start - 1)

    def _is_described_rather(self, phrase: Phrase, span: Span) -> bool:
        """Whether a name is a description after all: "the Peruvian Congress"."""
        entity = self._entities.by_id.get(span.best.entity)
        if entity is None or not (entity.organ or entity.kind == "body"):
            return False
        head = self._vocabulary.head_at_end(phrase.core)
        if head is None:
            return False
        if head[0] < span.start:
            return True  # "shadow home secretary" is none
        of = self._belongings.first(phrase.within(0, span.start))
        after = self._belongings.after(phrase, frozenset({"of"}))
        whose = of or after
        return (
            whose is not None
            and whose.entity.country is not None
            and whose.entity.country != entity.country
        )


def _segments(tokens: Tokens) -> list[Tokens]:
    if BREAK not in tokens.surface:
        return [tokens]
    segments, start = [], 0
    for index, word in enumerate((*tokens.surface, BREAK)):
        if word == BREAK:
            if index > start:
                segments.append(tokens.cut(start, index))
            start = index + 1
    return segments[:4]


def _acronym(tokens: Tokens) -> bool:
    return len(tokens.surface[0]) > 1 and tokens.surface[0].isupper()


def _is_name(tokens: Tokens) -> bool:
    return 2 <= len(tokens) <= 4 and all(map(tokens.capital, range(len(tokens))))
