"""An event from the mentions that report it.

- **Status**: the one that most independent sources report. Plans and hypotheses say nothing against
  a report, so they count only where no source reports that the event happened, is alleged or is
  denied. A tie goes to the first of happened, denied, alleged, planned, hypothetical.
- **Best mention**: the surest of those with that status, the earliest of them in a tie. It gives
  the sentence, the order of the parties and, where types act both ways, the sides.
- **Mode**: the most frequent among mentions with that status; a mode goes before none in a tie.
- **Names**: what most mentions call a party. **Place**: the most frequent.
- **Date**: the same for all mentions of an event; its precision is "day" where one tells it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from dateline.ledger import identity
from dateline.records import Event, EventParty, Mention, Party, Place, Status

_ORDER: tuple[Status, ...] = ("happened", "denied", "alleged", "planned", "hypothetical")
_REPORTED: frozenset[Status] = frozenset({"happened", "denied", "alleged"})
Value = TypeVar("Value", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Evidence:
    """A current mention of an event."""

    mention: Mention
    origin: str


@dataclass(frozen=True, slots=True)
class Seen:
    """When an event was first and last reported anew, and its place in the stream."""

    first: dt.datetime
    last: dt.datetime
    position: int


@dataclass(frozen=True, slots=True)
class Summary:
    """An event, with the terms by which each of its parties is known, the main one first."""

    event: Event
    actors: tuple[tuple[str, ...], ...]
    recipients: tuple[tuple[str, ...], ...]
    sentences: str
    """Those of all mentions, each once, one a line."""


def summarise(id: str, evidence: Sequence[Evidence], seen: Seen, version: int) -> Summary:
    """The event that the mentions (at least one, in the order of storage) report."""
    status = _status(evidence)
    like = [e.mention for e in evidence if e.mention.status == status]
    best = max(like, key=lambda mention: mention.confidence)  # the first of equals
    mode = _most(m.mode for m in like if m.mode) if _has_mode(like) else None
    scored = next(m for m in like if m.mode == mode)
    dates = [identity.event_date(e.mention) for e in evidence]
    date = dates[0][0]
    called = _called(e.mention for e in evidence)
    actors = identity.merged([map(identity.party_key, best.actors)])
    recipients = identity.merged([map(identity.party_key, best.recipients)])
    parties = {key: _party(called[key]) for key in (*actors, *recipients)}
    terms = {key: _terms(party, called[key]) for key, party in parties.items()}
    event = Event(
        id=id,
        version=version,
        type=best.type,
        mode=mode,
        quad=scored.quad,
        score=scored.score,
        status=status,
        actors=tuple(parties[key] for key in actors),
        recipients=tuple(parties[key] for key in recipients),
        date=date,
        precision=_precision(dates),
        place=_place([e.mention.place for e in evidence if e.mention.place]),
        sentence=best.sentence.text,
        mention=best.id,
        mention_count=len(evidence),
        source_count=len({e.origin for e in evidence}),
        first_seen=seen.first,
        last_seen=seen.last,
    )
    return Summary(
        event,
        tuple(terms[key] for key in actors),
        tuple(terms[key] for key in recipients),
        "\n".join(identity.merged([(e.mention.sentence.text for e in evidence)])),
    )


def _precision(dates: Sequence[tuple[str | None, bool]]) -> Literal["day", "published"] | None:
    if dates[0][0] is None:
        return None
    return "day" if any(told for _, told in dates) else "published"


def _status(evidence: Sequence[Evidence]) -> Status:
    sources: dict[Status, set[str]] = defaultdict(set)
    for item in evidence:
        sources[item.mention.status].add(item.origin)
    counted = [s for s in _ORDER if s in sources and s in _REPORTED] or [
        s for s in _ORDER if s in sources
    ]
    return max(counted, key=lambda status: len(sources[status]))


def _has_mode(mentions: Sequence[Mention]) -> bool:
    return 2 * sum(1 for m in mentions if m.mode) >= len(mentions)


def _most(values: Iterable[Value]) -> Value:
    """The most frequent value, the first of equals."""
    return Counter(values).most_common(1)[0][0]


def _called(mentions: Iterable[Mention]) -> dict[str, list[Party]]:
    found: dict[str, list[Party]] = defaultdict(list)
    for mention in mentions:
        for party in (*mention.actors, *mention.recipients):
            found[identity.party_key(party)].append(party)
    return found


def _party(called: Sequence[Party]) -> EventParty:
    name = _most(party.name or party.text for party in called)
    party = next(p for p in called if (p.name or p.text) == name)
    return EventParty(
        name=name,
        code=party.code,
        country=party.country,
        sector=party.sector,
        role=party.role,
    )


def _terms(main: EventParty, called: Sequence[Party]) -> tuple[str, ...]:
    """The main term first: what a pair of parties is counted by."""
    others = sorted({identity.fold(t) for p in called for t in (p.code, p.name or p.text) if t})
    return tuple(identity.merged([[identity.fold(main.code or main.name)], others]))


def _place(places: Sequence[Place]) -> Place | None:
    if not places:
        return None
    key = _most(_place_key(place) for place in places)
    return next(place for place in places if _place_key(place) == key)


def _place_key(place: Place) -> Hashable:
    return place.geonameid or (place.name or place.text).casefold()
