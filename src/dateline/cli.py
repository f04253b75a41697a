"""The command line: one thin command for each verb. Data on stdout, everything else on stderr."""

from __future__ import annotations

import datetime as dt
import logging
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn, TypeVar

import typer

from dateline import __version__, output
from dateline.errors import DatelineError
from dateline.records import Article, Classification, Mention, Problem

if TYPE_CHECKING:
    from dateline.coder import Coder

log = logging.getLogger(__name__)
T = TypeVar("T")

app = typer.Typer(
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
        typer.echo(output.plain(f"dateline: {problem.where}: {problem.why}"), err=True)

    def exit(self) -> None:
        """End with exit code 1 where anything was reported."""
        if self.count:
            raise typer.Exit(1)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Log what is being done to stderr.")
    ] = False,
) -> None:
    if version:
        typer.echo(f"dateline {__version__}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)
    logging.basicConfig(
        stream=sys.stderr,
        level=logging.DEBUG if verbose else logging.WARNING,
        format="%(levelname)s %(name)s: %(message)s",
    )
    for library in ("trafilatura", "htmldate", "courlan", "charset_normalizer", "spacy"):
        # what a library has to say of a bad page is said by our own problem lines
        logging.getLogger(library).setLevel(logging.INFO if verbose else logging.CRITICAL)


@app.command(epilog="Example: dateline code article.html --format jsonl > events.jsonl")
def code(
    sources: Sources,
    published: Published = None,
    format: Annotated[CodeFormat, typer.Option(help="How to print.")] = CodeFormat.table,
    to: Output = None,
    register: RegisterFiles = None,
) -> None:
    """Code the events of articles."""
    from dateline import tables

    if format is CodeFormat.parquet and to is None:
        raise DatelineError("--format parquet needs a file to write to: add --output FILE")
    problems = Problems()
    articles = _articles(sources, published, problems)
    coder = _coder(register)

    def mentions() -> Iterator[Mention]:
        shown = output.progress(articles, None)
        return (m for coded in _each(shown, coder, problems) for m in coded.mentions)

    if format is CodeFormat.parquet and to is not None:
        with output.whole(to) as path:
            tables.write_parquet(mentions(), path)
        problems.exit()
        return
    with output.opened(to, exact=format is not CodeFormat.table) as file:
        if format is CodeFormat.jsonl:
            for mention in mentions():
                print(mention.model_dump_json(), file=file, flush=to is None)
        elif format is CodeFormat.csv:
            tables.write_csv(mentions(), file)
        else:
            from dateline import show

            console = output.console(file)
            for article in _each(output.progress(articles, console), coder, problems):
                show.mentions(article, console)
    problems.exit()


@app.command(epilog="Example: dateline statements speech.txt --format jsonl")
def statements(
    sources: Sources,
    published: Published = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    to: Output = None,
) -> None:
    """Find who said what: source, cue and content of every attribution."""
    from dateline import show
    from dateline.coder import statements as find

    problems = Problems()
    articles = _articles(sources, published, problems)
    with output.opened(to, exact=format is TableFormat.jsonl) as file:
        console = output.console(file) if format is TableFormat.table else None
        shown = output.progress(articles, console)
        for article, found in _each(shown, lambda article: (article, find(article)), problems):
            if console is not None:
                show.statements(found, article.title or article.id, console)
            else:
                for statement in found:
                    print(statement.model_dump_json(), file=file, flush=to is None)
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
    to: Output = None,
) -> None:
    """Tell the event type between a marked actor and recipient, a row each, in order."""
    from dateline import show, tables
    from dateline.coder.classify import classify_sentence, unclassified

    problems = Problems()

    def found() -> Iterator[Classification]:
        for where, row in tables.read_tsv(file, "marked", problems.report):
            try:
                yield classify_sentence(row["marked"])
            except DatelineError as error:
                problems.report(Problem(where=where, why=str(error)))
                yield unclassified()

    with output.opened(to, exact=format is TableFormat.jsonl) as out:
        if format is TableFormat.jsonl:
            for result in found():
                print(result.model_dump_json(), file=out, flush=to is None)
        else:
            show.rows((r.model_dump(exclude={"scores"}) for r in found()), output.console(out))
    problems.exit()


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
    to: Output = None,
    register: RegisterFiles = None,
) -> None:
    """Tell who a name is on a date."""
    import json

    from dateline import actors, show, tables

    problems = Problems()
    default = _day(date, "--date")
    known = actors.register(tuple(register or ()))

    def asked() -> Iterator[tuple[str, str, str]]:
        if name != "-" and not name.lower().endswith((".tsv", ".txt")):
            yield "NAME", name, ""
            return
        for where, row in tables.read_tsv(Path(name), "name", problems.report):
            yield where, row["name"], row.get("date", "")

    def answers() -> Iterator[dict[str, object]]:
        for where, text, day in asked():
            try:
                found = known.resolve(text, _day(day, where) or default)
            except DatelineError as error:
                found = None
                problems.report(Problem(where=where, why=str(error).removeprefix(f"{where}: ")))
            yield {field: getattr(found, field, None) for field in _IDENTITY}

    with output.opened(to, exact=format is TableFormat.jsonl) as out:
        if format is TableFormat.jsonl:
            for answer in answers():
                print(json.dumps(answer, ensure_ascii=False), file=out, flush=to is None)
        else:
            show.rows(answers(), output.console(out))
    problems.exit()


