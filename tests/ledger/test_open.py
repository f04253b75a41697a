"""Opening databases, and those that cannot be opened: one clear line each."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from dateline.errors import DatelineError
from dateline.ledger import engine, open_ledger


def refused(address: str | Path, *, read_only: bool = False) -> str:
    with pytest.raises(DatelineError) as error:
        open_ledger(address, read_only=read_only).close()
    line = str(error.value)
    assert "\n" not in line
    return line


def test_a_new_file_is_made_and_opened_again(tmp_path: Path, news: Any) -> None:
    path = tmp_path / "events.db"
    with open_ledger(path) as ledger:
        article = news.article()
        news.publish(ledger, article, news.mention(article))
    with open_ledger(f"sqlite:///{path}") as ledger:
        assert ledger.counts().events == 1
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        found = connection.execute("PRAGMA application_id").fetchone()
        assert found == (engine.APPLICATION_ID,)


def test_an_empty_file_is_as_good_as_none(tmp_path: Path) -> None:
    (tmp_path / "events.db").touch()
    with open_ledger(tmp_path / "events.db") as ledger:
        assert ledger.counts().articles == 0


def test_odd_names_of_files(tmp_path: Path) -> None:
    path = tmp_path / "a b?c#d%41.db"
    open_ledger(path).close()
    assert path.exists()
    with open_ledger(path, read_only=True) as ledger:
        assert ledger.counts().articles == 0


def test_a_newer_version(url: str) -> None:
    with open_ledger(url) as ledger, engine.writing(ledger._engine, "it") as connection:
        connection.execute(sa.text("UPDATE dateline_version SET version_num = '9999'"))
    for read_only in (False, True):
        assert "made by a newer version of Dateline (9999)" in refused(url, read_only=read_only)


def test_not_a_database(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.write_text("Not a database, but long enough to look at. " * 100)
    before = path.read_bytes()
    for read_only in (False, True):
        assert "is not a Dateline database" in refused(path, read_only=read_only)
    assert path.read_bytes() == before


def test_the_database_of_another_program(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")
    before = path.read_bytes()
    for read_only in (False, True):
        assert "is the database of another program" in refused(path, read_only=read_only)
    assert path.read_bytes() == before


def test_folders(tmp_path: Path) -> None:
    assert "is a folder; name a database file in it" in refused(tmp_path)
    assert f"there is no folder {tmp_path}/none" in refused(tmp_path / "none" / "events.db")
    assert "there is no such database" in refused(tmp_path / "events.db", read_only=True)
    assert not (tmp_path / "events.db").exists()


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("", "needs a file"),
        (":memory:", "needs a file"),
        ("sqlite://", "needs a file"),
        ("mysql://root:secret@localhost/x", "mysql://root:***@localhost/x: only SQLite and"),
        ("postgresql://a:b@[::1/x", "is no database URL"),
        ("postgresql://u:secret@127.0.0.1:9/none", "the server cannot be used"),
    ],
)
def test_addresses(address: str, message: str) -> None:
    line = refused(address)
    assert message in line
    assert "secret" not in line


def test_locked_by_another_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, news: Any
) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.2)
    path = tmp_path / "events.db"
    with open_ledger(path) as ledger:
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(DatelineError, match="is locked by another program"):
            ledger.store_article(news.article(), seen=news.now)
        assert "is locked by another program" in refused(path)
        assert ledger.counts().articles == 0  # reading goes on
        with open_ledger(path, read_only=True) as reader:
            assert reader.counts().articles == 0
        other.execute("ROLLBACK")
        ledger.store_article(news.article(), seen=news.now)
        assert ledger.counts().articles == 1


def test_a_full_disk_stores_nothing_half(tmp_path: Path, news: Any) -> None:
    with open_ledger(tmp_path / "events.db") as ledger:
        article = news.article()
        news.publish(ledger, article, news.mention(article))
        before = ledger.counts()

        @sa.event.listens_for(ledger._engine, "begin")
        def _limit(connection: sa.Connection) -> None:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 3}")

        big = news.article(2, text="word " * 50_000)
        with pytest.raises(DatelineError, match="the disk is full; make room"):
            ledger.store_article(big, seen=news.now)
        assert ledger.counts() == before
        many = [news.mention(article, actors=f"{n}=", recipients=f"{n}=BOR") for n in range(200)]
        with pytest.raises(DatelineError, match="the disk is full; make room"):
            news.publish(ledger, article, *many, coder="hand 2")
        assert ledger.counts() == before


def test_a_damaged_file(tmp_path: Path, news: Any) -> None:
    path = tmp_path / "events.db"
    with open_ledger(path) as ledger:
        for number in range(30):
            article = news.article(number)
            news.publish(ledger, article, news.mention(article))
    data = bytearray(path.read_bytes())
    data[4096 : len(data) // 2] = os.urandom(len(data) // 2 - 4096)
    path.write_bytes(data)
    assert "is damaged" in refused(path)


def test_reading_only(url: str, news: Any) -> None:
    with open_ledger(url) as ledger:
        article = news.article()
        news.publish(ledger, article, news.mention(article))
        with open_ledger(url, read_only=True) as reader:
            assert reader.counts() == ledger.counts()
            with pytest.raises(DatelineError, match="was opened for reading only"):
                reader.store_article(news.article(2), seen=news.now)
            news.publish(ledger, news.article(3))
            assert reader.counts().articles == 2


def test_reading_only_what_is_empty_or_old(tmp_path: Path) -> None:
    path = tmp_path / "events.db"
    path.touch()
    assert "is empty; `dateline watch` fills it" in refused(path, read_only=True)


@pytest.fixture
def public() -> Iterator[Path]:
    """A folder that other users may enter."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


def as_nobody(path: Path, *, read_only: bool) -> str:
    """What opening a ledger says to a user without rights."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            if os.geteuid() == 0:
                os.setegid(65534)
                os.seteuid(65534)
            with open_ledger(path, read_only=read_only) as ledger:
                said = f"{ledger.counts().articles} articles"
        except BaseException as error:
            said = f"{type(error).__name__}: {error}"
        os.write(write, said.encode())
        os._exit(0)
    os.waitpid(child, 0)
    os.close(write)
    with os.fdopen(read) as answer:
        return answer.read()


def test_a_file_that_may_only_be_read(public: Path, news: Any) -> None:
    path = public / "events.db"
    with open_ledger(path) as ledger:
        ledger.store_article(news.article(), seen=news.now)
    path.chmod(0o444)
    public.chmod(0o555)
    said = as_nobody(path, read_only=False)
    assert said.startswith("DatelineError")
    assert "read-only" in said or "cannot be opened" in said
    assert as_nobody(path, read_only=True) == "1 articles"
    public.chmod(0o755)


def test_a_file_that_may_not_be_read(public: Path) -> None:
    path = public / "events.db"
    open_ledger(path).close()
    path.chmod(0)
    assert "cannot be opened; check" in as_nobody(path, read_only=False)
    assert "cannot be opened; check" in as_nobody(path, read_only=True)
