"""The sample wire as live feeds on loopback: most of its reports at once, the rest one by one.

with SampleWire(every=10) as wire:
    Path("feeds.toml").write_text(wire.feeds_toml())
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import unquote, urlsplit

from dateline.errors import DatelineError
from dateline.sample import Outlet, Report, outlets, render, reports

log = logging.getLogger(__name__)

_ROBOTS = "User-agent: *\nDisallow: /search\n"
_LINKS = 5
_IDLE_SECONDS = 15


@dataclass(frozen=True, slots=True)
class _Answer:
    """A body with its type and when it last changed."""

    body: bytes
    kind: str
    modified: dt.datetime

    @property
    def etag(self) -> str:
        return f'"{hashlib.sha256(self.body).hexdigest()[:16]}"'


class SampleWire:
    """A server of the sample wire: one port, a folder for each outlet.

    The share `past` of the reports is in the feeds from the moment `start` (by default now) on;
    the others appear one by one, one every `every` seconds, or when `reveal` is called. Their
    dates of publication stay what they are. `port` 0 takes any that is free.
    """

    def __init__(
        self,
        *,
        start: dt.datetime | None = None,
        past: float = 0.8,
        every: float | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        self._clock = clock
        self._start = start or clock()
        self._every = every
        self._reports = list(reports())
        self._past = round(len(self._reports) * min(max(past, 0.0), 1.0))
        self._revealed = 0
        self._changed: dict[str, dt.datetime] = {}
        self._outlets = {outlet.id: outlet for outlet in outlets()}
        self._server = _listen(host, port, self)
        self.url = f"http://{host}:{self._server.server_address[1]}"
        """Where it is served, without a slash at the end."""
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Stop serving and free the port."""
        if self._thread.is_alive():
            self._server.shutdown()
            self._thread.join(timeout=2)
        self._server.server_close()

    def feeds(self) -> list[tuple[Outlet, str]]:
        """Every outlet and the address of its feed."""
        return [(outlet, f"{self.url}/{outlet.id}/feed.xml") for outlet in self._outlets.values()]

    def feeds_toml(self, interval: float = 2.0) -> str:
        """The feeds as a FEEDS.toml, polled every `interval` seconds."""
        rows = ["# The sample wire of Dateline, served on this computer.\n"]
        for outlet, url in self.feeds():
            rows.append(
                f"[[feed]]\nname = {json.dumps(outlet.name)}\nurl = {json.dumps(url)}\n"
                f"publisher = {json.dumps(outlet.name)}\ninterval = {interval:g}\n"
                "allow_private = true\n"
            )
        return "\n".join(rows)

    def visible(self) -> list[Report]:
        """The reports that have appeared, in order of publication."""
        return self._reports[: self._count()]

    def reveal(self, count: int = 1) -> list[Report]:
        """Let the next reports appear now; gives them back."""
        before = self._count()
        self._revealed += count
        for report in self._reports[before : self._count()]:
            self._changed[report.slug] = self._clock()
        return self._reports[before : self._count()]

    def revise(self, slug: str, *, title: str | None = None, body: str | None = None) -> Report:
        """Change a report, as outlets do after publication."""
        index = next(i for i, report in enumerate(self._reports) if report.slug == slug)
        old = self._reports[index]
        new = replace(old, title=title or old.title, body=body or old.body)
        self._reports[index] = new
        self._changed[slug] = self._clock()
        return new

    def _count(self) -> int:
        passed = (self._clock() - self._start).total_seconds()
        steps = int(max(passed, 0.0) / self._every) if self._every else 0
        return min(self._past + self._revealed + steps, len(self._reports))

    def _appeared(self, index: int) -> dt.datetime:
        """When a report, by its place, came into the feeds or was last changed."""
        report = self._reports[index]
        if report.slug in self._changed:
            return self._changed[report.slug]
        late = index - self._past - self._revealed + 1
        if late <= 0 or not self._every:
            return self._start
        return self._start + dt.timedelta(seconds=late * self._every)

    def answer(self, path: str) -> _Answer | None:
        """What is at a path; None where there is nothing."""
        parts = unquote(urlsplit(path).path).strip("/").split("/")
        if parts == ["robots.txt"]:
            return _Answer(_ROBOTS.encode(), "text/plain; charset=utf-8", self._start)
        if parts == [""]:
            return _page(self._index(), self._start)
        outlet = self._outlets.get(parts[0])
        if outlet is None or len(parts) > 2:
            return None
        own = [
            (index, report)
            for index, report in enumerate(self.visible())
            if report.outlet == outlet.id
        ]
        base = f"{self.url}/{outlet.id}"
        latest = max((self._appeared(index) for index, _ in own), default=self._start)
        listed = [report for _, report in own]
        if len(parts) == 1:
            return _page(render.front(outlet, listed[::-1], base), latest)
        if parts[1] == "feed.xml":
            kind = "application/atom+xml" if outlet.feed == "atom" else "application/rss+xml"
            body = render.feed(outlet, listed, base).encode()
            return _Answer(body, f"{kind}; charset=utf-8", latest)
        for place, (index, report) in enumerate(own):
            if report.slug == parts[1]:
                others = listed[max(0, place - _LINKS) : place][::-1]
                return _page(render.page(outlet, report, base, others), self._appeared(index))
        return None

    def _index(self) -> str:
        rows = "".join(
            f'<li><a href="/{outlet.id}/">{outlet.name}</a> (<a href="/{outlet.id}/feed.xml">'
            f"{outlet.feed}</a>)</li>"
            for outlet in self._outlets.values()
        )
        return (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sample wire</title>'
            f"</head><body><h1>Sample wire</h1><ul>{rows}</ul></body></html>"
        )


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "dateline-sample-wire"
    sys_version = ""
    timeout = _IDLE_SECONDS
    wire: SampleWire

    def do_GET(self) -> None:
        self._respond(with_body=True)

    def do_HEAD(self) -> None:
        self._respond(with_body=False)

    def _respond(self, *, with_body: bool) -> None:
        found = self.wire.answer(self.path)
        if found is None:
            self._send(404, _page("<!doctype html><title>Not found</title>", None), with_body)
        elif self._is_known(found):
            self._send(304, found, with_body=False)
        else:
            self._send(200, found, with_body)

    def _is_known(self, found: _Answer) -> bool:
        """Whether the client has it already; its ETag goes before its date."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            known = [tag.strip().removeprefix("W/") for tag in tags.split(",")]
            return found.etag in known or "*" in known
        try:
            since = parsedate_to_datetime(self.headers.get("If-Modified-Since", ""))
        except (ValueError, TypeError, IndexError):
            return False
        return since.tzinfo is not None and found.modified.replace(microsecond=0) <= since

    def _send(self, status: int, found: _Answer, with_body: bool) -> None:
        self.send_response(status)
        if status != 404:
            self.send_header("ETag", found.etag)
            self.send_header(
                "Last-Modified", format_datetime(found.modified.astimezone(dt.UTC), usegmt=True)
            )
            self.send_header("Cache-Control", "no-cache")
        if status != 304:
            self.send_header("Content-Type", found.kind)
            self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if with_body:
            self.wfile.write(found.body)

    def log_message(self, format: str, *args: object) -> None:
        log.debug(format, *args)


def _page(html: str, modified: dt.datetime | None) -> _Answer:
    return _Answer(html.encode(), "text/html; charset=utf-8", modified or dt.datetime.now(dt.UTC))


def _listen(host: str, port: int, wire: SampleWire) -> ThreadingHTTPServer:
    handler = type("Handler", (_Handler,), {"wire": wire})
    try:
        server = _Server((host, port), handler)
    except OSError as error:
        raise DatelineError(
            f"port {port} on {host} cannot be used for the sample wire: {error.strerror}; "
            "choose another, or end the program that has it"
        ) from None
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, request: object, client_address: object) -> None:
        log.debug("the reader at %s went away", client_address)
