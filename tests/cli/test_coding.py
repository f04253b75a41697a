"""The command line: every verb, every format, and what users get wrong."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from dateline import tables

Run = Callable[..., Any]
TEXT = "Russia attacked Ukraine on Monday. “We condemn it,” the Polish president said.\n"
QUIET = "It rained in the mountains all day long, and the river rose.\n"
VERBS = ("code", "statements", "classify", "resolve", "explain")
TYPES = 16


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write(tmp_path / "page.txt", TEXT)


def write(path: Path, data: str | bytes) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def lines(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def sound(records: list[dict[str, Any]], text: str) -> None:
    """Offsets are code points into the text as read."""
    assert records
    for record in records:
        for span in (
            record["sentence"],
            record["trigger"],
            *record["actors"],
            *record["recipients"],
        ):
            assert text[span["start"] : span["end"]] == span["text"]


# -- code ------------------------------------------------------------------------------------------


def test_code_shows_a_table(dateline: Run, page: Path) -> None:
    ran = dateline("code", page, "--published", "2022-12-21")
    assert (ran.code, ran.err) == (0, "")
    assert "Russia [RUS] → Ukraine [UKR]" in ran.out
    assert "2022-12-19" in ran.out


def test_code_prints_a_record_a_line(dateline: Run, page: Path) -> None:
    ran = dateline("code", page, "--published", "2022-12-21", "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    records = lines(ran.out)
    assert [r["type"] for r in records] == ["ASSAULT", "ACCUSE"]
    assert {r["document"]["id"] for r in records} == {"page.txt"}
    assert {r["document"]["published"] for r in records} == {"2022-12-21"}
    sound(records, TEXT)


def test_code_writes_csv(dateline: Run, page: Path) -> None:
    ran = dateline("code", page, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert tuple(rows[0]) == tables.COLUMNS
    assert [row["type"] for row in rows] == ["ASSAULT", "ACCUSE"]


def test_code_writes_parquet(dateline: Run, page: Path, tmp_path: Path) -> None:
    out = tmp_path / "events.parquet"
    ran = dateline("code", page, "--format", "parquet", "--output", out)
    assert ran == (0, "", "")
    assert pq.read_table(out).column("type").to_pylist() == ["ASSAULT", "ACCUSE"]


@pytest.mark.parametrize("format", ["table", "jsonl", "csv"])
def test_a_file_holds_what_stdout_would(
    dateline: Run, page: Path, tmp_path: Path, format: str
) -> None:
    out = tmp_path / "out"
    shown = dateline("code", page, "--format", format)
    assert dateline("code", page, "--format", format, "-o", out) == (0, "", "")
    assert out.read_text(encoding="utf-8") == shown.out


def test_the_same_input_gives_the_same_bytes(dateline: Run, page: Path) -> None:
    assert dateline("code", page, "--format", "jsonl") == dateline(
        "code", page, "--format", "jsonl"
    )


def test_code_reads_stdin(dateline: Run) -> None:
    ran = dateline("code", "-", "--format", "jsonl", stdin=TEXT.encode())
    assert ran.code == 0
    assert {r["document"]["id"] for r in lines(ran.out)} == {"stdin"}


def test_code_reads_folders_in_order(dateline: Run, tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        write(tmp_path / name, TEXT)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "c.txt.gz").write_bytes(gzip.compress(TEXT.encode()))
    write(tmp_path / "picture.png", b"\x89PNG")
    ran = dateline("code", tmp_path, "--format", "jsonl")
    assert ran.code == 0
    assert list(dict.fromkeys(r["document"]["id"] for r in lines(ran.out))) == [
        "a.txt", "b.txt", "c.txt.gz",
    ]  # fmt: skip


def test_code_reads_jsonl(dateline: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "one", "text": "Russia attacked Ukraine.", "published": "2022-02-24"},
        {"id": "two"},
    ]
    path = write(tmp_path / "a.jsonl", "".join(json.dumps(row) + "\n" for row in rows))
    ran = dateline("code", path, "--format", "jsonl")
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert "a.jsonl:2" in ran.err
    (record,) = lines(ran.out)
    assert record["document"]["id"] == "one"
    assert record["document"]["published"] == "2022-02-24"


def test_code_reads_a_page(dateline: Run, tmp_path: Path) -> None:
    html = (
        "<!doctype html><html><head><title>War</title></head><body><nav>Iran attacked Iraq</nav>"
        f"<article><h1>War</h1><p>{TEXT}</p><p>{QUIET}</p><p>{QUIET}</p></article></body></html>"
    )
    ran = dateline("code", write(tmp_path / "a.html", html), "--format", "jsonl")
    assert ran.code == 0
    assert [r["type"] for r in lines(ran.out)] == ["ASSAULT", "ACCUSE"]


@pytest.mark.parametrize(
    "text",
    [
        TEXT.replace("\n", "\r\n") * 3,
        "🇺🇦 𝕬 " + TEXT,
        "First line\r\n\r\n" + TEXT.replace(" ", "\u00a0") + "\r\rLast 👩‍👩‍👧 line\r\n" + TEXT,
        "عاجل " + TEXT,
    ],
    ids=["crlf", "astral", "mixed", "rtl"],
)
@pytest.mark.parametrize("bom", [False, True])
def test_offsets_are_true_to_the_file(dateline: Run, tmp_path: Path, text: str, bom: bool) -> None:
    path = write(tmp_path / "a.txt", ("\ufeff" if bom else "") + text)
    ran = dateline("code", path, "--format", "jsonl")
    assert ran.code == 0
    sound(lines(ran.out), text)


def test_offsets_are_true_where_chrome_was_removed(dateline: Run, tmp_path: Path) -> None:
    text = (
        "Russia attacks again\n\nby -710 Views\n\n" + TEXT + "\n" + QUIET + "\n"
        "Sumber: www.example.com\n\nNo More Posts Available.\n\nNo more pages to load.\n"
    )
    ran = dateline("code", write(tmp_path / "a.txt", text), "--format", "jsonl")
    records = lines(ran.out)
    sound(records, text)
    assert {r["document"]["origin"] for r in records} == {"example.com"}
    assert not any("Views" in r["sentence"]["text"] for r in records)


def test_one_bad_file_is_named_and_the_rest_goes_on(
    dateline: Run, tmp_path: Path, page: Path
) -> None:
    good = write(tmp_path / "z.txt", TEXT)
    ran = dateline("code", page, tmp_path / "missing.txt", good, "--format", "jsonl")
    assert ran.code == 1
    assert [r["document"]["id"] for r in lines(ran.out)] == ["page.txt"] * 2 + ["z.txt"] * 2
    assert ran.complaints == [
        f"dateline: {tmp_path / 'missing.txt'}: does not exist: check the path"
    ]


def test_the_rest_is_written_to_a_file_too(dateline: Run, tmp_path: Path, page: Path) -> None:
    out = tmp_path / "out.parquet"
    ran = dateline("code", page, tmp_path / "no.txt", "--format", "parquet", "-o", out)
    assert (ran.code, len(ran.complaints)) == (1, 1)
    assert pq.read_metadata(out).num_rows == 2


def test_an_article_that_fails_is_named_and_the_rest_goes_on(
    dateline: Run, tmp_path: Path, page: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dateline.coder import Coder

    whole = Coder._code

    def fails(self: Coder, article: Any) -> Any:
        if article.id == "bad.txt":
            raise RecursionError("too\ndeep")
        return whole(self, article)

    monkeypatch.setattr(Coder, "_code", fails)
    ran = dateline("code", write(tmp_path / "bad.txt", TEXT), page, "--format", "jsonl")
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert "bad.txt: cannot be coded (RecursionError: too deep)" in ran.err
    assert len(lines(ran.out)) == 2


def test_names_with_line_breaks_stay_on_one_line(dateline: Run, tmp_path: Path) -> None:
    ran = dateline("code", tmp_path / "a\nb\x1b[31m.txt")
    assert ran.code == 1
    assert len(ran.complaints) == 1
    assert "\x1b" not in ran.err


def test_a_text_without_events(dateline: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", QUIET)
    assert dateline("code", path, "--format", "jsonl") == (0, "", "")
    assert "no events found" in dateline("code", path).out
    assert dateline("code", path, "--format", "csv").out == ",".join(tables.COLUMNS) + "\n"


def test_nothing_is_written_where_nothing_can_be(dateline: Run, tmp_path: Path, page: Path) -> None:
    out = write(tmp_path / "out.jsonl", "old\n")
    ran = dateline("code", page, "--published", "nonsense", "--format", "jsonl", "-o", out)
    assert ran.code == 2
    assert out.read_text(encoding="utf-8") == "old\n"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["out.jsonl", "page.txt"]


# -- statements ------------------------------------------------------------------------------------


def test_statements(dateline: Run, page: Path) -> None:
    ran = dateline("statements", page, "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    (record,) = lines(ran.out)
    assert list(record) == ["document", "source", "cue", "content", "kind"]
    assert record["document"] == {"id": "page.txt"}
    assert record["source"]["text"] == "the Polish president"
    assert record["kind"] == "quote"
    for span in (record["source"], record["cue"], *record["content"]):
        assert TEXT[span["start"] : span["end"]] == span["text"]
    table = dateline("statements", page)
    assert "the Polish president" in table.out


def test_statements_of_a_bad_file(dateline: Run, page: Path, tmp_path: Path) -> None:
    ran = dateline("statements", tmp_path / "no.txt", page, "--format", "jsonl")
    assert (ran.code, len(ran.complaints), len(lines(ran.out))) == (1, 1, 1)


# -- classify --------------------------------------------------------------------------------------

MARKED = (
    "id\tmarked\n"
    "1\t<s>Russia</s> attacked <t>Ukraine</t>.\n"
    "2\tRussia attacked Ukraine.\n"
    "3\t<s>The envoy</s> met the king.\n"
    "4\n"
    "5\t<s>The sky</s> is as blue as <t>the sea</t>.\n"
)


def test_classify_keeps_rows_aligned(dateline: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", MARKED)
    ran = dateline("classify", path, "--format", "jsonl")
    records = lines(ran.out)
    assert ran.code == 1
    assert [r["type"] for r in records] == ["ASSAULT", None, "CONSULT", None, None]
    assert all(list(r) == ["type", "confidence", "scores"] for r in records)
    assert all(len(r["scores"]) == TYPES for r in records)
    assert [c.split(": ")[1] for c in ran.complaints] == [f"{path}:3", f"{path}:5"]
    assert "mark the actor as <s>" in ran.err


def test_classify_reads_stdin_and_shows_a_table(dateline: Run) -> None:
    data = "\ufeffmarked\r\n<s>Russia</s> attacked <t>Ukraine</t>.\r\n".encode()
    ran = dateline("classify", "-", stdin=data)
    assert (ran.code, ran.err) == (0, "")
    assert "ASSAULT" in ran.out


def test_classify_without_rows(dateline: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "marked\n")
    assert dateline("classify", path, "--format", "jsonl") == (0, "", "")


# -- resolve ---------------------------------------------------------------------------------------


def test_resolve_a_name(dateline: Run) -> None:
    ran = dateline("resolve", "Dmitri Medvedev", "--date", "2010-05-01", "--format", "jsonl")
    assert (ran.code, ran.err) == (0, "")
    assert lines(ran.out) == [
        {
            "name": "Dmitry Medvedev",
            "code": "RUS",
            "country": "RUS",
            "sector": "GOV",
            "role": "President",
        }
    ]
    assert "Medvedev" in dateline("resolve", "Dmitri Medvedev").out


def test_resolve_nobody(dateline: Run) -> None:
    ran = dateline("resolve", "qwrtz plmkj", "--format", "jsonl")
    assert ran.code == 0
    assert lines(ran.out) == [dict.fromkeys(["name", "code", "country", "sector", "role"])]


def test_resolve_a_file(dateline: Run, tmp_path: Path) -> None:
    path = write(
        tmp_path / "a.tsv",
        "name\tdate\nXi Jinping\t2022-01-01\nXi Jinping\tlast week\nRussia\n"
        "Russia\t2022-01-01T10:00:00Z\n",
    )
    ran = dateline("resolve", path, "--format", "jsonl", "--date", "2020-01-01")
    assert ran.code == 1
    assert [r["code"] for r in lines(ran.out)] == ["CHN", None, "RUS", "RUS"]
    assert ran.complaints == [f"dateline: {path}:3: 'last week' is no date: write YYYY-MM-DD"]


def test_resolve_reads_stdin(dateline: Run) -> None:
    ran = dateline("resolve", "-", "--format", "jsonl", stdin=b"name\nFrance\n")
    assert [r["code"] for r in lines(ran.out)] == ["FRA"]


# -- explain ---------------------------------------------------------------------------------------


def test_explain(dateline: Run, page: Path) -> None:
    ran = dateline("explain", page)
    assert (ran.code, ran.err) == (0, "")
    assert "[0] Russia attacked Ukraine on Monday." in ran.out
    assert "ASSAULT happened" in ran.out
    assert "predicate" in ran.out
    second = dateline("explain", page, "--sentence", "1")
    assert "[1]" in second.out
    assert "[0]" not in second.out


def test_explain_reads_stdin(dateline: Run) -> None:
    assert "[0] Russia" in dateline("explain", "-", stdin=TEXT.encode()).out


# -- what users get wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["code"], "Missing argument"),
        (
            ["code", "{page}", "--published", "21.12.2022"],
            "'21.12.2022' is no date: write YYYY-MM-DD",
        ),
        (["code", "{page}", "--published", "2022-02-30"], "write YYYY-MM-DD"),
        (["code", "{page}", "--format", "parquet"], "add --output FILE"),
        (["code", "{page}", "--format", "xml"], "--format"),
        (["code", "{page}", "--output", "{folder}/no/such/out"], "cannot be written"),
        (["code", "{page}", "--output", "{folder}"], "is a folder"),
        (["code", "{page}", "--register", "{folder}/no.csv"], "no.csv"),
        (["code", "{page}", "--colour"], "--colour"),
        (["statements", "{page}", "--published", "soon"], "write YYYY-MM-DD"),
        (["statements", "{page}", "--output", "{folder}"], "is a folder"),
        (["classify", "{page}"], "no column `marked`"),
        (["classify", "{folder}/no.tsv"], "No such file"),
        (["classify", "{folder}"], "Is a directory"),
        (["resolve", "{folder}/no.tsv"], "No such file"),
        (["resolve", "{page}"], "no column `name`"),
        (["resolve", "Xi", "--date", "2022"], "write YYYY-MM-DD"),
        (["resolve", "Xi", "--date", "2022-01-01x"], "write YYYY-MM-DD"),
        (["explain", "{page}", "--sentence", "99"], "has sentences 0 to 1"),
        (["explain", "{page}", "--sentence", "-1"], "has sentences 0 to 1"),
        (["explain", "{page}", "--sentence", "two"], "--sentence"),
        (["explain"], "Missing argument"),
        (["invent"], "invent"),
    ],
)
def test_a_mistake_is_one_line_and_exit_code_two(
    dateline: Run, tmp_path: Path, page: Path, arguments: list[str], why: str
) -> None:
    ran = dateline(*(a.format(page=page, folder=tmp_path) for a in arguments))
    assert ran.code == 2
    assert ran.out == ""
    assert len(ran.complaints) == 1, ran.err
    assert ran.err.startswith("dateline: ")
    assert why in ran.err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b" \n\n "),
        ("empty.jsonl", b""),
        ("list.json", b"[]"),
        ("cut.txt.gz", gzip.compress(TEXT.encode(), mtime=0)[:30]),
        ("no.warc", b""),
    ],
    ids=["empty", "blank", "no rows", "empty list", "cut gzip", "empty archive"],
)
def test_a_file_without_news_is_named(
    dateline: Run, tmp_path: Path, name: str, data: bytes
) -> None:
    path = write(tmp_path / name, data)
    ran = dateline("code", path, "--format", "jsonl")
    assert (ran.code, ran.out) == (1, "")
    assert len(ran.complaints) == 1
    assert ran.err.startswith(f"dateline: {path}: ")


def test_a_folder_without_files_is_named(dateline: Run, tmp_path: Path) -> None:
    ran = dateline("code", tmp_path)
    assert (ran.code, len(ran.complaints)) == (1, 1)


def test_version_and_no_verb(dateline: Run) -> None:
    from dateline import __version__

    assert dateline("--version") == (0, f"dateline {__version__}\n", "")
    ran = dateline()
    assert (ran.code, ran.out) == (2, "")
    assert all(verb in ran.err for verb in VERBS)


@pytest.mark.parametrize("verb", VERBS)
def test_help_shows_an_example_that_can_be_parsed(dateline: Run, verb: str) -> None:
    ran = dateline(verb, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert f"Example: dateline {verb} " in ran.out
    assert dateline(verb, "-h") == ran


# -- as a process ----------------------------------------------------------------------------------


def process(*arguments: object, **options: Any) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from dateline.cli import main; main()", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, check=False, **options)


@pytest.mark.parametrize(
    "arguments", [["code", "--help"], ["resolve", "Xi Jinping", "--format", "jsonl"]]
)
def test_what_needs_no_model_is_quick(arguments: list[str]) -> None:
    """In CPU time, so that a busy machine does not fail it."""

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    before = spent()
    ran = process(*arguments)
    assert ran.returncode == 0
    assert spent() - before < 2


def test_a_closed_pipe_ends_quietly(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "name\n" + "Xi Jinping\n" * 20_000)
    command = (
        f"{sys.executable} -c 'from dateline.cli import main; main()' resolve {path} --format jsonl"
    )
    ran = subprocess.run(
        ["sh", "-c", f"{command} | head -n 1"], capture_output=True, text=True, check=False
    )
    assert len(ran.stdout.splitlines()) == 1
    assert ran.stderr == ""


def test_records_are_utf8_in_any_locale(tmp_path: Path) -> None:
    path = write(tmp_path / "a.tsv", "name\nRecep Tayyip Erdoğan\nXi\n")
    latin = {**os.environ, "PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}
    ran = process("resolve", path, "--format", "jsonl", env=latin)
    assert ran.returncode == 0, ran.stderr
    assert len(ran.stdout.decode().splitlines()) == 2
    table = process("resolve", path, env={**latin, "PYTHONIOENCODING": "ascii"})
    assert table.returncode == 0, table.stderr


def test_verbose_logs_to_stderr(tmp_path: Path) -> None:
    ran = process("--verbose", "resolve", "Xi Jinping", "--format", "jsonl")
    assert ran.returncode == 0
    assert len(ran.stdout.splitlines()) == 1
