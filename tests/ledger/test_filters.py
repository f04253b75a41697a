"""Filters, against the plain reading of what they say."""

from __future__ import annotations

import contextlib
import datetime as dt
import itertools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.ledger import Event, Filter, Ledger, open_ledger

CODES = ("ALA", "BOR", "CAR")
TYPES = ("ACCUSE", "CONSULT", "ASSAULT")
START = dt.date(2022, 1, 1)
STATUSES = ("happened", "denied", "planned")
DAYS = [(START + dt.timedelta(days=number)).isoformat() for number in range(54)]


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    """A ledger with one event for each combination, each on a day of its own."""
    path: Path = tmp_path_factory.mktemp("ledger") / "events.db"
    news = _newsroom()
    with open_ledger(path) as ledger:
        cases = itertools.product(CODES, ("BOR", ""), TYPES, STATUSES)
        for number, (actor, recipient, type, status) in enumerate(cases):
            article = news.article(number, origin=f"o{number % 4}.example")
            mention = news.mention(
                article,
                f"Leader {actor}={actor}" if recipient else f"{actor},CAR",
                recipient,
                type=type,
                mode="visit" if type == "CONSULT" and number % 2 else None,
                status=status,
                day=DAYS[number],
                place="KAZ" if number % 3 else None,
                sentence=f"{actor} spoke of {'grain' if number % 5 else 'gas'}.",
            )
            news.publish(ledger, article, mention)
        yield ledger


