"""The records that pass between the rooms."""

from __future__ import annotations

import datetime as dt

import pytest
from pydantic import BaseModel, ValidationError

from dateline import records
from dateline.records import Article, Passage, Span


def test_records_are_frozen_and_know_their_fields() -> None:
    span = Span(text="a", start=0, end=1)
    with pytest.raises(ValidationError):
        span.text = "b"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Span(text="a", start=0, end=1, more=1)  # type: ignore[call-arg]


def test_every_record_is_a_record() -> None:
    models = [m for m in vars(records).values() if isinstance(m, type) and issubclass(m, BaseModel)]
    for model in models:
        if model not in {BaseModel, records.Record}:
            assert issubclass(model, records.Record), model
            assert model.__doc__, model


@pytest.mark.parametrize(
    "date", ["2022-12-21", "2022-12-21T09:30:00+03:00", "2022-12-21T09:30:00Z"]
)
def test_published_keeps_its_zone_and_gives_a_day(date: str) -> None:
    article = Article(id="a", text="", published=date)
    assert article.published == date
    assert article.date == dt.date(2022, 12, 21)
    assert article.document.published == "2022-12-21"


@pytest.mark.parametrize("date", ["", "yesterday", "2022-13-01", "21.12.2022"])
def test_what_is_no_date_is_refused(date: str) -> None:
    with pytest.raises(ValidationError):
        Article(id="a", text="", published=date)
    with pytest.raises(ValidationError):
        Passage(start=0, end=1, published=date)


def test_an_undated_article_has_no_day() -> None:
    article = Article(id="a", text="")
    assert article.date is None
    assert article.document.published is None
