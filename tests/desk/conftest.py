"""A ledger filled through its own interface with invented reports, and the desk over it."""

from __future__ import annotations

import datetime as dt
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from dateline import ontology
from dateline.desk import create_app
from dateline.desk.serve import address, listen, server
from dateline.ledger import Ledger, open_ledger
from dateline.records import (
    Article,
    Attribution,
    Mention,
    Party,
    Place,
    Sentence,
    Source,
    Span,
    Time,
)

CODER = "dateline test"
NOON = dt.datetime(2022, 12, 21, 12, tzinfo=dt.UTC)
PLACES = {"CHN": "China", "RUS": "Russia", "UKR": "Ukraine", "USA": "the United States"}


class Writer:
    """Writes invented articles of one sentence each, codes them by hand and stores them."""

    noon = NOON

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.number = 0

    def article(self, text: str, **fields: Any) -> Article:
        self.number += 1
        number = self.number
        given = {
            "id": f"report-{number}",
            "text": text,
            "title": f"Report {number}",
            "url": f"https://kabar.example/{number}",
            "published": "2022-12-21",
            "publisher": "Kabar Daily",
            "origin": "kabar.example",
        }
        return Article(**(given | fields))

    def mention(
        self,
        article: Article,
        *,
        actor: str = "CHN",
        recipient: str | None = "RUS",
        trigger: str = "met",
        type: str = "CONSULT",
        mode: str | None = "visit",
        status: str = "happened",
        words: dict[str, str] | None = None,
        source: str | None = None,
        day: str | None = "2022-12-20",
        place: str | None = None,
        **fields: Any,
    ) -> Mention:
        named = PLACES | (words or {})
        category = ontology.category(type, mode)
        text = article.text

        def span(of: str) -> dict[str, Any]:
            start = text.index(of)
            return {"text": of, "start": start, "end": start + len(of)}

        def party(code: str) -> Party:
            country = code if code in PLACES else None
            known = code if code.isupper() and len(code) < 5 else None
            written = named.get(code, code)
            return Party(**span(written), name=written, code=known, country=country, sector="GOV")

        key = f"{article.id}|{trigger}|{type}|{actor}|{recipient}"
        given: dict[str, Any] = {
            "id": hashlib.sha256(key.encode()).hexdigest()[:16],
            "document": article.document,
            "sentence": Sentence(index=0, start=0, end=len(text), text=text),
            "trigger": Span(**span(trigger)),
            "type": type,
            "mode": mode,
            "contexts": ("diplomatic",),
            "quad": category.quad,
            "score": category.score,
            "cameo": category.cameo,
            "actors": (party(actor),),
            "recipients": (party(recipient),) if recipient else (),
            "status": status,
            "time": Time(text="on Tuesday", start=day, end=day, precision="day") if day else None,
            "place": Place(text=place, name=place, country="CHN") if place else None,
            "attribution": (
                Attribution(source=Source(**span(source), code=None), cue=None, kind="report"),
            )
            if source
            else (),
            "confidence": 0.9,
            "coder": CODER,
        }
        return Mention(**(given | fields))

    def store(self, article: Article, *mentions: Mention, at: dt.datetime = NOON) -> None:
        stored = self.ledger.store_article(article, seen=at)
        coded = article.model_copy(update={"mentions": mentions})
        self.ledger.store_run(stored.version_id, coded, coder=CODER, at=at)

    def report(
        self,
        text: str = "China met Russia in Beijing on Tuesday, a spokesman said.",
        *,
        fields: dict[str, Any] | None = None,
        **mention: Any,
    ) -> str:
        """Store an article with one event; returns the event's id."""
        article = self.article(text, **(fields or {}))
        self.store(article, self.mention(article, **mention))
        return self.ledger.events(limit=1).items[0].id

    def days(self, number: int) -> None:
        """Store so many events, each on a day of its own."""
        first = dt.date(2022, 1, 1)
        for index in range(number):
            day = (first + dt.timedelta(days=index)).isoformat()
            self.report(day=day, fields={"published": day})


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "events.db"


@pytest.fixture
def writer(database: Path) -> Iterator[Writer]:
    with open_ledger(database) as ledger:
        yield Writer(ledger)


@pytest.fixture
def app(writer: Writer, database: Path) -> Iterator[FastAPI]:
    with open_ledger(database, read_only=True) as ledger:
        yield create_app(ledger)


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, base_url="http://localhost", raise_server_exceptions=True)


@pytest.fixture
def serving(app: FastAPI) -> Iterator[Callable[[], str]]:
    """Starts a real server on a free port; returns its address."""
    running = []

    def start() -> str:
        listener = listen(port=0)
        runs = server(app)
        thread = threading.Thread(target=runs.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        while not runs.started:
            time.sleep(0.01)
        running.append((runs, thread, listener))
        return address(listener)

    yield start
    for runs, thread, listener in running:
        runs.should_exit = True
        thread.join(10)
        listener.close()
