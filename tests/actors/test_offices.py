import datetime as dt

import pytest

from dateline.actors import register


@pytest.mark.parametrize(
    ("phrase", "date", "name", "role"),
    [
        ("the Russian president", "2010-05-01", "Dmitry Medvedev", "President"),
        ("the Russian president", "2022-12-21", "Vladimir Putin", "President"),
        ("the president of Russia", "2022-12-21", "Vladimir Putin", "President"),
        ("Russia's foreign minister", "2022-05-01", "Sergey Lavrov", "Foreign Minister"),
        ("the British prime minister", "2019-05-01", "Theresa May", "Prime Minister"),
        ("the Japanese leader", "2019-05-01", "Shinzo Abe", "Prime Minister"),
        ("the German chancellor", "2019-01-01", "Angela Merkel", "Chancellor"),
        ("the Irish prime minister", "2019-01-01", "Leo Varadkar", "Prime Minister"),
        ("Iran's supreme leader", "2020-01-01", "Ali Khamenei", "Supreme Leader"),
        ("the UN secretary general", "2020-01-01", "António Guterres", "Secretary-General"),
        ("the pope", "2020-01-01", "Pope Francis", "Pope"),
    ],
)
def test_an_office_is_who_held_it(phrase: str, date: str, name: str, role: str) -> None:
    found = register().resolve(phrase, dt.date.fromisoformat(date))
    assert found is not None
    assert (found.name, found.kind, found.role) == (name, "person", role)


@pytest.mark.parametrize(
    "phrase",
    [
        "the Russian president",
        "a Russian president",
        "Russian presidents",
        "the Russian ambassador",
        "the former Russian president",
        "Russian foreign ministers",
        "the president",
        "Russia's deputy defense minister",
    ],
)
def test_an_office_of_several_or_of_no_date_is_described(phrase: str) -> None:
    date = None if phrase == "the Russian president" else dt.date(2019, 5, 1)
    found = register().resolve(phrase, date)
    assert found is not None
    assert found.kind == "description"


def test_on_the_day_of_a_handover_the_one_who_comes_in_holds_the_office() -> None:
    found = register().holder("president", "USA", dt.date(2021, 1, 20))
    assert found is not None
    assert found.name == "Joe Biden"
    assert register().holder("president", "ZZZ", dt.date(2021, 1, 20)) is None
    assert register().holder("nonsense", "USA", dt.date(2021, 1, 20)) is None


def test_members_by_date() -> None:
    assert "GBR" in register().members("EUR", dt.date(2015, 1, 1))
    assert "GBR" not in register().members("EUR", dt.date(2021, 1, 1))
    assert "FIN" in register().members("NATO")
    assert len(register().members("G7")) == 7
    assert register().members("nothing") == ()
