"""HTML from templates, and the entries of the stream, each rendered once a version."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from dateline import __version__
from dateline.desk import marks, security, wording
from dateline.ledger import Ledger
from dateline.records import Event

STATIC = files("dateline.desk") / "static"
_KEPT = 4000
"""Rendered entries that are kept."""


@cache
def environment() -> Environment:
    """The templates, with all that is put into them escaped."""
    made = Environment(
        loader=PackageLoader("dateline.desk"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals |= {
        "w": wording,
        "outward": security.outward,
        "static": static,
        "sentence": marks.sentence,
        "version": __version__,
    }
    return made


@cache
def static(name: str) -> str:
    """The address of a file of `static/`; it changes with what the file holds."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


def page(
    request: Request, template: str, *, status: int = 200, at: str = "", **values: Any
) -> HTMLResponse:
    """A page. `at` is the part of the desk that it belongs to."""
    base = {"desk": request.app.title, "at": at, "path": request.url.path}
    html = environment().get_template(template).render(base | values)
    return HTMLResponse(html, status)


class Entries:
    """Events as entries of a list."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._kept: OrderedDict[tuple[str, int], Markup] = OrderedDict()
        self._lock = threading.Lock()

    def render(self, event: Event) -> Markup:
        """An event as an entry; nothing in it but the event's own version decides how it looks."""
        key = event.id, event.version
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        found = self._ledger.mention(event.mention)
        template = environment().get_template("_entry.html")
        html = Markup(template.render(event=event, mention=found[0] if found else None))
        with self._lock:
            self._kept[key] = html
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        return html
