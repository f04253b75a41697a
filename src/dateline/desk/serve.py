"""Serving a ledger over HTTP."""

from __future__ import annotations

import contextlib
import errno
import ipaddress
import logging
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from dateline.desk.app import create_app
from dateline.errors import DatelineError
from dateline.ledger import open_ledger

if TYPE_CHECKING:
    import uvicorn
    from fastapi import FastAPI

log = logging.getLogger(__name__)


def serve(
    database: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8765,
    allow_remote: bool = False,
    title: str = "Dateline",
    say: Callable[[str], None] = log.info,
) -> None:
    """Serve the desk of a database until it is interrupted; `say` is told where, once it is up.

    Raises DatelineError for a database that is missing or is none, a port in use, and a host that
    other machines can reach without `allow_remote`.
    """
    listener = listen(host, port, allow_remote=allow_remote)
    try:
        with open_ledger(database, read_only=True) as ledger:
            app = create_app(ledger, title=title, allow_remote=allow_remote)
            say(f"{ledger.name} is served at {address(listener)}; Ctrl-C ends it")
            with contextlib.suppress(KeyboardInterrupt):
                server(app).run(sockets=[listener])
    finally:
        listener.close()


def listen(
    host: str = "127.0.0.1", port: int = 8765, *, allow_remote: bool = False
) -> socket.socket:
    """A socket that listens; port 0 takes any free one. Raises DatelineError as `serve` does."""
    if not allow_remote and not _loopback(host):
        raise DatelineError(
            f"{host}: other machines could reach the desk there, and it asks for no password; "
            "say --allow-remote if that is what you want"
        )
    if not 0 <= port <= 65535:
        raise DatelineError(f"port {port}: is none; choose one from 1024 to 65535")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(512)
    except OSError as error:
        listener.close()
        raise DatelineError(f"{host}:{port}: {_why(error)}") from error
    return listener


def _loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _why(error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return "another program uses this port; end it, or choose another with --port"
    if error.errno == errno.EACCES:
        return "this port needs special rights; choose one above 1023 with --port"
    return "this machine has no such address; choose another with --host"


def address(listener: socket.socket) -> str:
    """Where a browser finds what listens."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def server(app: FastAPI) -> uvicorn.Server:
    """A server for the desk; call its `run(sockets=[...])`, and set `should_exit` to end it."""
    import uvicorn

    class Server(uvicorn.Server):
        """Ends the open streams first: they would go on for ever."""

        async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
            app.state.desk.hub.close()
            await super().shutdown(sockets)

    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=2,
        limit_concurrency=2000,
        lifespan="off",
    )
    return Server(config)
