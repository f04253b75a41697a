"""Times: found, valued, and given to the events that they govern."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.coder.pipeline import pipeline
from dateline.coder.times import TimeExpression, find_times, governing_time, to_record
from dateline.coder.times.calendar import add, easter, nth_weekday, orthodox_easter, span
from dateline.coder.times.lexicon import holidays, moving, patterns
from dateline.coder.times.rules import RULES

DATA = Path(__file__).parent / "data"
VALUE_FLOOR, TEXT_FLOOR = 0.95, 0.95


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def found_in(sentence: str, published: str) -> list[TimeExpression]:
    return find_times(pipeline()(sentence), day(published))


def texts(sentence: str, published: str = "2022-12-23") -> list[str]:
    return [sentence[time.start : time.end] for time in found_in(sentence, published)]


def value_of(row: dict[str, str]) -> tuple[str, str, str, str]:
    """Text, first, last and precision of what is found over the expected expression."""
    start = row["sentence"].index(row["expression"])
    end = start + len(row["expression"])
    for time in found_in(row["sentence"], row["published"]):
        if time.start < end and time.end > start:
            record = to_record(time, row["sentence"][time.start : time.end])
            return record.text, record.start or "", record.end or "", record.precision
    return "", "missing", "missing", ""


def test_values_of_the_set() -> None:
    expected = rows("times.csv")
    assert len(expected) >= 420
    wrong, other_text = [], []
    for row in expected:
        text, *value = value_of(row)
        if value != [row["first"], row["last"], row["precision"]]:
            wrong.append((row, text, value))
        if text != row["expression"]:
            other_text.append((row["expression"], text))
    report = "\n".join(map(str, wrong))
    assert len(wrong) <= (1 - VALUE_FLOOR) * len(expected), report
    assert len(other_text) <= (1 - TEXT_FLOOR) * len(expected), other_text


@pytest.mark.parametrize("sentence", [row["sentence"] for row in rows("non_times.csv")])
def test_what_is_no_time(sentence: str) -> None:
    assert texts(sentence) == []


GOVERNED = [
    ("Rebels seized the town on Wednesday.", "seized", "on Wednesday"),
    ("On Wednesday, rebels seized the town.", "seized", "On Wednesday"),
    ("Rebels seized the town in the north in March 2021.", "seized", "in March 2021"),
    ("The envoy met the rebels on Monday and signed a truce.", "signed", "on Monday"),
    ("The envoy met the rebels on Monday and left on Tuesday.", "left", "on Tuesday"),
    ("The envoy met the rebels on Monday and left on Tuesday.", "met", "on Monday"),
    ("The envoy flew to Tripoli and met the rebels on Monday.", "flew", "on Monday"),
    ("He said on Tuesday that rebels had captured the port.", "captured", "on Tuesday"),
    ("He said on Tuesday that rebels had captured the port in May.", "captured", "in May"),
    ("Rebels had captured the port, he said on Tuesday.", "captured", "on Tuesday"),
    ("The leaders condemned the 2014 invasion.", "invasion", "2014"),
    ("The leaders condemned the 2014 invasion.", "condemned", None),
    ("On Friday, the leaders condemned the 2014 invasion.", "condemned", "On Friday"),
    ("On Friday, the leaders condemned the 2014 invasion.", "invasion", "2014"),
    ("Monday's attack killed four people.", "attack", "Monday"),
    ("The attack on Monday killed four people.", "attack", "on Monday"),
    ("The army fired rockets on Sunday, killing four people.", "killing", "on Sunday"),
    ("The president promised on Monday to withdraw the force.", "withdraw", "on Monday"),
    ("He will withdraw the troops who invaded in 2014.", "withdraw", None),
    ("He will withdraw the troops who invaded in 2014.", "invaded", "in 2014"),
    ("Rebels seized the town.", "seized", None),
    ("Rebels seized the town on Monday. The army withdrew.", "withdrew", None),
    ("The army shelled the port for seven weeks.", "shelled", None),
]


@pytest.mark.parametrize(("sentence", "trigger", "expected"), GOVERNED)
def test_the_time_that_governs(sentence: str, trigger: str, expected: str | None) -> None:
    doc = pipeline()(sentence)
    token = next(token for token in doc if token.text == trigger)
    time = governing_time(token, find_times(doc, dt.date(2022, 12, 23)))
    assert (sentence[time.start : time.end] if time else None) == expected


RELATIONS = [
    ("Sanctions have held since 2012.", "since"),
    ("The truce will last until June.", "until"),
    ("The army must leave by Friday.", "until"),
    ("The king fled before 2010.", "before"),
    ("The king fled after 2010.", "after"),
    ("They fought for seven weeks.", "duration"),
    ("They have fought for the past seven weeks.", "duration"),
    ("They meet every Tuesday.", "recurring"),
    ("They met on Tuesday.", "at"),
    ("From 2015 onwards, they met in secret.", "since"),
]


@pytest.mark.parametrize(("sentence", "relation"), RELATIONS)
def test_relations(sentence: str, relation: str) -> None:
    (time,) = found_in(sentence, "2022-12-23")
    assert time.relation == relation


def test_feasts_and_weekdays_of_a_month() -> None:
    assert [easter(year) for year in (1999, 2008, 2016, 2024)] == [
        dt.date(1999, 4, 4),
        dt.date(2008, 3, 23),
        dt.date(2016, 3, 27),
        dt.date(2024, 3, 31),
    ]
    assert orthodox_easter(2024) == dt.date(2024, 5, 5)
    assert nth_weekday(2022, 11, 3, 4) == dt.date(2022, 11, 24)
    assert nth_weekday(2018, 5, 0, -1) == dt.date(2018, 5, 28)


def test_adding_months_stays_within_the_month() -> None:
    assert add(dt.date(2020, 3, 31), "month", -1) == dt.date(2020, 2, 29)
    assert add(dt.date(2020, 2, 29), "year", 1) == dt.date(2021, 2, 28)
    assert span("week", dt.date(2022, 12, 23)) == (dt.date(2022, 12, 19), dt.date(2022, 12, 25))


def test_every_pattern_has_its_rule_and_every_rule_a_pattern() -> None:
    assert {pattern.rule for pattern in patterns()} == set(RULES)


WORDS = (
    "on in since from to until between and by Monday May may Feb. 29 30 31 2014 1999 0000 "
    "12/31/9999 9999-12-31 last next this week month year century decade ago later earlier two "
    "999 a few the early late mid- end of weekend Easter spring quarter first Q4 fiscal 1990s "
    "every day after for over past said will met ' 's , . - \u2013 \u0664 \U0001f600 9/11"
)
PIECES = st.sampled_from(WORDS.split())
TEXT = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXT, st.one_of(st.none(), st.dates()))
def test_any_text_on_any_day(text: str, published: dt.date | None) -> None:
    doc = pipeline()(text)
    times = find_times(doc, published)
    end = 0
    for time in times:
        assert end <= time.start < time.end <= len(text)
        end = time.end
        assert not (time.first and time.last) or time.first <= time.last
        to_record(time, text[time.start : time.end])
    for token in doc:
        assert governing_time(token, times) in (*times, *(time.inner for time in times), None)
    assert find_times(doc, published) == times


def test_moving_feasts_come_each_year() -> None:
    feasts = {holiday.feast for holiday in holidays().values() if holiday.rule == "moving"}
    for feast in feasts:
        found = moving(feast)
        assert list(found) == sorted(found)
        assert {first.year for first, _ in found} == set(range(1990, 2036)), feast
        assert all(first <= last for first, last in found)
