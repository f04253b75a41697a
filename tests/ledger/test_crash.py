"""Killed at any moment, the ledger is whole; what was said to be stored is there."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

from dateline.ledger import open_ledger

KILLS = 15
WRITER = """
import importlib.util, os, signal, sys, time
spec = importlib.util.spec_from_file_location("newsroom", sys.argv[1])
module = importlib.util.module_from_spec(spec)
spec.loader.exec_module(module)
from dateline.ledger import open_ledger

def write(promise):
    news = module.Newsroom()
    with open_ledger(sys.argv[2]) as ledger:
        for version, article in ledger.pending():
            coded = news.coded(article, news.mention(article))
            ledger.store_run(version, coded, coder="hand 1", at=news.now)
        number = ledger.counts().versions
        while True:
            number += 1
            article = news.article(number % 40, text=f"Text {number}.")
            mentions = [news.mention(article, actors=f"A{n}") for n in range(number % 7)]
            stored = ledger.store_article(article, seen=news.now)
            os.write(promise, f"{stored.version_id} ".encode())
            coded = news.coded(article, *mentions)
            ledger.store_run(stored.version_id, coded, coder="hand 1", at=news.now)

for delay in sys.stdin:
    read, promise = os.pipe()
    writer = os.fork()
    if writer == 0:
        write(promise)
    os.close(promise)
    first = os.read(read, 1)
    time.sleep(float(delay))
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    print((first + os.read(read, 10**6)).decode().split()[-1], flush=True)
"""


def test_killed_at_random_moments(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    chance = random.Random(3)
    promised = 0
    newsroom = Path(__file__).parent / "conftest.py"
    command = [sys.executable, "-c", WRITER, str(newsroom), str(path)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for _ in range(KILLS):
            nursery.stdin.write(f"{chance.random() * 0.3}\n")
            promised = max(promised, int(nursery.stdout.readline()))
            check(path, promised)
        nursery.stdin.close()
    assert promised > KILLS


def check(path: Path, promised: int) -> None:
    """All that was promised is there, and all of it fits together."""
    with sqlite3.connect(path) as connection:

        def rows(query: str) -> list[tuple[object, ...]]:
            return connection.execute(query).fetchall()

        assert rows("PRAGMA integrity_check") == [("ok",)]
        assert rows("PRAGMA foreign_key_check") == []
        # SQLite's own comparison with the table counts withdrawn events, which have no position and
        # stand in no index; so the index of events is compared with one that is made anew.
        rows("INSERT INTO articles_fts(articles_fts, rank) VALUES ('integrity-check', 1)")
        rows("INSERT INTO events_fts(events_fts, rank) VALUES ('integrity-check', 0)")
        assert indexed(connection, "main", "events_fts") == anew(connection)
        assert rows(f"SELECT max(id) >= {promised} FROM versions") == [(1,)]
        assert rows("SELECT count(*) = max(id) FROM versions") == [(1,)]
        assert not rows(
            "SELECT r.id FROM runs r LEFT JOIN mentions m ON m.run = r.id "
            "GROUP BY r.id HAVING count(m.id) != r.mentions"
        )
        assert not rows(
            "SELECT id FROM versions WHERE state = 'coded' AND id NOT IN (SELECT version FROM runs)"
        )
        assert not rows("SELECT id FROM mentions WHERE id NOT IN (SELECT mention FROM parties)")
        assert not rows(
            "SELECT e.id FROM events e LEFT JOIN mentions m ON m.event = e.id "
            "AND m.superseded_by IS NULL GROUP BY e.id "
            "HAVING count(m.id) != json_extract(e.record, '$.mention_count')"
        )
        assert not rows(
            "SELECT e.id FROM events e LEFT JOIN event_versions v ON v.event = e.id GROUP BY e.id "
            "HAVING count(*) != json_extract(e.record, '$.version')"
        )
        versions = rows("SELECT count(*) FROM event_versions")
        assert rows("SELECT count(*) FROM changes") == versions
    with open_ledger(path, read_only=True) as ledger:
        assert len(ledger.pending()) <= 1
        assert len(ledger.changes(0, limit=1000)) > 0 or ledger.counts().events == 0


def anew(connection: sqlite3.Connection) -> set[tuple[object, ...]]:
    """What an index of the sentences of all listed events holds."""
    connection.execute(
        "CREATE VIRTUAL TABLE temp.fresh USING fts5("
        "sentences, tokenize='porter unicode61 remove_diacritics 2')"
    )
    connection.execute(
        "INSERT INTO temp.fresh(rowid, sentences) "
        "SELECT position, sentences FROM events WHERE position IS NOT NULL"
    )
    return indexed(connection, "temp", "fresh")


def indexed(connection: sqlite3.Connection, schema: str, index: str) -> set[tuple[object, ...]]:
    """Each word of a full-text index with its row and place."""
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.{index}_words "
        f"USING fts5vocab('{schema}', '{index}', 'instance')"
    )
    query = f"SELECT term, doc, col, offset FROM temp.{index}_words"
    return set(connection.execute(query).fetchall())
