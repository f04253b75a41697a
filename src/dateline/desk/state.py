"""What all routes share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from dateline.desk.render import Entries
from dateline.desk.stream import Hub
from dateline.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk over a ledger."""

    ledger: Ledger
    entries: Entries
    hub: Hub


async def _desk(request: Request) -> Desk:
    found: Desk = request.app.state.desk
    return found


Here = Annotated[Desk, Depends(_desk)]
