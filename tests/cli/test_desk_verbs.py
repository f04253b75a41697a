"""watch, serve, demo, export, and explain from a database, as a shell runs them."""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pyarrow.parquet as pq
import pytest

from dateline.sample.serve import SampleWire

Run = Callable[..., Any]
COMMAND = [sys.executable, "-c", "from dateline.cli import main; main()"]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def started(*arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database that `dateline watch --once` filled from three outlets of the sample wire."""
    folder = tmp_path_factory.mktemp("watch")
    feeds, path = folder / "feeds.toml", folder / "events.db"
    with SampleWire(past=0.08) as wire:
        feeds.write_text(wire.feeds_toml(), encoding="utf-8")
        done = subprocess.run(
            [*COMMAND, "watch", str(feeds), "--database", str(path), "--once"],
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )
    assert done.returncode == 0, done.stderr
    assert "mentions" in done.stderr
    assert not done.stdout
    return path


def test_export_writes_the_mentions_in_every_format(
    dateline: Run, database: Path, tmp_path: Path
) -> None:
    lines = dateline("export", "--database", database)
    assert lines.code == 0, lines.err
    mentions = [json.loads(line) for line in lines.out.splitlines()]
    assert len(mentions) > 10
    table = dateline("export", "-d", database, "--format", "csv").out
    assert len(list(csv.DictReader(io.StringIO(table)))) == len(mentions)
    parquet = tmp_path / "events.parquet"
    dateline("export", "-d", database, "--format", "parquet", "--output", parquet)
    assert pq.read_table(parquet).num_rows == len(mentions)


def test_export_takes_the_filters_of_the_desk(dateline: Run, database: Path) -> None:
    every = [json.loads(line) for line in dateline("export", "-d", database).out.splitlines()]
    kind = every[0]["type"]
    some = dateline("export", "-d", database, "--type", kind).out.splitlines()
    wanted = {m["id"] for m in every if m["type"] == kind}
    assert {json.loads(line)["id"] for line in some} == wanted
    assert dateline("export", "-d", database, "--until", "1990-01-01").out == ""


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("--type", "NONSENSE"), "no event type"),
        (("--since", "soon"), "no date"),
        (("--format", "parquet"), "add --output"),
    ],
)
def test_a_wrong_option_is_one_clear_line(
    dateline: Run, database: Path, arguments: tuple[str, ...], complaint: str
) -> None:
    ran = dateline("export", "-d", database, *arguments)
    assert ran.code == 2
    assert len(ran.complaints) == 1
    assert complaint in ran.err


def test_a_database_that_is_not_there(dateline: Run, tmp_path: Path) -> None:
    for verb in ("export", "serve"):
        ran = dateline(verb, "--database", tmp_path / "none.db")
        assert ran.code == 2
        assert "none.db: there is no such database" in ran.err


def test_explain_takes_a_mention_of_the_database(dateline: Run, database: Path) -> None:
    mention = json.loads(dateline("export", "-d", database).out.splitlines()[0])
    ran = dateline("explain", mention["id"], "--database", database)
    assert ran.code == 0, ran.err
    assert mention["trigger"]["text"] in ran.out
    assert "evidence" in ran.out
    unknown = dateline("explain", "0" * 16, "--database", database)
    assert unknown.code == 2
    assert "no mention" in unknown.err


def test_serve_answers_and_ends_on_a_signal(database: Path) -> None:
    port = free_port()
    process = started("serve", "--database", database, "--port", port)
    try:
        assert process.stderr is not None
        line = process.stderr.readline()
        assert f"http://127.0.0.1:{port}" in line
        page = _answer(f"http://127.0.0.1:{port}/")
        assert "Dateline" in page.text
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(15) in {0, 130}


def test_serve_names_a_port_in_use_and_a_host_that_others_reach(
    dateline: Run, database: Path
) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        ran = dateline("serve", "-d", database, "--port", taken.getsockname()[1])
        assert ran.code == 2
        assert "--port" in ran.err
    ran = dateline("serve", "-d", database, "--host", "0.0.0.0")
    assert ran.code == 2
    assert "--allow-remote" in ran.err


def test_demo_shows_events_ends_cleanly_and_goes_on(tmp_path: Path) -> None:
    path, port = tmp_path / "demo.db", free_port()
    counts = []
    for _ in range(2):
        process = started(
            "demo", "--database", path, "--port", port, "--wire-port", free_port(), "--every", "2"
        )
        try:
            _until_events(f"http://127.0.0.1:{port}/api/v1/events?limit=1")
        finally:
            process.send_signal(signal.SIGTERM)
            _, said = process.communicate(timeout=30)
        assert process.returncode == 0, said
        assert "nothing is lost" in said
        with sqlite3.connect(path) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            counts.append(connection.execute("SELECT count(*) FROM mentions").fetchone()[0])
    assert counts[0] > 0
    assert counts[1] >= counts[0]


def _until_events(url: str, seconds: float = 90) -> None:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _answer(url).json()["items"]:
            return
        time.sleep(0.5)
    pytest.fail(f"no event after {seconds} s")


def _answer(url: str, seconds: float = 60) -> httpx.Response:
    deadline = time.monotonic() + seconds
    while True:
        try:
            return httpx.get(url, trust_env=False)
        except httpx.TransportError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


@pytest.mark.parametrize("verb", ["times", "places"])
def test_times_and_places_list_what_a_text_names(dateline: Run, tmp_path: Path, verb: str) -> None:
    text = "Envoys met in Geneva on Wednesday and will meet in Cairo in May."
    file = tmp_path / "envoys.txt"
    file.write_text(text, encoding="utf-8")
    ran = dateline(verb, file, "--published", "2022-12-21", "--format", "jsonl")
    assert ran.code == 0, ran.err
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert len(rows) == 2
    for row in rows:
        assert row["document"] == {"id": "envoys.txt"}
        assert text[row["start"] : row["end"]] == row["text"]
    if verb == "times":
        assert [row["first"] for row in rows] == ["2022-12-21", "2023-05-01"]
    else:
        assert [row["country"] for row in rows] == ["CHE", "EGY"]
    table = dateline(verb, file)
    assert re.search(r"Geneva|Wednesday", table.out)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_is_one_clear_line(database: Path) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "export", "--database", str(database)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_watch_once_tells_by_its_code_that_a_feed_failed(tmp_path: Path) -> None:
    feeds = tmp_path / "feeds.toml"
    feeds.write_text(
        f'[[feed]]\nname = "Gone"\nurl = "http://127.0.0.1:{free_port()}/feed"\n'
        "allow_private = true\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [*COMMAND, "watch", str(feeds), "--database", str(tmp_path / "e.db"), "--once"],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 1
    assert done.stderr.count("Gone") == 1
