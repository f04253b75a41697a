"""The chart of a pair: its events over time. The same Altair chart serves a notebook."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from dateline.ledger import DyadPeriod, DyadSeries
from dateline.ledger.model import By

if TYPE_CHECKING:
    import altair as alt

QUADS = ("verbal-cooperation", "material-cooperation", "material-conflict", "verbal-conflict")
TONES = ("#7fa3bd", "#1f5a85", "#9c2f22", "#cf8b6f")
"""A tone for each of QUADS, on light paper; the page puts its own in their place."""


def dyad_chart(series: DyadSeries) -> alt.Chart:
    """Events of a pair by period, in the tones of QUADS: cooperation up, conflict down."""
    import altair as alt

    utc = alt.Scale(type="utc")
    bars = [bar for period in series.periods for bar in _bars(period, series.by)]
    chart: alt.Chart = (
        alt.Chart(alt.Data(values=bars))  # type: ignore[no-untyped-call]
        .mark_rect()
        .encode(
            x=alt.X("start:T", title=None, scale=utc).axis(
                format="%b %Y" if series.by == "month" else "%-d %b %Y",
                labelOverlap=True,
                tickCount=8,
            ),
            x2="end:T",
            y=alt.Y("low:Q", title="conflict ← events → cooperation").axis(
                format="d", tickMinStep=1, labelExpr="abs(datum.value)"
            ),
            y2="high:Q",
            color=alt.Color("class:N", title=None)
            .scale(domain=[_words(quad) for quad in QUADS], range=list(TONES))
            .legend(orient="top", symbolType="square"),
            tooltip=[
                alt.Tooltip("label:N", title=series.by),
                alt.Tooltip("class:N", title="class"),
                alt.Tooltip("events:Q", title="events"),
            ],
        )
        .properties(width="container", height=240)
    )
    return chart


def _bars(period: DyadPeriod, by: By) -> Iterator[dict[str, Any]]:
    """The parts of a column, deeds next to the zero line and words beyond them."""
    reach = {1: 0, -1: 0}
    for quad in (
        "material-cooperation",
        "verbal-cooperation",
        "material-conflict",
        "verbal-conflict",
    ):
        number = period.quads.get(quad, 0)
        if number:
            sign = 1 if quad.endswith("cooperation") else -1
            low, high = reach[sign], reach[sign] + sign * number
            reach[sign] = high
            yield {
                "start": period.start.isoformat(),
                "end": _end(period.start, by).isoformat(),
                "label": period.start.isoformat(),
                "class": _words(quad),
                "events": number,
                "low": low,
                "high": high,
            }


def _end(start: dt.date, by: By) -> dt.date:
    if by == "month":
        return (start.replace(day=28) + dt.timedelta(days=4)).replace(day=1)
    return start + dt.timedelta(days=7 if by == "week" else 1)


def _words(quad: str) -> str:
    return quad.replace("-", " ")


def spec(series: DyadSeries) -> dict[str, Any]:
    """The chart as a Vega-Lite specification."""
    found: dict[str, Any] = dyad_chart(series).to_dict()
    return found


_lock = threading.Lock()
_bundle: list[bytes] = []
_MAKE = "import sys, vl_convert; sys.stdout.write(vl_convert.javascript_bundle())"


def scripts() -> bytes:
    """Vega, Vega-Lite and Vega-Embed as one script, as vl-convert-python holds them.

    Made once, in a process of its own: it takes seconds in which no other thread would run.
    """
    with _lock:
        if not _bundle:
            done = subprocess.run(
                [sys.executable, "-X", "utf8", "-c", _MAKE], capture_output=True, check=True
            )
            _bundle.append(done.stdout)
        return _bundle[0]
