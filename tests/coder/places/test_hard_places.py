"""Hard places in context: which place, and is it one?"""

import csv
from pathlib import Path

import pytest

from dateline.coder.pipeline import pipeline
from dateline.coder.places import find_places
from dateline.coder.places.gazetteer import kilometres

with Path(__file__).with_name("hard_places.csv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file))


@pytest.fixture(scope="module")
def results():
    return [(row, _found(row)) for row in ROWS]


def _found(row):
    start = row["text"].index(row["name"])
    end = start + len(row["name"])
    places = find_places(pipeline()(row["text"]))
    return next((p for p in places if p.start < end and start < p.end), None)


def _country_right(row, place):
    if row["country"] == "-":
        return place is None
    return place is not None and (place.country or "") == row["country"]


def _place_right(row, place):
    if row["country"] == "-" or not row["lat"]:
        return _country_right(row, place)
    if place is None or place.lat is None or place.lon is None:
        return False
    return kilometres(float(row["lat"]), float(row["lon"]), place.lat, place.lon) < 161


def _share(results, right):
    wrong = [row["text"] + " | " + row["name"] for row, place in results if not right(row, place)]
    return 1 - len(wrong) / len(results), wrong


def test_country(results):
    share, wrong = _share(results, _country_right)
    assert share >= 0.95, wrong


def test_place(results):
    share, wrong = _share(results, _place_right)
    assert share >= 0.95, wrong


def test_role(results):
    told = [(row, place) for row, place in results if row["role"] and place is not None]
    share, wrong = _share(told, lambda row, place: place.role == row["role"])
    assert share >= 0.95, wrong


def test_size():
    assert len(ROWS) >= 210
    assert len({(row["text"], row["name"]) for row in ROWS}) == len(ROWS)
