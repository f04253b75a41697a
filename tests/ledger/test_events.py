"""One event in many reports, and its history."""

import datetime as dt
from typing import Any

import pytest

from dateline.ledger import EventDetail, Ledger


def detail(ledger: Ledger) -> EventDetail:
    """The only event."""
    (event,) = ledger.events().items
    found = ledger.event(event.id)
    assert found is not None
    assert found.event == event
    assert found.history[-1].event == event
    return found


def test_two_reports_are_one_event(ledger: Ledger, news: Any) -> None:
    one, two = news.article(1, origin="a.example"), news.article(2, origin="b.example")
    first = news.publish(ledger, one, news.mention(one, confidence=0.5))
    second = news.publish(ledger, two, news.mention(two, confidence=0.9))
    assert (len(first.new), second.new, second.changed) == (1, (), first.new)
    found = detail(ledger)
    assert (found.event.mention_count, found.event.source_count) == (2, 2)
    assert found.origins == ("a.example", "b.example")
    assert found.event.sentence == two.text
    assert found.event.mention == found.mentions[1].mention.id
    assert [(v.version, v.reason) for v in found.history] == [
        (1, "first reported, by a.example"),
        (2, "also reported by b.example"),
    ]
    assert found.event.last_seen - found.event.first_seen == dt.timedelta(minutes=1)
    assert [(c.seq, c.kind) for c in ledger.changes(0)] == [(1, "new"), (2, "extended")]
    assert [c.seq for c in ledger.changes(1)] == [2]
    assert ledger.last_change() == 2


def test_copies_of_one_report_are_one_source(ledger: Ledger, news: Any) -> None:
    for number in range(3):
        article = news.article(number, origin="wire.example", publisher=f"p{number}.example")
        news.publish(ledger, article, news.mention(article))
    event = detail(ledger).event
    assert (event.mention_count, event.source_count) == (3, 1)


def test_without_origin_the_publisher_counts_then_the_article(ledger: Ledger, news: Any) -> None:
    fields = [{"publisher": "a.example"}, {"publisher": "a.example"}, {}, {}]
    for number, given in enumerate(fields):
        article = news.article(number, **({"publisher": None} | given))
        news.publish(ledger, article, news.mention(article))
    assert detail(ledger).event.source_count == 3


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ({}, {}, True),
        ({}, {"type": "AID"}, False),
        ({}, {"recipients": "CAR"}, False),
        ({}, {"day": "2022-12-20"}, False),
        ({}, {"day": "2022-12-21"}, True),
        ({}, {"status": "denied"}, True),
        ({"actors": "Mr. Alder=ALA"}, {"actors": "Mrs. Beech=ALA"}, True),
        ({"actors": "the crowd="}, {"actors": "The  Crowd="}, True),
        ({"actors": "the crowd="}, {"actors": "the mob="}, False),
        ({"actors": "ALA,CAR"}, {"actors": "CAR,ALA"}, True),
        ({"actors": "ALA,CAR"}, {"actors": "ALA"}, False),
        ({"type": "ACCUSE"}, {"type": "ACCUSE", "actors": "BOR", "recipients": "ALA"}, False),
        ({"type": "CONSULT"}, {"type": "CONSULT", "actors": "BOR", "recipients": "ALA"}, True),
        ({"type": "CONSULT"}, {"type": "CONSULT", "actors": "BOR,ALA", "recipients": ""}, True),
        ({"type": "AGREE"}, {"type": "AGREE", "actors": "ALA,BOR", "recipients": ""}, True),
        ({"actors": "", "recipients": ""}, {"actors": "", "recipients": ""}, False),
    ],
)
def test_identity(
    ledger: Ledger, news: Any, one: dict[str, Any], other: dict[str, Any], same: bool
) -> None:
    for number, fields in enumerate((one, other)):
        article = news.article(number)
        news.publish(ledger, article, news.mention(article, **fields))
    assert len(ledger.events().items) == (1 if same else 2)


def test_undated_reports_are_not_thrown_together(ledger: Ledger, news: Any) -> None:
    for number in range(2):
        article = news.article(number, published=None)
        news.publish(ledger, article, news.mention(article))
    events = ledger.events().items
    assert [(event.date, event.precision) for event in events] == [(None, None)] * 2


def test_the_date_says_how_it_is_known(ledger: Ledger, news: Any) -> None:
    one, two = news.article(1), news.article(2)
    news.publish(ledger, one, news.mention(one))
    event = detail(ledger).event
    assert (event.date, event.precision) == ("2022-12-21", "published")
    news.publish(ledger, two, news.mention(two, day="2022-12-21"))
    assert detail(ledger).event.precision == "day"


