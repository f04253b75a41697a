"""A real server of feeds on loopback that answers as it is told, well or badly."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

Handler = BaseHTTPRequestHandler
Route = Callable[[Handler], None]


@dataclass
class Asked:
    path: str
    headers: dict[str, str]
    at: float
    until: float = 0.0


@dataclass
class Site:
    url: str
    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def put(
        self,
        path: str,
        body: str | bytes,
        kind: str | None = "text/html; charset=utf-8",
        status: int = 200,
        **headers: str,
    ) -> None:
        """Answer a path; an ETag given is compared with what the client has."""
        data = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def route(handler: Handler) -> None:
            known = named.get("ETag") is not None and (
                handler.headers.get("If-None-Match") == named["ETag"]
            )
            handler.send_response(304 if known else status)
            for name, value in named.items():
                handler.send_header(name, value)
            if kind is not None and not known:
                handler.send_header("Content-Type", kind)
            handler.send_header("Content-Length", "0" if known else str(len(data)))
            handler.end_headers()
            if not known:
                handler.wfile.write(data)

        self.routes[path] = route

    def feed(self, path: str, *items: str, **headers: str) -> None:
        self.put(path, rss(*items), "application/rss+xml", 200, **headers)

    def times(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)


def rss(*items: str) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Norland Times</title>'
        f"{''.join(items)}</channel></rss>"
    )


@pytest.fixture
def site() -> Iterator[Site]:
    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass

    class Answers(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.path, headers, time.monotonic())
            found.asked.append(asked)
            route = found.routes.get(self.path)
            with suppress(OSError):
                if route is None:
                    self.send_response(404)
                    self.send_header("Content-Length", "0")
                    self.end_headers()
                else:
                    route(self)
            asked.until = time.monotonic()

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = Server(("127.0.0.1", 0), Answers)
    port = int(server.server_address[1])
    found = Site(f"http://127.0.0.1:{port}", port)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield found
    found.closing.set()
    server.shutdown()
    server.server_close()
    thread.join(timeout=5)
