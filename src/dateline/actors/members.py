"""Which states belong to which body, and when."""

from __future__ import annotations

import datetime as dt

from dateline.actors.dates import first_day, last_day
from dateline.actors.tables import Tables


class Members:
    """The member states of bodies, with the dates between which they belong."""

    def __init__(self, tables: Tables) -> None:
        """Keep the rows; they are read when a body is asked for."""
        self._rows: dict[str, list[dict[str, str]]] = {}
        for row in tables.rows("members"):
            self._rows.setdefault(row["body"], []).append(row)

    def on(self, body: str, date: dt.date | None) -> tuple[str, ...]:
        """The codes of a body's members on a date; without one, of those that have not left."""
        return tuple(
            row["state"] for row in self._rows.get(body, ())
            if (not row["end"] if date is None
                else first_day(row["start"]) <= date <= last_day(row["end"]))
        )  # fmt: skip
