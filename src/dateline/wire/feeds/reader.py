"""Parsing feeds so that none holds up the others: doubtful ones in a process that can be ended."""

from __future__ import annotations

import asyncio
import json
import os
import resource
import sys
from collections.abc import Mapping
from pathlib import Path

from dateline.wire.feeds import limits
from dateline.wire.feeds.entries import ParsedFeed, parse_feed
from dateline.wire.feeds.threads import in_thread
from dateline.wire.feeds.trouble import Trouble


async def read_feed(
    data: bytes,
    url: str,
    headers: Mapping[str, str],
    *,
    seconds: float = limits.PARSE_SECONDS,
    small: int = limits.SMALL_FEED,
) -> ParsedFeed:
    """Parse a feed. Raises Trouble ("unparsable") where it costs too much time or memory.

    feedparser's time grows with the square of the size of some broken feeds, and exponentially
    with entities that stand for one another.
    """
    if len(data) <= small and b"<!ENTITY" not in data.replace(b"\0", b""):
        return await in_thread(lambda: parse_feed(data, url, headers))
    told = {name: value for name, value in headers.items() if name == "content-type"}
    head = json.dumps({"url": url, "headers": told, "seconds": seconds}).encode() + b"\n"
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "dateline.wire.feeds.reader",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": _path()},
    )
    try:
        async with asyncio.timeout(seconds):
            out, _ = await process.communicate(head + data)
    except TimeoutError:
        raise Trouble("unparsable", f"takes longer than {seconds:g} s to parse") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0:
        raise Trouble("unparsable", "takes more time or memory to parse than a feed may")
    return ParsedFeed.model_validate_json(out)


def _path() -> str:
    """Where the process finds this package, however this one came to it."""
    root = str(Path(__file__).parents[3])
    return os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))


def _main() -> None:
    """Parse the feed on stdin and write it to stdout as JSON."""
    head = json.loads(sys.stdin.buffer.readline())
    seconds = int(head["seconds"]) + 1
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (limits.PARSE_MEMORY, limits.PARSE_MEMORY))
    parsed = parse_feed(sys.stdin.buffer.read(), head["url"], head["headers"])
    sys.stdout.write(parsed.model_dump_json())


if __name__ == "__main__":
    _main()
