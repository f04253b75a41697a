"""The sample wire is whole: its texts, dates, copies and contradictions."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from importlib.resources import files
from itertools import combinations

import pytest

from dateline.sample import Report, outlets, reports

BY_SLUG = {report.slug: report for report in reports()}
BY_ID = {outlet.id: outlet for outlet in outlets()}
ORIGINALS = [report for report in reports() if report.copies is None]
COPIES = [report for report in reports() if report.copies is not None]
LIVE = [report for report in reports() if report.entries]


def named(report: Report) -> str:
    return report.slug


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def test_outlets() -> None:
    kinds = Counter(outlet.kind for outlet in outlets())
    assert kinds["outlet"] >= 5
    assert kinds["aggregator"] == 2
    assert {outlet.feed for outlet in outlets()} == {"rss", "atom"}
    assert all(outlet.host.endswith(".example") for outlet in outlets())
    assert len({outlet.host for outlet in outlets()}) == len(BY_ID) == len(outlets())
    assert [outlet.id for outlet in outlets()] == sorted(BY_ID)


def test_every_outlet_has_reports() -> None:
    assert {report.outlet for report in reports()} == set(BY_ID)


def test_counts_and_order() -> None:
    assert len(ORIGINALS) >= 66
    assert len(COPIES) >= 10
    assert len(BY_SLUG) == len(reports())
    assert list(reports()) == sorted(reports(), key=lambda report: (report.published, report.slug))


def test_file_names_follow_the_order() -> None:
    names = sorted(file.name for file in (files("dateline.sample") / "reports").iterdir())
    expected = [f"{n:03d}-{report.slug}.toml" for n, report in enumerate(reports(), 1)]
    assert names == expected


@pytest.mark.parametrize("report", reports(), ids=named)
def test_dates_have_a_zone_and_lie_in_the_period(report: Report) -> None:
    for published in (report.published, *(entry.published for entry in report.entries)):
        assert published.utcoffset() is not None
        assert 2021 <= published.year <= 2023


@pytest.mark.parametrize("report", ORIGINALS, ids=named)
def test_original_has_the_length_of_a_short_report(report: Report) -> None:
    text = " ".join([report.body, *(entry.body for entry in report.entries)])
    limit = 220 if not report.entries else 900
    assert 90 <= len(text.split()) <= limit
    assert len(report.paragraphs) >= 3 or report.entries
    assert report.title
    assert report.byline
    assert report.story


@pytest.mark.parametrize("report", reports(), ids=named)
def test_text_is_clean(report: Report) -> None:
    for text in (report.title, report.body, *(entry.body for entry in report.entries)):
        assert text == text.strip()
        assert not re.search(r"(?<!\n)\n(?!\n)|  |[<>{}|]", text)
        assert text.count('"') % 2 == 0
        assert text.count("“") == text.count("”")


@pytest.mark.parametrize("report", ORIGINALS, ids=named)
def test_original_is_its_outlets_own(report: Report) -> None:
    outlet = BY_ID[report.outlet]
    assert outlet.kind == "outlet"
    assert report.origin == outlet.host
    assert report.chrome_before == report.chrome_after == ()


@pytest.mark.parametrize("report", COPIES, ids=named)
def test_copy_follows_its_original(report: Report) -> None:
    original = BY_SLUG[report.copies or ""]
    assert BY_ID[report.outlet].kind == "aggregator"
    assert original.copies is None
    assert report.origin == BY_ID[original.outlet].host
    assert dt.timedelta() < report.published - original.published < dt.timedelta(days=1)
    assert set(words(report.body)) <= set(words(original.body))
    assert len(report.body) > len(original.body) / 2
    assert report.story == original.story


@pytest.mark.parametrize("report", COPIES, ids=named)
def test_copy_names_its_source_among_the_chrome(report: Report) -> None:
    assert report.chrome_before
    assert any(report.origin in line for line in report.chrome_after)
    assert not any("{" in line for line in report.chrome_before + report.chrome_after)


def test_some_copies_are_cut_or_retitled() -> None:
    assert any(copy.body != BY_SLUG[copy.copies or ""].body for copy in COPIES)
    assert any(copy.body == BY_SLUG[copy.copies or ""].body for copy in COPIES)
    assert any(copy.title != BY_SLUG[copy.copies or ""].title for copy in COPIES)


def test_one_live_blog() -> None:
    (live,) = LIVE
    assert len(live.entries) >= 8
    times = [entry.published for entry in live.entries]
    assert times == sorted(set(times))
    assert times[0] >= live.published
    assert all(len(entry.body.split()) >= 25 for entry in live.entries)


def test_stories_told_by_several_outlets_in_their_own_words() -> None:
    stories: dict[str, list[Report]] = defaultdict(list)
    for report in ORIGINALS:
        stories[report.story].append(report)
    shared = [told for told in stories.values() if len({r.outlet for r in told}) >= 2]
    assert len(shared) >= 12
    for told in shared:
        for one, other in combinations(told, 2):
            assert one.outlet != other.outlet
            assert not seven_words(one) & seven_words(other), f"{one.slug} and {other.slug}"


def seven_words(report: Report) -> set[tuple[str, ...]]:
    """Runs of seven words, by which one text betrays that it was taken from another."""
    text = words(report.body)
    return {tuple(text[i : i + 7]) for i in range(len(text) - 6)}
