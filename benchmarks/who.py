"""How well heads of state and government are told, by name as the press writes it and by date.

    python benchmarks/who.py [HEADS.csv]

The list has a name, a date in the tenure, the country and the role a line. Right roles are the
one listed and those that are called so elsewhere: a Chinese premier is a prime minister.
"""

import csv
import datetime as dt
import sys
import time
from pathlib import Path

from dateline.actors import Identity, Register

LIST = Path(__file__).parent.parent / "tests" / "actors" / "data" / "heads.csv"
SAME = {
    "Prime Minister": {"Premier", "Taoiseach", "Head of Government", "Chief Executive"},
    "Taoiseach": {"Prime Minister"},
    "Premier": {"Prime Minister"},
    "President": {"Acting President", "Interim President", "Military Ruler"},
}


def right_role(found: Identity | None, role: str) -> bool:
    """Whether the role found is the one listed, or one that is called so."""
    return found is not None and (found.role == role or found.role in SAME.get(role, ()))


def main(path: Path = LIST) -> None:
    """Print the figures, and every name that is not told right."""
    start = time.perf_counter()
    register = Register()
    loaded = time.perf_counter() - start
    cases = list(csv.DictReader(path.open(encoding="utf-8")))
    countries = roles = 0
    start = time.perf_counter()
    answers = [register.resolve(c["name"], dt.date.fromisoformat(c["date"])) for c in cases]
    took = time.perf_counter() - start
    for case, found in zip(cases, answers, strict=True):
        country = found is not None and found.code == case["country"]
        if case["role"] == "Pope":
            country = found is not None and found.country == case["country"]
        role = right_role(found, case["role"])
        countries += country
        roles += role
        if not (country and role):
            said = (found.name, found.code, found.role) if found else None
            print(f"{case['name']}, {case['date']}, {case['country']} {case['role']}: {said}")
    total = len(cases)
    print(f"names {total}  country {countries / total:.3f}  role {roles / total:.3f}")
    print(f"register loaded in {loaded:.3f} s  a name {took / total * 1e6:.0f} µs")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:2]))
