from __future__ import annotations

import datetime as dt
import gzip
import io
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.records import Article, Problem
from dateline.wire import read

TODAY = dt.date(2024, 6, 1)
TEXT = "The army of Norland left the town of Varna on Monday, its mayor said.\n"
HTML = (
    "<!doctype html><html><head><title>Army leaves Varna</title></head><body><article>"
    f"<h1>Army leaves Varna</h1><p>{TEXT * 4}</p></article></body></html>"
)


def results(*sources: object, **options: object) -> list[Article | Problem]:
    return list(read(map(str, sources), today=TODAY, **options))  # type: ignore[arg-type]


def only_problem(*sources: object, **options: object) -> Problem:
    found = results(*sources, **options)
    assert len(found) == 1, found
    assert isinstance(found[0], Problem)
    assert "\n" not in found[0].why
    return found[0]


def only_article(*sources: object, **options: object) -> Article:
    found = results(*sources, **options)
    assert len(found) == 1, found
    assert isinstance(found[0], Article)
    return found[0]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_text_file_keeps_its_text_and_takes_the_given_date(tmp_path: Path) -> None:
    article = only_article(write(tmp_path / "page.txt", TEXT), published="2024-05-01")
    assert (article.id, article.text, article.published) == ("page.txt", TEXT, "2024-05-01")


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.txt", "a", "a.html.gz"])
def test_html_is_known_by_suffix_or_content(tmp_path: Path, name: str) -> None:
    data = HTML.encode()
    path = write(tmp_path / name, gzip.compress(data) if name.endswith(".gz") else data)
    article = only_article(path)
    assert (article.id, article.title) == (name, "Army leaves Varna")


def test_gzip_is_known_without_its_suffix(tmp_path: Path) -> None:
    assert only_article(write(tmp_path / "a.txt", gzip.compress(TEXT.encode()))).text == TEXT


def test_a_folder_is_read_in_order_and_its_unknown_files_are_not(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "sub/c.html", "x.ann", ".hidden.txt", "d.pdf"):
        write(tmp_path / name, HTML if name.endswith("html") else TEXT)
    found = results(tmp_path)
    assert [item.id for item in found if isinstance(item, Article)] == ["a.txt", "b.txt", "c.html"]
    assert len(found) == 3


def test_problems_name_what_is_wrong_and_the_rest_goes_on(tmp_path: Path) -> None:
    good = write(tmp_path / "good.txt", TEXT)
    bad = [
        (tmp_path / "missing.txt", "does not exist"),
        (write(tmp_path / "empty.txt", ""), "is empty"),
        (write(tmp_path / "blank.html", " \n"), "is empty"),
        (write(tmp_path / "binary.txt", b"ab\0cd"), "binary"),
        (write(tmp_path / "bare.html", "<html><body></body></html>"), "no main text"),
        (write(tmp_path / "cut.txt.gz", gzip.compress(TEXT.encode() * 9)[:-9]), "gzip"),
        (write(tmp_path / "bad.jsonl", "{"), "is not JSON"),
        (write(tmp_path / "none.jsonl", ""), "is empty"),
        (write(tmp_path / "none.json", "[]"), "empty list"),
        (write(tmp_path / "folder" / "x.ann", "x").parent, "without files"),
        ("", "does not exist"),
        ("a\0b", "does not exist"),
    ]
    found = results(*[path for path, _ in bad], good)
    problems = [item for item in found if isinstance(item, Problem)]
    assert isinstance(found[-1], Article)
    assert len(problems) == len(bad) == len(found) - 1
    for problem, (path, why) in zip(problems, bad, strict=True):
        assert problem.where.startswith(str(path))
        assert why in problem.why


def test_a_file_over_the_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.wire.settings.MAX_FILE", 1000)
    assert "is over" in only_problem(write(tmp_path / "a.txt", "word " * 201)).why
    bomb = gzip.compress(b"word " * 100_000)
    assert len(bomb) < 1000
    assert "is over" in only_problem(write(tmp_path / "b.txt.gz", bomb)).why


