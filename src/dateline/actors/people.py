"""Persons by name, and the roles that they held over time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from dateline.actors.dates import first_day, last_day
from dateline.actors.identity import STATE_SECTORS, Identity
from dateline.actors.tables import Row, Tables, split
from dateline.actors.tokens import Tokens, fold, tokenise
from dateline.actors.vocabulary import Head, Vocabulary
from dateline.errors import DatelineError


class Role(NamedTuple):
    """An office held from `start` to `end`, both inclusive; no end, no end yet."""

    title: str
    of: str
    sector: str
    start: dt.date
    end: dt.date
    acts: bool
    head: str | None
    exact: bool
    """Whether the title is the office, and nothing is added ("President of the Senate")."""


@dataclass(slots=True, eq=False)
class Person:
    """A person of the register."""

    id: str
    name: str
    gender: str | None
    country: str | None
    sector: str | None
    surname_ok: bool
    names: tuple[tuple[str, ...], ...]
    """Compared words of each way to write the name in full."""
    held: Sequence[Row]
    """What the table has on the roles: few persons are ever asked for them."""
    read: Callable[[Row], Role]
    _roles: tuple[Role, ...] | None = field(default=None, init=False)

    @property
    def roles(self) -> tuple[Role, ...]:
        """The roles from the first to the last."""
        if self._roles is None:
            self._roles = tuple(sorted(map(self.read, self.held), key=_dates))
        return self._roles

    def active(self, date: dt.date | None) -> list[Role]:
        """The roles held on a date, or, with no date, those that have not ended."""
        if date is None:
            return [role for role in self.roles if role.end == dt.date.max]
        return [role for role in self.roles if role.start <= date <= role.end]


class People:
    """All persons, by full name, by surname, and by the spelling-free form of both."""

    def __init__(self, tables: Tables, vocabulary: Vocabulary, states: frozenset[str]) -> None:
        """Build the indexes; raises DatelineError where a role's dates cannot be read."""
        self._vocabulary = vocabulary
        self._states = states
        self._family_first = vocabulary.words("family-first")
        self._two_surnames = vocabulary.words("two-surnames")
        self._often_first = vocabulary.words("family-first-if-long")
        self._suffixes = vocabulary.words("name-suffix")
        self.by_id: dict[str, Person] = {}
        self._full: dict[str, list[Person]] = {}
        self._surnames: dict[str, list[Person]] = {}
        for row in tables.added("roles"):
            self._role(row)  # a mistake in the user's dates is named now
        roles: dict[str, list[Row]] = {}
        for row in tables.rows("roles"):
            roles.setdefault(row["person"], []).append(row)
        for row in tables.rows("people"):
            self._add(row, roles.get(row["id"], ()))
        strangers = sorted(roles.keys() - self.by_id.keys())
        if strangers:
            raise DatelineError(f"roles: no person has the id {strangers[0]!r}; add one to people")

    def full(self, words: tuple[str, ...], loose: bool = True) -> list[Person]:
        """Persons with this full name: as written or, if `loose`, without initials or respelt."""
        found = self._full.get(" ".join(words))
        if found or not loose:
            return found or []
        plain = [word for word in words if len(word) > 1]
        if len(plain) < 2:
            return []
        return self._full.get(" ".join(plain)) or self._spelled.get(self._spell(plain), [])

    def surname(self, tokens: Tokens) -> list[Person]:
        """Persons with this surname, in this or another spelling."""
        key = tokens.key()
        found = self._surnames.get(key)
        if found or len(key) < 7:  # short ones are other words respelt
            return found or []
        return self._spelled.get(self._spell(tokens.folded), [])

    def sure_surnames(self) -> Iterable[tuple[str, Person]]:
        """Surnames that are enough to know a person by."""
        for key, persons in self._surnames.items():
            sure = [person for person in persons if person.surname_ok]
            if len(sure) == 1:
                yield key, sure[0]

    def identity(
        self,
        person: Person,
        date: dt.date | None,
        score: float,
        title: Head | None = None,
        of: str | None = None,
        former: bool = False,
    ) -> Identity:
        """Who the person is on a date, given the title (`of` which state) that the text gives."""
        role = _choose(person, date, title, former)
        if role is not None:
            country = role.of if role.of in self._states else None
            code = role.of if role.acts else None
            if not country and not role.acts:
                country = person.country
            return _identity(person, code, country, role.sector, role.title, score)
        if title is not None and title.role and title.acts and not former:
            code = of or person.country
            country = code if code in self._states else None
            return _identity(person, code, country, title.sector, title.role, score)
        stated = f"former {title.role}" if title and title.role and former else None
        named = stated or (title.role if title else None)
        sector, code = person.sector, None
        if person.roles and (sector in STATE_SECTORS or _left_office(person, date)):
            sector = "ELI"
        elif sector in STATE_SECTORS and not former:
            code = person.country
        return _identity(person, code, person.country, sector, named, score)

    def _role(self, row: Row) -> Role:
        head, exact = self._vocabulary.title(row["title"])
        known = head is not None and head.role is not None
        acts = row["sector"] in STATE_SECTORS or row["sector"] == "IGO"
        if row["sector"] == "LEG":
            acts = bool(known and head and head.acts)
        try:
            start, end = first_day(row["start"]), last_day(row["end"])
        except ValueError as error:
            raise DatelineError(
                f"roles: {row['person']}, {row['title']}: {error}; "
                "write dates as YYYY, YYYY-MM or YYYY-MM-DD"
            ) from error
        office = head.id if head else None
        return Role(row["title"], row["of"], row["sector"], start, end, acts, office, exact)

    def _add(self, row: Row, held: Sequence[Row]) -> None:
        written = [row["name"], *split(row["aliases"])]
        tokens = [tokenise(name) for name in written]
        names = tuple(token.folded for token in tokens)
        person = Person(
            row["id"],
            row["name"],
            row["gender"] or None,
            row["country"] or None,
            row["sector"] or None,
            row["surname_ok"] == "1",
            names,
            held,
            self._role,
        )
        self.by_id[person.id] = person
        for words, token in zip(names, tokens, strict=True):
            if len(words) > 1:
                self._index(self._full, " ".join(words), person)
                plain = [word for word in words if len(word) > 1]
                if 1 < len(plain) < len(words):
                    self._index(self._full, " ".join(plain), person)
            forms = self._surname_forms(_without_second(words, names[0]), person)
            if token.joined[-1:] == (True,) and words[-1] in forms:
                forms |= _hyphened(token)
                if words[-2] not in self._vocabulary.particles:
                    forms.discard(words[-1])  # nobody calls a Pierre-Louis "Louis"
            for surname in forms:
                self._index(self._surnames, surname, person)

    @cached_property
    def _spelled(self) -> dict[str, list[Person]]:
        """Persons by full name and long surname whatever the spelling; built when first needed."""
        index: dict[str, list[Person]] = {}
        for key, persons in (*self._full.items(), *self._surnames.items()):
            if len(key) >= 6:
                for person in persons:
                    self._index(index, self._spell(key.split()), person)
        return index

    def _surname_forms(self, words: tuple[str, ...], person: Person) -> set[str]:
        """The last word, and with it the particles before it ("von der Leyen", "al-Assad").

        Where the family's name comes first, the first ("Li Keqiang", but not "William Lai").
        """
        country = (person.country or "").casefold()
        if country in self._family_first or (country in self._often_first and len(words) > 2):
            return {words[0]}
        while len(words) > 2 and words[-1] in self._suffixes:
            words = words[:-1]
        if not words:
            return set()
        forms = {words[-1]}
        if len(words) < 3:
            return forms
        if country in self._two_surnames:
            forms.add(" ".join(words[-2:]))
        start = len(words) - 1
        while start > 1 and words[start - 1] in self._vocabulary.particles:
            start -= 1
            forms.add(" ".join(words[start:]))
        return forms

    def _spell(self, words: Iterable[str]) -> str:
        return " ".join(map(self._vocabulary.spelling, words))

    @staticmethod
    def _index(index: dict[str, list[Person]], key: str, person: Person) -> None:
        persons = index.get(key)
        if persons is None:
            index[key] = [person]
        elif person not in persons:
            persons.append(person)


