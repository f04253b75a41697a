from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire import dates

TODAY = dt.date(2024, 6, 1)


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2022-12-21", "2022-12-21"),
        (" 20221221 ", "2022-12-21"),
        ("2022-12-21T10:05:00+07:00", "2022-12-21T10:05:00+07:00"),
        ("2022-12-21T10:05:00Z", "2022-12-21T10:05:00+00:00"),
        ("2022-12-21 10:05:00 +0700", "2022-12-21T10:05:00+07:00"),
        ("2022-12-21 10:05 UTC", "2022-12-21T10:05:00+00:00"),
        ("2022-12-21T00:00:00", "2022-12-21T00:00:00"),
        ("Wed, 21 Dec 2022 10:05:00 GMT", "2022-12-21T10:05:00+00:00"),
        ("0001-01-01T00:00:00Z", None),
        ("2022-13-41", None),
        ("yesterday", None),
        ("", None),
    ],
)
def test_parse(written: str, iso: str | None) -> None:
    assert dates.parse(written) == iso


@given(st.text(max_size=60))
def test_parse_gives_iso_or_nothing(written: str) -> None:
    found = dates.parse(written)
    assert found is None or dt.datetime.fromisoformat(found).year >= dates.EARLIEST


@given(st.datetimes(min_value=dt.datetime(1600, 1, 1), timezones=st.timezones()))
def test_parse_keeps_time_and_zone(moment: dt.datetime) -> None:
    # A moment that a change of the clock makes ambiguous equals none in another zone.
    fixed = dt.datetime.fromisoformat(moment.isoformat())
    found = dates.parse(fixed.isoformat())
    assert found is not None
    assert dt.datetime.fromisoformat(found) == fixed


def test_choose_takes_the_first_that_can_be_and_says_why_not_others() -> None:
    found, complaints = dates.choose(
        [("row's", "soon"), ("page's", "2031-01-01"), ("x", None), ("default", "2022-12-21")], TODAY
    )
    assert found == "2022-12-21"
    assert len(complaints) == 2
    assert "row's date 'soon' is not a date" in complaints[0]
    assert "page's date '2031-01-01' is in the future" in complaints[1]


def test_two_days_ahead_are_believed() -> None:
    assert dates.choose([("x", "2024-06-03")], TODAY) == ("2024-06-03", ())
    assert dates.choose([("x", "2024-06-04")], TODAY)[0] is None
