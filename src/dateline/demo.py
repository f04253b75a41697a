"""The demonstration: the sample wire served, watched, coded, stored and shown, in one process."""

from __future__ import annotations

import signal
import threading
import tomllib
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from dateline.ledger import open_ledger
from dateline.sample import reports
from dateline.sample.serve import SampleWire
from dateline.watch import WatchEvent, watch
from dateline.wire.feeds.feedlist import parse_feeds

PAST = 0.8
"""The share of the sample's reports that are there at once; the others come one by one."""


def demo(
    database: Path,
    *,
    port: int = 8765,
    wire_port: int = 8766,
    every: float = 10.0,
    say: Callable[[str], None] = print,
) -> None:
    """Run the demonstration until it is interrupted; a later run goes on from the database.

    `port` is the desk's, `wire_port` the sample wire's; a report is added to the wire every
    `every` seconds. Raises DatelineError for a port in use or a database that cannot be opened.
    """
    from dateline.desk import create_app
    from dateline.desk.serve import address, listen, server

    with open_ledger(database) as ledger:
        stored = ledger.counts().articles
    listener = listen(port=port)
    stop = threading.Event()
    trouble: list[Exception] = []
    try:
        past = max(PAST, min(stored / len(reports()), 1.0))
        with SampleWire(port=wire_port, past=past, every=every) as wire:
            feeds = parse_feeds(tomllib.loads(wire.feeds_toml(interval=2.0)), "the sample wire")
            with open_ledger(database, read_only=True) as ledger:
                site = server(create_app(ledger))

                def follow() -> None:
                    try:
                        watch(feeds, database, stop=stop, on_event=lambda event: _tell(event, say))
                    except Exception as error:
                        trouble.append(error)
                        site.should_exit = True

                watcher = threading.Thread(target=follow, name="dateline-watch")
                watcher.start()
                coming = "more will come" if past < 1 else "all its reports are in already"
                say(f"{len(feeds.feeds)} feeds of the sample wire are watched; {coming}")
                say(
                    f"events go to {database}"
                    + (f" ({stored} articles are there)" if stored else "")
                )
                say(f"open {address(listener)} in a browser; Ctrl-C ends everything")
                signal.signal(signal.SIGTERM, signal.default_int_handler)
                try:
                    with suppress(KeyboardInterrupt):  # the server passes the signal on
                        site.run(sockets=[listener])
                finally:
                    stop.set()
                    watcher.join()
    finally:
        listener.close()
    open_ledger(database).close()  # the last to close it writes back what stood beside it
    if trouble:
        raise trouble[0]
    say("ended; nothing is lost: the next run goes on from the database")


def _tell(event: WatchEvent, say: Callable[[str], None]) -> None:
    """One line for each report that was coded, and for whatever went wrong."""
    if event.kind in {"coded", "failed", "trouble"}:
        say(event.text)
