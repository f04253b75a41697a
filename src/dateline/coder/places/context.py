"""What an article has said so far of where it plays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from spacy.tokens import Doc

from dateline.coder.places.gazetteer import Entry
from dateline.coder.places.names import key_of
from dateline.coder.places.spans import Candidate, candidates
from dateline.coder.places.view import View

_CLEAR = 2.0
_CLEAR_CITY = 3.5
_NEAR = 8
_WIDE = frozenset({"country", "continent", "world", "ocean"})
"""How much better known than its namesakes abroad a place must be to tell the country."""


class PlaceContext:
    """The countries and places named in an article, from paragraph to paragraph.

    Call `gather` with all of its paragraphs first to let the end of an article speak for its
    beginning; without that, each paragraph is read in the light of those before it.
    """

    def __init__(self) -> None:
        """Start with nothing known."""
        self.countries: Counter[str] = Counter()
        self.states: Counter[tuple[str | None, str | None]] = Counter()
        self.senses: dict[str, Entry] = {}
        self._places: list[Entry] = []
        self._ahead: list[Entry] = []
        self._surnames: set[str] = set()
        self._known: dict[int, tuple[View, list[Candidate]]] = {}

    def gather(self, docs: Iterable[Doc]) -> None:
        """Take in the countries and people that paragraphs name, before places are found."""
        for doc in docs:
            _, found = self.read(doc)
            clear = [c.entries[0] for c in found if clear_country(c)]
            self._ahead += [e for e in clear if e.kind not in _WIDE]

    def read(self, doc: Doc) -> tuple[View, list[Candidate]]:
        """The names of a paragraph; the first time, what they tell is taken in."""
        known = self._known.get(id(doc))
        if known is None:
            view = View(doc)
            self._surnames.update(_surnames(doc))
            found = candidates(view, self._surnames)
            self.countries.update(filter(None, map(clear_country, found)))
            self.states.update(clear_states(found))
            self.countries.update(country for _, country in view.nations)
            known = self._known[id(doc)] = (view, found)
        return known

    def share(self, country: str | None) -> float:
        """Of all that tells a country, how much tells this one, from 0 to 1."""
        total = self.countries.total()
        return self.countries[country] / total if country and total else 0.0

    def state_share(self, country: str | None, admin1: str | None) -> float:
        """Of all that tells a state or province, how much tells this one, from 0 to 1."""
        total = self.states.total()
        return self.states[country, admin1] / total if admin1 and total else 0.0

    def learn(self, name: str, entry: Entry) -> None:
        """Take in what a name was found to mean."""
        self.senses[key_of(name)] = entry
        if entry.kind not in _WIDE:
            self._places.append(entry)

    def near(self) -> list[Entry]:
        """Places named shortly before, or gathered: what lies close to them is likelier meant."""
        return self._places[-_NEAR:] + self._ahead[:_NEAR]


def clear_country(candidate: Candidate) -> str | None:
    """The country of a name that has no rival elsewhere."""
    if not candidate.entries:
        return None
    best = candidate.entries[0]
    rival = next((e for e in candidate.entries if e.country != best.country), None)
    clear = _CLEAR_CITY if best.kind == "city" else _CLEAR
    return best.country if rival is None or best.prior - rival.prior >= clear else None


def clear_states(found: Iterable[Candidate]) -> Iterable[tuple[str | None, str | None]]:
    """The states and provinces that are named."""
    for candidate in found:
        best = candidate.entries[0] if candidate.entries else None
        if best and best.admin1 and best.kind in {"state", "region", "division1"}:
            yield best.country, best.admin1


def _surnames(doc: Doc) -> Iterable[str]:
    """Last names of people given with their first."""
    for entity in doc.ents:
        if entity.label_ == "PERSON" and entity.end - entity.start > 1:
            tokens = [t for t in entity if t.is_alpha]
            if len(tokens) > 1:
                yield tokens[-1].text
