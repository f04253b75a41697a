from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline.wire.feeds import limits
from dateline.wire.feeds.entries import Entry, ParsedFeed, parse_feed

URL = "https://www.norlandtimes.com/feed"


def rss(*items: str) -> str:
    return f'<rss version="2.0"><channel><title>T</title>{"".join(items)}</channel></rss>'


def read(text: str | bytes, kind: str = "application/rss+xml") -> ParsedFeed:
    data = text.encode() if isinstance(text, str) else text
    return parse_feed(data, URL, {"content-type": kind})


def only(text: str) -> Entry:
    (entry,) = read(rss(text)).entries
    return entry


ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<title>Norland Times</title><entry><title type="html">Talks &amp;amp; a &lt;b&gt;deal&lt;/b&gt;
</title>
<id>tag:norlandtimes.com,2024:1</id><link rel="alternate" href="/a/1#top"/>
<published>2024-05-01T10:00:00+03:00</published><updated>2024-05-02T10:00:00+03:00</updated>
<author><name>Maria Lindqvist</name></author><summary>Short.</summary>
<content type="html">&lt;p&gt;Longer than that.&lt;/p&gt;</content></entry></feed>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel rdf:about="http://x/"><title>R</title></channel><item rdf:about="http://a.com/1">
<title>One</title><link>http://a.com/1</link><dc:date>2024-05-01T10:00:00+03:00</dc:date>
</item></rdf:RDF>"""


def test_atom() -> None:
    parsed = read(ATOM, "application/atom+xml")
    assert (parsed.version, parsed.title, parsed.complaint) == ("atom10", "Norland Times", None)
    (entry,) = parsed.entries
    assert entry.link == entry.key == "https://www.norlandtimes.com/a/1"
    assert entry.title == "Talks & a deal"
    assert entry.published == "2024-05-01T10:00:00+03:00"
    assert entry.author == "Maria Lindqvist"
    assert entry.html == "<p>Longer than that.</p>"


def test_rdf() -> None:
    (entry,) = read(RDF).entries
    assert (entry.link, entry.published) == ("http://a.com/1", "2024-05-01T10:00:00+03:00")


@pytest.mark.parametrize("kind", ["text/html", "text/plain", "application/json", "image/png", "x"])
def test_a_wrong_content_type_is_no_matter(kind: str) -> None:
    parsed = read(rss("<item><link>http://a.com/1</link></item>"), kind)
    assert len(parsed.entries) == 1
    assert parsed.complaint is None


@pytest.mark.parametrize(
    ("date", "expected"),
    [
        ("<pubDate>Wed, 01 May 2024 10:00:00 +0300</pubDate>", "2024-05-01T10:00:00+03:00"),
        ("<pubDate>Wed, 01 May 2024 10:00:00</pubDate>", "2024-05-01T10:00:00"),
        ("<pubDate>2024-05-01</pubDate>", "2024-05-01"),
        ("<pubDate>yesterday</pubDate>", None),
        ("<pubDate>Wed, 01 May 1001 10:00:00 GMT</pubDate>", None),
        ("", None),
    ],
)
def test_dates(date: str, expected: str | None) -> None:
    assert only(f"<item><link>http://a.com/1</link>{date}</item>").published == expected


def test_entries_are_told_apart_by_their_links() -> None:
    guid = "<guid isPermaLink='false'>same</guid>"
    parsed = read(
        rss(
            f"<item><link>http://a.com/1#x</link><title>A</title>{guid}</item>",
            f"<item><link>http://a.com/2</link><title>B</title>{guid}</item>",
            "<item><link>http://a.com/1</link><title>C</title></item>",
        )
    )
    assert [(e.key, e.title) for e in parsed.entries] == [
        ("http://a.com/1", "A"),
        ("http://a.com/2", "B"),
    ]


def test_entries_without_links() -> None:
    assert only("<item><guid>http://a.com/1</guid></item>").link == "http://a.com/1"
    entry = only("<item><guid isPermaLink='false'>7</guid><description>Words.</description></item>")
    assert (entry.link, entry.key) == (None, f"{URL}#7")
    entry = only("<item><description>Words.</description></item>")
    assert entry.key.startswith(f"{URL}#")
    assert entry.key != only("<item><description>Other words.</description></item>").key
    assert read(rss("<item><title>Nothing else</title></item>")).entries == ()


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "file:///etc/passwd", "http://[bad", "http://", "data:text/html,x"],
)
def test_links_that_lead_nowhere(link: str) -> None:
    entry = only(f"<item><link>{link}</link><description>Words.</description></item>")
    assert entry.link is None


def test_a_changed_entry_has_another_fingerprint() -> None:
    one = only("<item><link>http://a.com/1</link><title>A</title></item>")
    assert (
        one.fingerprint
        == only("<item><title>A</title><link>http://a.com/1</link></item>").fingerprint
    )
    assert (
        one.fingerprint
        != only("<item><link>http://a.com/1</link><title>B</title></item>").fingerprint
    )


def test_plain_text_stays_text() -> None:
    atom = ATOM.replace(
        'type="html">&lt;p&gt;Longer than that.&lt;/p&gt;', ">If a &lt; b &amp; c, it is."
    )
    (entry,) = read(atom).entries
    assert entry.html == "<p>If a &lt; b &amp; c, it is.</p>"


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 20}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]>"
)


def test_entities_that_stand_for_one_another() -> None:
    parsed = read(BOMB + rss("<item><title>x &i; y</title><link>http://a.com/1</link></item>"))
    assert all(len(entry.title or "") < 200 for entry in parsed.entries)


def test_no_file_is_read_for_an_entity() -> None:
    head = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    parsed = read(head + rss("<item><title>a &e; b</title><link>http://a.com/1</link></item>"))
    assert "root:" not in parsed.model_dump_json()


def test_a_body_that_looks_like_a_file_name_is_not_opened() -> None:
    assert read("/etc/passwd").version == ""
    assert read("http://127.0.0.1:1/feed").version == ""


@pytest.mark.parametrize(
    "body", ["", "  \n ", "hello", '{"items": []}', "<html><p>x</p></html>", "\0" * 100]
)
def test_what_is_no_feed(body: str) -> None:
    parsed = read(body)
    assert not parsed.version
    assert parsed.entries == ()


def test_broken_xml_is_read_as_far_as_it_goes() -> None:
    parsed = read(rss("<item><title>A & B</title><link>http://a.com/1</link></item>")[:-20])
    assert [entry.title for entry in parsed.entries] == ["A & B"]
    assert parsed.complaint is not None
    assert "not well-formed" in parsed.complaint


def test_a_feed_with_too_many_entries() -> None:
    items = [f"<item><link>http://a.com/{i}</link></item>" for i in range(limits.MAX_ENTRIES + 7)]
    parsed = read(rss(*items))
    assert len(parsed.entries) == limits.MAX_ENTRIES
    assert parsed.left_out == 7
    assert parsed.entries[0].link == "http://a.com/0"


@given(
    st.binary(max_size=300) | st.text(max_size=200).map(lambda t: rss(f"<item>{t}</item>").encode())
)
def test_never_raises(data: bytes) -> None:
    parse_feed(data, URL, {})


def test_scripts_in_titles_and_contents_are_taken_out() -> None:
    entry = only(
        "<item><link>http://a.com/1</link><title>&lt;script&gt;alert(1)&lt;/script&gt;Talks</title>"
        "<description>&lt;p onclick='x()'&gt;Words&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;"
        "</description></item>"
    )
    assert entry.title == "Talks"
    assert entry.html == "<p>Words</p>"
