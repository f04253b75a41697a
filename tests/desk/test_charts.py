from __future__ import annotations

import datetime as dt

import pytest

from dateline.desk import charts
from dateline.ledger import DyadPeriod, DyadSeries

QUADS = {"verbal-cooperation": 2, "material-cooperation": 1, "verbal-conflict": 3}


def series(by: str, *periods: DyadPeriod) -> DyadSeries:
    return DyadSeries("CHN", "RUS", by, 6, 0.5, 0, periods, (("CONSULT", 6),))  # type: ignore[arg-type]


def test_words_stand_beyond_deeds_and_conflict_below() -> None:
    period = DyadPeriod(dt.date(2022, 12, 1), 6, 0.5, QUADS)
    bars = {
        bar["class"]: (bar["low"], bar["high"])
        for bar in charts.spec(series("month", period))["data"]["values"]
    }
    assert bars == {
        "material cooperation": (0, 1),
        "verbal cooperation": (1, 3),
        "verbal conflict": (0, -3),
    }


@pytest.mark.parametrize(
    ("by", "start", "end"),
    [
        ("day", "2024-02-29", "2024-03-01"),
        ("week", "2022-12-26", "2023-01-02"),
        ("month", "2022-12-01", "2023-01-01"),
        ("month", "2024-02-01", "2024-03-01"),
    ],
)
def test_a_bar_is_as_long_as_its_period(by: str, start: str, end: str) -> None:
    period = DyadPeriod(dt.date.fromisoformat(start), 1, 1.0, {"verbal-conflict": 1})
    bar = charts.spec(series(by, period))["data"]["values"][0]
    assert (bar["start"], bar["end"]) == (start, end)


def test_the_scripts_are_made_once_and_can_run_without_eval() -> None:
    scripts = charts.scripts()
    assert scripts is charts.scripts()
    assert b"vegaEmbed" in scripts
    assert b"expressionInterpreter" in scripts
