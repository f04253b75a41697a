"""Names and what they may mean."""

import pytest

from dateline.coder.places.gazetteer import kilometres, lookup, state_after
from dateline.coder.places.names import key_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir ez-Zor", "deir ez zor"),
        ("São Paulo", "Sao Paulo"),
        ("N'Djamena", "N’Djamena"),
        ("St. Louis", "Saint Louis"),
        ("The Hague", "Hague"),
        ("Tromsø", "Tromso"),
        ("U.S.", "US"),
    ],
)
def test_spellings(one, other):
    assert key_of(one) == key_of(other)


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Mexico", "country", "MEX"),
        ("Singapore", "city", "SGP"),
        ("Kiev", "city", "UKR"),
        ("US", "country", "USA"),
        ("U.S.", "country", "USA"),
        ("Black Sea", "sea", None),
        ("Hodeidah", "town", "YEM"),
        ("Dallas County", "division2", "USA"),
    ],
)
def test_best_known(name, kind, country):
    assert (lookup(name)[0].kind, lookup(name)[0].country) == (kind, country)


def test_a_pronoun_is_no_country():
    assert not any(e.kind == "country" for name in ("us", "Us") for e in lookup(name))


@pytest.mark.parametrize("name", ["", " ", "-", "'", "Qqqqzz", "\n", "."])
def test_unknown(name):
    assert lookup(name) == ()


def test_states():
    assert [e.name for e in state_after("Tex.")] == ["Texas"]
    assert {e.country for e in state_after("WA")} == {"USA", "AUS"}
    assert state_after("Qq.") == ()


def test_kilometres():
    assert kilometres(0, 0, 0, 1) == pytest.approx(111.2, abs=0.1)
    assert kilometres(90, 0, -90, 0) == pytest.approx(20015, abs=2)
    assert kilometres(10, 179.5, 10, -179.5) < 120
