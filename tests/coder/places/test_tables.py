"""The data files agree with each other."""

import csv
from importlib.resources import files

import pytest

from dateline.coder.places import tables
from dateline.coder.places.gazetteer import kilometres, lookup
from dateline.coder.places.names import key_of

PRECISIONS = {"point", "city", "district", "region", "country", "sea", "none"}
FILES = [
    "abbreviations.csv",
    "aliases.csv",
    "countries.csv",
    "divisions.csv",
    "kinds.csv",
    "regions.csv",
    "words.csv",
]


@pytest.mark.parametrize("name", FILES)
def test_sorted_and_distinct(name):
    lines = [tuple(row.values()) for row in tables.rows(name)]
    assert len(set(lines)) == len(lines)
    if name == "divisions.csv":
        lines = [(r[0], r[1], int(r[2]), r[3]) for r in lines]
    assert lines == sorted(lines)


@pytest.mark.parametrize("name", FILES)
def test_rows_are_whole(name):
    text = (files("dateline.coder.places") / name).read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}


@pytest.mark.parametrize("name", ["regions.csv", "countries.csv", "divisions.csv"])
def test_coordinates_are_on_earth(name):
    for row in tables.rows(name):
        assert -90 <= float(row["lat"]) <= 90, row
        assert -180 <= float(row["lon"]) <= 180, row


def test_regions_have_a_kind_and_a_country_that_exist():
    rows = list(tables.rows("regions.csv"))
    assert len(rows) >= 700
    for row in rows:
        assert row["kind"] in tables.kinds(), row
        assert row["country"] == "" or row["country"] in tables.countries(), row


def test_kinds_have_a_precision():
    assert {kind.precision for kind in tables.kinds().values()} <= PRECISIONS


def test_divisions_and_aliases_are_of_countries():
    for name in ("divisions.csv", "aliases.csv", "abbreviations.csv"):
        for row in tables.rows(name):
            assert row["country"] in tables.countries(), row


def test_aliases_name_a_city():
    for alias, (target, country) in tables.aliases().items():
        assert any(e.kind == "city" and e.country == country for e in lookup(target)), alias


def test_abbreviations_name_a_division():
    from dateline.coder.places.gazetteer import state_after

    for text in tables.abbreviations():
        assert state_after(text), text


def test_regions_lie_in_their_country():
    """A region is not further from its country's centre than the country is wide."""
    wide = {"USA", "RUS", "CAN", "AUS", "CHN", "BRA", "FRA", "KIR", "PRT", "CHL", "IDN", "ATA"}
    for row in tables.rows("regions.csv"):
        country = tables.countries().get(row["country"])
        if country is not None and country.iso3 not in wide:
            far = kilometres(country.lat, country.lon, float(row["lat"]), float(row["lon"]))
            assert far < 2500, row


def test_regions_agree_with_the_divisions_of_their_name():
    ours = {(key_of(r["name"]), r["country"]): r for r in tables.rows("regions.csv")}
    for row in tables.rows("divisions.csv"):
        mine = ours.get((key_of(row["name"]), row["country"]))
        if mine is not None and row["level"] == "1":
            a, b, c, d = (float(x[k]) for x in (mine, row) for k in ("lat", "lon"))
            assert kilometres(a, b, c, d) < 900, (mine, row)


def test_no_name_of_two_countries():
    names = {}
    for country in tables.countries().values():
        for name in (country.name, *country.aliases):
            assert names.setdefault(key_of(name), country.iso3) == country.iso3, name


def test_countries_agree_with_pycountry():
    import pycountry

    for country in tables.countries().values():
        known = pycountry.countries.get(alpha_3=country.iso3)
        if country.iso3 != "XKX":
            assert known is not None
            assert known.alpha_2 == country.iso2
