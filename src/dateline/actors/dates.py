"""Dates given to the year, month or day."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache


@lru_cache(maxsize=16384)
def first_day(value: str) -> dt.date:
    """The first day that a date allows; of none, the first of all. ValueError if it is no date."""
    if not value:
        return dt.date.min
    year, month, day = (*map(int, value.split("-")), 1, 1)[:3]
    return dt.date(year, month, day)


@lru_cache(maxsize=16384)
def last_day(value: str) -> dt.date:
    """The last day that a date allows; of none, the last of all. ValueError if it is no date."""
    if not value:
        return dt.date.max
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3:
        return dt.date(parts[0], parts[1], parts[2])
    if len(parts) == 1:
        return dt.date(parts[0], 12, 31)
    year, month = (parts[0] + 1, 1) if parts[1] == 12 else (parts[0], parts[1] + 1)
    return dt.date(year, month, 1) - dt.timedelta(days=1)
