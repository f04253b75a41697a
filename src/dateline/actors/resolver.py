"""From a phrase to whom it means."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

from dateline.actors.identity import Entity, Identity
from dateline.actors.lexicon import Span
from dateline.actors.names import Entities
from dateline.actors.people import People, Person, held, same_first_name
from dateline.actors.phrase import Phrase, Reader
from dateline.actors.tokens import BREAK, POSSESSIVE, Tokens, tokenise
from dateline.actors.vocabulary import Head, Vocabulary

THRESHOLD = 0.5
"""Below it, a phrase is said to mean nobody known."""

_MAX_CHARACTERS = 400
_USAGE = {"name": 1.0, "metonym": 0.95, "capital": 0.9, "people": 0.75, "adjective": 0.6}
_GROUP_SECTORS = frozenset({"REB", "PRM", "UAF", "PTY", "OPP", "MED", "JRN", "LEG"})
_BODY_SECTORS = frozenset({"NGO", "LAB", "IGO", "LEG", "HLH", "SOC"})


@dataclass(frozen=True, slots=True)
class Belonging:
    """Whose someone is: a state, a body, a group, or an organ of a state."""

    entity: Entity
    sure: bool = True


class Resolver:
    """Resolves phrases; the rules are those of the codebook on actors."""

    def __init__(
        self, entities: Entities, people: People, vocabulary: Vocabulary, reader: Reader
    ) -> None:
        """Keep the indexes."""
        self._entities = entities
        self._people = people
        self._vocabulary = vocabulary
        self._reader = reader
        self._quantities = vocabulary.words("quantity")
        self._near = vocabulary.words("country-preposition")
        self._of = vocabulary.words("belonging-preposition")
        self._pronouns = vocabulary.words("pronoun")
        self._function = vocabulary.words("function")
        self._opposition = vocabulary.words("opposition")

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
        return _best_first(found)

    def entity(self, identifier: str, date: dt.date | None, score: float = 1.0) -> Identity | None:
        """The identity of a record by its id."""
        person = self._people.by_id.get(identifier)
        if person is not None:
            return self._people.identity(person, date, score)
        entity = self._entities.by_id.get(identifier)
        return _plain(entity, score) if entity else None

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
                active = self._people.by_id[name.entity].active(date)
                identity = replace(identity, score=score if active else score - 0.05)
            elif name.kind == "capital":
                identity = replace(identity, kind="capital")
            found.append(identity)
        return _best_first(found)

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
            former = self._former(phrase.core.folded[:start])
            of = self._belonging(phrase, start, description)
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
        phrase = self._reader.read(tokens, civil)
        left = self._first_of_several(phrase, civil, date, depth)
        if left:
            return left
        return (
            self._named_person(phrase, date)
            or self._entity(phrase, date)
            or self._description(phrase, date)
            or self._unknown_name(phrase, date)
            or self._possessor(phrase, date, depth)
        )

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
        if index > phrase.end or self._vocabulary.head_at_end(phrase.core) and any(
            phrase.end >= index > span.start and span.end == index and span.best.usage != "people"
            for span in phrase.spans
        ):
            return []
        found = self._phrase(phrase.tokens.cut(0, index), civil, date, depth + 1)
        return found if found and found[0].score >= 0.7 else []

    # Persons

    def _named_person(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        core = phrase.core
        end = len(core)
        for start in range(max(0, end - 5), end - 1):
            if core.capital(start) and not core.joined[start]:
                persons = self._people.full(core.cut(start, end))
                if persons:
                    return self._persons(phrase, start, persons, 0.95, date)
        start = self._run_start(phrase)
        if start is None:
            return []
        run = core.cut(start, end)
        if len(run) == 1 or run.folded[0] in self._vocabulary.particles:
            return self._by_surname(phrase, start, self._people.surname(run), date)
        rest = run.cut(1)
        while len(rest) > 1 and len(rest.folded[0]) == 1:
            rest = rest.cut(1)
        fitting = [
            person
            for person in self._people.surname(rest)
            if same_first_name(person, run.folded[0], self._vocabulary)
        ]
        return self._persons(phrase, start, fitting, 0.85, date)

    def _run_start(self, phrase: Phrase) -> int | None:
        """Where the capitalised name begins that the phrase ends with."""
        core = phrase.core
        span = phrase.ending()
        if span is not None and span.best.kind == "person":
            return span.start
        start = end = len(core)
        fixed = [s.end for s in phrase.spans if s.end <= end and s.best.kind != "person"]
        stop = max(fixed, default=0)
        while start > stop:
            word = core.folded[start - 1]
            name_like = core.capital(start - 1) or (start < end and core.joined[start - 1])
            particle = word in self._vocabulary.particles and start < end
            if not (name_like or particle) or word in self._vocabulary.honorifics:
                break
            if word in (POSSESSIVE, BREAK) or self._vocabulary.head_at_end(core.cut(0, start)):
                break
            start -= 1
        while start < end and not core.capital(start) and core.folded[start] == "the":
            start += 1
        return start if start < end else None

    def _before(self, phrase: Phrase, start: int) -> tuple[Head | None, bool, str | None, bool]:
        """The title, whether former, the state or body, and whether an honorific, of a name."""
        before = phrase.tokens.cut(0, start)
        honorific = False
        while len(before) and before.folded[-1] in self._vocabulary.honorifics:
            honorific = True
            before = before.cut(0, len(before) - 1)
        found = self._vocabulary.head_at_end(before)
        former = self._former(before.folded)
        spans = phrase.within(0, start)
        of = self._choose(spans)
        code = of.entity.code or of.entity.country if of else None
        return (found[1] if found else None), former, code, honorific

    def _persons(
        self, phrase: Phrase, start: int, persons: Iterable[Person], score: float, date: dt.date | None
    ) -> list[Identity]:
        title, former, of, _ = self._before(phrase, start)
        found = []
        for person in persons:
            points = score
            if title is not None and held(person, title, date):
                points += 0.04
            elif not person.active(date):
                points -= 0.04
            found.append(self._people.identity(person, date, points, title, of, former))
        return _best_first(found)

    def _by_surname(
        self, phrase: Phrase, start: int, persons: list[Person], date: dt.date | None
    ) -> list[Identity]:
        title, former, of, honorific = self._before(phrase, start)
        if title is None and not honorific and start > 0:
            before = phrase.tokens.folded[start - 1]
            if phrase.tokens.capital(start - 1) and before != BREAK and of is None:
                return []
        active = [person for person in persons if person.active(date)]
        word = (phrase.tokens.folded[start],)
        found = []
        for person in persons:
            score = 0.8 if person.surname_ok or word in person.names else 0.3
            if active == [person]:
                score += 0.25 if score < 0.8 else 0.1
            if title is not None and title.role:
                score += 0.3 if held(person, title, date) else -0.2
            if honorific:
                score += 0.05
            if of is not None:
                score += 0.1 if of == person.country else -0.35
            if word[0] in self._function and title is None and not honorific:
                score -= 0.4
            score = min(score, 0.94)
            found.append(self._people.identity(person, date, score, title, of, former))
        return [identity for identity in _best_first(found) if identity.score >= 0.3]

    def _unknown_name(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        """Someone whom only the text makes known: "Turkish Foreign Minister Jane Doe"."""
        start = self._run_start(phrase)
        if not start or phrase.end - start > 4:
            return []
        core = phrase.core
        before = core.cut(0, start)
        while len(before) and before.folded[-1] in self._vocabulary.honorifics:
            before = before.cut(0, len(before) - 1)
        found = self._vocabulary.head_at_end(before)
        if found is None:
            return []
        described = self._describe(phrase, found[0], found[1], len(before), date)
        name = core.cut(start).text
        return [replace(described, name=name, kind="person", id=f"name:{name}")]

    def _possessor(
        self, phrase: Phrase, date: dt.date | None, depth: int
    ) -> list[Identity]:
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
        if self._former(phrase.core.folded[: span.start]) and identity.kind == "group":
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
        if self._vocabulary.head_at_end(phrase.core) is None:
            return False
        of = self._choose(phrase.within(0, span.start))
        after = self._after(phrase, frozenset({"of"}))
        whose = of or after
        return (
            whose is not None
            and whose.entity.country is not None
            and whose.entity.country != entity.country
        )

    # Descriptions

    def _description(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
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
        return [self._describe(phrase, start, head, phrase.end, date)]

    def _describe(
        self, phrase: Phrase, start: int, head: Head, end: int, date: dt.date | None
    ) -> Identity:
        words = phrase.core.folded[:start]
        of = self._belonging(phrase, start, head) or self._of_person(phrase, start, date)
        name = phrase.tokens.text
        sector, acts, role = head.sector, head.acts, head.role
        if self._former(words) and acts:
            sector, acts, role = "ELI", False, f"former {role}" if role else None
        elif self._opposition.intersection(words) and head.sector in _OPPOSABLE:
            sector, acts = "OPP", False
        if of is None:
            return Identity(
                name, None, None, sector, role, "description", None, f":{head.id}",
                0.55 if acts else 0.6,
            )  # fmt: skip
        entity = of.entity
        if entity.kind == "group" and (acts or sector in _GROUP_SECTORS):
            return replace(_plain(entity, 0.85), role=role)
        if entity.kind == "body":
            if acts or sector in _BODY_SECTORS:
                return replace(_plain(entity, 0.85), role=role)
            of_nobody = Identity(
                name, None, None, sector, role, "description", None, f":{head.id}", 0.6
            )
            return of_nobody
        if entity.organ and acts and sector != "ELI":
            return replace(_plain(entity, 0.85), role=role)
        country = entity.country
        identifier = f"{country}:{head.id}"
        if acts and of.sure:
            state = self._entities.by_id.get(country or "")
            label = state.name if state else name
            return Identity(
                label, country, country, sector, role, "description", None, identifier, 0.85
            )
        return Identity(name, None, country, sector, role, "description", None, identifier, 0.8)

    def _belonging(self, phrase: Phrase, start: int, head: Head) -> Belonging | None:
        """Whose a description is: by what stands before it, else by what follows."""
        before = self._choose(phrase.within(0, start))
        if before is not None:
            return before
        place = self._place(phrase.tokens.cut(0, start))
        if place is not None:
            return place
        return self._after(phrase, self._of if head.abroad else self._near)

    def _after(self, phrase: Phrase, prepositions: frozenset[str]) -> Belonging | None:
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
            found = self._choose(phrase.within(index + 1, stop)) or self._place(
                tokens.cut(index + 1, stop)
            )
            if found is not None:
                return found
            index = stop
        return None

    def _choose(self, spans: Iterable[Span]) -> Belonging | None:
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

    def _place(self, tokens: Tokens) -> Belonging | None:
        """A region or city, which tells the country."""
        for span in self._entities.places.spans(tokens, lambda start, end: False):
            state = self._entities.by_id.get(span.best.entity)
            if state is not None:
                return Belonging(state)
        return None

    def _of_person(self, phrase: Phrase, start: int, date: dt.date | None) -> Belonging | None:
        """The country of whoever is named before a description: "the Assad regime"."""
        before, _ = self._reader.trim(phrase.tokens.cut(0, start))
        if not len(before) or not before.capital(len(before) - 1):
            return None
        named = self._named_person(self._reader.read(before, False), date)
        if not named or named[0].score < THRESHOLD:
            return None
        state = self._entities.by_id.get(named[0].country or "")
        return Belonging(state) if state else None

    def _former(self, words: Iterable[str]) -> bool:
        return not self._vocabulary.former.isdisjoint(words)


_OPPOSABLE = frozenset({"GOV", "LEG", "PTY", "NGO", "SOC", "MIL"})


def _plain(entity: Entity, score: float) -> Identity:
    return Identity(
        entity.name, entity.code, entity.country, entity.sector, None, entity.kind, None,
        entity.id, score,
    )  # fmt: skip


def _best_first(found: Iterable[Identity]) -> list[Identity]:
    best: dict[tuple[str, str], Identity] = {}
    for identity in sorted(found, key=lambda i: (-i.score, i.id)):
        best.setdefault((identity.id, identity.kind), identity)
    return list(best.values())


def _segments(tokens: Tokens) -> list[Tokens]:
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
