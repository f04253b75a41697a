"""Scripts and style sheets, all from our own origin."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

from dateline.desk import charts
from dateline.desk.render import STATIC

router = APIRouter()
_TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
_FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


@router.get("/static/vega.js")
def vega() -> Response:
    """Vega's scripts, as vl-convert-python holds them."""
    return Response(charts.scripts(), media_type="text/javascript", headers=_FOREVER)


@router.get("/static/{name}")
def file(name: str) -> Response:
    """A file of `static/`; its address holds its digest, so that it may be kept for ever."""
    kind = _TYPES.get(name.rpartition(".")[2])
    found = {entry.name: entry for entry in STATIC.iterdir()}.get(name)
    if kind is None or found is None:
        raise HTTPException(404)
    return Response(found.read_bytes(), media_type=kind, headers=_FOREVER)


@router.get("/favicon.ico")
def favicon() -> Response:
    """The mark of the desk."""
    return file("mark.svg")
