import datetime as dt

import pytest

from dateline.actors import register


@pytest.mark.parametrize(
    ("name", "date", "found"),
    [
        ("Bush", "1991-02-01", "George H.W. Bush"),
        ("Bush", "2004-01-01", "George W. Bush"),
        ("Bush", "2016-01-01", "George W. Bush"),
        ("Clinton", "1998-01-01", "Bill Clinton"),
        ("Clinton", "2010-01-01", "Hillary Clinton"),
        ("Mrs. Clinton", "2016-01-01", "Hillary Clinton"),
        ("Mr. Clinton", "2010-01-01", "Bill Clinton"),
        ("Trump", "2018-01-01", "Donald Trump"),
        ("Assad", "1995-01-01", "Hafez al-Assad"),
        ("Assad", "2015-01-01", "Bashar al-Assad"),
        ("Castro", "2000-01-01", "Fidel Castro"),
        ("Castro", "2012-01-01", "Raúl Castro"),
        ("Sharif", "2014-01-01", "Nawaz Sharif"),
        ("Li", "2015-01-01", "Li Keqiang"),
        ("Moon", "2019-01-01", "Moon Jae-in"),
        ("Akufo-Addo", "2018-01-01", "Nana Akufo-Addo"),
        ("Johnson", "2020-01-01", "Boris Johnson"),
        ("Cruz", "2020-01-01", None),
        ("Christie", "2016-01-01", None),
        ("Mr. Christie", "2016-01-01", "Perry Christie"),
        ("Sharia", "2016-01-01", None),
        ("Smith", "2020-01-01", None),
        ("Lee", "2011-01-01", None),
        ("May", "2023-01-01", None),
    ],
)
def test_a_surname_is_the_likeliest_on_the_date(name: str, date: str, found: str | None) -> None:
    identity = register().resolve(name, dt.date.fromisoformat(date))
    assert (identity.name if identity else None) == found


def test_a_surname_that_several_leaders_have_is_honest() -> None:
    names = {c.name for c in register().candidates("Lee", dt.date(2011, 1, 1))}
    assert {"Lee Myung-bak", "Lee Hsien Loong"} <= names
