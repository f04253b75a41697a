from __future__ import annotations

import datetime as dt
import json

from dateline.records import Article
from dateline.wire import article_from_html

TODAY = dt.date(2024, 6, 1)
LEAD = (
    "Norland and Suria have been at war since floods closed the only road between them in spring."
)
UPDATES = [
    ("Army leaves Varna", "2024-05-01T09:00:00+02:00",
     ["The army of Norland left Varna early on Wednesday, its mayor said.",
      "Witnesses saw the last trucks cross the bridge at noon."]),
    ("Suria closes its border", "2024-05-01T11:30:00+02:00",
     ["Suria closed its border with Norland after the army had left the town."]),
    ("Talks in Oslo", "2024-05-02T08:15:00+02:00",
     ["Envoys of both countries met in Oslo on Thursday and agreed to meet again."]),
]  # fmt: skip


def read(html: str) -> Article:
    return article_from_html(html, id="live.html", today=TODAY)


def entries(article: Article) -> list[tuple[str | None, str]]:
    return [
        (p.published, article.text[p.start : p.end]) for p in article.passages if p.kind == "entry"
    ]


EXPECTED = [(date, "\n\n".join([head, *texts])) for head, date, texts in UPDATES]


def json_page(updates: object) -> str:
    data = {
        "@context": "https://schema.org",
        "@type": ["LiveBlogPosting"],
        "headline": "War in Norland: live",
        "datePublished": "2024-05-01T08:00:00+02:00",
        "liveBlogUpdate": updates,
    }
    return (
        "<html><head><title>War in Norland: live</title><script type='application/ld+json'>"
        f"{json.dumps(data)}</script></head><body><main><h1>War in Norland: live</h1><p>{LEAD}</p>"
        + "".join(
            f"<section><h2>{head}</h2>{''.join(f'<p>{text}</p>' for text in texts)}</section>"
            for head, _, texts in UPDATES
        )
        + "</main></body></html>"
    )


def test_json_ld_updates_become_dated_entries() -> None:
    updates = [
        {"@type": "BlogPosting", "headline": head, "datePublished": date,
         "articleBody": "".join(f"<p>{text}</p>" for text in texts)}
        for head, date, texts in UPDATES
    ]  # fmt: skip
    article = read(json_page(updates))
    assert entries(article) == EXPECTED
    assert article.title == "War in Norland: live"
    assert article.text.count("Army leaves Varna") == 1
    assert article.text.count("Envoys of both countries") == 1


def test_broken_updates_are_left_out() -> None:
    article = read(json_page([{"headline": "x", "datePublished": "soon"}, 7, None, {}]))
    assert entries(article) == []
    assert "The army of Norland left Varna" in article.text


def block_page(tag: str, attributes: str, around: str = "<main>{}</main>") -> str:
    blocks = "".join(
        f'<{tag} {attributes}><header><time datetime="{date}">{date[11:16]}</time>'
        f"<h2>{head}</h2></header>{''.join(f'<p>{text}</p>' for text in texts)}"
        "<ul class='share'><li>Share</li><li>Facebook</li></ul></" + tag + ">"
        for head, date, texts in UPDATES
    )
    inner = around.format(f"<h1>War in Norland</h1><p>{LEAD}</p><div>{blocks}</div>")
    return f"<html><head><title>War in Norland</title></head><body>{inner}</body></html>"


def test_time_stamped_blocks_become_dated_entries() -> None:
    for tag, attributes in (("article", 'class="block"'), ("div", 'class="live-post"'), ("li", "")):
        article = read(block_page(tag, attributes))
        assert entries(article) == EXPECTED
        assert "Share" not in article.text


def test_comments_are_no_entries() -> None:
    article = read(block_page("div", 'class="comment"'))
    assert entries(article) == []


def test_a_list_of_teasers_is_no_live_blog() -> None:
    html = block_page("article", 'class="card"')
    for head, _, _ in UPDATES:
        html = html.replace(f"<h2>{head}", f'<h2><a href="/a/{head}">{head}</a>')
    assert entries(read(html)) == []


def test_an_article_with_one_time_is_no_live_blog() -> None:
    html = (
        f"<html><body><article><time datetime='2024-05-01'></time><p>{LEAD}</p><p>{LEAD} Again."
        "</p></article></body></html>"
    )
    article = read(html)
    assert entries(article) == []
    assert article.published == "2024-05-01"


def test_a_date_in_the_future_dates_no_entry() -> None:
    html = block_page("div", 'class="live"').replace("2024-05-02T", "2034-05-02T")
    assert [date for date, _ in entries(read(html))] == [UPDATES[0][1], UPDATES[1][1], None]
