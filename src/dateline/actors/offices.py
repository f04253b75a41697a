"""Who holds an office on a date: "the Russian president", "Japan's leader", "the pope"."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from dateline.actors.people import People, Person, Role
from dateline.actors.tables import Tables
from dateline.actors.vocabulary import Head, Vocabulary


class _Held(NamedTuple):
    """Who held what."""

    by_office: dict[tuple[str, str], list[tuple[Role, Person]]]
    """By office, and by what it is of."""
    of: dict[str, set[str]]
    """The states and bodies that have such an office."""


class Offices:
    """Offices that one person at a time holds, by title and by the state or body that they are of.

    Ministers' deputies, ambassadors and spokesmen are many, and so are never told apart by office.
    """

    def __init__(self, tables: Tables, people: People, vocabulary: Vocabulary) -> None:
        """Keep the persons; they are indexed by office when one is first asked for."""
        self._people = people
        self._vocabulary = vocabulary
        self._leads = {row["id"]: row["title"] for row in tables.rows("leaders")}

    @cached_property
    def _held(self) -> _Held:
        held = _Held(defaultdict(list), defaultdict(set))
        for person in self._people.by_id.values():
            for role in person.roles:
                if role.exact and role.head is not None:
                    held.by_office[role.head, role.of].append((role, person))
                    held.of[role.head].add(role.of)
        return held

    def holder(self, title: Head, of: str | None, date: dt.date | None) -> Person | None:
        """The one person who held the office on the date; None where nobody or several did.

        Without `of`, only where a single state or body has such an office, as with "the pope".
        """
        if date is None or not (title.single or title.leads):
            return None
        if of is None:
            states = self._held.of.get(title.id, set())
            if len(states) != 1 or title.leads:
                return None
            of = next(iter(states))
        titles: Sequence[str] = (title.id, *title.also)
        if title.leads:
            own = self._leads.get(of)
            titles = (own,) if own else title.also
        for head in titles:
            holders = {
                person.id: person
                for role, person in self._held.by_office.get((head, of), ())
                if role.start <= date <= role.end
            }
            if len(holders) == 1:
                return next(iter(holders.values()))
            if holders:
                return self._newest(head, of, date)
        return None

    def _newest(self, head: str, of: str, date: dt.date) -> Person | None:
        """On the day that one hands over to another, the one who comes in."""
        starting = [p for role, p in self._held.by_office[head, of] if role.start == date]
        staying = [p for role, p in self._held.by_office[head, of] if role.start < date < role.end]
        return starting[0] if len(starting) == 1 and not staying else None
