"""The verbs that code texts: code, statements, classify, resolve, explain, times, places."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from dateline import output
from dateline.cli.app import app
from dateline.cli.options import (
    DATABASE,
    CodeFormat,
    Output,
    Problems,
    Published,
    RegisterFiles,
    Sources,
    TableFormat,
    day_of,
    each,
    load_coder,
    read_articles,
)
from dateline.errors import DatelineError
from dateline.records import Article, Classification, Mention, Problem, Record, Statement

if TYPE_CHECKING:
    from rich.console import Console

R = TypeVar("R", bound=Record)

_FOR_PROGRAMS = {"document", "start", "end", "first", "last", "lat", "lon", "geonameid"}
"""Fields that only the JSON of times and places shows."""
_MENTION_ID = re.compile(r"[0-9a-f]{16}")
_IDENTITY = ("name", "code", "country", "sector", "role")


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
    articles = read_articles(sources, published, problems)
    coder = load_coder(register)

    def mentions() -> Iterator[Mention]:
        shown = output.progress(articles, None)
        return (m for coded in each(shown, coder, problems) for m in coded.mentions)

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
            for article in each(output.progress(articles, console), coder, problems):
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

    def table(article: Article, found: list[Statement], console: Console) -> None:
        show.statements(found, article.title or article.id, console)

    _list(sources, published, format, to, find, table)


@app.command(epilog="Example: dateline times article.txt --published 2022-12-21 --format jsonl")
def times(
    sources: Sources,
    published: Published = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    to: Output = None,
) -> None:
    """Find every expression of time: text, offsets, value, range, precision."""
    from dateline.coder import time_mentions

    _list(sources, published, format, to, time_mentions, _rows)


@app.command(epilog="Example: dateline places article.txt --format jsonl")
def places(
    sources: Sources,
    published: Published = None,
    format: Annotated[TableFormat, typer.Option(help="How to print.")] = TableFormat.table,
    to: Output = None,
) -> None:
    """Find every place name: text, offsets, which place it is, and its role."""
    from dateline.coder import place_mentions

    _list(sources, published, format, to, place_mentions, _rows)


def _list(
    sources: list[str],
    published: str | None,
    format: TableFormat,
    to: Path | None,
    find: Callable[[Article], Iterable[R]],
    table: Callable[[Article, list[R], Console], None],
) -> None:
    """Print the records found in each article: as a table of each, or as JSON, one a line."""
    problems = Problems()
    articles = read_articles(sources, published, problems)
    with output.opened(to, exact=format is TableFormat.jsonl) as file:
        console = output.console(file) if format is TableFormat.table else None
        shown = output.progress(articles, console)
        for article, found in each(shown, lambda article: (article, list(find(article))), problems):
            if console is not None:
                table(article, found, console)
                continue
            for record in found:
                print(record.model_dump_json(), file=file, flush=to is None)
    problems.exit()


def _rows(article: Article, found: list[Record], console: Console) -> None:
    """Records as plain rows."""
    from dateline import show

    show.rows((record.model_dump(exclude=_FOR_PROGRAMS) for record in found), console)


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
    default = day_of(date, "--date")
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
                found = known.resolve(text, day_of(day, where) or default)
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
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE|MENTION_ID",
            help="An article, or the id of a mention in a database.",
            show_default=False,
        ),
    ],
    sentence: Annotated[
        int | None, typer.Option(metavar="N", help="Only this sentence, counted from 0.")
    ] = None,
    published: Published = None,
    register: RegisterFiles = None,
    database: Annotated[
        str | None,
        typer.Option(
            "--database",
            "-d",
            metavar="FILE|URL",
            help=f"The database that holds the mention (by default {DATABASE}).",
        ),
    ] = None,
) -> None:
    """Show how each mention was coded: candidates kept and dropped, rules, scores, runner-up."""
    from dateline import show

    problems = Problems()
    if database is not None or (_MENTION_ID.fullmatch(file) and not Path(file).exists()):
        article, sentence = _stored(file, database or DATABASE, sentence)
        articles = iter([article])
    else:
        articles = read_articles([file], published, problems)
    coder = load_coder(register)
    longest, shown = 0, 0
    with output.opened(None, exact=False) as out:
        console = output.console(out)
        for found in each(articles, lambda article: list(coder.explain(article)), problems):
            longest = max(longest, len(found))
            for explained in found:
                if sentence is None or explained.index == sentence:
                    shown += 1
                    show.explanation(explained, console)
    if sentence is not None and longest and not shown:
        raise DatelineError(f"--sentence {sentence}: {file} has sentences 0 to {longest - 1}")
    problems.exit()


def _stored(mention_id: str, database: str, sentence: int | None) -> tuple[Article, int]:
    """The article of a mention in a database, as it was coded then, and the sentence to show."""
    from dateline.ledger import open_ledger

    with open_ledger(database, read_only=True) as ledger:
        found = ledger.mention(mention_id)
        version = ledger.version(found[1]) if found else None
        detail = ledger.article(version.article_id, version.id) if version else None
    if found is None or detail is None:
        raise DatelineError(f"{mention_id}: no mention of {database} has this id")
    return detail.article, found[0].sentence.index if sentence is None else sentence
