import csv
from collections import Counter
from importlib.resources import files
from itertools import combinations

import pycountry
import pytest

from dateline.actors.dates import first_day, last_day
from dateline.actors.identity import SECTORS
from dateline.actors.tables import COLUMNS, Row, Tables, split

DATA = files("dateline.actors").joinpath("data")
PRESENT = [table for table in COLUMNS if DATA.joinpath(f"{table}.csv").is_file()]
TABLES = Tables()
STATES = {row["id"] for row in TABLES.rows("states")}
NAMED = [table for table in PRESENT if "name" in COLUMNS[table]]


def rows(table: str) -> list[Row]:
    return TABLES.rows(table)


@pytest.mark.parametrize("table", PRESENT)
def test_columns_are_as_the_reader_expects(table: str) -> None:
    header = next(
        csv.reader(DATA.joinpath(f"{table}.csv").read_text(encoding="utf-8").splitlines())
    )
    assert tuple(header) == COLUMNS[table]


@pytest.mark.parametrize("table", [t for t in PRESENT if t not in ("members", "roles", "words")])
def test_ids_are_unique_and_sorted(table: str) -> None:
    ids = [row["id"] for row in rows(table)]
    assert [i for i, n in Counter(ids).items() if n > 1] == []
    assert ids == sorted(ids)


def test_no_id_is_in_two_tables() -> None:
    ids = Counter(row["id"] for table in NAMED for row in rows(table))
    assert [i for i, n in ids.items() if n > 1] == []


def test_states_are_all_of_iso_3166_and_valid() -> None:
    now = {country.alpha_3 for country in pycountry.countries}
    then = {country.alpha_3 for country in pycountry.historic_countries}
    assert now <= STATES
    assert STATES - now - then == {"XKX"}
    assert {"SUN", "YUG", "DDR", "CSK", "SCG"} <= STATES


@pytest.mark.parametrize("table", [t for t in PRESENT if "country" in COLUMNS[t]])
def test_countries_are_states(table: str) -> None:
    assert {row["country"] for row in rows(table)} - STATES - {""} == set()


@pytest.mark.parametrize("table", [t for t in PRESENT if "sector" in COLUMNS[t]])
def test_sectors_are_plovers(table: str) -> None:
    assert {row["sector"] for row in rows(table)} - SECTORS - {""} == set()


@pytest.mark.parametrize("table", ["descriptions", "media", "titles"])
def test_yes_or_no(table: str) -> None:
    for column in ("acts_for_state", "abroad"):
        assert {row.get(column, "no") for row in rows(table)} <= {"yes", "no"}


def test_a_strong_name_of_a_state_is_of_one_state_only() -> None:
    owners: dict[str, set[str]] = {}
    for row in rows("states"):
        for column in ("name", "formal", "names", "adjectives", "people", "capitals", "metonyms"):
            for name in split(row[column]):
                if not name.endswith("?"):
                    owners.setdefault(name, set()).add(row["id"])
    shared = {name: codes for name, codes in owners.items() if len(codes) > 1}
    assert set(shared) <= {"Congo", "Congolese"}


def test_every_independent_state_has_a_demonym() -> None:
    without = [r["id"] for r in rows("states") if r["capitals"] and not r["adjectives"]]
    assert without == []


def test_sizes() -> None:
    heads = sum(1 + len(split(row["forms"])) for row in rows("descriptions"))
    assert heads >= 250
    assert len(rows("institutions")) >= 500
    assert len(rows("bodies")) >= 200
    assert len(rows("groups")) >= 700
    assert len(rows("media")) >= 400
    assert len(rows("people")) >= 4000
    assert sum(len(split(row["metonyms"])) for row in rows("states")) >= 300


def test_body_codes_are_the_codebooks() -> None:
    codes = {row["code"] for row in rows("bodies")}
    assert codes >= {
        "UNO",
        "EUR",
        "NATO",
        "ASEAN",
        "AU",
        "ARL",
        "OPEC",
        "IMF",
        "WBG",
        "WTO",
        "ICC",
        "G7",
        "G20",
        "BRICS",
        "SCO",
        "OSCE",
        "IAEA",
        "WHO",
        "ICRC",
    }


def test_roles_are_of_persons_in_states_or_bodies_between_dates() -> None:
    persons = {row["id"] for row in rows("people")}
    owners = STATES | {row["code"] for row in rows("bodies")} | {r["id"] for r in rows("groups")}
    for row in rows("roles"):
        assert row["person"] in persons, row
        assert row["of"] in owners, row
        assert first_day(row["start"]) <= last_day(row["end"]), row


def test_members_are_of_bodies_and_states_between_dates() -> None:
    codes = {row["code"] for row in rows("bodies")}
    for row in rows("members"):
        assert row["body"] in codes, row
        assert row["state"] in STATES, row
        assert first_day(row["start"]) <= last_day(row["end"]), row
    assert rows("members") == sorted(rows("members"), key=lambda row: tuple(row.values()))


HEADS = (
    "President", "Prime Minister", "Premier", "Chancellor", "Taoiseach", "King", "Queen", "Emir",
    "Sultan", "Pope", "Supreme Leader", "Governor-General",
)  # fmt: skip
RIVALS = {("Prime Minister", "LBY"), ("Prime Minister", "PSE"), ("President", "CIV"),
          ("Prime Minister", "YEM"), ("Prime Minister", "CIV")}  # fmt: skip


@pytest.mark.parametrize("title", HEADS)
def test_no_two_persons_head_a_state_at_once(title: str) -> None:
    held: dict[str, list[Row]] = {}
    for row in rows("roles"):
        if row["title"] == title and (title, row["of"]) not in RIVALS:
            held.setdefault(row["of"], []).append(row)
    clashes = []
    for owned in held.values():
        for one, other in combinations(owned, 2):
            start = max(first_day(one["start"]), first_day(other["start"]))
            end = min(last_day(one["end"]), last_day(other["end"]))
            # Dates to the month or year, and handovers, may meet.
            exact = all(len(r[k]) in (0, 10) for r in (one, other) for k in ("start", "end"))
            if one["person"] != other["person"] and (end - start).days > (1 if exact else 366):
                clashes.append((one, other))
    assert clashes == []


def test_titles_call_only_titles() -> None:
    ids = {row["id"] for row in rows("titles")}
    also = {title for row in rows("titles") for title in split(row["also"])}
    assert also - ids - {"president of the presidium"} == set()
    assert {row["title"] for row in rows("leaders")} <= ids
    assert {row["id"] for row in rows("leaders")} <= STATES


def test_no_strong_name_is_of_two_records() -> None:
    owners: dict[str, set[str]] = {}
    for table, column in (
        ("institutions", "names"), ("bodies", "names"), ("media", "names"), ("groups", "aliases"),
    ):  # fmt: skip
        for row in rows(table):
            written = split(row[column])
            for name in [row["name"], *written]:
                if not name.endswith("?") and f"{name}?" not in written:
                    owners.setdefault(name.replace(".", ""), set()).add(row["id"])
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}
