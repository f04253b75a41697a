"""The sample wire: invented outlets and their reports on real events of 2021 to 2023.

It is what the demo serves, what the tutorial reads and what tests use as a known wire. The texts
were written for Dateline; the data files stand beside this module.
"""

from __future__ import annotations

import datetime as dt
import tomllib
import zlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

__all__ = ["Entry", "Outlet", "Report", "outlets", "reports"]


@dataclass(frozen=True, slots=True)
class Outlet:
    """A site with a feed: an outlet writes its own reports, an aggregator copies them."""

    id: str
    name: str
    host: str
    kind: Literal["outlet", "aggregator"]
    feed: Literal["rss", "atom"]
    language: str
    timezone: str
    """IANA name of the zone in which it dates its reports."""
    style: str
    """Key of the template of its pages."""
    chrome_before: tuple[str, ...] = ()
    """Lines around a copy, with `{host}` of the outlet copied and a number of `{views}`."""
    chrome_after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A dated entry of a live blog."""

    published: dt.datetime
    title: str
    body: str


@dataclass(frozen=True, slots=True)
class Report:
    """A report as its outlet published it. Paragraphs of a body are separated by blank lines."""

    slug: str
    outlet: str
    """Id of the outlet."""
    published: dt.datetime
    title: str
    body: str
    byline: str | None
    contributors: tuple[str, ...]
    entries: tuple[Entry, ...]
    """The entries of a live blog, oldest first; empty for any other report."""
    story: str
    """Key of the happening it reports: reports of one story tell the same news."""
    copies: str | None
    """Slug of the report that this one copies."""
    origin: str
    """Host of the outlet whose report it really is."""
    chrome_before: tuple[str, ...]
    chrome_after: tuple[str, ...]

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The paragraphs of the body."""
        return tuple(self.body.split("\n\n"))


@cache
def outlets() -> tuple[Outlet, ...]:
    """All outlets, sorted by id."""
    data = tomllib.loads((files(__name__) / "outlets.toml").read_text(encoding="utf-8"))
    return tuple(_outlet(row) for row in data["outlet"])


@cache
def reports() -> tuple[Report, ...]:
    """All reports, the oldest first; a copy has the text of the report that it copies."""
    folder = files(__name__) / "reports"
    rows = [
        tomllib.loads(file.read_text(encoding="utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(".toml")
    ]
    by_slug = {row["slug"]: row for row in rows}
    by_id = {outlet.id: outlet for outlet in outlets()}
    found = [_report(row, by_slug, by_id) for row in rows]
    return tuple(sorted(found, key=lambda report: (report.published, report.slug)))


def _outlet(row: dict[str, Any]) -> Outlet:
    chrome = {name: tuple(row.get(name, ())) for name in ("chrome_before", "chrome_after")}
    return Outlet(**row | chrome)


def _report(
    row: dict[str, Any], by_slug: dict[str, dict[str, Any]], by_id: dict[str, Outlet]
) -> Report:
    copies = row.get("copies")
    source = by_slug[copies] if copies else row
    outlet, origin = by_id[row["outlet"]], by_id[source["outlet"]]
    return Report(
        slug=row["slug"],
        outlet=outlet.id,
        published=dt.datetime.fromisoformat(row["published"]),
        title=row.get("title", source["title"]),
        body=_text(row.get("body", source["body"])),
        byline=row.get("byline"),
        contributors=tuple(source.get("contributors", ())),
        entries=tuple(_entry(entry) for entry in source.get("entry", ())),
        story=source["story"],
        copies=copies,
        origin=origin.host,
        chrome_before=_chrome(outlet.chrome_before, row["slug"], origin),
        chrome_after=_chrome(outlet.chrome_after, row["slug"], origin),
    )


def _entry(row: dict[str, Any]) -> Entry:
    published = dt.datetime.fromisoformat(row["published"])
    return Entry(published, row["title"], _text(row["body"]))


def _text(body: str) -> str:
    """The body without the line breaks of the file."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in body.split("\n\n"))


def _chrome(lines: tuple[str, ...], slug: str, origin: Outlet) -> tuple[str, ...]:
    views = 100 + zlib.crc32(slug.encode()) % 900  # any number, but always the same
    return tuple(line.format(host=origin.host, views=views) for line in lines)
