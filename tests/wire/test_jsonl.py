from __future__ import annotations

import datetime as dt
import io
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dateline.errors import DatelineError
from dateline.wire.given import Given
from dateline.wire.jsonl import read_item, read_row, rows, whole

GIVEN = Given("file.jsonl:7", dt.date(2024, 6, 1))
TEXT = "The army of Norland left the town of Varna on Monday.\r\n"


def test_every_field_is_used() -> None:
    row = {
        "id": 12,
        "text": TEXT,
        "title": "Army leaves\nVarna",
        "published": "2024-05-01T10:00:00+02:00",
        "url": "https://www.norland.no/a",
        "publisher": "Norland Times",
        "more": [1],
    }
    article = read_row(json.dumps(row).encode(), GIVEN).article
    assert article.text == TEXT
    assert (article.id, article.title) == ("12", "Army leaves Varna")
    assert article.published == "2024-05-01T10:00:00+02:00"
    assert (article.url, article.origin) == ("https://www.norland.no/a", "norland.no")
    assert article.publisher == "Norland Times"


def test_a_row_without_id_is_named_by_its_place() -> None:
    assert read_item({"text": TEXT}, GIVEN).article.id == "file.jsonl:7"


def test_fields_of_a_wrong_kind_are_told_and_left_out() -> None:
    reading = read_item({"text": TEXT, "title": 5, "url": ["x"], "published": 1714550400}, GIVEN)
    assert reading.article.title is None
    assert len(reading.complaints) == 3
    assert "'title' is a number" in reading.complaints[0]


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "is not JSON"),
        (b'{"text": "a"} x', "is not JSON"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[1]", "is not a JSON object"),
        (b'{"title": "x"}', "neither 'text' nor 'html'"),
        (b'{"text": 5}', "neither 'text' nor 'html'"),
        (b'{"text": ""}', "is empty"),
        (b'{"html": ""}', "is empty"),
        (None, "over 50 MB"),
    ],
)
def test_rows_that_cannot_be_read(line: bytes | None, why: str) -> None:
    with pytest.raises(DatelineError, match=why):
        read_row(line, GIVEN)


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    article = read_row(b'{"text": "abc \\ud800 def ghi."}', GIVEN).article
    assert article.text == "abc \ufffd def ghi."


def test_rows_are_numbered_and_blank_ones_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dateline.wire.settings.MAX_FILE", 10)
    found = list(rows(io.BytesIO(b"one\n\n" + b"x" * 35 + b"\nfour\n  \nsix")))
    assert found == [(1, b"one\n"), (3, None), (4, b"four\n"), (6, b"six")]


def test_whole() -> None:
    assert whole(b'[{"a": 1}]') == [{"a": 1}]
    assert whole(b'{\n"a": 1}') == [{"a": 1}]
    assert whole(b'{"a": 1}\n{"a": 2}') is None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(
    st.dictionaries(
        st.sampled_from(["id", "text", "html", "title", "published", "url", "publisher"]), JSON
    )
)
@settings(deadline=None)
def test_any_row_is_an_article_or_an_error(row: dict[str, object]) -> None:
    try:
        reading = read_row(json.dumps(row).encode(), GIVEN)
    except DatelineError:
        return
    assert reading.article.text
