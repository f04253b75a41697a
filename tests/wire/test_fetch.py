from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from dateline.errors import DatelineError
from dateline.records import Article, Problem
from dateline.wire import read
from dateline.wire.fetch import fetch, is_public

SENTENCE = "The army of Norland left the town of Varna on Monday, its mayor said to the press. "
PAGE = f"<html><head><title>Army leaves</title></head><body><p>{SENTENCE * 4}</p></body></html>"
SEEN: dict[str, str] = {}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        SEEN.update({name.lower(): value for name, value in self.headers.items()})
        name = self.path.strip("/")
        if name == "page":
            self.answer(PAGE.encode(), "text/html; charset=utf-8")
        elif name == "text":
            self.answer(SENTENCE.encode(), "text/plain")
        elif name == "image":
            self.answer(b"\x89PNG", "image/png")
        elif name.startswith("hop"):
            left = int(name[3:])
            self.send_response(302)
            self.send_header("Location", f"/hop{left - 1}" if left > 1 else "/page")
            self.end_headers()
        elif name == "file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/hostname")
            self.end_headers()
        elif name == "large":
            self.answer(b"x" * 50_000, "text/html")
        elif name == "slow":
            self.send_response(200)
            self.end_headers()
            for _ in range(40):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.1)
        else:
            self.send_error(404)

    def answer(self, data: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def base() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_a_page_is_fetched_under_its_own_name(base: str) -> None:
    found = fetch(f"{base}/page", allow_private=True)
    assert (found.data.decode(), found.content_type, found.charset) == (PAGE, "text/html", "utf-8")
    assert SEEN["host"] == base.removeprefix("http://")
    assert SEEN["user-agent"].startswith("dateline/")


def test_redirects_are_followed_up_to_five(base: str) -> None:
    assert fetch(f"{base}/hop5", allow_private=True).url == f"{base}/page"
    with pytest.raises(DatelineError, match="redirects more than 5 times"):
        fetch(f"{base}/hop6", allow_private=True)


@pytest.mark.parametrize(
    ("path", "why"),
    [("missing", "answered 404"), ("file", "no http or https URL")],
)
def test_what_is_no_page(base: str, path: str, why: str) -> None:
    with pytest.raises(DatelineError, match=why):
        fetch(f"{base}/{path}", allow_private=True)


def test_size_and_time_are_bounded(base: str) -> None:
    with pytest.raises(DatelineError, match="is over"):
        fetch(f"{base}/large", allow_private=True, limit=10_000)
    start = time.monotonic()
    with pytest.raises(DatelineError, match="did not answer in full"):
        fetch(f"{base}/slow", allow_private=True, seconds=0.5)
    assert time.monotonic() - start < 3


def test_the_local_network_is_closed_unless_it_is_allowed(
    base: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATELINE_ALLOW_PRIVATE", raising=False)
    for url in (base, base.replace("localhost", "127.0.0.1"), "http://[::1]/", "http://0.0.0.0/"):
        with pytest.raises(DatelineError, match="local network"):
            fetch(f"{url}/page")
    monkeypatch.setenv("DATELINE_ALLOW_PRIVATE", "1")
    assert fetch(f"{base}/page").content_type == "text/html"


@pytest.mark.parametrize(
    "url", ["ftp://a.b/", "http://", "http://a b/", "http://[x/", "http://a:b/"]
)
def test_odd_urls_are_errors(url: str) -> None:
    with pytest.raises(DatelineError):
        fetch(url)


def test_a_closed_port_is_an_error() -> None:
    with pytest.raises(DatelineError, match="cannot be fetched"):
        fetch("http://127.0.0.1:9/", allow_private=True, seconds=2)


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.216.34", True),
        ("2606:4700::1111", True),
        ("127.0.0.1", False),
        ("10.0.0.1", False),
        ("169.254.169.254", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("0.0.0.0", False),
        ("::", False),
        ("fe80::1%eth0", False),
        ("fd00::1", False),
        ("::ffff:127.0.0.1", False),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("no address", False),
    ],
)
def test_is_public(address: str, public: bool) -> None:
    assert is_public(address) is public


def test_urls_are_read_as_articles(base: str) -> None:
    found = list(
        read([f"{base}/hop1", f"{base}/text", f"{base}/image", f"{base}/no"], allow_private=True)
    )
    page, text, *problems = found
    assert isinstance(page, Article)
    assert (page.id, page.url, page.title) == (f"{base}/hop1", f"{base}/page", "Army leaves")
    assert isinstance(text, Article)
    assert text.text == SENTENCE
    assert [type(item) for item in problems] == [Problem, Problem]