def _newsroom() -> Any:
    import importlib.util

    spec = importlib.util.spec_from_file_location("newsroom", Path(__file__).parent / "conftest.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.Newsroom()


def everything(ledger: Ledger, where: Filter, limit: int) -> list[Event]:
    """All pages."""
    found: list[Event] = []
    before = None
    while True:
        page = ledger.events(where, limit=limit, before=before)
        found += page.items
        if page.next is None:
            return found
        assert len(page.items) == limit
        before = page.next


def admits(where: Filter, event: Event) -> bool:
    """What the filter says, in plain Python."""
    actors = {t for p in event.actors for t in (p.code, p.name)}
    recipients = {t for p in event.recipients for t in (p.code, p.name)}
    tests = [
        where.actor is None or where.actor in actors,
        where.recipient is None or where.recipient in recipients,
        where.party is None or where.party in actors | recipients,
        where.type is None or where.type == event.type,
        where.mode is None or where.mode == event.mode,
        where.status is None or where.status == event.status,
        where.quad is None or where.quad == event.quad,
        where.country is None or bool(event.place and event.place.country == where.country),
        where.since is None or (event.date or "") >= where.since,
        where.until is None or (event.date or "9") <= where.until,
        where.text is None or f" {where.text}" in event.sentence,
    ]
    if where.dyad:
        a, b = where.dyad
        if event.recipients:
            tests.append((a in actors and b in recipients) or (b in actors and a in recipients))
        else:
            tests.append(a in actors and b in actors)
    return all(tests)


party = st.sampled_from((*CODES, "Leader ALA", "DOR"))
filters = st.fixed_dictionaries(
    {},
    optional={
        "actor": party,
        "recipient": party,
        "party": party,
        "dyad": st.permutations(CODES).map(lambda codes: tuple(codes[:2])),
        "type": st.sampled_from(TYPES),
        "mode": st.just("visit"),
        "status": st.sampled_from(STATUSES),
        "quad": st.sampled_from(("verbal-conflict", "material-conflict")),
        "country": st.just("KAZ"),
        "since": st.sampled_from(DAYS[:30]),
        "until": st.sampled_from(DAYS[29:]),
        "text": st.sampled_from(("grain", "gas", "gold")),
    },
).map(Filter.model_validate)


@settings(max_examples=150, deadline=None)
@given(where=filters, limit=st.integers(1, 40))
def test_events_are_those_that_the_filter_admits(full: Ledger, where: Filter, limit: int) -> None:
    everyone = everything(full, Filter(), 1000)
    wanted = [event.id for event in everyone if admits(where, event)]
    assert [event.id for event in everything(full, where, limit)] == wanted


@settings(max_examples=30, deadline=None)
@given(where=filters)
def test_export_gives_the_mentions_of_those_events(full: Ledger, where: Filter) -> None:
    wanted = {event.mention for event in everything(full, where, 1000)}
    exported = [mention.id for mention in full.export(where)]
    assert set(exported) == wanted
    assert len(exported) == len(wanted)


def test_origin(full: Ledger) -> None:
    for event in everything(full, Filter(origin="o1.example"), 10):
        found = full.event(event.id)
        assert found is not None
        assert "o1.example" in found.origins
    assert everything(full, Filter(origin="o9.example"), 10) == []


@pytest.mark.parametrize("name", ["ala", "ALA", "leader  ala", " Leader ALA "])
def test_parties_in_any_case(full: Ledger, name: str) -> None:
    assert everything(full, Filter(actor=name, recipient="bor"), 100)


def test_all_ways_to_filter_on_both_databases(ledger: Ledger, news: Any) -> None:
    article = news.article(origin="o.example")
    mention = news.mention(article, type="CONSULT", mode="visit", place="KAZ", day="2022-12-20")
    news.publish(ledger, article, mention)
    query = {
        "actor": "ala",
        "recipient": "bor",
        "party": "ALA",
        "dyad": "BOR,ALA",
        "type": "consult",
        "mode": "visit",
        "status": "happened",
        "quad": "verbal-cooperation",
        "country": "kaz",
        "since": "2022-12-20",
        "until": "2022-12-20",
        "origin": "o.example",
        "text": '"met borduria" lak* -desert',
    }
    assert query.keys() == Filter.model_fields.keys()
    assert len(ledger.events(Filter.from_query(query)).items) == 1
    assert list(ledger.export(Filter.from_query(query))) == [mention]
    others = {
        "actor": "BOR",
        "recipient": "ALA",
        "party": "CAR",
        "dyad": "BOR,CAR",
        "type": "AID",
        "mode": "phone",
        "status": "denied",
        "quad": "verbal-conflict",
        "country": "BOR",
        "since": "2022-12-21",
        "until": "2022-12-19",
        "origin": "outlet.example",
        "text": "met -lake",
    }
    for name, value in others.items():
        changed = {k: v for k, v in query.items() if k not in {"since", "until"}} | {name: value}
        assert ledger.events(Filter.from_query(changed)).items == (), name
        assert ledger.events(Filter.from_query({name: value})).items == (), name


@given(where=filters)
def test_a_filter_survives_the_address(where: Filter) -> None:
    assert Filter.from_query(where.to_query()) == where


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"typ": "AID"}, "typ: no such filter; there are actor, recipient"),
        ({"type": "HELP"}, "type: 'HELP' is no event type; one of ACCUSE"),
        ({"mode": "stroll"}, "mode: 'stroll' is no mode"),
        ({"status": "maybe"}, "status: 'maybe' is unknown; input should be 'happened'"),
        ({"quad": "x"}, "quad: 'x' is unknown"),
        ({"since": "yesterday"}, "since: 'yesterday' is no date; write YYYY-MM-DD"),
        ({"until": "2022-13-01"}, "until: '2022-13-01' is no date"),
        ({"since": "2022-02-02", "until": "2022-01-01"}, "since: 2022-02-02 is after until"),
        ({"country": "Kazakhstan"}, "country: 'Kazakhstan' is no country code"),
        ({"dyad": "ALA"}, "dyad: 'ALA' is no pair; write two codes or names as A,B"),
        ({"dyad": "ALA,"}, "dyad: 'ALA,' is no pair"),
        ({"actor": "x" * 301}, "actor: "),
    ],
)
def test_bad_parameters_are_named(query: dict[str, str], message: str) -> None:
    with pytest.raises(DatelineError) as error:
        Filter.from_query(query)
    assert str(error.value).startswith(message)
    assert "\n" not in str(error.value)


def test_empty_parameters_are_not_given() -> None:
    assert Filter.from_query({"actor": "", "type": " "}) == Filter()


@settings(max_examples=200, deadline=None)
@given(query=st.dictionaries(st.sampled_from([*Filter.model_fields, "x"]), st.text(max_size=40)))
def test_any_address_gives_a_filter_or_one_line(full: Ledger, query: dict[str, str]) -> None:
    with contextlib.suppress(DatelineError):
        full.events(Filter.from_query(query), limit=3)


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_limits(full: Ledger, limit: int) -> None:
    with pytest.raises(DatelineError, match=f"limit: {limit} is not between 1 and 1000"):
        full.events(limit=limit)


@pytest.mark.parametrize(
    ("given_name", "code"),
    [("China", "CHN"), ("united states", "USA"), ("US", "USA"), ("chn", "chn"), ("Xi", "Xi")],
)
def test_the_name_of_a_state_stands_for_its_code(given_name: str, code: str) -> None:
    assert Filter(party=given_name).party == code
    assert Filter(dyad=(given_name, "RUS")).dyad == (code, "RUS")
