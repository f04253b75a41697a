#!/usr/bin/env python3
"""From a report's appearance in a feed to an open desk: the whole chain in one process.

usage: benchmarks/live.py [--reports N]

The sample wire is served, watched (each feed every 2 s), coded, stored and streamed, as in
`dateline demo`. Reports are added one by one; measured is the time until an open stream of the
desk tells of an event of it, the wait for the next poll included.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import threading
import time
import tomllib
from pathlib import Path
from queue import Empty, Queue

import httpx

from dateline.desk import create_app
from dateline.desk.serve import address, listen, server
from dateline.ledger import open_ledger
from dateline.sample import reports
from dateline.sample.serve import SampleWire
from dateline.watch import watch
from dateline.wire.feeds.feedlist import parse_feeds

POLL_SECONDS = 2.0
PATIENCE = 20.0


def listened(url: str, told: Queue[float], stop: threading.Event) -> None:
    """Put the moment of every event that the stream tells into the queue."""
    with httpx.stream("GET", f"{url}/api/v1/stream", timeout=None, trust_env=False) as stream:
        for line in stream.iter_lines():
            if stop.is_set():
                return
            if (line.startswith("data:") and "event_id" in line) or line.startswith("id:"):
                told.put(time.monotonic())


def quiet(told: Queue[float], seconds: float) -> None:
    """Wait until the stream has told nothing for a while."""
    while True:
        try:
            told.get(timeout=seconds)
        except Empty:
            return


def main() -> None:
    """Run the chain and print how long each report took."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--reports", type=int, default=20, help="reports to add (default 20)")
    options = parser.parse_args()
    stop, told = threading.Event(), Queue[float]()
    past = 1 - (options.reports + 0.5) / len(reports())
    with tempfile.TemporaryDirectory() as folder, SampleWire(past=past) as wire:
        database = Path(folder) / "live.db"
        feeds = parse_feeds(tomllib.loads(wire.feeds_toml(interval=POLL_SECONDS)), "sample wire")
        open_ledger(database).close()
        watcher = threading.Thread(target=watch, args=(feeds, database), kwargs={"stop": stop})
        watcher.start()
        listener = listen(port=0)
        url = address(listener)
        with open_ledger(database, read_only=True) as ledger:
            site = server(create_app(ledger))
            threading.Thread(target=site.run, args=([listener],), daemon=True).start()
            time.sleep(1)
            threading.Thread(target=listened, args=(url, told, stop), daemon=True).start()
            print("coding what is there already", flush=True)
            quiet(told, 15.0)
            taken = list(filter(None, (one(wire, told) for _ in range(options.reports))))
            stop.set()
            watcher.join()
            site.should_exit = True
    result = {
        "reports": options.reports,
        "seen": len(taken),
        "poll_seconds": POLL_SECONDS,
        "median_seconds": round(statistics.median(taken), 2),
        "most_seconds": round(max(taken), 2),
    }
    print(json.dumps(result, indent=1))


def one(wire: SampleWire, told: Queue[float]) -> float | None:
    """Seconds from the appearance of one more report to the stream's first word of it."""
    wire.reveal(1)
    start = time.monotonic()
    try:
        seconds = told.get(timeout=PATIENCE) - start
    except Empty:
        return None
    quiet(told, 2.0)
    return seconds


if __name__ == "__main__":
    main()
