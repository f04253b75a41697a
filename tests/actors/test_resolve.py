import csv
import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.actors import Identity, register

CASES = list(csv.DictReader(Path(__file__).with_name("phrases.csv").open(encoding="utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['phrase']} {case['date']}")
def test_a_phrase_means_who_it_should(case: dict[str, str]) -> None:
    date = dt.date.fromisoformat(case["date"]) if case["date"] else None
    found = register().resolve(case["phrase"], date)
    if not case["name"]:
        assert found is None
        return
    assert found is not None
    expected = [case[key] or None for key in ("name", "code", "country", "sector", "kind")]
    assert [found.name, found.code, found.country, found.sector, found.kind] == expected


def test_the_table_is_large_and_has_no_phrase_twice() -> None:
    keys = [(case["phrase"], case["date"]) for case in CASES]
    assert len(keys) >= 150
    assert len(keys) == len(set(keys))


def test_a_role_is_the_one_held_on_the_date() -> None:
    in_office = register().resolve("Dmitry Medvedev", dt.date(2010, 5, 1))
    later = register().resolve("Dmitry Medvedev", dt.date(2015, 5, 1))
    assert in_office
    assert in_office.role == "President"
    assert later
    assert later.role == "Prime Minister"


def test_a_title_gives_the_role_of_who_is_not_in_the_register() -> None:
    found = register().resolve("Turkish Foreign Minister Jane Doe")
    assert found
    assert (found.role, found.code) == ("Foreign Minister", "TUR")


def test_a_former_office_holder_acts_for_nobody() -> None:
    found = register().resolve("former French president Jane Doe")
    assert found
    assert (found.code, found.country, found.sector) == (None, "FRA", "ELI")


def test_ambiguous_names_are_candidates_below_the_threshold() -> None:
    assert {c.country for c in register().candidates("Korea")} == {"KOR", "PRK"}
    assert register().resolve("Korea") is None


def test_candidates_are_ranked() -> None:
    for phrase in ("Congo", "Congolese", "Washington", "the Russians", "Turkey's decision"):
        scores = [c.score for c in register().candidates(phrase)]
        assert scores
        assert scores == sorted(scores, reverse=True)


WORDS = """the a Russian Russia US U.S. of and in , 's - ' former President officials Jane Doe
Kremlin UN -led pro- ministers . ( ) minister foreign Mr. de van members"""
PIECES = st.sampled_from(WORDS.split())


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=14).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_answered(text: str, date: dt.date | None) -> None:
    found = register().resolve(text, date)
    if found is not None:
        assert isinstance(found, Identity)
        assert found.name
        assert 0.5 <= found.score <= 1


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=12), PIECES), max_size=20))
def test_names_are_found_in_order_within_bounds(words: list[str]) -> None:
    last = 0
    for start, end, entity in register().find(words):
        assert 0 <= start < end <= len(words)
        assert start >= last - 1
        assert entity
        last = end
    register().nationality(" ".join(words))
