"""The file that names the feeds: FEEDS.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator

from dateline.errors import DatelineError
from dateline.wire.feeds import limits

_SPAN = re.compile(r"(\d+(?:\.\d+)?)\s*(s|min|h)")
_UNITS = {"s": 1.0, "min": 60.0, "h": 3600.0}


def _seconds(value: object) -> object:
    """A span of time, given in seconds or as text such as "5 min"."""
    if isinstance(value, str):
        match = _SPAN.fullmatch(value.strip())
        if match is None:
            raise ValueError("write a number of seconds, or '30 s', '5 min', '2 h'")
        return float(match[1]) * _UNITS[match[2]]
    if isinstance(value, bool):
        raise ValueError("write a number of seconds, or '30 s', '5 min', '2 h'")
    return value


Seconds = Annotated[float, BeforeValidator(_seconds), Field(allow_inf_nan=False)]


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Defaults(_Settings):
    """What holds for every feed that does not say otherwise."""

    interval: Seconds | None = None
    delay: Seconds | None = None


class Feed(_Settings):
    """One feed. Times are in seconds.

    `allow_private` lets the feed and its pages be fetched from its own host though that is in the
    local network.
    """

    name: Annotated[str, Field(min_length=1, max_length=200)]
    url: str
    publisher: str | None = None
    interval: Seconds = limits.INTERVAL
    delay: Annotated[Seconds, Field(ge=0, le=3600)] = limits.DELAY
    allow_private: Annotated[bool, Field(strict=True)] = False

    @field_validator("url")
    @classmethod
    def _is_web(cls, value: str) -> str:
        try:
            parts = urlsplit(value.strip())
            port = parts.port
        except ValueError as error:
            raise ValueError(f"{value!r} is no web address: {error}") from None
        if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
            raise ValueError(f"{value!r} is no web address: write http://… or https://…")
        return value.strip()

    @property
    def private_host(self) -> str | None:
        """The host that may be in the local network."""
        return urlsplit(self.url).hostname if self.allow_private else None


class FeedList(_Settings):
    """All feeds of a file, in its order."""

    path: str
    feeds: tuple[Feed, ...]


def load_feeds(path: Path | str) -> FeedList:
    """Read FEEDS.toml. Raises DatelineError naming the file, the feed and the key."""
    where = str(path)
    try:
        data = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DatelineError(f"{where}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DatelineError(f"{where}: is not UTF-8; save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise DatelineError(f"{where}: is not TOML: {error}") from None
    return parse_feeds(data, where)


def parse_feeds(data: dict[str, Any], where: str) -> FeedList:
    """Feeds from the contents of a FEEDS.toml. Raises DatelineError as `load_feeds` does."""
    unknown = sorted(set(data) - {"feed", "defaults"})
    if unknown:
        raise DatelineError(
            f"{where}: unknown key `{unknown[0]}`; known are [[feed]] and [defaults]"
        )
    rows = data.get("feed")
    if not isinstance(rows, list) or not rows:
        raise DatelineError(f"{where}: names no feed; add [[feed]] with `name` and `url`")
    given = data.get("defaults", {})
    if not isinstance(given, dict):
        raise DatelineError(f"{where}: `defaults` is no table; write [defaults]")
    try:
        defaults = Defaults(**given).model_dump(exclude_none=True)
    except ValidationError as error:
        raise DatelineError(f"{where}: [defaults]: {_line(error)}") from None
    feeds = tuple(_feed(row, defaults, where, number) for number, row in enumerate(rows, 1))
    for key in ("name", "url"):
        _check_unique([getattr(feed, key) for feed in feeds], key, where)
    return FeedList(path=where, feeds=feeds)


def _feed(row: object, defaults: dict[str, Any], where: str, number: int) -> Feed:
    if not isinstance(row, dict):
        raise DatelineError(f"{where}: feed {number} is no table; write [[feed]]")
    name = row.get("name")
    label = f"feed {name!r}" if isinstance(name, str) and name else f"feed {number}"
    private = row.get("allow_private") is True
    own = {"delay": 0.0} if private else {}
    try:
        feed = Feed(**(defaults | own | row))
    except ValidationError as error:
        raise DatelineError(f"{where}: {label}: {_line(error)}") from None
    least = limits.MIN_PRIVATE_INTERVAL if private else limits.MIN_INTERVAL
    if not least <= feed.interval <= 86400:
        raise DatelineError(
            f"{where}: {label}: `interval` is {feed.interval:g} s; write {least:g} to 86400 s"
        )
    return feed


def _line(error: ValidationError) -> str:
    """The first fault in words."""
    fault = error.errors()[0]
    key = ".".join(str(part) for part in fault["loc"]) or "?"
    if fault["type"] == "missing":
        return f"`{key}` is missing"
    if fault["type"] == "extra_forbidden":
        return f"unknown key `{key}`"
    return f"`{key}`: {fault['msg'].removeprefix('Value error, ')}"


def _check_unique(values: list[str], key: str, where: str) -> None:
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise DatelineError(f"{where}: feed {value!r}: its `{key}` is given twice")
        seen.add(value)
