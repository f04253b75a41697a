from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from dateline.desk.serve import address, listen, serve
from dateline.errors import DatelineError


def test_a_port_in_use_is_told_in_one_line(database: Path, writer: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(DatelineError, match=f"{port}: another program uses this port") as told:
            serve(database, port=port)
    assert "\n" not in str(told.value)


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "desk.example", ""])
def test_other_machines_are_let_in_by_an_explicit_word_only(host: str) -> None:
    with pytest.raises(DatelineError, match="--allow-remote"):
        listen(host, 0)


def test_an_address_that_this_machine_lacks_is_told() -> None:
    with pytest.raises(DatelineError, match="no such address"):
        listen("192.0.2.1", 0, allow_remote=True)
    with pytest.raises(DatelineError, match="port 70000"):
        listen(port=70000)


@pytest.mark.parametrize("content", [None, b"", b"This is no database, but a letter. " * 99])
def test_a_missing_or_wrong_database_is_told_in_one_line(
    tmp_path: Path, content: bytes | None
) -> None:
    path = tmp_path / "x.db"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(DatelineError, match=r"x\.db: ") as told:
        serve(path, port=0)
    assert "\n" not in str(told.value)


def test_a_port_is_free_again_after_a_failure(tmp_path: Path) -> None:
    with listen(port=0) as listener:
        port = listener.getsockname()[1]
    with pytest.raises(DatelineError, match=r"x\.db"):
        serve(tmp_path / "x.db", port=port)
    listen(port=port).close()


def test_a_served_desk_answers(serving: Callable[[], str]) -> None:
    with urlopen(f"{serving()}/about") as answer:
        assert answer.status == 200


def test_an_address_is_one_that_a_browser_takes() -> None:
    with listen(port=0) as listener:
        assert address(listener).startswith("http://127.0.0.1:")


def test_the_desk_starts_without_the_heavy_rooms() -> None:
    heavy = ("spacy", "altair", "vl_convert", "pyarrow", "dateline.coder", "dateline.actors")
    line = f"import sys, dateline.desk; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", line], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_serves_until_it_is_interrupted(database: Path, writer: Any) -> None:
    writer.report()
    with listen(port=0) as listener:
        port = listener.getsockname()[1]
    line = f"from dateline.desk import serve; serve({str(database)!r}, port={port})"
    running = subprocess.Popen([sys.executable, "-c", line], stderr=subprocess.PIPE, text=True)
    try:
        with _open(f"http://127.0.0.1:{port}/api/v1/stream?after=0") as stream:
            assert b"open" in stream.readline()
            running.send_signal(signal.SIGINT)
            _, told = running.communicate(timeout=20)
    finally:
        running.kill()
    assert "Traceback" not in told.replace("KeyboardInterrupt", "")
    assert running.returncode in {0, 1, -signal.SIGINT, 130}


def _open(url: str) -> Any:
    for _ in range(300):
        try:
            return urlopen(url, timeout=10)
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"nothing answers at {url}")
