"""What an event is, from mentions that differ."""

import datetime as dt
from typing import Any

import pytest

from dateline.ledger.summary import Evidence, Seen, summarise
from dateline.records import Event

NOW = dt.datetime(2022, 12, 21, tzinfo=dt.UTC)


def event(news: Any, *given: tuple[str, dict[str, Any]]) -> Event:
    """The event that mentions, each by its origin and fields, report."""
    article = news.article()
    evidence = [Evidence(news.mention(article, **fields), origin) for origin, fields in given]
    return summarise("e", evidence, Seen(NOW, NOW, 1), 1).event


@pytest.mark.parametrize(
    ("statuses", "status"),
    [
        (["a happened", "b alleged"], "happened"),
        (["a happened", "b alleged", "c alleged"], "alleged"),
        (["a happened", "b alleged", "b alleged"], "happened"),  # one source
        (["a planned", "b planned", "c happened"], "happened"),
        (["a planned", "b hypothetical"], "planned"),
        (["a hypothetical", "b hypothetical", "c planned"], "hypothetical"),
        (["a denied", "b alleged"], "denied"),
        (["a denied", "b happened"], "happened"),
    ],
)
def test_status(news: Any, statuses: list[str], status: str) -> None:
    given = [line.split() for line in statuses]
    assert event(news, *((o, {"status": s}) for o, s in given)).status == status


def test_the_best_mention_speaks_for_the_status(news: Any) -> None:
    found = event(
        news,
        ("a", {"status": "alleged", "confidence": 0.99, "sentence": "They say so."}),
        ("a", {"confidence": 0.3, "sentence": "Unsure."}),
        ("b", {"confidence": 0.6, "sentence": "Sure."}),
        ("c", {"confidence": 0.6, "sentence": "Also sure."}),
    )
    assert found.sentence == "Sure."


@pytest.mark.parametrize(
    ("modes", "mode"),
    [
        (["visit"], "visit"),
        ([None, "visit"], "visit"),
        ([None, None, "visit"], None),
        (["phone", "visit", "visit"], "visit"),
    ],
)
def test_mode_and_score(news: Any, modes: list[str | None], mode: str | None) -> None:
    found = event(news, *(("a", {"type": "CONSULT", "mode": m}) for m in modes))
    assert found.mode == mode
    assert found.score == {"visit": 4, "phone": 1.5, None: 2.5}[mode]


def test_the_most_frequent_place(news: Any) -> None:
    places = ("KAZ", None, "BOR", "BOR")
    found = event(news, *(("a", {"place": place}) for place in places))
    assert found.place is not None
    assert found.place.country == "BOR"
