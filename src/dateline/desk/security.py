"""What every response carries, and which requests are let in at all."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""What this machine calls itself. Another name in a Host header is a sign of DNS rebinding."""
MAX_QUERY = 4096
"""Bytes of a query string."""

_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "content-security-policy": _POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Guard:
    """Middleware: checks the Host header and the length of the query, and sets the headers.

    `hosts` are the names that may be asked for, without ports; None admits any.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str] | None = LOOPBACK) -> None:
        self.app = app
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request pass, or answer it here."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("cache-control", "no-cache")
            await send(message)

        refusal = self._refusal(scope)
        await (refusal or self.app)(scope, receive, guarded)

    def _refusal(self, scope: Scope) -> PlainTextResponse | None:
        host = next((value for name, value in scope["headers"] if name == b"host"), b"")
        if self.hosts is not None and _name(host.decode("latin-1")) not in self.hosts:
            line = "This desk answers only to localhost; serve it with --allow-remote for others.\n"
            return PlainTextResponse(line, 400)
        if len(scope["query_string"]) > MAX_QUERY:
            line = f"The query is longer than {MAX_QUERY} bytes; ask for less at once.\n"
            return PlainTextResponse(line, 414)
        return None


def _name(host: str) -> str:
    """A Host header without its port."""
    name, _, port = host.lower().rpartition(":")
    has_port = port.isdigit() and (name.endswith("]") or ":" not in name)
    return name if has_port and name else host.lower()


def outward(url: str | None) -> str | None:
    """A link that may be followed out of the desk: http or https only, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme.lower() in {"http", "https"} and parts.hostname else None
