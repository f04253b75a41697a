"""The application: routes, the guard before them, and errors in one clear line."""

from __future__ import annotations

import sqlite3

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, PlainTextResponse, Response

from dateline import __version__
from dateline.desk import api, assets, more, pages, render, security
from dateline.desk.state import Desk
from dateline.desk.stream import Hub
from dateline.errors import DatelineError
from dateline.ledger import Ledger

API = "/api/v1"
_ABOUT = (
    "Political events from the news: who did what to whom, when, where, and on whose word. "
    "Every page of the desk has its twin here. Times are in UTC; offsets are code points into the "
    "text of an article. Whatever is wrong with a request is said in one line, in `error`."
)


def create_app(ledger: Ledger, *, title: str = "Dateline", allow_remote: bool = False) -> FastAPI:
    """The desk over a ledger. `allow_remote` answers to any Host, not only to this machine's."""
    app = FastAPI(
        title=title,
        version=__version__,
        description=_ABOUT,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        redirect_slashes=False,
    )
    app.state.desk = Desk(ledger, render.Entries(ledger), Hub(ledger))
    app.include_router(api.router, prefix=API)
    app.include_router(pages.router, include_in_schema=False)
    app.include_router(more.router, include_in_schema=False)
    app.include_router(assets.router, include_in_schema=False)
    app.add_middleware(security.Guard, hosts=None if allow_remote else security.LOOPBACK)
    app.add_exception_handler(DatelineError, _refused)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _failed)
    app.add_exception_handler(Exception, _broken)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """What was asked for cannot be (400), or the database cannot be read just now (503)."""
    return _line(request, 503 if _of_database(error) else 400, str(error))


def _of_database(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, SQLAlchemyError | sqlite3.Error):
            return True
        error = error.__cause__ or error.__context__
    return False


def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    name = next((str(part) for part in reversed(first["loc"]) if isinstance(part, str)), "query")
    if first["type"] == "extra_forbidden":
        return _line(request, 422, f"{name[:40]}: there is no such parameter here")
    message = str(first["msg"]).removeprefix("Value error, ")
    return _line(request, 422, f"{name}: {message[:1].lower()}{message[1:]}")


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    lines = {404: "There is nothing at this address.", 405: "This address is only to be read."}
    response = _line(request, error.status_code, lines.get(error.status_code, error.detail))
    response.headers.update(error.headers or {})
    return response


def _broken(request: Request, error: Exception) -> Response:
    return PlainTextResponse("The desk failed at this; its log says where.\n", 500)


def _line(request: Request, status: int, line: str) -> Response:
    if request.url.path.startswith(API):
        return JSONResponse({"error": line}, status)
    return render.page(request, "error.html", status=status, line=line, code=status)
