"""Mentions as flat rows, and the tab-separated files that users hand in."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from dateline import tables
from dateline.errors import DatelineError
from dateline.records import Article, Mention, Problem

TEXT = (
    "France and Germany accused Russia of “war crimes”, Reuters said on Monday.\n\n"
    "Emmanuel Macron met Olaf Scholz in Paris; it rained."
)


@pytest.fixture(scope="module")
def article(code: Callable[[str], Article]) -> Article:
    found = code(TEXT)
    assert len(found.mentions) >= 2
    return found


def test_a_row_has_the_columns_in_order(article: Article) -> None:
    for mention in article.mentions:
        assert tuple(tables.row(mention)) == tables.COLUMNS


def test_a_row_says_what_the_record_says(article: Article) -> None:
    mention = next(m for m in article.mentions if m.type == "ACCUSE")
    row = tables.row(mention)
    assert row["actor_code"] == "FRA; DEU"
    assert row["actor_text"] == "France; Germany"
    assert row["actor_role"] is None
    assert row["recipient_code"] == "RUS"
    assert row["sources"] == "Reuters"
    assert (row["time_start"], row["time_precision"]) == ("2022-12-19", "day")
    assert (row["type"], row["quad"], row["score"]) == ("ACCUSE", mention.quad, mention.score)
    assert row["sentence"] == mention.sentence.text


def test_csv_is_read_back_as_it_was(article: Article) -> None:
    file = io.StringIO()
    tables.write_csv(article.mentions, file)
    found = list(csv.DictReader(io.StringIO(file.getvalue())))
    assert [row["id"] for row in found] == [m.id for m in article.mentions]
    for row, mention in zip(found, article.mentions, strict=True):
        flat = tables.row(mention)
        assert row == {k: "" if v is None else str(v) for k, v in flat.items()}


@pytest.mark.parametrize("count", [0, 1, 2])
def test_parquet_is_read_back_as_it_was(article: Article, tmp_path: Path, count: int) -> None:
    path = tmp_path / "a.parquet"
    tables.write_parquet(article.mentions[:count], path)
    table = pq.read_table(path)
    assert tuple(table.column_names) == tables.COLUMNS
    assert table.to_pylist() == [tables.row(m) for m in article.mentions[:count]]
    assert str(table.schema.field("sentence_start").type) == "int64"
    assert str(table.schema.field("place_lat").type) == "double"


def test_parquet_is_written_a_batch_at_a_time(article: Article, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    tables.write_parquet((m for m in article.mentions[:1] * 20_001), path)
    assert pq.read_metadata(path).num_rows == 20_001
    assert pq.read_metadata(path).num_row_groups == 3


def test_a_dataframe_has_the_same_columns_and_types(article: Article) -> None:
    frame = tables.to_dataframe([article, article])
    assert tuple(frame.columns) == tables.COLUMNS
    assert len(frame) == 2 * len(article.mentions)
    empty = tables.to_dataframe([])
    assert tuple(empty.columns) == tables.COLUMNS
    assert list(empty.dtypes) == list(frame.dtypes)


def test_no_pandas_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(DatelineError, match="pip install"):
        tables.to_dataframe([])


def test_every_field_of_a_mention_is_in_the_row() -> None:
    flat = {
        "document",
        "sentence",
        "trigger",
        "actors",
        "recipients",
        "time",
        "place",
        "attribution",
    }
    assert set(Mention.model_fields) - flat <= set(tables.COLUMNS)


# -- what users hand in ----------------------------------------------------------------------------


def read(
    path: Path, needed: str = "name"
) -> tuple[list[tuple[str, dict[str, str]]], list[Problem]]:
    problems: list[Problem] = []
    return list(tables.read_tsv(path, needed, problems.append)), problems


@pytest.mark.parametrize(
    ("data", "wanted"),
    [
        (b"name\tdate\nXi\t2022-01-01\n", [("2", "Xi", "2022-01-01")]),
        (b"date\tname\r\n2022-01-01\tXi\r\n", [("2", "Xi", "2022-01-01")]),
        (b"\xef\xbb\xbfname\tdate\nXi\t\n", [("2", "Xi", "")]),
        (b"name\tdate\nXi\n\nLi\tx\n", [("2", "Xi", ""), ("4", "Li", "x")]),
        ('name\tdate\n"習 ""近"" 平 🇨🇳"\t1\n'.encode(), [("2", '習 "近" 平 🇨🇳', "1")]),
        (b"name\tdate\n", []),
    ],
)
def test_rows_by_column_and_line(
    tmp_path: Path, data: bytes, wanted: list[tuple[str, str, str]]
) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(data)
    found, problems = read(path)
    assert [(w.rpartition(":")[2], r["name"], r["date"]) for w, r in found] == wanted
    assert not problems


def test_an_open_quotation_mark_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    path.write_text('name\tdate\n"Xi\t1\nLi\t2\n', encoding="utf-8")
    found, (problem,) = read(path)
    assert len(found) == 1
    assert "lines 2 to 3" in problem.why


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "no column `name`"),
        (b"title\nXi\n", "no column `name`"),
        (b"name\n\xff\xfe\n", "UTF-8"),
        (b"name\n" + b"x" * 150_000_000, "tab-separated"),
    ],
    ids=["empty", "column", "encoding", "huge"],
)
def test_bad_files_are_errors_that_name_the_file(tmp_path: Path, data: bytes, why: str) -> None:
    path = tmp_path / "a.tsv"
    path.write_bytes(data)
    with pytest.raises(DatelineError, match=why) as error:
        read(path)
    assert str(error.value).startswith(str(path))
    assert "\n" not in str(error.value)


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match="No such file"):
        read(tmp_path / "no.tsv")
