from __future__ import annotations

from dateline.wire.clean import clean, ends_sentence


def test_each_line_has_its_role() -> None:
    lines = [
        "Army leaves Varna",
        "By Maria Lindqvist",
        "12 Views",
        "The army left on Monday.",
        "Related articles",
        "Ports open again",
        "Jo Berg contributed reporting.",
        "Sumber: www.norlandtimes.com",
        "No more pages to load.",
    ]
    found = clean(lines)
    assert found.roles == (
        "news", "byline", "chrome", "news", "chrome", "chrome", "credit", "origin", "chrome",
    )  # fmt: skip
    assert (found.byline, found.credits) == ("Maria Lindqvist", ("Jo Berg contributed reporting.",))
    assert (found.source, found.wire, found.origin) == (
        "norlandtimes.com",
        None,
        "norlandtimes.com",
    )


def test_lines_inside_wrapped_text_are_news() -> None:
    assert clean(["He paid for an", "advertisement"], inside={0, 1}).roles == ("news", "news")
    assert clean(["He paid for an", "advertisement"]).roles == ("news", "chrome")


def test_ends_sentence() -> None:
    assert all(map(ends_sentence, ["a.", "a?”", "a!)", "是。", "نعم؟", "a…"]))
    assert not any(map(ends_sentence, ["a", "a,", "a:", ""]))
