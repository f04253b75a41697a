"""How the desk words what the records hold. Everything here gives plain text, to be escaped."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cache
from urllib.parse import quote, urlencode, urlsplit

from dateline.ledger import ArticleSummary
from dateline.records import Article, Attribution, Document, Event, EventParty, Mention, Party, Time

_MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})
"""Types that act both ways."""


def day(value: str | dt.date | None) -> str:
    """A day as a newspaper writes it: 21 December 2022; empty for none."""
    if not value:
        return ""
    date = dt.date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{date.day} {date:%B %Y}"


def short_day(value: dt.date) -> str:
    """21 Dec 2022."""
    return f"{value.day} {value:%b %Y}"


def clock(value: dt.datetime) -> str:
    """The time of day, in UTC."""
    return f"{value.astimezone(dt.UTC):%H:%M}"


def moment(value: dt.datetime | None) -> str:
    """A day and time of day, in UTC; empty for none."""
    return f"{short_day(value.astimezone(dt.UTC))}, {clock(value)}" if value else ""


def count(number: int, one: str, many: str | None = None) -> str:
    """1 report, 2,000 reports."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def delay(seconds: float | None) -> str:
    """A duration in the largest unit that fits; empty for none."""
    if seconds is None:
        return ""
    for size, unit in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            return count(round(seconds / size), unit)
    return count(round(seconds), "second")


def heard(event: Event) -> str:
    """By how many an event is reported: 3 sources, 5 reports."""
    if not event.mention_count:
        return "no longer reported"
    return f"{count(event.source_count, 'source')}, {count(event.mention_count, 'report')}"


def between(event: Event | Mention) -> str:
    """The word between the two sides."""
    return "with" if event.type in _MUTUAL and event.actors else "→"


def parties(found: Sequence[EventParty | Party]) -> str:
    """Names, with commas and "and"."""
    names = [party.name or getattr(party, "text", "") for party in found]
    return (
        ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + (names[-1] if names else "")
    )


def headline(event: Event) -> str:
    """An event in one line: Xi Jinping → Vladimir Putin: consult, visit (planned)."""
    sides = parties(event.actors) or "Unnamed"
    if event.recipients:
        sides += f" {between(event)} {parties(event.recipients)}"
    kind = event.type.lower() + (f", {event.mode}" if event.mode else "")
    status = "" if event.status == "happened" else f" ({event.status})"
    return f"{sides}: {kind}{status}"


def chain(attribution: Sequence[Attribution]) -> str:
    """On whose word: Xi, as told by China Central Television. Empty where the article speaks."""
    names = [link.source.text if link.source else "an unnamed source" for link in attribution]
    return ", as told by ".join(" ".join(name.split()) for name in names)


def outlet(document: Document | Article | ArticleSummary) -> str:
    """Whose report it is, and who carried it if another did: nytimes.com, in Kabar Daily."""
    origin, publisher = document.origin, document.publisher
    if not origin or not publisher or _on(document.url, origin) or _own(origin, publisher):
        return publisher or origin or "origin not known"
    return f"{origin}, in {publisher}"


def _own(origin: str, publisher: str) -> bool:
    """Whether a host is plainly the publisher's: northgate.example of Northgate News Agency."""
    name = "".join(filter(str.isalnum, publisher.casefold()))
    return origin == publisher or origin.split(".")[0].replace("-", "") in name


def _on(url: str | None, host: str) -> bool:
    """Whether a page is on a host, or on one below it."""
    try:
        found = urlsplit(url or "").hostname or ""
    except ValueError:
        return False
    return found == host or found.endswith(f".{host}")


def when(time: Time) -> str:
    """A time: 21 December 2022, or from … to …."""
    if time.start == time.end:
        return day(time.start) or time.text
    return f"{day(time.start) or '…'} to {day(time.end) or '…'}"


def quad(value: str) -> str:
    """A quad class in words."""
    return value.replace("-", " ")


@cache
def country(code: str | None) -> str:
    """The name of a country by its three letters (CLDR); the code itself for anything else."""
    import pycountry
    from babel import Locale

    found = pycountry.countries.get(alpha_3=code) if code else None
    return str(Locale("en").territories.get(found.alpha_2, found.name)) if found else code or ""


def signed(number: float, form: str = "+g") -> str:
    """A number with its sign, as a typesetter writes it."""
    return format(number, form).replace("-", "−")


def segment(name: str) -> str:
    """A name as one part of a path; "/" is written ~1 and "~" is written ~0 (as in RFC 6901)."""
    return quote(name.replace("~", "~0").replace("/", "~1"), safe="~")


def unsegment(part: str) -> str:
    """The name that a part of a path gives."""
    return part.replace("~1", "/").replace("~0", "~")


def pair_path(a: str, b: str) -> str:
    """The path of the page of a pair."""
    return f"/dyads/{segment(a)}/{segment(b)}"


def address(path: str, **query: object) -> str:
    """A path with the parameters that are given."""
    given = {name: str(value) for name, value in query.items() if value not in (None, "")}
    return f"{path}?{urlencode(given)}" if given else path