@app.command(epilog="Example: dateline explain article.txt --published 2022-12-21 --sentence 3")
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="An article.", show_default=False)],
    sentence: Annotated[
        int | None, typer.Option(metavar="N", help="Only this sentence, counted from 0.")
    ] = None,
    published: Published = None,
    register: RegisterFiles = None,
) -> None:
    """Show how each mention was coded: candidates kept and dropped, rules, scores, runner-up."""
    from dateline import show

    problems = Problems()
    articles = _articles([file], published, problems)
    coder = _coder(register)
    longest, shown = 0, 0
    with output.opened(None, exact=False) as out:
        console = output.console(out)
        for found in _each(articles, lambda article: list(coder.explain(article)), problems):
            longest = max(longest, len(found))
            for explained in found:
                if sentence is None or explained.index == sentence:
                    shown += 1
                    show.explanation(explained, console)
    if sentence is not None and longest and not shown:
        raise DatelineError(f"--sentence {sentence}: {file} has sentences 0 to {longest - 1}")
    problems.exit()


_IDENTITY = ("name", "code", "country", "sector", "role")


def _coder(register: list[Path] | None) -> Coder:
    from dateline import coder

    return coder.load(tuple(register or ()))


def _articles(
    sources: Iterable[str], published: str | None, problems: Problems
) -> Iterator[Article]:
    """The articles of the sources; what cannot be read is reported. Checks `published` at once."""
    from dateline import wire

    _day(published, "--published")
    found = wire.read(sources, published=published, stdin=sys.stdin.buffer)

    def articles() -> Iterator[Article]:
        for item in found:
            if isinstance(item, Problem):
                problems.report(item)
            else:
                yield item

    return articles()


def _each(
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


def _day(text: str | None, where: str) -> dt.date | None:
    """A day, or None for an empty text; raises DatelineError for what is no date."""
    if not text or not text.strip():
        return None
    try:
        return dt.datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise DatelineError(f"{where}: {text!r} is no date: write YYYY-MM-DD") from None


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line: a user's error is one line on stderr and exit code 2."""
    try:
        code = app(arguments, prog_name="dateline", standalone_mode=False)
        sys.stdout.flush()
    except DatelineError as error:
        _fail(str(error))
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except (KeyboardInterrupt, typer.Abort):
        sys.exit(130)
    except Exception as error:
        usage = getattr(error, "format_message", None)  # typer's own, for arguments
        if usage is None:
            raise
        context = getattr(error, "ctx", None)
        command = context.command_path if context else "dateline"
        _fail(f"{usage().rstrip('.')}: `{command} --help` shows how")
    sys.exit(code)


def _fail(message: str) -> NoReturn:
    typer.echo(output.plain(f"dateline: {message}"), err=True)
    sys.exit(2)
