"""The command line: one thin command for each verb. Data on stdout, everything else on stderr."""

from __future__ import annotations

import csv
import datetime as dt
import logging
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from dateline import __version__
from dateline.errors import DatelineError
from dateline.records import Article, Problem

if TYPE_CHECKING:
    from rich.console import Console

    from dateline.coder import Coder

app = typer.Typer(
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Structured political events from news text: who did what to whom, when, where, and on "
    "whose word.",
)


class TableFormat(StrEnum):
    """Formats of the verbs that print plain rows."""

    table = "table"
    jsonl = "jsonl"


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
    typer.Option("--register", metavar="FILE", help="Your own actors (CSV); may be repeated."),
]
Output = Annotated[
    Path | None,
    typer.Option("--output", "-o", metavar="FILE", help="Write to this file, not to stdout."),
]


class Problems:
    """Reports what could not be read, one line each, and remembers that there was something."""

    def __init__(self) -> None:
        self.count = 0

    def report(self, problem: Problem) -> None:
        """Print one problem to stderr."""
        self.count += 1
        print(f"dateline: {problem.where}: {problem.why}", file=sys.stderr)

    def exit(self) -> None:
        """End with exit code 1 where anything was reported."""
        if self.count:
            raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _root(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log what is being done to stderr.")
    ] = False,
) -> None:
    if version:
        print(f"dateline {__version__}")
        raise typer.Exit
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.INFO if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    if not verbose:  # what a library has to say of a bad page is said by our own problem lines
        for library in ("trafilatura", "htmldate", "courlan", "charset_normalizer"):
            logging.getLogger(library).setLevel(logging.CRITICAL)


@app.command(epilog="Example: dateline code article.html --format jsonl > events.jsonl")
def code(
    sources: Sources,
    published: Published = None,
    format: Annotated[CodeFormat, typer.Option(help="How to print.")] = CodeFormat.table,
    output: Output = None,
    register: RegisterFiles = None,
) -> None:
    """Code the events of articles."""
    from dateline import show, tables

    if format is CodeFormat.parquet and output is None:
        raise DatelineError("--format parquet needs a file to write to: add --output FILE")
    problems = Problems()
    articles = _coded(sources, published, register, problems)
    mentions = (mention for article in articles for mention in article.mentions)
    if format is CodeFormat.parquet and output is not None:
        with _safely(output) as path:
            tables.write_parquet(mentions, path)
        problems.exit()
    with _out(output) as file:
        if format is CodeFormat.jsonl:
            for mention in mentions:
                print(mention.model_dump_json(), file=file, flush=output is None)
        elif format is CodeFormat.csv:
            tables.write_csv(mentions, file)
        else:
            console = _console(file)
            for article in articles:
                show.mentions(article, console)
    problems.exit()


@app.command(epilog="Example: dateline statements speech.txt --format jsonl")
def statements(
    sources: Sources,
    published: Published = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    output: Output = None,
) -> None:
    """Find who said what: source, cue and content of every attribution."""
    from dateline import show
    from dateline.coder import statements as find

    problems = Problems()
    with _out(output) as file:
        for article in _progress(_articles(sources, published, problems)):
            found = find(article)
            if format is TableFormat.table:
                show.statements(found, _console(file))
            else:
                for statement in found:
                    print(statement.model_dump_json(), file=file, flush=output is None)
    problems.exit()


@app.command(epilog="Example: dateline classify pairs.tsv --format jsonl")
def classify(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE.tsv",
            help="Tab-separated, with a column `marked`: sentences with <s>actor</s> and "
            "<t>recipient</t> marked. - for standard input.",
            show_default=False,
        ),
    ],
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    output: Output = None,
) -> None:
    """Tell the event type between a marked actor and recipient, a row each, in order."""
    from dateline import show
    from dateline.coder import classify as classify_all

    found = classify_all(row["marked"] for row in _tsv(file, {"marked"}))
    with _out(output) as out:
        if format is TableFormat.jsonl:
            for result in found:
                print(result.model_dump_json(), file=out, flush=output is None)
        else:
            brief = ({"type": r.type, "confidence": r.confidence} for r in found)
            show.rows("", brief, _console(out))


