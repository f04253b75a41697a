"""How two parties act towards one another."""

import datetime as dt
from typing import Any

import pytest

from dateline.ledger import DyadPeriod, Ledger, Pair


@pytest.fixture
def history(ledger: Ledger, news: Any) -> Ledger:
    cases = [
        ("ALA", "BOR", "AID", "2022-11-30"),
        ("ALA", "BOR", "ACCUSE", "2022-12-05"),
        ("BOR", "Alder=ALA", "ACCUSE", "2022-12-11"),
        ("ALA,BOR,CAR", "", "CONSULT", "2022-12-12"),
        ("ALA,CAR", "DOR", "ACCUSE", "2022-12-12"),
    ]
    for number, (actors, recipients, type, day) in enumerate(cases):
        article = news.article(number)
        news.publish(ledger, article, news.mention(article, actors, recipients, type=type, day=day))
    undated = news.article("x", published=None)
    news.publish(ledger, undated, news.mention(undated, type="ACCUSE"))
    return ledger


def test_by_month(history: Ledger) -> None:
    found = history.dyad("bor", "ALA")
    assert (found.events, found.undated, found.by) == (5, 1, "month")
    assert found.periods == (
        DyadPeriod(dt.date(2022, 11, 1), 1, 10.0, {"material-cooperation": 1}),
        DyadPeriod(
            dt.date(2022, 12, 1), 3, -1.167, {"verbal-conflict": 2, "verbal-cooperation": 1}
        ),
    )
    assert found.types == (("ACCUSE", 3), ("AID", 1), ("CONSULT", 1))
    assert found.score == round((10 - 3 - 3 + 2.5 - 3) / 5, 3)


def test_by_week_and_day(history: Ledger) -> None:
    weeks = [(p.start.isoformat(), p.events) for p in history.dyad("ALA", "BOR", by="week").periods]
    assert weeks == [("2022-11-28", 1), ("2022-12-05", 2), ("2022-12-12", 1)]
    days = [p.start.isoformat() for p in history.dyad("ALA", "BOR", by="day").periods]
    assert days == ["2022-11-30", "2022-12-05", "2022-12-11", "2022-12-12"]


def test_by_name(history: Ledger) -> None:
    assert history.dyad("alder", "bor").events == 1


def test_actors_of_one_side_are_no_pair_where_there_is_a_recipient(history: Ledger) -> None:
    assert history.dyad("ALA", "CAR").events == 1  # the meeting


def test_none(history: Ledger) -> None:
    found = history.dyad("ALA", "XYZ")
    assert (found.events, found.score, found.periods, found.types) == (0, None, (), ())


def test_most_active(history: Ledger) -> None:
    newest = history.events(limit=1).items[0].id
    first, *others = history.dyads()
    assert first == Pair("ALA", "BOR", 5, newest)
    assert [(p.a, p.b, p.events) for p in others] == [
        ("ALA", "CAR", 1),
        ("ALA", "DOR", 1),
        ("BOR", "CAR", 1),
        ("CAR", "DOR", 1),
    ]
    assert history.dyads(limit=1) == [first]