def test_a_changed_article_supersedes_its_mentions(ledger: Ledger, news: Any) -> None:
    one, two = news.article(1), news.article(1, text="Aland met nobody at the lake.")
    first = news.publish(ledger, one, news.mention(one), news.mention(one, recipients="CAR"))
    second = news.publish(ledger, two, news.mention(two))
    kept, gone = first.new
    assert set(second.changed) == {kept, gone}
    (event,) = ledger.events().items
    assert (event.id, event.version, event.sentence) == (kept, 2, two.text)
    found = ledger.event(kept)
    assert found is not None
    assert [m.current for m in found.mentions] == [True, False]
    assert [v.reason for v in found.history] == [
        "first reported, by outlet.example",
        "its article changed (version 2)",
    ]
    withdrawn = ledger.event(gone)
    assert withdrawn is not None
    assert (withdrawn.event.mention_count, withdrawn.origins) == (0, ())
    assert [m.current for m in withdrawn.mentions] == [False]
    assert "no longer reported" in withdrawn.history[-1].reason
    assert {c.kind for c in ledger.changes(2)} == {"changed", "withdrawn"}
    counts = ledger.counts()
    assert (counts.events, counts.mentions, counts.runs, counts.statements) == (1, 1, 2, 1)


def test_an_event_can_come_back(ledger: Ledger, news: Any) -> None:
    one = news.article(1)
    news.publish(ledger, one, news.mention(one))
    news.publish(ledger, news.article(1, text="Nothing."))
    assert ledger.events().items == ()
    two = news.article(2)
    again = news.publish(ledger, two, news.mention(two))
    assert len(again.new) == 1
    found = detail(ledger)
    assert found.event.version == 3
    assert [c.kind for c in ledger.changes(0)] == ["new", "withdrawn", "new"]


def test_the_same_run_does_nothing(ledger: Ledger, news: Any) -> None:
    article = news.article()
    news.publish(ledger, article, news.mention(article))
    before = (ledger.counts(), ledger.last_change(), detail(ledger))
    again = news.publish(ledger, article, news.mention(article), news.mention(article, type="AID"))
    assert again.outcome == "same"
    assert (ledger.counts(), ledger.last_change(), detail(ledger)) == before


def test_a_new_coder_that_finds_the_same_changes_nothing_seen(ledger: Ledger, news: Any) -> None:
    article = news.article()
    news.publish(ledger, article, news.mention(article))
    again = news.publish(ledger, article, news.mention(article), coder="hand 2")
    assert (again.outcome, again.changed) == ("stored", ())
    found = detail(ledger)
    assert [m.current for m in found.mentions] == [True, False]
    assert ledger.last_change() == 1


def test_a_new_coder_that_finds_other_things(ledger: Ledger, news: Any) -> None:
    article = news.article()
    news.publish(ledger, article, news.mention(article))
    news.publish(ledger, article, news.mention(article, status="denied"), coder="hand 2")
    found = detail(ledger)
    assert found.event.status == "denied"
    assert found.history[-1].reason == "coded anew by hand 2"


def test_an_old_version_that_is_coded_late_stays_superseded(ledger: Ledger, news: Any) -> None:
    one, two = news.article(1), news.article(1, text="Aland met Borduria, we now know.")
    late = ledger.store_article(one, seen=news.now)
    news.publish(ledger, two, news.mention(two))
    coded = news.coded(one, news.mention(one), news.mention(one, type="AID"))
    ledger.store_run(late.version_id, coded, coder="hand 1", at=news.now)
    assert ledger.pending() == []
    (event,) = ledger.events().items
    assert (event.sentence, event.mention_count, event.version) == (two.text, 1, 1)
    found = ledger.event(event.id)
    assert found is not None
    assert [m.current for m in found.mentions] == [True, False]
    assert ledger.counts().mentions == 1
    old = ledger.article(late.article_id, late.version_id)
    assert old is not None
    assert (old.current, len(old.mentions)) == (False, 2)


def test_the_newest_report_comes_first(ledger: Ledger, news: Any) -> None:
    for number, recipient in enumerate(("BOR", "CAR", "DOR")):
        article = news.article(number)
        news.publish(ledger, article, news.mention(article, recipients=recipient))
    order = [event.recipients[0].code for event in ledger.events().items]
    assert order == ["DOR", "CAR", "BOR"]
    article = news.article(9)
    news.publish(ledger, article, news.mention(article, recipients="BOR"))
    order = [event.recipients[0].code for event in ledger.events().items]
    assert order == ["BOR", "DOR", "CAR"]


def test_coding_again_does_not_bring_an_event_to_the_top(ledger: Ledger, news: Any) -> None:
    articles = [news.article(number) for number in range(2)]
    for article, recipient in zip(articles, ("BOR", "CAR"), strict=True):
        news.publish(ledger, article, news.mention(article, recipients=recipient))
    old = articles[0]
    news.publish(ledger, old, news.mention(old, status="denied"), coder="hand 2")
    first, second = ledger.events().items
    assert (first.recipients[0].code, second.status) == ("CAR", "denied")


def test_parties_bear_their_most_frequent_name(ledger: Ledger, news: Any) -> None:
    for number, name in enumerate(("Alder", "Mr. Alder", "Mr. Alder")):
        article = news.article(number)
        news.publish(ledger, article, news.mention(article, actors=f"{name}=ALA", place="KAZ"))
    event = detail(ledger).event
    assert [(p.name, p.code) for p in event.actors] == [("Mr. Alder", "ALA")]
    assert event.place is not None
    assert event.place.country == "KAZ"
