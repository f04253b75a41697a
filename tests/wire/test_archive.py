from __future__ import annotations

import datetime as dt
import gzip
from pathlib import Path

import pytest

from dateline.records import Article, Problem
from dateline.wire import read

TODAY = dt.date(2024, 6, 1)
SENTENCE = "The army of Norland left the town of Varna on Monday, its mayor said to the press. "


def record(
    uri: str,
    body: bytes,
    content_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    more: str = "",
) -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {content_type}\r\n{more}\r\n".encode() + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\n"
        f"WARC-Target-URI: {uri}\r\nWARC-Date: 2024-05-01T00:00:00Z\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def html(number: int) -> bytes:
    return (
        f"<html><head><title>Report {number}</title></head><body><article><h1>Report {number}</h1>"
        f"<p>{SENTENCE * 4}</p></article></body></html>"
    ).encode()


URIS = [f"https://www.norland.no/{i}" for i in range(3)]
RECORDS = [record(uri, html(i)) for i, uri in enumerate(URIS)]


def results(path: Path, data: bytes) -> tuple[list[Article], list[Problem]]:
    path.write_bytes(data)
    found = list(read([str(path)], today=TODAY))
    return (
        [item for item in found if isinstance(item, Article)],
        [item for item in found if isinstance(item, Problem)],
    )


@pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
def test_pages_of_an_archive(tmp_path: Path, name: str) -> None:
    pack = gzip.compress if name.endswith("gz") else bytes
    articles, problems = results(tmp_path / name, b"".join(pack(item) for item in RECORDS))
    assert [article.id for article in articles] == URIS
    assert articles[1].title == "Report 1"
    assert articles[0].origin == "norland.no"
    assert problems == []


def test_only_pages_that_were_found_are_read(tmp_path: Path) -> None:
    body = html(9)
    data = b"".join(
        [
            record("https://n.no/img", b"\x89PNG", "image/png"),
            record("https://n.no/gone", body, status="404 Not Found"),
            record("https://n.no/gz", gzip.compress(body), more="Content-Encoding: gzip\r\n"),
            record(
                "https://n.no/chunks",
                b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body),
                more="Transfer-Encoding: chunked\r\n",
            ),
            record("https://n.no/bare", b"<html><body></body></html>"),
        ]
    )
    articles, problems = results(tmp_path / "a.warc", data)
    assert [article.id for article in articles] == ["https://n.no/gz", "https://n.no/chunks"]
    assert [problem.where.split()[-1] for problem in problems] == ["https://n.no/bare"]


@pytest.mark.parametrize("packed", [False, True])
def test_a_cut_archive_gives_its_whole_records_and_a_problem(tmp_path: Path, packed: bool) -> None:
    parts = [gzip.compress(item, mtime=0) if packed else item for item in RECORDS]
    data = b"".join(parts)
    ends = [sum(map(len, parts[: i + 1])) for i in range(len(parts))]
    for cut in range(1, len(data), 37):
        articles, problems = results(tmp_path / "a.warc", data[:cut])
        whole = sum(end <= cut for end in ends)
        # A record whose text is whole may lack no more than the bytes that end it.
        assert len(articles) in (whole, whole + 1)
        assert [article.id for article in articles] == URIS[: len(articles)]
        if cut not in ends:
            assert problems, cut


def test_an_archive_without_pages_is_a_problem(tmp_path: Path) -> None:
    _, problems = results(tmp_path / "a.warc", record("https://n.no/i", b"x", "image/png"))
    assert "no HTML page" in problems[0].why
    _, problems = results(tmp_path / "b.warc", b"garbage " * 100)
    assert "cut off or damaged" in problems[0].why
