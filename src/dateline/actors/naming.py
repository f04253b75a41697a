"""Persons that a phrase names, by what stands before the name and by the date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from dateline.actors.belonging import Belongings
from dateline.actors.identity import Identity, best_first
from dateline.actors.people import People, Person, held, same_first_name
from dateline.actors.phrase import Phrase
from dateline.actors.tokens import BREAK, POSSESSIVE
from dateline.actors.vocabulary import Head, Vocabulary


class PersonNames:
    """Finds the person whose name a phrase ends with."""

    def __init__(self, people: People, vocabulary: Vocabulary, belongings: Belongings) -> None:
        """Keep the indexes."""
        self._people = people
        self._vocabulary = vocabulary
        self._belongings = belongings
        self._function = vocabulary.words("function")
        self._common = vocabulary.words("common-surname")
        self._reported = vocabulary.words("reported-state")
        self._men = vocabulary.words("honorific-m")
        self._women = vocabulary.words("honorific-f")
        self._top = vocabulary.words("top-office")

    def find(self, phrase: Phrase, date: dt.date | None) -> list[Identity]:
        """Persons by full name, by first name and surname, or by surname; best first."""
        core = phrase.core
        end = len(core)
        run = self.start(phrase)
        if run is None:
            return []
        for start in range(max(0, end - 5), min(run + 1, end - 1)):
            # A name may begin with a title ("Pope Francis"), hence before the run.
            if core.capital(start) and not core.joined[start]:
                persons = self._people.full(core.folded[start:end], start == run)
                if persons:
                    return self._ranked(phrase, start, persons, 0.95, date)
        start, name = run, core.cut(run, end)
        if len(name) == 1 or name.folded[0] in self._vocabulary.particles:
            return self._by_surname(phrase, start, self._people.surname(name), date)
        rest = name.cut(1)
        while len(rest) > 1 and len(rest.folded[0]) == 1:
            rest = rest.cut(1)
        fitting = [
            person
            for person in self._people.surname(rest)
            if same_first_name(person, name.folded[0], self._vocabulary)
        ]
        return self._ranked(phrase, start, fitting, 0.85, date)

    def start(self, phrase: Phrase) -> int | None:
        """Where the capitalised name begins that the phrase ends with."""
        core = phrase.core
        span = phrase.ending()
        if span is not None and span.best.kind == "person" and span.end - span.start > 1:
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
        while start < end and core.joined[start]:
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
        former = self._vocabulary.is_former(before.folded)
        spans = phrase.within(0, start)
        of = self._belongings.first(spans)
        code = of.entity.code or of.entity.country if of else None
        return (found[1] if found else None), former, code, honorific

    def _excluded(self, phrase: Phrase, start: int) -> frozenset[str | None]:
        """The gender that an honorific rules out: no "Mr. Clinton" is a woman."""
        before = phrase.tokens.folded[start - 1] if start else ""
        if before in self._men:
            return frozenset({"f"})
        return frozenset({"m"}) if before in self._women else frozenset()

    def _ranked(
        self,
        phrase: Phrase,
        start: int,
        persons: Iterable[Person],
        score: float,
        date: dt.date | None,
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
        return best_first(found)

    def _by_surname(
        self, phrase: Phrase, start: int, persons: list[Person], date: dt.date | None
    ) -> list[Identity]:
        title, former, of, honorific = self._before(phrase, start)
        several = len(persons) > 1
        if honorific:
            persons = [p for p in persons if p.gender not in self._excluded(phrase, start)]
        if title is None and not honorific and start > 0:
            before = phrase.tokens.folded[start - 1]
            if phrase.tokens.capital(start - 1) and before != BREAK and of is None:
                return []
        word = (phrase.tokens.folded[start],)
        active = [person for person in persons if person.active(date)]
        known = self._best_known(persons, date)
        found = []
        for person in persons:
            sure = person.surname_ok or word in person.names
            score = 0.8 if sure and (not known or person in known) else 0.3
            if known == [person] and self._in_the_news(person, word[0], date, honorific):
                score = max(score, 0.7)
            if active == [person]:
                score += 0.25 if score < 0.7 else 0.1
            if title is not None and title.role:
                score += 0.3 if held(person, title, date) else -0.2
            if honorific:
                score += 0.25 if several and len(persons) == 1 else 0.05
            if of is not None:
                score += 0.1 if of == person.country else -0.35
            if word[0] in self._function and title is None and not honorific:
                score -= 0.4
            tied = len(known) > 1 and person in known
            if word[0] in self._common and title is None and not (sure or tied or score >= 0.7):
                score -= 0.3
            score = min(score, 0.94)
            found.append(self._people.identity(person, date, score, title, of, former))
        return [identity for identity in best_first(found) if identity.score >= 0.3]

    def _best_known(self, persons: list[Person], date: dt.date | None) -> list[Person]:
        """Who of several with one surname led a state or body on the date, or else did so last.

        More than one where the surname alone cannot tell; none where none of them ever led.
        """
        led: list[tuple[bool, dt.date, Person]] = []
        for person in persons:
            ends = [
                role.end for role in person.roles
                if role.head in self._top and role.exact and (date is None or role.start <= date)
            ]  # fmt: skip
            if ends:
                now = max(ends) == dt.date.max if date is None else max(ends) >= date
                led.append((now, dt.date.max if now else max(ends), person))
        if not led:
            return []
        now, last, _ = max(led, key=lambda item: item[:2])
        best = [person for leading, end, person in led if (leading, end) == (now, last)]
        active = [person for person in persons if person.active(date)]
        if not now and len(active) == 1 and active[0] not in best:
            return []  # another is in office now, if a lesser one
        return best

    def _in_the_news(
        self, person: Person, surname: str, date: dt.date | None, honorific: bool
    ) -> bool:
        """Whether a surname alone will mean a leader, present or past.

        A surname that many have means only who leads a state that is much reported, and leads now.
        """
        reported = (person.country or "").casefold() in self._reported
        leads = any(role.head in self._top and role.exact for role in person.active(date))
        common = surname in self._common
        return (leads and (reported or honorific or not common)) or (reported and not common)
