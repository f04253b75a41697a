from __future__ import annotations

import contextlib
import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.records import Article
from dateline.wire import article_from_html

TODAY = dt.date(2024, 6, 1)
TITLE = "Premier Seeks Loan From Neighbours as Floods Close Ports"
PARAGRAPHS = [
    "The prime minister of Norland met the finance minister of Suria on Tuesday, a day after "
    "storms closed the ports of both countries and cut the road between their capitals.",
    "“We have asked for help, and we expect an answer,” she said at a news conference in Varna, "
    "where she was joined by the governor of the central bank.",
    "The two governments agreed in 2019 to share the cost of repairs, according to the state "
    "broadcaster, but neither of them has paid so far.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)


def page(body: str = BODY, head: str = "", lang: str = "en") -> str:
    return (
        f'<!doctype html><html lang="{lang}"><head><title>{TITLE}</title>{head}</head><body>'
        '<nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
        f'<article class="post"><h1>{TITLE}</h1><div class="entry-content">{body}</div></article>'
        "<footer><p>© 2024 Kabar Media. All rights reserved.</p></footer></body></html>"
    )


def read(html: str | bytes, **said: str | None) -> Article:
    return article_from_html(html, id="page.html", today=TODAY, **said)  # type: ignore[arg-type]


def check_passages(article: Article) -> None:
    at = 0
    for passage in article.passages:
        assert at <= passage.start < passage.end <= len(article.text)
        at = passage.end


def test_headline_and_paragraphs_become_passages() -> None:
    article = read(page())
    assert article.text == "\n\n".join([TITLE, *PARAGRAPHS])
    assert [p.kind for p in article.passages] == ["headline", "body"]
    assert [article.text[p.start : p.end] for p in article.passages] == [
        TITLE,
        "\n\n".join(PARAGRAPHS),
    ]
    assert (article.title, article.language) == (TITLE, "en")
    assert article.origin is None


def test_a_republished_page_of_an_aggregator() -> None:
    body = (
        "<p>by -1204 Views</p>" + BODY + "<p>Maria Lindqvist contributed reporting.</p>"
        "<p>Sumber: www.norlandtimes.com</p><div class='loader'><p>No More Posts Available.</p>"
        "<p>No more pages to load.</p></div>"
    )
    head = '<link rel="canonical" href="https://www.kabar.co.id/a/1">'
    article = read(page(body, head))
    assert article.text == "\n\n".join([TITLE, *PARAGRAPHS])
    assert article.origin == "norlandtimes.com"
    assert article.credits == ("Maria Lindqvist contributed reporting.",)


def test_a_source_outside_the_main_text_is_found_by_its_link() -> None:
    html = page().replace(
        "<footer>", '<div>Sumber: <a href="https://www.norlandtimes.com/a">NT</a></div><footer>'
    )
    assert read(html, url="https://kabar.co.id/1").origin == "norlandtimes.com"


def test_a_canonical_link_to_another_site_is_the_origin() -> None:
    head = '<link rel="canonical" href="https://www.norlandtimes.com/a/1">'
    assert read(page(head=head), url="https://kabar.co.id/1").origin == "norlandtimes.com"
    assert read(page(head=head)).origin == "norlandtimes.com"
    assert read(page()).origin is None
    assert read(page(), url="https://www.kabar.co.id/1").origin == "kabar.co.id"


def test_a_wire_goes_before_the_page_that_carries_it() -> None:
    body = BODY.replace("<p>The prime", "<p>VARNA, Norland (Reuters) - The prime", 1)
    assert read(page(body), url="https://kabar.co.id/1").origin == "reuters.com"


def test_a_platform_is_no_origin() -> None:
    head = '<meta property="article:publisher" content="https://www.facebook.com/kabar">'
    assert read(page(head=head)).origin is None


META = '<meta property="article:published_time" content="{}">'
JSON = (
    '<script type="application/ld+json">{{"@context":"https://schema.org","@graph":[{{"@type":'
    '"NewsArticle","headline":"x","datePublished":"{}","publisher":{{"@type":"Organization",'
    '"name":"Norland Times"}},"author":{{"@type":"Person","name":"Maria Lindqvist"}}}}]}}</script>'
)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (META.format("2024-05-01T10:05:00+07:00"), "2024-05-01T10:05:00+07:00"),
        (JSON.format("2024-05-01T03:05:00Z"), "2024-05-01T03:05:00+00:00"),
        (META.format("2024-05-01") + JSON.format("2024-05-01T03:05:00Z"),
         "2024-05-01T03:05:00+00:00"),
        (META.format("no date"), None),
        ("", None),
    ],
)  # fmt: skip
def test_the_date_keeps_its_zone(head: str, published: str | None) -> None:
    assert read(page(head=head)).published == published