def test_standard_input_may_be_of_any_kind() -> None:
    rows = json.dumps({"id": "r1", "text": TEXT}) + "\n" + json.dumps({"text": TEXT})
    for data, ids in (
        (TEXT, ["stdin"]),
        (HTML, ["stdin"]),
        (rows, ["r1", "stdin:2"]),
    ):
        found = results("-", stdin=io.BytesIO(data.encode()))
        assert [item.id for item in found if isinstance(item, Article)] == ids
    found = results("-", stdin=io.BytesIO(gzip.compress(TEXT.encode())))
    assert isinstance(found[0], Article)


def test_rows_of_a_pipe_come_as_they_are_written() -> None:
    def lines() -> Iterator[bytes]:
        yield json.dumps({"id": 1, "text": TEXT}).encode() + b"\n"
        raise AssertionError("read ahead of what was asked for")

    class Pipe(io.RawIOBase):
        source = lines()

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
            data = next(self.source)
            buffer[: len(data)] = data
            return len(data)

    first = next(iter(read(["-"], stdin=io.BufferedReader(Pipe()), today=TODAY)))
    assert isinstance(first, Article)
    assert first.id == "1"


def test_a_json_list_is_read_item_by_item(tmp_path: Path) -> None:
    items = [{"id": "a", "text": TEXT}, {"html": HTML}, {"title": "x"}]
    found = results(write(tmp_path / "a.json", json.dumps(items, indent=1)))
    assert [getattr(item, "id", None) for item in found] == ["a", "a.json:2", None]
    assert isinstance(found[2], Problem)
    assert found[2].where.endswith("a.json:3")


def test_rows_may_have_the_suffix_json(tmp_path: Path) -> None:
    row = json.dumps({"text": TEXT})
    found = results(write(tmp_path / "a.json", f"{row}\n{row}\n"))
    assert [getattr(item, "id", None) for item in found] == ["a.json:1", "a.json:2"]


def test_which_date_wins(tmp_path: Path) -> None:
    html = HTML.replace("<head>", '<head><meta property="article:published_time" content="{}">')
    rows = [
        {"id": "row", "html": html.format("2024-02-02"), "published": "2024-03-03"},
        {"id": "page", "html": html.format("2024-02-02")},
        {"id": "given", "html": HTML},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    found = results(path, published="2024-01-01")
    assert [item.published for item in found if isinstance(item, Article)] == [
        "2024-03-03",
        "2024-02-02",
        "2024-01-01",
    ]


def test_dates_that_cannot_be_are_dropped_and_told(tmp_path: Path) -> None:
    rows = [
        {"id": "a", "text": TEXT, "published": "2031-01-01"},
        {"id": "b", "text": TEXT, "published": "soon"},
    ]
    path = write(tmp_path / "a.jsonl", "\n".join(map(json.dumps, rows)))
    found = results(path)
    assert [item.published for item in found if isinstance(item, Article)] == [None, None]
    problems = [item for item in found if isinstance(item, Problem)]
    assert [problem.where[-8:] for problem in problems] == [".jsonl:1", ".jsonl:2"]
    assert "in the future" in problems[0].why
    assert "is not a date" in problems[1].why


def test_a_given_date_that_is_none_is_an_error_at_once() -> None:
    with pytest.raises(DatelineError, match="'soon' is not a date"):
        read([], published="soon")


def test_a_given_date_in_the_future_is_told_once(tmp_path: Path) -> None:
    found = results(write(tmp_path / "a.txt", TEXT), published="2031-01-01")
    assert isinstance(found[0], Problem)
    assert isinstance(found[1], Article)
    assert found[1].published is None


def test_the_same_input_gives_the_same_output(tmp_path: Path) -> None:
    for i in range(5):
        write(tmp_path / f"{i}.html", HTML)
        write(tmp_path / f"{i}.txt", TEXT)
    assert results(tmp_path) == results(tmp_path)


def test_plain_text_needs_none_of_the_slow_libraries(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", TEXT)
    code = (
        "import sys; from dateline.wire import read; "
        f"list(read([{str(path)!r}])); "
        "print([m for m in ('trafilatura', 'lxml', 'httpx', 'fastwarc') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.jsonl", "a.warc", "a.json"]))
@settings(deadline=None, max_examples=200)
def test_any_bytes_of_any_kind_are_articles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str
) -> None:
    found = results(write(tmp_path_factory.mktemp("any") / name, data))
    assert found
    assert all(isinstance(item, Article | Problem) for item in found)
