import subprocess
import sys
import time
from pathlib import Path

import pytest

from dateline.actors import Register, register
from dateline.errors import DatelineError


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Russia met the U.N. Security Council", [(0, 1, "RUS"), (3, 6, "un-security-council")]),
        ("South Korean and Turkish officials", [(0, 2, "KOR"), (3, 4, "TUR")]),
        ("he told us about turkey in chad", []),
        ("he told US envoys", [(2, 3, "USA")]),
        ("pro - Turkish officials in Syria", [(5, 6, "SYR")]),
        ("US - backed fighters", []),
        ("US - China talks", [(0, 1, "USA"), (2, 3, "CHN")]),
        ("Ukraine 's army", [(0, 1, "UKR")]),
        ("Jordan Henderson scored", []),
        ("Lyudmila Putin and Mr. Putin", [(4, 5, "vladimir-putin")]),
        ("Guinea - Bissau and Equatorial Guinea", [(0, 3, "GNB"), (4, 6, "GNQ")]),
        ("the Washington Post said", [(1, 3, "media-washington-post")]),
    ],
)  # fmt: skip
def test_the_longest_names_are_found(words: str, expected: list[tuple[int, int, str]]) -> None:
    assert register().find(words.split()) == expected


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Russian", "RUS"), ("Kremlin", "RUS"), ("Ukraine's", "UKR"), ("EU", "EUR"),
        ("the Turks", "TUR"), ("Pentagon", "USA"), ("U.S.", "USA"), ("us", None),
        ("turkey", None), ("Korean", None), ("Kurdish", None), ("table", None), ("", None),
    ],
)  # fmt: skip
def test_nationality(word: str, code: str | None) -> None:
    assert register().nationality(word) == code


def test_a_record_is_had_by_its_id() -> None:
    found = register().get("RUS")
    assert found
    assert found.name == "Russia"
    assert register().get("nothing") is None


def test_a_users_rows_are_added_and_take_the_place_of_ours(tmp_path: Path) -> None:
    people = tmp_path / "mine.csv"
    people.write_text(
        "id,name,gender,country,sector,aliases,surname_ok\n"
        "zora-quillby,Zora Quillby,f,NZL,GOV,Z. Quillby-Ash,1\n"
    )
    roles = tmp_path / "held.csv"
    roles.write_text(
        "person,title,of,sector,start,end\nzora-quillby,Foreign Minister,NZL,GOV,2021-03,\n"
    )
    media = tmp_path / "media.csv"
    media.write_text(
        "id,name,country,sector,acts_for_state,names\nmedia-bbc,Beeb,GBR,MED,no,BBC;Auntie\n"
    )
    mine = register((people, roles, media))
    quillby = mine.resolve("Quillby")
    assert quillby
    assert (quillby.code, quillby.role) == ("NZL", "Foreign Minister")
    bbc = mine.resolve("the BBC")
    assert bbc
    assert bbc.name == "Beeb"
    assert register().resolve("Quillby") is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("id,nom\nx,y\n", "columns"),
        ("", "columns"),
        ("id,name,country,sector,aliases,adjectives\nx,Y,FRA,NOPE,,\n", "line 2.*no sector"),
        ("id,name,country,sector,aliases,adjectives\nx,Y,FRA\n", "line 2.*fields"),
        ("id,name,country,sector,aliases,adjectives\n,Y,FRA,REB,,\n", "line 2.*empty"),
        ("person,title,of,sector,start,end\nx,King,FRA,GOV,soon,\n", "YYYY"),
    ],
)
def test_a_users_mistake_is_named(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(text)
    with pytest.raises(DatelineError, match=says):
        Register((path,))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"none\.csv"):
        Register((tmp_path / "none.csv",))


def test_loading_is_quick_and_leaves_other_languages_for_later() -> None:
    code = (
        "import sys; from dateline.actors import register; r = register(); r.resolve('Russia'); "
        "assert not {'babel', 'pycountry', 'spacy', 'numpy'} & set(sys.modules); "
        "assert r.resolve('Allemagne').code == 'DEU'"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
    start = time.process_time()
    Register()
    assert time.process_time() - start < 1  # far above what it takes, for busy machines
