#!/usr/bin/env python3
"""How fast the desk answers, how many streams it holds, and how soon news is on them.

usage: benchmarks/desk.py [--events N] [--clients N] [--streams N] [--pause SECONDS] [--seconds S]

Fills a database with generated events through the ledger, serves it in a process of its own, and
asks for pages as so many readers do, each with a pause after every page. Then the same without
pauses, which shows the most that the machine can serve. Then it opens streams, stores reports, and
measures how long each takes to arrive on every stream.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime as dt
import hashlib
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode

from dateline import ontology
from dateline.ledger import Ledger, open_ledger
from dateline.records import Article, Mention, Party, Place, Sentence, Span, Time

STATES = ("CHN", "RUS", "UKR", "USA", "IRN", "TWN", "JPN", "FRA", "DEU", "GBR", "IND", "TUR")
STATUSES = ("happened",) * 6 + ("alleged", "planned", "denied", "hypothetical")
FIRST = dt.date(2021, 1, 1)
AN_ARTICLE = 5
LIMIT_MS = 100


def main() -> None:
    """Fill, serve, measure, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--streams", type=int, default=200)
    parser.add_argument("--pause", type=float, default=1.0, help="seconds that a reader rests")
    parser.add_argument("--seconds", type=float, default=30.0, help="length of each load")
    parser.add_argument("--database", type=Path, help="keep the database here, or use it again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = options.database or Path(folder) / "desk.db"
        with open_ledger(path) as ledger:
            missing = options.events - ledger.counts().events
            started = time.perf_counter()
            fill(ledger, max(missing, 0))
            print(f"database: {ledger.counts().events} events, {path.stat().st_size >> 20} MiB, "
                  f"filled in {time.perf_counter() - started:.0f} s")  # fmt: skip
            pages = pages_of(ledger)
            with serving(path) as port:
                load(port, pages, options.clients, options.pause, options.seconds)
                load(port, pages, options.clients, 0.0, options.seconds)
                asyncio.run(streams(port, ledger, options.streams))


class serving:
    """A server of the database in a process of its own; gives its port."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __enter__(self) -> int:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port: int = free.getsockname()[1]
        line = f"from dateline.desk import serve; serve({str(self.path)!r}, port={port})"
        started = time.perf_counter()
        self.process = subprocess.Popen([sys.executable, "-c", line])
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                asyncio.run(get(port, "/about"))
                break
            except OSError:
                time.sleep(0.02)
        print(f"start: {time.perf_counter() - started:.2f} s until the first page")
        return port

    def __exit__(self, *_: object) -> None:
        with Path(f"/proc/{self.process.pid}/status").open() as file:
            peak = next(line.split()[1] for line in file if line.startswith("VmHWM"))
        print(f"memory of the server: {int(peak) >> 10} MiB at most")
        self.process.terminate()
        self.process.wait()


def fill(ledger: Ledger, number: int) -> None:
    """Store so many generated events, five an article."""
    chance = random.Random(7)
    at = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    for index in range(0, number, AN_ARTICLE):
        store(ledger, index, chance, at + dt.timedelta(seconds=index))


def store(ledger: Ledger, index: int, chance: random.Random, at: dt.datetime) -> None:
    """Store one generated article."""
    day = FIRST + dt.timedelta(days=index // AN_ARTICLE % 1500)
    lines, drawn = [], []
    for _ in range(AN_ARTICLE):
        actor, recipient = chance.sample(STATES, 2)
        type = chance.choice(ontology.types())
        drawn.append((actor, recipient, type))
        lines.append(
            f"Officials of {actor} dealt with {recipient} in the city on that day over matter "
            f"{chance.randrange(10**6)}, a spokesman said late in the evening."
        )
    outlet = f"outlet{chance.randrange(20)}.example"
    article = Article(
        id=f"a{index}", text="\n\n".join(lines), title=f"Generated report {index}",
        url=f"https://{outlet}/{index}", published=day.isoformat(), publisher=outlet, origin=outlet,
    )  # fmt: skip
    mentions, start = [], 0
    for number, (line, (actor, recipient, type)) in enumerate(zip(lines, drawn, strict=True)):
        event_day = (day - dt.timedelta(days=chance.randrange(9))).isoformat()
        status = chance.choice(STATUSES)
        mentions.append(
            mention(article, number, line, start, actor, recipient, type, event_day, status)
        )
        start += len(line) + 2
    stored = ledger.store_article(article, seen=at)
    coded = article.model_copy(update={"mentions": tuple(mentions)})
    ledger.store_run(stored.version_id, coded, coder="benchmark", at=at)


def mention(
    article: Article, number: int, line: str, start: int, actor: str, recipient: str, type: str,
    day: str, status: str,
) -> Mention:  # fmt: skip
    """A generated mention."""
    category = ontology.category(type)

    def span(words: str) -> dict[str, str | int]:
        at = start + line.index(words)
        return {"text": words, "start": at, "end": at + len(words)}

    def party(code: str) -> Party:
        return Party.model_validate(
            span(code) | {"name": code, "code": code, "country": code, "sector": "GOV"}
        )

    return Mention.model_validate(
        {
            "id": hashlib.sha256(f"{article.id}:{number}".encode()).hexdigest()[:16],
            "document": article.document,
            "sentence": Sentence(index=number, start=start, end=start + len(line), text=line),
            "trigger": Span.model_validate(span("dealt")),
            "type": type, "mode": None, "contexts": (), "quad": category.quad,
            "score": category.score, "cameo": category.cameo,
            "actors": (party(actor),), "recipients": (party(recipient),), "status": status,
            "time": Time(text="on that day", start=day, end=day, precision="day"),
            "place": Place(text="the city", name="the city", country=actor),
            "attribution": (), "confidence": 0.8, "coder": "benchmark",
        }
    )  # fmt: skip


def pages_of(ledger: Ledger) -> dict[str, list[str]]:
    """Addresses of every kind of page, many of each."""
    chance = random.Random(11)
    found = ledger.events(limit=500)
    events, articles = [event.id for event in found.items], ledger.articles(limit=500)
    pair = chance.sample(STATES, 2)
    return {
        "the wire": ["/"],
        "the wire, older": [f"/?before={found.next}"],
        "filtered": [
            "/?" + urlencode(query)
            for query in (
                {"party": "CHN"}, {"actor": "RUS", "type": "ASSAULT"}, {"status": "denied"},
                {"quad": "verbal-conflict", "since": "2023-01-01"}, {"dyad": "CHN,USA"},
                {"text": "spokesman"}, {"since": "2022-01-01", "until": "2022-02-01"},
                {"country": "UKR"}, {"origin": "outlet3.example"},
            )
        ],
        "an event": [f"/events/{id}" for id in chance.sample(events, 100)],
        "articles": ["/articles"],
        "an article": [f"/articles/{a.id}" for a in chance.sample(articles.items, 100)],
        "pairs": ["/dyads"],
        "a pair": [f"/dyads/{pair[0]}/{pair[1]}", "/dyads/CHN/USA?by=week"],
        "search": ["/search?q=spokesman", "/search?q=matter+evening", "/search?q=nothing"],
        "health": ["/health"],
        "events as JSON": ["/api/v1/events", "/api/v1/events?party=CHN"],
        "events as Atom": ["/events.atom"],
    }  # fmt: skip


def load(
    port: int, pages: dict[str, list[str]], clients: int, pause: float, seconds: float
) -> None:
    """Ask for pages as readers do; print the times by kind of page."""
    times: dict[str, list[float]] = {kind: [] for kind in pages}
    end = time.perf_counter() + seconds

    async def reader(number: int) -> None:
        chance = random.Random(number)
        await asyncio.sleep(chance.random() * pause)
        while time.perf_counter() < end:
            kind = chance.choice(list(pages))
            started = time.perf_counter()
            await get(port, chance.choice(pages[kind]))
            times[kind].append(1000 * (time.perf_counter() - started))
            await asyncio.sleep(pause * (0.5 + chance.random()))

    async def run() -> None:
        await asyncio.gather(*(reader(number) for number in range(clients)))

    asyncio.run(run())
    total = [value for values in times.values() for value in values]
    how = f"{pause:g} s between pages" if pause else "no pause (the most it can serve)"
    print(f"\n{clients} clients, {how}: {len(total) / seconds:.0f} pages a second, "
          f"machine load {os.getloadavg()[0]:.1f}")  # fmt: skip
    print(f"{'':18}{'pages':>7}{'median':>9}{'p95':>9}  ms")
    for kind, values in [*times.items(), ("all", total)]:
        high = percentile(values)
        mark = "" if high < LIMIT_MS else "  over 100"
        print(f"{kind:18}{len(values):7}{statistics.median(values):9.1f}{high:9.1f}{mark}")


def percentile(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))]


async def get(port: int, path: str) -> None:
    """Ask for a page and read it to its end."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    answer = await reader.read()
    writer.close()
    if not answer.startswith(b"HTTP/1.1 200"):
        raise OSError(f"{path}: {answer[:200]!r}")


async def streams(port: int, ledger: Ledger, number: int) -> None:
    """Hold streams open; measure from a report's storage to its arrival on each of them."""
    readers = [await asyncio.open_connection("127.0.0.1", port) for _ in range(number)]
    for _, writer in readers:
        writer.write(b"GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\n\r\n")
    for reader, _ in readers:
        await reader.readuntil(b": open")
    chance = random.Random(13)
    delays: list[float] = []
    started_at = time.time()  # so that a database that is used again gets new reports
    for index in range(10):
        await asyncio.to_thread(
            store,
            ledger,
            int(started_at) * 100 + index * AN_ARTICLE,
            chance,
            dt.datetime.now(dt.UTC),
        )
        started = time.perf_counter()
        for reader, _ in readers:
            await reader.readuntil(b"event: ")
            delays.append(time.perf_counter() - started)
        for reader, _ in readers:
            for _ in range(AN_ARTICLE - 1):
                await reader.readuntil(b"event: ")
    print(f"\n{number} streams held; from storage to a stream: median "
          f"{statistics.median(delays):.2f} s, p95 {percentile(delays):.2f} s, "
          f"most {max(delays):.2f} s")  # fmt: skip
    for _, writer in readers:
        writer.close()


if __name__ == "__main__":
    main()
