"""Options that several verbs share, and what is common to reading and reporting."""

from __future__ import annotations

import datetime as dt
import logging
import sys
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dateline import output
from dateline.errors import DatelineError
from dateline.records import Article, Problem

if TYPE_CHECKING:
    from dateline.coder import Coder

log = logging.getLogger(__name__)
T = TypeVar("T")


class TableFormat(StrEnum):
    """Formats of the verbs that print plain rows."""

    table = "table"
    jsonl = "jsonl"


class ExportFormat(StrEnum):
    """Formats of `dateline export`."""

    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


class CodeFormat(StrEnum):
    """Formats of `dateline code`."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"
    parquet = "parquet"


Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH|URL|-...",
        help="Files (HTML, text, JSONL, WARC; also gzipped), folders, web addresses, or - for "
        "standard input.",
        show_default=False,
    ),
]
Published = Annotated[
    str | None,
    typer.Option(
        metavar="DATE", help="Day of publication (YYYY-MM-DD) of texts that do not state their own."
    ),
]
RegisterFiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        metavar="FILE",
        help="Your own actors (CSV, TOML or FollowTheMoney JSON); may be repeated.",
    ),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout."),
]


Database = Annotated[
    str,
    typer.Option(
        "--database",
        "-d",
        metavar="FILE|URL",
        help="The database: a file, or the address of a PostgreSQL database.",
    ),
]
DATABASE = "events.db"


class Problems:
    """Reports what could not be read, one line each, and remembers that there was something."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, problem: Problem) -> None:
        """Print one problem to stderr."""
        self.count += 1
        typer.echo(output.plain(f"dateline: {problem.where}: {problem.why}"), err=True)

    def exit(self) -> None:
        """End with exit code 1 where anything was reported."""
        if self.count:
            raise typer.Exit(1)


def load_coder(register: list[Path] | None) -> Coder:
    """The coder, with the user's own actors."""
    from dateline import coder

    return coder.load(tuple(register or ()))


def read_articles(
    sources: Iterable[str], published: str | None, problems: Problems
) -> Iterator[Article]:
    """The articles of the sources; what cannot be read is reported. Checks `published` at once."""
    from dateline import wire

    day_of(published, "--published")
    found = wire.read(sources, published=published, stdin=sys.stdin.buffer)

    def articles() -> Iterator[Article]:
        for item in found:
            if isinstance(item, Problem):
                problems.report(item)
            else:
                yield item

    return articles()


def each(
    articles: Iterable[Article], work: Callable[[Article], T], problems: Problems
) -> Iterator[T]:
    """What is made of each article; one that it fails on is reported, and the rest goes on."""
    for article in articles:
        try:
            made = work(article)
        except Exception as error:
            log.debug("cannot code %s", article.id, exc_info=True)
            reason = f"{type(error).__name__}: {output.plain(str(error))[:200]}"
            why = f"cannot be coded ({reason}): please report it; --verbose shows where it fails"
            problems.report(Problem(where=article.id, why=why))
        else:
            yield made


def day_of(text: str | None, where: str) -> dt.date | None:
    """A day, or None for an empty text; raises DatelineError for what is no date."""
    if not text or not text.strip():
        return None
    try:
        return dt.datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise DatelineError(f"{where}: {text!r} is no date: write YYYY-MM-DD") from None
