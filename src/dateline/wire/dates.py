"""Dates of publication: as they are written, whether they can be, and which of several to take."""

from __future__ import annotations

import datetime as dt
import email.utils
import re
from collections.abc import Iterable

from dateline.wire import settings

EARLIEST = 1500
"""A year before it is a default value of some program, not a date of publication."""

_ZONE_NAME = re.compile(r"\s*(?:UTC|GMT|Z)$", re.IGNORECASE)
_ZONE_SPACE = re.compile(r"\s+([+-]\d{2}:?\d{2})$")
_DATE_LIKE = re.compile(r"\d{4}-?\d{2}-?\d{2}")


def parse(value: str) -> str | None:
    """A date as ISO 8601, with time and zone where the value has them; None if it is no date.

    Reads ISO 8601 and its common near misses, and RFC 5322 ("Wed, 21 Dec 2022 10:00:00 GMT").
    """
    value = value.strip()[:64]
    moment = _iso(value) or _rfc(value)
    if moment is None or moment.year < EARLIEST:
        return None
    if len(value) <= 10 and moment.time() == dt.time() and moment.tzinfo is None:
        return moment.date().isoformat()
    return moment.isoformat()


def _iso(value: str) -> dt.datetime | None:
    if not _DATE_LIKE.match(value):
        return None
    value = _ZONE_SPACE.sub(r"\1", _ZONE_NAME.sub("+00:00", value))
    try:
        return dt.datetime.fromisoformat(value)
    except ValueError:
        return None


def _rfc(value: str) -> dt.datetime | None:
    try:
        return email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def in_future(date: str, today: dt.date) -> bool:
    """Whether an ISO date lies further ahead than clocks and zones explain."""
    return dt.datetime.fromisoformat(date).date() > today + dt.timedelta(settings.FUTURE_DAYS)


def choose(
    candidates: Iterable[tuple[str, str | None]], today: dt.date
) -> tuple[str | None, tuple[str, ...]]:
    """The first candidate that can be a date of publication, and a complaint for each before it.

    A candidate is whose it is ("the row's") and its value, if any.
    """
    complaints: list[str] = []
    for whose, value in candidates:
        if not value:
            continue
        date = parse(value)
        if date is None:
            complaints.append(
                f"{whose} date {value[:40]!r} is not a date and is left out: write YYYY-MM-DD"
            )
        elif in_future(date, today):
            complaints.append(
                f"{whose} date {value[:40]!r} is in the future and is left out: "
                "correct it, or give --published"
            )
        else:
            return date, tuple(complaints)
    return None, tuple(complaints)
