from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.desk import wording
from dateline.records import Attribution, Document, EventParty, Source


def test_days_and_moments_are_written_as_in_a_newspaper() -> None:
    moment = dt.datetime(2022, 12, 1, 23, 5, tzinfo=dt.timezone(dt.timedelta(hours=-5)))
    assert wording.day("2022-12-01") == "1 December 2022"
    assert wording.moment(moment) == "2 Dec 2022, 04:05"
    assert wording.moment(None) == ""


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(None, ""), (0, "0 seconds"), (1, "1 second"), (90, "2 minutes"), (7200, "2 hours")],
)
def test_delays_are_told_in_the_largest_unit(seconds: float | None, told: str) -> None:
    assert wording.delay(seconds) == told


def test_a_chain_runs_from_the_nearest_source_outwards() -> None:
    xi = Attribution(source=Source(text="Xi", start=0, end=2), cue=None, kind="quote")
    told = Source(text="China Central\nTelevision", start=9, end=33)
    chain = (xi, Attribution(source=told, cue=None, kind="report"))
    assert wording.chain(chain) == "Xi, as told by China Central Television"
    unnamed = Attribution(source=None, cue=None, kind="report")
    assert wording.chain((unnamed,)) == "an unnamed source"
    assert wording.chain(()) == ""


@pytest.mark.parametrize(
    ("origin", "publisher", "url", "told"),
    [
        ("kabar.example", "Kabar Daily", "https://www.kabar.example/1", "Kabar Daily"),
        ("kabar.example", "River Wire", "https://river.example/1", "kabar.example, in River Wire"),
        ("kabar.example", None, None, "kabar.example"),
        (None, None, "https://[bad", "origin not known"),
    ],
)
def test_a_copy_names_both_houses(
    origin: str | None, publisher: str | None, url: str | None, told: str
) -> None:
    document = Document(id="x", origin=origin, publisher=publisher, url=url)
    assert wording.outlet(document) == told


def test_names_are_joined() -> None:
    names = [EventParty(name=name) for name in "ABC"]
    assert wording.parties(names) == "A, B and C"
    assert wording.parties(names[:1]) == "A"
    assert wording.parties([]) == ""


@given(st.text(min_size=1, max_size=20).filter(lambda name: name < "\ud800" or name.isascii()))
def test_any_name_fits_into_a_path(name: str) -> None:
    from urllib.parse import unquote

    part = wording.segment(name)
    assert "/" not in part
    assert wording.unsegment(unquote(part)) == name


def test_countries_have_names_and_bodies_their_code() -> None:
    assert wording.country("RUS") == "Russia"
    assert wording.country("UNO") == "UNO"
    assert wording.country(None) == ""
