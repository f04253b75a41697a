import csv
import datetime as dt
from pathlib import Path

from dateline.actors import register

HEADS = Path(__file__).with_name("data") / "heads.csv"
SAME = {("Premier", "Prime Minister"), ("Taoiseach", "Prime Minister")}


def test_heads_of_state_and_government_are_told_by_name_and_date() -> None:
    cases = list(csv.DictReader(HEADS.open(encoding="utf-8")))
    assert len(cases) >= 300
    countries = roles = 0
    for case in cases:
        found = register().resolve(case["name"], dt.date.fromisoformat(case["date"]))
        if found is not None:
            countries += found.country == case["country"]
            roles += found.role == case["role"] or (case["role"], found.role) in SAME
    assert countries >= 0.97 * len(cases)
    assert roles >= 0.95 * len(cases)
