"""The pages about the desk itself: how it stands, how to read it, how to ask it by program."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from dateline import ontology
from dateline.desk import feeds_out, query
from dateline.desk.render import page
from dateline.desk.state import Here

router = APIRouter()


@router.api_route("/health", methods=["GET", "HEAD"])
@router.api_route("/health.csv", methods=["GET", "HEAD"])
def health(request: Request, desk: Here, asked: Annotated[query.FeedFormat, Query()]) -> Response:
    """How the feeds and the ledger stand."""
    feeds = desk.ledger.feeds()
    if asked.format == "csv" or request.url.path.endswith(".csv"):
        return feeds_out.table("feeds", feeds_out.FEED_COLUMNS, map(feeds_out.feed_row, feeds))
    return page(
        request,
        "health.html",
        at="health",
        feeds=feeds,
        counts=desk.ledger.counts(),
        streams=desk.hub.streams,
        change=desk.ledger.last_change(),
        now=dt.datetime.now(dt.UTC),
        database=desk.ledger.name,
        json="/api/v1/health",
        atom=None,
        csv="/health.csv",
    )


@router.api_route("/about", methods=["GET", "HEAD"])
def about(request: Request) -> Response:
    """How to read the desk."""
    types = [(ontology.category(type), ontology.modes(type)) for type in ontology.types()]
    return page(request, "about.html", at="about", types=types, json=None, atom=None, csv=None)


@router.api_route("/api", methods=["GET", "HEAD"])
def api(request: Request) -> Response:
    """The API in words, from its OpenAPI document."""
    document = request.app.openapi()
    calls = [_call(path, methods["get"]) for path, methods in document["paths"].items()]
    return page(
        request,
        "api.html",
        at="about",
        about=document["info"]["description"],
        calls=calls,
        json="/api/v1/openapi.json",
        atom=None,
        csv=None,
    )


def _call(path: str, call: dict[str, Any]) -> dict[str, Any]:
    parameters = [
        {
            "name": parameter["name"],
            "where": parameter["in"],
            "text": parameter.get("description") or parameter["schema"].get("description", ""),
            "example": _example(parameter),
        }
        for parameter in call.get("parameters", ())
    ]
    about = call.get("description", "")
    return {"path": path, "title": call["summary"], "about": about, "parameters": parameters}


def _example(parameter: dict[str, Any]) -> str:
    examples = parameter["schema"].get("examples") or [""]
    return str(examples[0])
