"""From feeds to coded events in a real database."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dateline.errors import DatelineError
from dateline.ledger import open_ledger
from dateline.records import Article, Mention, Party, Sentence, Span
from dateline.sample import reports
from dateline.sample.serve import SampleWire
from dateline.watch import WatchEvent, watch

ROOT = Path(__file__).parents[1]


def cheap(article: Article) -> Article:
    """Codes one mention of each article."""
    span = Span(text=article.text[:5], start=0, end=5)
    party = Party(**span.model_dump(), name=article.publisher, code="AAA")
    mention = Mention(
        id=f"{article.id} {len(article.text)}",
        document=article.document,
        sentence=Sentence(index=0, start=0, end=len(article.text), text=article.text),
        trigger=span,
        type="CONSULT",
        mode=None,
        contexts=(),
        quad="verbal-cooperation",
        score=1.0,
        cameo=None,
        actors=(party,),
        recipients=(),
        status="happened",
        time=None,
        place=None,
        attribution=(),
        confidence=1.0,
        coder="cheap",
    )
    return article.model_copy(update={"mentions": (mention,)})


class Run:
    """A watch that goes on in a thread, and what it told."""

    def __init__(self, feeds: Path, database: Path, coder: Callable[[Article], Article]) -> None:
        self.events: list[WatchEvent] = []
        self.stop = threading.Event()
        self.error: BaseException | None = None
        self.given = (feeds, database, coder)
        self.thread = threading.Thread(target=self._run)

    def _run(self) -> None:
        feeds, database, coder = self.given
        try:
            watch(feeds, database, stop=self.stop, on_event=self.events.append, coder=coder)
        except BaseException as error:
            self.error = error

    def __enter__(self) -> Run:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        self.thread.join(timeout=3)
        assert not self.thread.is_alive()
        if self.error is not None:
            raise self.error

    def of(self, kind: str) -> list[WatchEvent]:
        return [event for event in list(self.events) if event.kind == kind]


def until(condition: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def feeds_of(wire: SampleWire, folder: Path, interval: float = 0.2) -> Path:
    path = folder / "FEEDS.toml"
    path.write_text(wire.feeds_toml(interval))
    return path


def test_once_stores_and_codes_all_there_is(tmp_path: Path) -> None:
    database = tmp_path / "events.db"
    with SampleWire(past=0.1) as wire:
        watch(feeds_of(wire, tmp_path), database, once=True, coder=cheap)
        with open_ledger(database) as ledger:
            count = len(wire.visible())
            counts = ledger.counts()
            assert (counts.articles, counts.versions, counts.mentions) == (count, count, count)
            assert (counts.pending, counts.failed) == (0, 0)
            feeds = ledger.feeds()
            assert {feed.status for feed in feeds} <= {"ok", "empty"}
            assert sum(feed.articles for feed in feeds) == count
        watch(feeds_of(wire, tmp_path), database, once=True, coder=cheap)
        with open_ledger(database) as ledger:
            assert ledger.counts() == counts


def test_a_report_that_appears_is_an_event_soon_after(tmp_path: Path) -> None:
    with (
        SampleWire(past=0.02) as wire,
        Run(feeds_of(wire, tmp_path), tmp_path / "events.db", cheap) as run,
    ):
        until(lambda: len(run.of("coded")) == len(wire.visible()))
        (report,) = wire.reveal()
        started = time.monotonic()
        until(lambda: len(run.of("coded")) == len(wire.visible()))
        assert time.monotonic() - started < 5
        event = run.of("coded")[-1]
        assert report.title in event.text
        (told,) = event.new + event.changed
        with open_ledger(tmp_path / "events.db", read_only=True) as ledger:
            detail = ledger.event(told)
        assert detail is not None
        assert report.title in {m.mention.document.title for m in detail.mentions}


def test_a_report_that_changes_is_coded_anew(tmp_path: Path) -> None:
    with (
        SampleWire(past=0.02) as wire,
        Run(feeds_of(wire, tmp_path), tmp_path / "events.db", cheap) as run,
    ):
        until(lambda: len(run.of("coded")) == len(wire.visible()))
        wire.revise(wire.visible()[0].slug, title="It was otherwise, ministers say")
        until(lambda: len(run.of("coded")) == len(wire.visible()) + 1)
        with open_ledger(tmp_path / "events.db", read_only=True) as ledger:
            counts = ledger.counts()
            assert counts.versions == counts.articles + 1
            assert counts.mentions == counts.articles
            article = run.of("article")[-1].article_id
            assert article is not None
            detail = ledger.article(article)
            assert detail is not None
            assert len(detail.versions) == 2


def test_what_the_coder_fails_on_is_noted_and_the_rest_goes_on(tmp_path: Path) -> None:
    def choosy(article: Article) -> Article:
        if "a" in (article.title or "")[:12]:
            raise RecursionError("too\ndeep")
        return cheap(article)

    events: list[WatchEvent] = []
    database = tmp_path / "events.db"
    with SampleWire(past=0.1) as wire:
        bad = [r for r in wire.visible() if "a" in r.title[:12]]
        assert 0 < len(bad) < len(wire.visible())
        feeds = feeds_of(wire, tmp_path)
        watch(feeds, database, once=True, coder=choosy, on_event=events.append)
        with open_ledger(database) as ledger:
            counts = ledger.counts()
    assert counts.failed == len(bad)
    assert counts.mentions == counts.articles - len(bad)
    failed = [event.text for event in events if event.kind == "failed"]
    assert any(text.endswith("cannot be coded (RecursionError: too deep)") for text in failed)


def test_a_start_takes_up_what_was_left(tmp_path: Path) -> None:
    """Stopped while the first article is being coded: all are coded after the next start."""
    begun = threading.Event()
    go_on = threading.Event()

    def slow(article: Article) -> Article:
        begun.set()
        go_on.wait(20)
        return cheap(article)

    database = tmp_path / "events.db"
    with SampleWire(past=0.05) as wire:
        feeds = feeds_of(wire, tmp_path)
        with Run(feeds, database, slow) as run:
            until(lambda: len(run.of("article")) == len(wire.visible()))
            assert begun.wait(5)
        go_on.set()
        with open_ledger(database) as ledger:
            assert ledger.counts().pending == len(wire.visible())
        watch(feeds, database, once=True, coder=cheap)
        with open_ledger(database) as ledger:
            assert ledger.counts().pending == 0
            assert ledger.counts().mentions == len(wire.visible())


def test_a_database_that_is_locked_for_a_while(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dateline.ledger.engine.BUSY_SECONDS", 0.1)
    monkeypatch.setattr("dateline.watch._RETRY_SECONDS", 0.1)
    monkeypatch.setattr("dateline.wire.feeds.limits.UNSTORED_SECONDS", 0.1)
    database = tmp_path / "events.db"
    with SampleWire(past=0.02) as wire:
        with Run(feeds_of(wire, tmp_path), database, cheap) as run:
            until(lambda: len(run.of("coded")) == len(wire.visible()))
            other = sqlite3.connect(database, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")
            wire.reveal(3)
            time.sleep(1.5)
            assert len(run.of("coded")) == len(wire.visible()) - 3
            other.execute("ROLLBACK")
            other.close()
            until(lambda: len(run.of("coded")) == len(wire.visible()))
        with open_ledger(database) as ledger:
            assert ledger.counts().articles == len(wire.visible())


def test_a_feed_file_or_database_that_cannot_be_used(tmp_path: Path) -> None:
    with pytest.raises(DatelineError, match=r"no\.toml: cannot be read"):
        watch(tmp_path / "no.toml", tmp_path / "events.db", once=True, coder=cheap)
    with SampleWire(past=0.02) as wire:
        feeds = feeds_of(wire, tmp_path)
        with pytest.raises(DatelineError, match="there is no folder"):
            watch(feeds, tmp_path / "no" / "events.db", once=True, coder=cheap)


def test_an_onlooker_that_fails_does_no_harm(tmp_path: Path) -> None:
    def fail(event: WatchEvent) -> None:
        raise ValueError("no room")

    database = tmp_path / "events.db"
    with SampleWire(past=0.02) as wire:
        watch(feeds_of(wire, tmp_path), database, once=True, coder=cheap, on_event=fail)
        with open_ledger(database) as ledger:
            assert ledger.counts().mentions == len(wire.visible())


def test_with_the_real_coder(tmp_path: Path) -> None:
    database = tmp_path / "events.db"
    with SampleWire(past=3 / len(reports())) as wire:
        watch(feeds_of(wire, tmp_path), database, once=True)
    with open_ledger(database) as ledger:
        assert ledger.counts().articles == 3
        assert ledger.counts().events > 3
        assert ledger.counts().statements > 0


def test_kill_9() -> None:
    given = ["--rounds", "3", "--reports", "30", "--cheap"]
    command = [sys.executable, str(ROOT / "benchmarks" / "kill.py"), *given]
    done = subprocess.run(command, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["articles"] == 30
