"""Kill -9 of `watch` at random moments: nothing may be lost, stored twice or half stored.

python benchmarks/kill.py [--rounds 50] [--seed 1] [--reports 129] [--cheap]

A sample wire is served, and a process that watches it is killed again and again at a random moment
between its start and some seconds later, while reports appear and others change. Then it runs to
its end, and the database is compared with that of a run that nobody disturbed. `--cheap` codes
with a stand-in that costs nothing. Prints the figures as JSON; exits with 1 where one is wrong.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import dateline
from dateline import sample
from dateline.sample.serve import SampleWire

CHILD = """
import sys
from dateline.watch import watch
from dateline.records import Mention, Sentence, Span

def cheap(article):
    sentence = Sentence(index=0, start=0, end=len(article.text), text=article.text)
    trigger = Span(text=article.text[:1], start=0, end=1)
    mention = Mention(
        id=f"{article.id}-{len(article.text)}", document=article.document, sentence=sentence,
        trigger=trigger, type="CONSULT", mode=None, contexts=(), quad="verbal-cooperation",
        score=1.0, cameo=None, actors=(), recipients=(), status="happened", time=None, place=None,
        attribution=(), confidence=1.0, coder="cheap",
    )
    return article.model_copy(update={"mentions": (mention,)})

feeds, database, coder, once = sys.argv[1:]
print("ready", flush=True)
watch(feeds, database, once=once == "once", coder=cheap if coder == "cheap" else None)
"""


def child(feeds: Path, database: Path, coder: str, once: bool) -> subprocess.Popen[str]:
    """A process that watches; it has said that it is ready."""
    paths = [str(Path(dateline.__file__).parent.parent), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-c", CHILD, str(feeds), str(database), coder, "once" if once else "on"],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, paths))},
    )
    assert process.stdout is not None
    process.stdout.readline()
    return process


def finish(feeds: Path, database: Path, coder: str) -> None:
    """Let it run to its end."""
    process = child(feeds, database, coder, once=True)
    if process.wait(timeout=600) != 0:
        raise SystemExit("watch failed")


def content(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a database holds, less what differs between two runs (times and numbers of rows)."""
    queries = {
        "articles": "SELECT id, key, feed FROM articles ORDER BY id",
        "mentions": "SELECT mention, event, article FROM mentions WHERE superseded_by IS NULL "
        "ORDER BY mention, event, article",
    }
    with sqlite3.connect(database) as connection:
        return {name: connection.execute(query).fetchall() for name, query in queries.items()}


def faults(database: Path, urls: set[str]) -> dict[str, object]:
    """What is wrong in a database; every value should be empty, 0 or "ok"."""
    counts = {
        "pending": "SELECT count(*) FROM versions WHERE state = 'pending'",
        "failed": "SELECT count(*) FROM versions WHERE state = 'failed'",
        "versions_twice": "SELECT count(*) FROM (SELECT 1 FROM versions v JOIN versions w ON "
        "v.article = w.article AND v.number = w.number - 1 AND v.digest = w.digest)",
        "runs_twice": "SELECT count(*) FROM (SELECT 1 FROM runs WHERE coder IS NOT NULL "
        "GROUP BY version, coder HAVING count(*) > 1)",
        "uncoded": "SELECT count(*) FROM versions WHERE id NOT IN (SELECT version FROM runs)",
        "half_runs": "SELECT count(*) FROM runs r WHERE mentions != "
        "(SELECT count(*) FROM mentions m WHERE m.run = r.id)",
        "events_without_history": "SELECT count(*) FROM events WHERE id NOT IN "
        "(SELECT event FROM event_versions)",
    }
    with sqlite3.connect(database) as connection:
        found: dict[str, object] = {
            name: connection.execute(query).fetchone()[0] for name, query in counts.items()
        }
        found["integrity_check"] = connection.execute("PRAGMA integrity_check").fetchone()[0]
        found["foreign_keys"] = len(connection.execute("PRAGMA foreign_key_check").fetchall())
        keys = [row[0] for row in connection.execute("SELECT key FROM articles")]
    found["lost"] = len({url.split("//")[1] for url in urls} - set(keys))
    found["twice"] = len(keys) - len(set(keys))
    return found


def run(rounds: int, seed: int, reports: int, coder: str, folder: Path) -> dict[str, object]:
    """Kill as often as told, then compare."""
    chance = random.Random(seed)
    killed, quiet, feeds = folder / "killed.db", folder / "quiet.db", folder / "feeds.toml"
    longest = 1.0 if coder == "cheap" else 5.0
    started = time.monotonic()
    first = reports // 5
    with SampleWire(past=first / len(sample.reports())) as wire:
        feeds.write_text(wire.feeds_toml(0.2))
        step = (reports - first) / rounds
        for number in range(rounds):
            wire.reveal(first + round(step * number) - len(wire.visible()))
            report = chance.choice(wire.visible())
            wire.revise(report.slug, title=f"{report.title} ({number})")
            process = child(feeds, killed, coder, once=False)
            time.sleep(chance.uniform(0, longest))
            process.send_signal(signal.SIGKILL)
            process.wait()
        wire.reveal(reports - len(wire.visible()))
        finish(feeds, killed, coder)
        # Titles that changed while nobody looked are seen when their pages are looked at again.
        finish(feeds, quiet, coder)
        urls = {f"{wire.url}/{report.outlet}/{report.slug}" for report in wire.visible()}
    left, right = content(killed), content(quiet)
    return {
        "kills": rounds,
        "articles": len(left["articles"]),
        "mentions": len(left["mentions"]),
        "seconds": round(time.monotonic() - started, 1),
        "faults": faults(killed, urls),
        "same_articles": left["articles"] == right["articles"],
    }


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--reports", type=int, default=len(sample.reports()))
    parser.add_argument("--cheap", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        coder = "cheap" if given.cheap else "real"
        found = run(given.rounds, given.seed, given.reports, coder, Path(folder))
    print(json.dumps(found, indent=2))
    wrong = [name for name, value in dict(found["faults"]).items() if value not in (0, "ok")]  # type: ignore[call-overload]
    if wrong or not found["same_articles"]:
        print(f"wrong: {', '.join(wrong) or 'the articles differ'}", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
