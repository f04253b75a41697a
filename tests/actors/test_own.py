import contextlib
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.actors import Register
from dateline.actors.followthemoney import rows_of_entities
from dateline.errors import DatelineError

ENTITIES = Path(__file__).with_name("data") / "invented.ftm.json"
TOML = """
[[people]]
id = "zora-quillby"
name = "Zora Quillby"
gender = "f"
country = "NZL"
aliases = ["Zora Q. Quillby", "Zora Quillbee"]
surname_ok = true
roles = [{ title = "Foreign Minister", start = 2021-03-01, end = 2023-06-30 }]

[[groups]]
id = "lantern-front"
name = "Lantern Front"
country = "NZL"
sector = "REB"
"""


@pytest.mark.parametrize(
    ("name", "date", "code", "country", "sector", "role"),
    [
        ("Orsolya Tamberlane", "2020-05-01", "NZL", "NZL", "GOV", "Minister of Foreign Affairs"),
        ("Orsola Tamberlane", "2024-05-01", None, "NZL", "ELI", None),
        ("Prime Minister Ferrabosco", "2032-01-01", "PRT", "PRT", "GOV", "Prime Minister"),
        ("RVFX", "2020-01-01", None, "KEN", "REB", None),
        ("the Bureau of Tidal Lanterns", "2020-01-01", "NOR", "NOR", "GOV", None),
        ("Halvorsen Pewter Works", "2020-01-01", None, "USA", "BUS", None),
    ],
)
def test_followthemoney_entities_resolve(
    name: str, date: str, code: str | None, country: str, sector: str, role: str | None
) -> None:
    found = Register((ENTITIES,)).resolve(name, dt.date.fromisoformat(date))
    assert found is not None
    assert (found.code, found.country, found.sector, found.role) == (code, country, sector, role)


def test_toml_adds_people_with_their_roles_and_groups(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(TOML)
    register = Register((path,))
    found = register.resolve("Ms. Quillby", dt.date(2022, 1, 1))
    assert found is not None
    assert (found.name, found.code, found.role) == ("Zora Quillby", "NZL", "Foreign Minister")
    front = register.resolve("the Lantern Front")
    assert front is not None
    assert (front.country, front.sector) == ("NZL", "REB")


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.toml", "[[people", "is no TOML"),
        ("a.toml", "[[persons]]\nid = 'x'\n", "persons.*no register table"),
        ("a.toml", "people = 3\n", "people.*no register table"),
        ("a.toml", "[[people]]\nid = 'x'\nnom = 'X'\n", "'nom' is no column"),
        ("a.toml", "[[people]]\nid = 'x'\n", "name is empty"),
        ("a.toml", "[[groups]]\nid = 'x'\nname = 'X'\ncountry = 'ZZZ'\n", "'ZZZ' is no state"),
        ("a.json", "{}\n", "line 1.*no FollowTheMoney entity"),
        ("a.jsonl", "\n[1]\n", "line 2.*no FollowTheMoney entity"),
        ("a.csv", "person,title,of,sector,start,end\nnobody-x,King,FRA,GOV,,\n", "'nobody-x'"),
    ],
)
def test_a_users_mistake_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(DatelineError, match=says):
        Register((path,))


@given(st.text(max_size=200))
def test_any_text_is_entities_or_a_named_mistake(text: str) -> None:
    with contextlib.suppress(DatelineError):
        assert list(rows_of_entities(text, "x.json")) == []
