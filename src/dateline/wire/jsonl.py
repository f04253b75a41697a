"""Rows of JSONL to articles: `id`, `text` or `html`, `title`, `published`, `url`, `publisher`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, BinaryIO

from dateline.errors import DatelineError
from dateline.wire import settings
from dateline.wire.decode import decode, sound
from dateline.wire.given import Given, Reading
from dateline.wire.text import read_text

_KINDS = {
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}


def rows(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The rows of a stream with their numbers from 1; None for one that is over the limit.

    Blank rows are counted and left out.
    """
    number = 0
    while line := stream.readline(settings.MAX_FILE + 1):
        number += 1
        if len(line) > settings.MAX_FILE:
            while line and not line.endswith(b"\n"):
                line = stream.readline(settings.MAX_FILE)
            yield number, None
        elif not line.isspace():
            yield number, line


def whole(data: bytes) -> list[Any] | None:
    """The items of a JSON file that is one list or object, or None for rows of JSON."""
    try:
        found = json.loads(decode(data))
    except (ValueError, RecursionError, DatelineError):
        return None
    return found if isinstance(found, list) else [found]


def read_row(line: bytes | None, given: Given) -> Reading:
    """An article from a row. Raises DatelineError for one that is not JSON or has no text."""
    if line is None:
        raise DatelineError(f"is a row over {settings.MAX_FILE // 1_000_000} MB: split it")
    try:
        row = json.loads(decode(line))
    except RecursionError as error:
        raise DatelineError("is not JSON that can be read: it is nested too deeply") from error
    except ValueError as error:
        reason = str(error).split(" (char")[0]
        raise DatelineError(f"is not JSON ({reason}): write one object a row") from error
    return read_item(row, given)


def read_item(row: object, given: Given) -> Reading:
    """An article from a row's object; fields of a wrong kind are complained of and left out."""
    if not isinstance(row, dict):
        raise DatelineError('is not a JSON object: write {"id": …, "text": …} a row')
    complaints: list[str] = []
    given = replace(
        given,
        id=_id(row) or given.id,
        title=_text(row, "title", complaints),
        published=_text(row, "published", complaints),
        url=_text(row, "url", complaints),
        publisher=_text(row, "publisher", complaints),
    )
    text, html = _text(row, "text", complaints), _text(row, "html", complaints)
    if text is None and html is None:
        raise DatelineError("has neither 'text' nor 'html': name the article's text so")
    if text:
        reading = read_text(text, given)
    else:
        from dateline.wire.pages import read_page

        reading = read_page(html or "", given)
    return Reading(reading.article, (*complaints, *reading.complaints))


def _id(row: dict[str, Any]) -> str | None:
    value = row.get("id")
    if isinstance(value, bool) or not isinstance(value, str | int):
        return None
    return _one_line(sound(str(value))) or None


def _text(row: dict[str, Any], name: str, complaints: list[str]) -> str | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, str):
        return sound(value) if name in ("text", "html") else _one_line(sound(value)) or None
    kind = _KINDS.get(type(value), "no text")
    complaints.append(f"{name!r} is {kind} and is left out: write it as text")
    return None


def _one_line(text: str) -> str:
    """A field of one line, whatever breaks were in it."""
    return " ".join(text.split())
