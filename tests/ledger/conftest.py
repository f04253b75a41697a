"""Ledgers to test with, on SQLite and PostgreSQL, and a small newsroom that fills them."""

from __future__ import annotations

import datetime as dt
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from dateline import ontology
from dateline.ledger import Ledger, RunResult, open_ledger
from dateline.records import Article, Mention, Party, Place, Sentence, Span, Statement, Status, Time

POSTGRES = "DATELINE_TEST_POSTGRES"
START = dt.datetime(2022, 12, 21, 12, tzinfo=dt.UTC)


class Newsroom:
    """Writes articles and codes them by hand. Its clock goes on a minute with each article."""

    def __init__(self) -> None:
        self.now = START

    def article(self, number: int | str = 1, text: str = "", **fields: object) -> Article:
        given = {
            "id": f"a{number}",
            "text": text or f"Aland met Borduria at the lake, report {number}.",
            "title": f"Talks {number}",
            "url": f"https://outlet.example/{number}",
            "published": "2022-12-21",
            "publisher": "outlet.example",
        }
        return Article.model_validate(given | fields)

    def mention(
        self,
        article: Article,
        actors: str = "ALA",
        recipients: str = "BOR",
        *,
        type: str = "ACCUSE",
        mode: str | None = None,
        status: Status = "happened",
        day: str | None = None,
        place: str | None = None,
        confidence: float = 0.8,
        sentence: str | None = None,
    ) -> Mention:
        category = ontology.category(type, mode)
        text = sentence or article.text
        key = f"{article.id}/{actors}>{recipients}/{type}/{status}/{day}/{sentence}"
        return Mention(
            id=uuid.uuid5(uuid.NAMESPACE_URL, key).hex[:16],
            document=article.document,
            sentence=Sentence(index=0, start=0, end=len(text), text=text),
            trigger=Span(text=text[:3], start=0, end=3),
            type=type,
            mode=mode,
            contexts=(),
            quad=category.quad,
            score=category.score,
            cameo=category.cameo,
            actors=self._parties(actors),
            recipients=self._parties(recipients),
            status=status,
            time=Time(text="then", start=day, end=day, precision="day") if day else None,
            place=Place(text=place, country=place) if place else None,
            attribution=(),
            confidence=confidence,
            coder="hand",
        )

    def _parties(self, written: str) -> tuple[Party, ...]:
        """ "ALA" is a code, "Mr. Alder=ALA" a name with one, "the crowd=" a name without."""
        found = []
        for part in filter(None, written.split(",")):
            name, given, code = part.partition("=")
            found.append(
                Party(text=name, start=0, end=len(name), name=name, code=code if given else name)
            )
        return tuple(p.model_copy(update={"code": p.code or None}) for p in found)

    def coded(self, article: Article, *mentions: Mention) -> Article:
        statement = Statement(
            document={"id": article.id},  # type: ignore[arg-type]
            source=Span(text="Aland", start=0, end=5),
            cue=None,
            content=(),
            kind="report",
        )
        return article.model_copy(update={"mentions": mentions, "statements": (statement,)})

    def publish(
        self,
        ledger: Ledger,
        article: Article,
        *mentions: Mention,
        coder: str = "hand 1",
        feed: str | None = None,
    ) -> RunResult:
        """Store an article and what was found in it."""
        self.now += dt.timedelta(minutes=1)
        stored = ledger.store_article(article, feed=feed, seen=self.now)
        coded = self.coded(article, *mentions)
        return ledger.store_run(stored.version_id, coded, coder=coder, at=self.now)


@pytest.fixture
def news() -> Newsroom:
    return Newsroom()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database of each kind."""
    if request.param == "sqlite":
        yield str(tmp_path / "events.db")
        return
    address = os.environ.get(POSTGRES)
    if not address:
        pytest.skip(f"{POSTGRES} is not set: no PostgreSQL to test with")
    schema = f"dateline_{uuid.uuid4().hex[:12]}"
    engine = sa.create_engine(address, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"CREATE SCHEMA {schema}"))
    yield f"{address}?options=-csearch_path%3D{schema}"
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP SCHEMA {schema} CASCADE"))
    engine.dispose()


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    with open_ledger(url) as opened:
        yield opened


@pytest.fixture
def sqlite_ledger(tmp_path: Path) -> Iterator[Ledger]:
    with open_ledger(tmp_path / "events.db") as opened:
        yield opened
