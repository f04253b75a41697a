"""When an act was: by its own words, and by those around it."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dateline
from dateline.records import Article, Passage, Time


def mentions(text: str, published: str | None = "2022-12-23"):
    return dateline.load()(text, published=published).mentions


def when(text: str, trigger: str, published: str | None = "2022-12-23") -> Time | None:
    """The time of the only mention of a trigger."""
    (found,) = [m for m in mentions(text, published) if m.trigger.text == trigger]
    return found.time


def days(time: Time | None) -> tuple[str | None, str | None] | None:
    return (time.start, time.end) if time else None


WED = ("2022-12-21", "2022-12-21")
NEWS = ("2022-12-21", "2022-12-23")
BARE = ("2022-12-22", "2022-12-23")

CASES = [
    # its own time
    ("Russia invaded Ukraine on Wednesday.", "invaded", WED),
    (
        "China condemned the 2014 annexation of Crimea by Russia.",
        "annexation",
        ("2014-01-01", "2014-12-31"),
    ),
    # the lead, and what it says of the day of the news
    ("Russia has invaded Ukraine.", "invaded", BARE),
    ("Russian troops shelled Kyiv on Wednesday. Britain condemned Russia.", "condemned", NEWS),
    # the sentence before, in the past
    (
        "Officials met on Friday. Russian forces entered Georgia in August 2008. "
        "They attacked Georgia.",
        "attacked",
        ("2008-08-01", "2008-08-31"),
    ),
    # which a new paragraph ends
    (
        "Officials met on Friday.\n\nRussian forces entered Georgia in August 2008.\n\n"
        "Turkey criticized Russia.",
        "criticized",
        ("2022-12-23", "2022-12-23"),
    ),
    # sayings
    ("Russian forces had attacked Ukraine, Turkey said on Wednesday.", "attacked", WED),
    # background below the lead tells nothing
    (
        "Officials met on Friday. Voters slept. Nobody came. Russia has long backed Serbia.",
        "backed",
        None,
    ),
    (
        "Officials met on Friday. Voters slept. Nobody came. Turkey had attacked Syria.",
        "attacked",
        None,
    ),
    # what did not happen
    ("If Russia invaded Moldova, Romania would suffer.", "invaded", None),
    # two days after it
    (
        "The town fell on Wednesday, two days after Turkish troops attacked Syria.",
        "attacked",
        ("2022-12-19", "2022-12-19"),
    ),
]


@pytest.mark.parametrize(("text", "trigger", "expected"), CASES)
def test_when(text, trigger, expected):
    assert days(when(text, trigger)) == expected


def test_the_same_act_told_before_its_date():
    text = (
        "Voters slept.\n\nNobody was at home.\n\nIran denounced the arrest of its ambassador by"
        " France.\n\nIn March, France arrested the Iranian ambassador."
    )
    found = [m.time for m in mentions(text) if m.type == "COERCE"]
    assert len(found) == 2
    assert {days(time) for time in found} == {("2022-03-01", "2022-03-31")}


def test_nothing_without_a_day_of_publication():
    assert when("Russia has invaded Ukraine.", "invaded", None) is None
    time = when("Russia invaded Ukraine on Wednesday.", "invaded", None)
    assert time is not None
    assert days(time) == (None, None)


def test_a_day_is_sure_only_where_the_text_says_so():
    sure = when("Russian troops shelled Kyiv on Friday. Britain condemned Russia.", "condemned")
    unsure = when("Russian troops shelled Kyiv. Britain condemned Russia.", "condemned")
    assert sure is not None
    assert unsure is not None
    assert (sure.precision, sure.text) == ("day", "on Friday")
    assert (unsure.precision, unsure.text, days(unsure)) == ("range", "", BARE)


def test_an_entry_of_a_live_blog_is_its_own_report():
    first, second = "Russia has attacked Ukraine.", "Russia has attacked Georgia."
    text = first + "\n\n" + second
    start = text.index(second)
    article = Article(
        id="live", text=text, published="2022-12-23",
        passages=(
            Passage(start=0, end=len(first), kind="entry", published="2022-12-20"),
            Passage(start=start, end=len(text), kind="entry", published="2022-12-23"),
        ),
    )  # fmt: skip
    found = [days(m.time) for m in dateline.load()(article).mentions]
    assert found == [("2022-12-19", "2022-12-20"), BARE]


SENTENCES = [case[0] for case in CASES]


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4),
    st.one_of(st.none(), st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))),
    st.sampled_from([" ", "\n\n"]),
)
def test_any_article_on_any_day(sentences, published, joint):
    text = joint.join(sentences)
    article = Article(id="a", text=text, published=published.isoformat() if published else None)
    coded = dateline.load()(article)
    for mention in coded.mentions:
        time = mention.time
        if time is None:
            continue
        assert time.text in text
        assert not (time.start and time.end) or time.start <= time.end
    assert dateline.load()(article).mentions == coded.mentions