def _dates(role: Role) -> tuple[dt.date, dt.date]:
    return role.start, role.end


def _without_second(words: tuple[str, ...], name: tuple[str, ...]) -> tuple[str, ...]:
    """A name in full without a mother's surname that the press leaves off.

    "Manuel Marrero Cruz" is no Cruz, where "Manuel Marrero" is what he is called.
    """
    if len(name) > 1 and words[0] == name[0] and words[-1] != name[-1] and name[-1] in words[1:]:
        return words[: words.index(name[-1], 1) + 1]
    return words


def _hyphened(name: Tokens) -> set[str]:
    """A surname of parts that hyphens join: "Akufo-Addo"."""
    start = len(name) - 1
    while start > 0 and name.joined[start]:
        start -= 1
    return {name.key(start)} if start < len(name) - 1 else set()


def held(person: Person, title: Head, date: dt.date | None) -> bool:
    """Whether the person had the title, by the date where one is given."""
    return any(
        _called(role, title) and (date is None or role.start <= date) for role in person.roles
    )


def _called(role: Role, title: Head) -> bool:
    """Whether a role may be called by a title."""
    return role.head is not None and (role.head == title.id or role.head in title.also)


def same_first_name(person: Person, first: str, spell: Vocabulary) -> bool:
    """Whether a first name or initial fits the person's."""
    first = fold(first)
    for words in person.names:
        if len(words) > 1 and (
            words[0] == first
            or (len(first) == 1 and words[0].startswith(first))
            or spell.spelling(words[0]) == spell.spelling(first)
        ):
            return True
    return False


def _choose(person: Person, date: dt.date | None, title: Head | None, former: bool) -> Role | None:
    active = person.active(date)
    if date is None and title is not None and not former:
        # No date: the time when the title was true.
        fitting = [role for role in person.roles if _called(role, title)]
        active = fitting or active
    if not active or (former and date is None):
        return None
    return max(
        active,
        key=lambda role: (
            title is not None and role.head == title.id,
            title is not None and _called(role, title),
            role.acts, role.start, role.title,
        ),
    )  # fmt: skip


def _left_office(person: Person, date: dt.date | None) -> bool:
    last = max(role.end for role in person.roles)
    return any(role.acts for role in person.roles) and (date is None or last < date)


def _identity(
    person: Person,
    code: str | None,
    country: str | None,
    sector: str | None,
    role: str | None,
    score: float,
) -> Identity:
    return Identity(
        person.name, code, country, sector, role, "person", person.gender, person.id, score
    )
