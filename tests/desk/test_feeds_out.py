from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any
from xml.etree import ElementTree as Xml

import pytest
from starlette.testclient import TestClient

from dateline.desk import feeds_out
from dateline.desk.feeds_out import Item

ATOM = "{http://www.w3.org/2005/Atom}"


def test_a_feed_has_all_that_atom_asks_for(client: TestClient, writer: Any) -> None:
    event = writer.report()
    answer = client.get("/events.atom?type=CONSULT")
    assert answer.headers["content-type"] == "application/atom+xml"
    feed = Xml.fromstring(answer.content)
    assert feed.tag == f"{ATOM}feed"
    assert feed.findtext(f"{ATOM}id") == "http://localhost/events.atom?type=CONSULT"
    assert feed.findtext(f"{ATOM}updated") == "2022-12-21T12:00:00Z"
    entry = feed.find(f"{ATOM}entry")
    assert entry is not None
    assert entry.findtext(f"{ATOM}id") == f"urn:dateline:event:{event}"
    assert entry.findtext(f"{ATOM}title") == "China with Russia: consult, visit"
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == f"http://localhost/events/{event}"


def test_a_feed_leads_to_the_older_part(client: TestClient, writer: Any) -> None:
    writer.days(60)
    seen = []
    url: str | None = "/events.atom?limit=25"
    while url:
        feed = Xml.fromstring(client.get(url).content)
        seen += [entry.findtext(f"{ATOM}id") for entry in feed.findall(f"{ATOM}entry")]
        links = [link.get("href") for link in feed.findall(f"{ATOM}link[@rel='next']")]
        url = links[0] if links else None
    assert len(seen) == len(set(seen)) == 60


def test_characters_that_xml_cannot_hold_do_not_break_a_feed() -> None:
    at = dt.datetime(2022, 1, 1, tzinfo=dt.UTC)
    item = Item("event:1", "a\x00b<&>\ud800\x1b😀", "/events/1", at, summary="\ufffe")
    answer = feeds_out.atom("t", "http://localhost", "/x.atom", [item], None)
    found = Xml.fromstring(bytes(answer.body)).findtext(f"{ATOM}entry/{ATOM}title")
    assert found == "a�b<&>��😀"


def test_a_table_holds_the_whole_history(client: TestClient, writer: Any) -> None:
    writer.days(230)
    rows = list(csv.DictReader(io.StringIO(client.get("/events.csv").text)))
    assert len({row["id"] for row in rows}) == len(rows) == 230
    assert rows[0]["actor_code"] == "CHN"
    assert rows[0]["recipient_name"] == "Russia"
    assert list(rows[0]) == list(feeds_out.EVENT_COLUMNS)
    assert client.get("/events.csv?limit=7").text.count("\r\n") == 8


@pytest.mark.parametrize("hostile", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_takes_no_text_for_a_formula(hostile: str) -> None:
    lines = "".join(feeds_out._lines(["a", "b"], [[hostile, -1.5]]))
    row = list(csv.reader(io.StringIO(lines)))[1]
    assert row == [f"'{hostile}", "-1.5"]
