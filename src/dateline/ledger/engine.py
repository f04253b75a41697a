"""Connections: SQLite in WAL mode or PostgreSQL, and their errors in words."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import QueuePool

from dateline.errors import DatelineError

BUSY_SECONDS = 5
APPLICATION_ID = 0x444C4E45
"""Marks an SQLite file as ours ("DLNE")."""
_WRITE = "dateline_write"
_LOCK = 0x444C4E45
_URL = re.compile(r"[a-z][a-z0-9+]*://", re.IGNORECASE)


def place_of(url_or_path: str | Path) -> tuple[URL, str]:
    """The URL of a database, and what to call it in messages (no password).

    Raises DatelineError for a URL that is none, or of a database that is not supported.
    """
    text = str(url_or_path)
    if not _URL.match(text):
        return URL.create("sqlite", database=text), text
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        shown = text.split("@")[-1]
        raise DatelineError(f"{shown}: is no database URL; see the manual for its form") from None
    if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        name = url.render_as_string(hide_password=True)
        raise DatelineError(f"{name}: only SQLite and PostgreSQL are supported")
    if url.get_backend_name() == "sqlite":
        return url, url.database or ""
    return url, url.render_as_string(hide_password=True)


def connect(url: URL, name: str, *, read_only: bool) -> Engine:
    """An engine for a database. Raises DatelineError where a file or folder is missing."""
    if url.get_backend_name() == "postgresql":
        return _postgres(url, name, read_only=read_only)
    return _sqlite(url, name, read_only=read_only)


def _sqlite(url: URL, name: str, *, read_only: bool) -> Engine:
    path = Path(url.database or "")
    _check_file(path, name, read_only=read_only)
    uri = _read_only_uri(path) if read_only else path.absolute().as_uri()
    engine = sa.create_engine(
        "sqlite://",
        creator=lambda: sqlite3.connect(uri, uri=True, check_same_thread=False),
        poolclass=QueuePool,
        pool_size=8,
        max_overflow=56,
    )

    @sa.event.listens_for(engine, "connect")
    def _configure(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None  # transactions are begun below
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute("PRAGMA synchronous = NORMAL")
        cursor.execute("PRAGMA wal_autocheckpoint = 4000")
        cursor.execute("PRAGMA cache_size = -16000")
        cursor.execute("PRAGMA temp_store = MEMORY")
        cursor.close()

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        write = connection.get_execution_options().get(_WRITE)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def _read_only_uri(path: Path) -> str:
    """Read-only; a file beside which nothing can be written is read as it lies."""
    uri = f"{path.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(uri, uri=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master")
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        unwritable = {sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY}
        if code in unwritable and not Path(f"{path}-wal").exists():
            return f"{uri}&immutable=1"
    return uri


def _check_file(path: Path, name: str, *, read_only: bool) -> None:
    if name in {"", ":memory:"}:
        raise DatelineError("the database needs a file: name one, such as events.db")
    if path.is_dir():
        raise DatelineError(f"{name}: is a folder; name a database file in it")
    if not path.exists():
        if read_only:
            raise DatelineError(f"{name}: there is no such database; `dateline watch` makes one")
        if not path.absolute().parent.is_dir():
            raise DatelineError(f"{name}: there is no folder {path.parent}; make it first")


def _postgres(url: URL, name: str, *, read_only: bool) -> Engine:
    try:
        engine = sa.create_engine(
            url,
            pool_size=8,
            max_overflow=32,
            pool_pre_ping=True,
            connect_args={"connect_timeout": BUSY_SECONDS},
        )
    except (NoSuchModuleError, ImportError) as error:
        raise DatelineError(f"{name}: needs psycopg: pip install 'psycopg[binary]'") from error

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        if connection.get_execution_options().get(_WRITE):
            # One writer at a time, so that rows become visible in the order of their numbers.
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{BUSY_SECONDS}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        else:
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")

    return engine


@contextmanager
def reading(engine: Engine, name: str) -> Iterator[Connection]:
    """A connection that sees one state of the database throughout."""
    with translated(name), engine.connect() as connection, connection.begin():
        yield connection


@contextmanager
def writing(engine: Engine, name: str) -> Iterator[Connection]:
    """A transaction that is stored as a whole or not at all, with no other writer beside it."""
    with (
        translated(name),
        engine.connect().execution_options(**{_WRITE: True}) as connection,
        connection.begin(),
    ):
        yield connection


@contextmanager
def translated(name: str) -> Iterator[None]:
    """Errors of the database as one clear line."""
    try:
        yield
    except sa.exc.TimeoutError:
        raise DatelineError(f"{name}: too many readers at once; try again") from None
    except DBAPIError as error:
        line = _sqlite_line(error.orig) or _postgres_line(error.orig)
        if line is None:
            raise
        raise DatelineError(f"{name}: {line}") from error
    except sqlite3.Error as error:
        line = _sqlite_line(error)
        if line is None:
            raise
        raise DatelineError(f"{name}: {line}") from error


_SQLITE = {
    sqlite3.SQLITE_BUSY: "is locked by another program; close that program, or try again",
    sqlite3.SQLITE_LOCKED: "is locked by another program; close that program, or try again",
    sqlite3.SQLITE_READONLY: "is read-only; make the file and its folder writable",
    sqlite3.SQLITE_FULL: "the disk is full; make room and try again (nothing was half stored)",
    sqlite3.SQLITE_NOTADB: "is not a Dateline database; choose another file",
    sqlite3.SQLITE_CORRUPT: "is damaged; restore it from a copy, or use `sqlite3 FILE .recover`",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check that the file and its folder may be written",
    sqlite3.SQLITE_IOERR: "cannot be read or written; check the disk (nothing was half stored)",
    sqlite3.SQLITE_PERM: "may not be opened; check who may read and write it",
    sqlite3.SQLITE_AUTH: "may not be opened; check who may read and write it",
}


def _sqlite_line(error: BaseException | None) -> str | None:
    if not isinstance(error, sqlite3.Error):
        return None
    return _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)


_POSTGRES = {
    "55P03": "is locked by another program; close that program, or try again",
    "25006": "is read-only; connect to a server that takes writes",
    "53100": "the disk is full; make room and try again (nothing was half stored)",
    "42501": "this user lacks the rights; grant them on the schema",
    "57P03": "the server is not ready; try again",
    "53300": "the server has too many connections; close some, or raise max_connections",
}


def _postgres_line(error: BaseException | None) -> str | None:
    try:
        import psycopg
    except ImportError:
        return None
    if not isinstance(error, psycopg.Error):
        return None
    state = error.sqlstate
    if state in _POSTGRES:
        return _POSTGRES[state]
    if isinstance(error, psycopg.OperationalError):
        reason = " ".join(str(error).split())[:200]
        return f"the server cannot be used ({reason}); check the address and that it runs"
    return None
