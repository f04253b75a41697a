"""The same reports, stored once or again and again, give the same ledger."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.ledger import Event, Ledger, open_ledger

mention = st.fixed_dictionaries(
    {
        "actors": st.sampled_from(["ALA", "BOR", "ALA,CAR", "Alder=ALA", "crowd="]),
        "recipients": st.sampled_from(["", "BOR", "CAR"]),
        "type": st.sampled_from(["ACCUSE", "CONSULT", "AGREE"]),
        "status": st.sampled_from(["happened", "denied", "planned"]),
        "day": st.sampled_from([None, "2022-12-20", "2022-12-21"]),
    }
)
report = st.tuples(
    st.integers(0, 3),  # article
    st.integers(0, 2),  # version of its text
    st.sampled_from(["c1", "c2"]),  # coder
    st.lists(mention, max_size=4),
)
play = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def store(ledger: Ledger, news: Any, given: tuple[int, int, str, list[dict[str, Any]]]) -> str:
    number, version, coder, found = given
    article = news.article(number, text=f"Text {number}.{version}.", origin=f"o{number % 2}")
    mentions = [news.mention(article, **fields) for fields in found]
    outcome: str = news.publish(ledger, article, *mentions, coder=coder).outcome
    return outcome


def state(ledger: Ledger) -> tuple[object, ...]:
    details = [ledger.event(event.id) for event in ledger.events(limit=1000).items]
    return (
        ledger.counts(),
        ledger.last_change(),
        ledger.changes(0, limit=1000),
        details,
        list(ledger.export()),
        ledger.articles(limit=1000),
    )


@play
@given(reports=st.lists(report, max_size=8), data=st.data())
def test_storing_again_changes_nothing(reports: Any, data: Any, news: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "e.db") as ledger:
        for given_report in reports:
            store(ledger, news, given_report)
        if reports:
            before = state(ledger)
            last = ledger.articles(limit=1).items[0]
            again = [r for r in reports if last.url == f"https://outlet.example/{r[0]}"][-1]
            latest = ledger.article(last.id)
            assert latest is not None
            if latest.article.text == f"Text {again[0]}.{again[1]}.":
                assert store(ledger, news, again) == "same"
                assert state(ledger) == before


@play
@given(reports=st.lists(report, max_size=8))
def test_an_event_is_the_sum_of_its_current_mentions(reports: Any, news: Any) -> None:
    with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "e.db") as ledger:
        for given_report in reports:
            store(ledger, news, given_report)
        exported = [m.id for m in ledger.export()]
        events: list[Event] = list(ledger.events(limit=1000).items)
        seen = []
        for event in events:
            found = ledger.event(event.id)
            assert found is not None
            current = [m for m in found.mentions if m.current]
            seen += [m.mention.id for m in current]
            assert event.mention_count == len(current) > 0
            assert event.source_count == len({m.origin for m in current})
            assert [v.version for v in found.history] == list(range(1, event.version + 1))
            assert found.history[-1].event == event
            for newer, older in zip(found.history[1:], found.history, strict=False):
                changed = newer.event.model_copy(update={"version": older.version})
                assert changed != older.event
        assert sorted(seen) == sorted(exported)
        assert len(exported) == ledger.counts().mentions
        for article in ledger.articles(limit=1000).items:
            detail = ledger.article(article.id)
            assert detail is not None
            assert article.mentions == len(detail.mentions)
        changes = ledger.changes(0, limit=1000)
        assert [c.seq for c in changes] == list(range(1, len(changes) + 1))


@play
@given(reports=st.lists(report, max_size=6))
def test_two_ledgers_with_the_same_reports_are_the_same(reports: Any, news: Any) -> None:
    states = []
    for _ in range(2):
        with tempfile.TemporaryDirectory() as folder, open_ledger(Path(folder) / "e.db") as ledger:
            fresh = type(news)()
            for given_report in reports:
                store(ledger, fresh, given_report)
            states.append(state(ledger))
    assert states[0] == states[1]
