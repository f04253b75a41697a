"""Many threads and processes on one database."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from dateline.ledger import Ledger, open_ledger


def test_writers_and_readers_share_a_ledger(ledger: Ledger, news: Any) -> None:
    done = threading.Event()

    def write(start: int) -> None:
        for number in range(start, start + 10):
            article = news.article(number)
            mention = news.mention(article, actors=f"A{number % 3}")
            stored = ledger.store_article(article, seen=news.now)
            coded = news.coded(article, mention)
            ledger.store_run(stored.version_id, coded, coder="c", at=news.now)

    def read() -> int:
        last = 0
        while not done.is_set():
            changes = ledger.changes(last)
            assert [c.seq for c in changes] == list(range(last + 1, last + 1 + len(changes)))
            last = changes[-1].seq if changes else last
            for event in ledger.events(limit=5).items:
                found = ledger.event(event.id)
                assert found is not None
                assert found.event.mention_count == sum(m.current for m in found.mentions)
        return last

    with ThreadPoolExecutor(8) as pool:
        readers = [pool.submit(read) for _ in range(4)]
        writers = [pool.submit(write, 100 * n) for n in range(4)]
        for writer in writers:
            writer.result()
        done.set()
        for reader in readers:
            reader.result()
    assert ledger.counts().articles == 40
    assert ledger.last_change() == 40


def test_another_process_reads_while_this_one_writes(tmp_path: Path, news: Any) -> None:
    path = tmp_path / "events.db"
    reader = """
import sys
from dateline.ledger import open_ledger
with open_ledger(sys.argv[1], read_only=True) as ledger:
    print("ready", flush=True)
    while ledger.last_change() < 20:
        assert len(ledger.events(limit=100).items) <= 20
    print(ledger.counts().events)
"""
    with open_ledger(path) as ledger:
        command = [sys.executable, "-c", reader, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdout.readline() == "ready\n"
            for number in range(20):
                article = news.article(number)
                news.publish(ledger, article, news.mention(article, actors=f"A{number}"))
            assert process.stdout.read() == "20\n"
        assert process.returncode == 0


def test_two_processes_may_write(url: str, news: Any) -> None:
    with open_ledger(url) as one, open_ledger(url) as two, ThreadPoolExecutor(2) as pool:

        def write(ledger: Ledger, start: int) -> None:
            for number in range(start, start + 10):
                ledger.store_article(news.article(number), seen=news.now)

        for task in [pool.submit(write, one, 0), pool.submit(write, two, 100)]:
            task.result()
        assert one.counts().articles == 20