@app.command(epilog='Example: dateline resolve "Dmitri A. Medvedev" --date 2010-05-01')
def resolve(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME|FILE.tsv",
            help="A name as the press writes it, or a tab-separated file with the columns `name` "
            "and `date`.",
            show_default=False,
        ),
    ],
    date: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day (YYYY-MM-DD) to resolve it on.")
    ] = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    output: Output = None,
    register: RegisterFiles = None,
) -> None:
    """Tell who a name is on a date."""
    import json

    from dateline import actors, show

    known = actors.register(tuple(register or ()))
    if name.endswith((".tsv", ".txt")) or name == "-":
        asked = [
            (row["name"], _day(row.get("date") or date, f"{name}:{number}"))
            for number, row in enumerate(_tsv(Path(name), {"name"}), 2)
        ]
    else:
        asked = [(name, _day(date, "--date"))]

    def answers() -> Iterator[dict[str, object]]:
        for text, day in asked:
            found = known.resolve(text, day)
            fields = ("name", "code", "country", "sector", "role")
            yield {field: getattr(found, field) if found else None for field in fields}

    with _out(output) as out:
        if format is TableFormat.jsonl:
            for answer in answers():
                print(json.dumps(answer, ensure_ascii=False), file=out)
        else:
            show.rows("", answers(), _console(out))


@app.command(epilog="Example: dateline explain article.txt --published 2022-12-21 --sentence 3")
def explain(
    file: Annotated[
        str, typer.Argument(metavar="FILE", help="An article.", show_default=False)
    ],
    sentence: Annotated[
        int | None, typer.Option(metavar="N", help="Only this sentence, counted from 0.")
    ] = None,
    published: Published = None,
    register: RegisterFiles = None,
) -> None:
    """Show how each mention was coded: candidates kept and dropped, rules, scores, runner-up."""
    from dateline import show

    problems = Problems()
    coder = _coder(register)
    console = _console(sys.stdout)
    seen = 0
    for article in _articles([file], published, problems):
        for explained in coder.explain(article):
            seen += 1
            if sentence is None or explained.index == sentence:
                show.explanation(explained, console)
    if sentence is not None and seen and not 0 <= sentence < seen:
        raise DatelineError(f"--sentence {sentence}: {file} has sentences 0 to {seen - 1}")
    problems.exit()


def _coder(register: list[Path] | None) -> Coder:
    from dateline import coder

    return coder.load(tuple(register or ()))


def _articles(
    sources: Iterable[str], published: str | None, problems: Problems
) -> Iterator[Article]:
    from dateline import wire

    if published is not None:
        _day(published, "--published")
    for item in wire.read(sources, published=published, stdin=sys.stdin.buffer):
        if isinstance(item, Problem):
            problems.report(item)
        else:
            yield item


def _coded(
    sources: list[str], published: str | None, register: list[Path] | None, problems: Problems
) -> Iterator[Article]:
    coder = _coder(register)
    for article in _progress(_articles(sources, published, problems)):
        yield coder(article)


def _progress(articles: Iterable[Article]) -> Iterator[Article]:
    """A line on stderr that counts, where a person is watching and there is more than one."""
    if not sys.stderr.isatty():
        yield from articles
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = _console(sys.stderr)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} articles, {task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)
        for article in articles:
            progress.update(task, description=article.id[:60])
            yield article
            progress.advance(task)


def _console(file: IO[str]) -> Console:
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, emoji=False)


@contextmanager
def _out(path: Path | None) -> Iterator[IO[str]]:
    if path is None:
        yield sys.stdout
        return
    with _safely(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def _safely(path: Path) -> Iterator[Path]:
    """A file beside the wanted one that takes its place once it is complete."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        temporary.touch()
    except OSError as error:
        raise DatelineError(f"{path}: cannot be written: {error.strerror}") from None
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def _tsv(path: Path, needed: set[str]) -> Iterator[dict[str, Any]]:
    """Rows of a tab-separated file. Raises DatelineError for a missing file or column."""
    csv.field_size_limit(10**7)
    try:
        file = sys.stdin if str(path) == "-" else path.open(encoding="utf-8-sig", newline="")
        with file:
            reader = csv.DictReader(file, delimiter="\t")
            missing = needed - set(reader.fieldnames or ())
            if missing:
                raise DatelineError(
                    f"{path}: no column `{min(missing)}`; its first line must name the columns, "
                    "separated by tabs"
                )
            for row in reader:
                if any(row.get(column) is None for column in needed):
                    raise DatelineError(f"{path}:{reader.line_num}: a column is missing")
                yield row
    except OSError as error:
        raise DatelineError(f"{path}: cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise DatelineError(f"{path}: is not UTF-8; save it as UTF-8") from None
    except csv.Error as error:
        raise DatelineError(f"{path}: {error}") from None


def _day(text: str | None, where: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        raise DatelineError(f"{where}: {text!r} is no date; write YYYY-MM-DD") from None


def main() -> None:
    """Run the command line: a user's error is one line on stderr and exit code 2."""
    try:
        app(prog_name="dateline")
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
