"""The sample wire as its outlets' sites show it: pages of HTML, feeds of RSS and Atom."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Iterable, Sequence
from email.utils import format_datetime
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from xml.sax.saxutils import escape as xml
from xml.sax.saxutils import quoteattr

from dateline.sample import Entry, Outlet, Report

_SUMMARY = 280


def canonical(outlet: Outlet, report: Report) -> str:
    """A report's address on its outlet's own, invented, host."""
    return f"https://{outlet.host}/{report.published:%Y/%m}/{report.slug}"


def page(outlet: Outlet, report: Report, base: str, others: Sequence[Report] = ()) -> str:
    """A report's page by its outlet's template.

    `base` is the address that the outlet is served at; `others` are linked as further reading.
    """
    links = "".join(f'<li><a href="{base}/{o.slug}">{escape(o.title)}</a></li>' for o in others)
    values = {
        "title": report.title,
        "site": outlet.name,
        "language": outlet.language,
        "canonical": canonical(outlet, report),
        "feed": f"{base}/feed.xml",
        "home": f"{base}/",
        "summary": summary(report),
        "published": report.published.isoformat(),
        "date": f"{report.published:%d %B %Y, %H:%M}",
        "year": str(report.published.year),
        "byline": report.byline or outlet.name,
        "views": str(100 + zlib.crc32(report.slug.encode()) % 9000),
        "kind": "live-blog" if report.entries else "story",
    }
    markup = {
        "body": _paragraphs(report.paragraphs) + "".join(_entry(e) for e in report.entries),
        "credit": _credit(report),
        "before": _paragraphs(report.chrome_before),
        "after": _paragraphs(report.chrome_after),
        "links": links,
        "data": _json(_data(outlet, report)),
    }
    escaped = {name: escape(value) for name, value in values.items()}
    return _template(outlet.style).substitute(escaped | markup)


def summary(report: Report) -> str:
    """The first words of a report."""
    first = report.paragraphs[0]
    return first if len(first) <= _SUMMARY else first[:_SUMMARY].rsplit(" ", 1)[0] + " …"


def feed(outlet: Outlet, reports: Sequence[Report], base: str) -> str:
    """An outlet's feed, newest first, as RSS 2.0 or Atom."""
    newest = sorted(reports, key=lambda report: (report.published, report.slug), reverse=True)
    return (_atom if outlet.feed == "atom" else _rss)(outlet, newest, base)


def front(outlet: Outlet, reports: Iterable[Report], base: str) -> str:
    """An outlet's front page: its headlines."""
    rows = "".join(f'<li><a href="{base}/{r.slug}">{escape(r.title)}</a></li>' for r in reports)
    name = escape(outlet.name)
    return (
        f'<!doctype html><html lang="{outlet.language}"><head><meta charset="utf-8">'
        f'<title>{name}</title><link rel="alternate" href="{base}/feed.xml"></head>'
        f"<body><h1>{name}</h1><ul>{rows}</ul></body></html>"
    )


@cache
def _template(style: str) -> Template:
    folder = files("dateline.sample") / "templates"
    return Template((folder / f"{style}.html").read_text(encoding="utf-8"))


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>\n" for text in texts)


def _entry(entry: Entry) -> str:
    return (
        f'<section class="live-entry"><h2>{escape(entry.title)}</h2>'
        f'<time datetime="{entry.published.isoformat()}">{entry.published:%H:%M}</time>'
        f"{_paragraphs(_split(entry.body))}</section>\n"
    )


def _split(body: str) -> list[str]:
    return body.split("\n\n")


def _credit(report: Report) -> str:
    if not report.contributors:
        return ""
    names = " and ".join(
        filter(None, (", ".join(report.contributors[:-1]), report.contributors[-1]))
    )
    return f'<p class="credit">{escape(names)} contributed reporting.</p>'


def _data(outlet: Outlet, report: Report) -> dict[str, object]:
    """What a page says of itself, by schema.org."""
    publisher = {"@type": "Organization", "name": outlet.name, "url": f"https://{outlet.host}/"}
    found: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "LiveBlogPosting" if report.entries else "NewsArticle",
        "headline": report.title,
        "url": canonical(outlet, report),
        "datePublished": report.published.isoformat(),
        "inLanguage": outlet.language,
        "publisher": publisher,
    }
    if report.byline:
        found["author"] = {"@type": "Person", "name": report.byline}
    if report.entries:
        found["liveBlogUpdate"] = [
            {
                "@type": "BlogPosting",
                "headline": entry.title,
                "datePublished": entry.published.isoformat(),
                "articleBody": entry.body,
            }
            for entry in report.entries
        ]
    return found


def _json(data: object) -> str:
    """JSON that is safe inside a script element."""
    return json.dumps(data, ensure_ascii=False).replace("</", "<\\/")


def _rss(outlet: Outlet, reports: Sequence[Report], base: str) -> str:
    items = "".join(
        f"<item><title>{xml(r.title)}</title><link>{xml(f'{base}/{r.slug}')}</link>"
        f'<guid isPermaLink="false">{xml(canonical(outlet, r))}</guid>'
        f"<pubDate>{format_datetime(r.published)}</pubDate>"
        f"<dc:creator>{xml(r.byline or outlet.name)}</dc:creator>"
        f"<description>{xml(f'<p>{escape(summary(r))}</p>')}</description></item>\n"
        for r in reports
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:atom="http://www.w3.org/2005/Atom"><channel>\n'
        f"<title>{xml(outlet.name)}</title><link>{xml(base)}/</link>"
        f"<description>{xml(outlet.name)}</description><language>{outlet.language}</language>"
        f'<atom:link href={quoteattr(f"{base}/feed.xml")} rel="self"/>\n{items}</channel></rss>\n'
    )


def _atom(outlet: Outlet, reports: Sequence[Report], base: str) -> str:
    newest = reports[0].published if reports else dt.datetime(2021, 1, 1, tzinfo=dt.UTC)
    items = "".join(
        f"<entry><title>{xml(r.title)}</title><id>{xml(canonical(outlet, r))}</id>"
        f'<link rel="alternate" href={quoteattr(f"{base}/{r.slug}")}/>'
        f"<published>{r.published.isoformat()}</published>"
        f"<updated>{r.published.isoformat()}</updated>"
        f"<author><name>{xml(r.byline or outlet.name)}</name></author>"
        f"<summary>{xml(summary(r))}</summary></entry>\n"
        for r in reports
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{outlet.language}">\n'
        f"<title>{xml(outlet.name)}</title><id>https://{xml(outlet.host)}/</id>"
        f'<link rel="self" href={quoteattr(f"{base}/feed.xml")}/>'
        f"<updated>{newest.isoformat()}</updated>\n{items}</feed>\n"
    )
