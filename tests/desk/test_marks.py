from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from dateline.desk import marks
from dateline.desk.marks import Mark, annotate

KINDS = st.sampled_from(["actor", "recipient", "trigger", "time", "place", "source", "cue"])
MARKS = st.builds(
    Mark,
    start=st.integers(-5, 40),
    end=st.integers(-5, 40),
    kind=KINDS,
    href=st.none() | st.just("/events/0"),
    title=st.none() | st.text(max_size=5),
)


class Nesting(HTMLParser):
    """Fails where elements are not nested, or a link is within a link."""

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        assert tag in {"mark", "a"}
        assert tag != "a" or "a" not in self.stack
        self.stack.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.stack.pop() == tag


def test_nested_and_overlapping_marks_are_cut_where_they_cross() -> None:
    found = annotate("abcdefgh", [Mark(0, 4, "actor"), Mark(2, 6, "time"), Mark(3, 4, "trigger")])
    assert found == (
        '<mark class="actor">ab<mark class="time">c<mark class="trigger">d</mark></mark></mark>'
        '<mark class="time">ef</mark>gh'
    )


def test_text_and_titles_are_escaped() -> None:
    found = annotate("<b>&", [Mark(0, 3, "actor", title='"><script>')])
    assert found == ('<mark class="actor" title="&#34;&gt;&lt;script&gt;">&lt;b&gt;</mark>&amp;')


def test_only_the_outer_of_nested_marks_is_a_link() -> None:
    found = annotate(
        "abcd", [Mark(0, 4, "trigger", "/events/1"), Mark(1, 2, "trigger", "/events/2")]
    )
    assert found.count("<a ") == 1


@given(st.text(max_size=30), st.lists(MARKS, max_size=8), st.integers(-3, 3))
def test_any_marks_leave_the_text_whole_and_the_html_nested(
    text: str, found: list[Mark], offset: int
) -> None:
    made = str(annotate(text, found, offset))
    parser = Nesting()
    parser.feed(made)
    assert not parser.stack
    assert html.unescape(re.sub(r"</?(?:mark|a)\b[^>]*>", "", made)) == html.unescape(
        html.escape(text)
    )


def test_time_and_place_are_found_nearest_to_the_trigger(writer: Any) -> None:
    article = writer.article("In Beijing, China said that Russia met it in Beijing on Tuesday.")
    mention = writer.mention(article, place="Beijing")
    made = {mark.kind: mark for mark in marks.of_mention(mention)}
    assert made["place"].start == article.text.rindex("Beijing")
    assert article.text[made["time"].start : made["time"].end] == "on Tuesday"
    assert made["actor"].title == "China"


def test_words_that_the_sentence_lacks_are_not_marked(writer: Any) -> None:
    article = writer.article("China met Russia.")
    kinds = {mark.kind for mark in marks.of_mention(writer.mention(article, place="Paris"))}
    assert kinds == {"actor", "recipient", "trigger"}
