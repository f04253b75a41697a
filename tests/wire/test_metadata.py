from __future__ import annotations

import pytest

from dateline.wire.metadata import is_type, metadata, text_of
from dateline.wire.tree import parse


def page(head: str, body: str = "<p>x</p>") -> str:
    return f"<html><head><title>T</title>{head}</head><body>{body}</body></html>"


CANONICAL = "<link rel='canonical' href='https://www.a-news.com/x'>"
ORIGINAL = "<meta name='original-source' content='https://www.a-news.com/1'>"
PUBLISHER = "<meta property='article:publisher' content='https://www.a-news.com'>"


@pytest.mark.parametrize(
    ("head", "url", "named", "host"),
    [
        (CANONICAL, None, None, "a-news.com"),
        (CANONICAL, "https://b.org/", "a-news.com", "b.org"),
        ("<link rel='canonical' href='/x'>", "https://www.b.org/y", None, "b.org"),
        ("<link rel='canonical' href='http://[x'>", "https://b.org/", None, "b.org"),
        (
            "<meta property='og:url' content='https://c.net/1'>"
            "<link rel='canonical' href='https://a-news.com/x'>",
            None,
            "a-news.com",
            "c.net",
        ),
        (ORIGINAL, "https://b.org/", "a-news.com", "b.org"),
        ("<meta name='source' content='Reuters'>", "https://b.org/", "reuters.com", "b.org"),
        (PUBLISHER, None, None, "a-news.com"),
        ("", None, None, None),
    ],
)
def test_hosts(head: str, url: str | None, named: str | None, host: str | None) -> None:
    found = metadata(parse(page(head)), url)
    assert (found.named_origin, found.host) == (named, host)


@pytest.mark.parametrize(
    ("html", "language"),
    [
        ("<html lang='pt-BR'><body>x</body></html>", "pt"),
        (page("<meta property='og:locale' content='id_ID'>"), "id"),
        ("<html lang='1'><body>x</body></html>", None),
    ],
)
def test_language(html: str, language: str | None) -> None:
    assert metadata(parse(html), None).language == language


def test_json_ld_helpers() -> None:
    assert is_type({"@type": ["x", "http://schema.org/LiveBlogPosting"]}, "LiveBlogPosting")
    assert not is_type({"@type": 5}, "LiveBlogPosting")
    assert text_of([{"name": " a\n b "}]) == "a b"
    assert text_of(7) is None