def test_a_time_element_dates_the_page() -> None:
    body = '<time datetime="2024-05-01T10:05:00+02:00">1 May</time>' + BODY
    assert read(page(body)).published == "2024-05-01T10:05:00+02:00"


def test_a_date_in_the_text_is_no_publication_date() -> None:
    assert (
        read(page(BODY + "<p>The treaty was signed on March 3, 2021, in Varna.</p>")).published
        is None
    )


def test_what_is_said_of_the_article_goes_before_its_page_and_a_default_after() -> None:
    html = page(head=META.format("2024-05-01"))
    assert read(html, published="2024-04-01").published == "2024-04-01"
    assert read(html, default="2024-04-01").published == "2024-05-01"
    assert read(page(), default="2024-04-01").published == "2024-04-01"
    assert (
        read(page(head=META.format("2030-01-01")), default="2024-04-01").published == "2024-04-01"
    )


def test_metadata_from_json_ld() -> None:
    article = read(page(head=JSON.format("2024-05-01")))
    assert (article.publisher, article.byline) == ("Norland Times", "Maria Lindqvist")


def test_bytes_are_decoded_as_they_declare() -> None:
    text = (
        "Президент Норландии встретился с министром финансов Сурии во вторник в столице страны. "
        * 3
    )
    html = page(f"<p>{text}</p>", '<meta charset="windows-1251">', "ru").encode("cp1251")
    article = read(html)
    assert "Президент Норландии" in article.text
    assert article.language == "ru"


def test_right_to_left_text_and_emoji_stay() -> None:
    text = "التقى رئيس الوزراء بوزير المالية يوم الثلاثاء في العاصمة 🚀 لبحث القرض. " * 4
    assert text.strip() in read(page(f"<p>{text}</p>", lang="ar")).text


@pytest.mark.parametrize(
    "html",
    ["", "  ", "<html></html>", "<html><head><title>Only a title</title></head><body></body>",
     "<!-- -->", b"\x00\x01", b"%PDF-1.4"],
)  # fmt: skip
def test_a_page_without_text_is_an_error(html: str | bytes) -> None:
    with pytest.raises(DatelineError, match=r"empty|no main text|no text|binary"):
        read(html)


BOMBS = {
    "nesting": "<html><body>" + "<div>" * 100_000 + BODY + "</div>" * 100_000,
    "attribute": "<html><body><p title='" + "x" * 9_500_000 + "'>" + BODY,
    "entities": "<!DOCTYPE x [<!ENTITY a0 'ha'>"
    + "".join(f"<!ENTITY a{i} '{f'&a{i - 1};' * 10}'>" for i in range(1, 12))
    + f"]><html><body><p>&a11;</p>{BODY}",
    "elements": "<html><body>" + "<p><i>a</i></p>" * 200_000,
    "cells": "<html><body><table>" + "<tr><td>x</td></tr>" * 25_000 + "</table>" + BODY,
    "times": "<html><body>"
    + "<div><time datetime='2024-01-01'></time><p>aa. b.</p></div>" * 18_000,
    "json": "<html><head><script type='application/ld+json'>" + "[" * 200_000 + "</script>" + BODY,
    "size": "<html><body>" + "x" * 11_000_000,
    "brackets": "<html><body>" + "<" * 2_000_000,
}


@pytest.mark.parametrize("name", sorted(BOMBS))
def test_html_bombs_end_soon(name: str) -> None:
    start = time.process_time()
    with contextlib.suppress(DatelineError):
        check_passages(read(BOMBS[name]))
    assert time.process_time() - start < 20


TAGS = st.sampled_from(
    ["p", "div", "article", "time", "h1", "a", "li", "script", "table", "br", "x"]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' datetime="2024-01-01"',
        ' href="http://[x"',
        ' class="live"',
        ' itemprop="datePublished"',
        ' type="application/ld+json"',
        " rel=canonical href=//a",
    ]
)
FRAGMENT = st.one_of(
    st.builds(lambda tag, more: f"<{tag}{more}>", TAGS, ATTRIBUTES),
    st.builds(lambda tag: f"</{tag}>", TAGS),
    st.sampled_from([BODY, "Sumber: ", "www.norlandtimes.com", "&amp;", "&#0;", "&#xD800;", "<!--",
                     '{"@type":"LiveBlogPosting","liveBlogUpdate":[{"datePublished":1}]}']),
    st.text(max_size=30),
)  # fmt: skip


@given(st.lists(FRAGMENT, max_size=40).map("".join))
@settings(deadline=None, max_examples=150)
def test_any_fragments_are_an_article_or_an_error(html: str) -> None:
    try:
        article = read(html)
    except DatelineError:
        return
    check_passages(article)
    assert article.passages


@given(st.binary(max_size=400))
@settings(deadline=None, max_examples=100)
def test_any_bytes_are_an_article_or_an_error(data: bytes) -> None:
    try:
        check_passages(read(b"<html><body>" + data))
    except DatelineError:
        return
