"""Cursors: where a list goes on, as a word that users need not understand."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from typing import Literal, TypeVar

from dateline.errors import DatelineError
from dateline.ledger.model import Page

Kind = Literal["e", "a", "s"]
Item = TypeVar("Item")
MAX_LIMIT = 1000
_FORM = re.compile(r"([eas])(\d{1,18})")


def encode(kind: Kind, position: int) -> str:
    """The cursor of a position in a list of one kind."""
    return base64.urlsafe_b64encode(f"{kind}{position}".encode()).decode().rstrip("=")


def decode(kind: Kind, cursor: str | None) -> int | None:
    """The position of a cursor. Raises DatelineError for what is no cursor of this list."""
    if cursor is None:
        return None
    try:
        plain = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        match = _FORM.fullmatch(plain.decode("ascii"))
    except (ValueError, binascii.Error):
        match = None
    if match is None or match[1] != kind:
        shown = cursor[:40]
        raise DatelineError(f"before: {shown!r} is no place in this list; leave it out to begin")
    return int(match[2])


def checked(limit: int) -> int:
    """A limit on the length of a page. Raises DatelineError for one that makes no sense."""
    if not 1 <= limit <= MAX_LIMIT:
        raise DatelineError(f"limit: {limit} is not between 1 and {MAX_LIMIT}")
    return limit


def page(kind: Kind, items: Sequence[Item], positions: Sequence[int], limit: int) -> Page[Item]:
    """A page of at most `limit` items, from a query for one more than that."""
    more = len(items) > limit
    return Page(tuple(items[:limit]), encode(kind, positions[limit - 1]) if more else None)
