"""Whether it happened: the status of marked events in sentences of hard grammar.

The sentences were written for this and used to mend the rules, so they measure what is mended, not
what an unseen text would bring. An event that the coder does not find counts as wrong.
"""

import csv
from pathlib import Path

from dateline.coder import load
from dateline.records import Article

CASES = list(csv.DictReader((Path(__file__).parent / "data" / "status.csv").open(encoding="utf-8")))
STATUSES = {"happened", "alleged", "planned", "hypothetical", "denied"}
RIGHT = 0.92


def answer(number: int, case: dict[str, str]) -> str | None:
    """The status that the coder gives to the marked event; None where it finds no such event."""
    start = case["text"].index(case["trigger"])
    end = start + len(case["trigger"])
    article = Article(id=f"status{number}", text=case["text"], published="2019-06-01")
    mentions = load()(article).mentions
    here = [m for m in mentions if m.trigger.start < end and start < m.trigger.end]
    typed = [m for m in here if m.type == case["type"]]
    found = typed or here or [m for m in mentions if m.type == case["type"]]
    return found[0].status if found else None


def test_status_is_told_right() -> None:
    assert len(CASES) >= 300
    answers = [answer(number, case) for number, case in enumerate(CASES)]
    wrong = [(c, a) for c, a in zip(CASES, answers, strict=True) if a != c["status"]]
    listed = "\n".join(f"{c['status']}, not {a} ({c['grammar']}): {c['text']}" for c, a in wrong)
    assert len(wrong) <= (1 - RIGHT) * len(CASES), f"{len(wrong)} wrong:\n{listed}"


def test_every_case_is_well_formed() -> None:
    assert {case["status"] for case in CASES} == STATUSES
    for case in CASES:
        assert case["trigger"] in case["text"]
        assert case["grammar"]
