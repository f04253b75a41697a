"""The verbs of the database: watch, serve, demo, export."""

from __future__ import annotations

import logging
import signal
import threading
from pathlib import Path
from typing import Annotated

import typer

from dateline import output
from dateline.cli.app import app
from dateline.cli.options import DATABASE, Database, ExportFormat, Output
from dateline.errors import DatelineError

_WELL = {"ok", "empty", "new"}
Port = Annotated[int, typer.Option(metavar="PORT", help="The port of the desk.")]


@app.command(epilog="Example: dateline watch feeds.toml --database events.db")
def watch(
    feeds: Annotated[
        Path, typer.Argument(metavar="FEEDS.toml", help="The feeds to follow.", show_default=False)
    ],
    database: Database = DATABASE,
    once: Annotated[
        bool, typer.Option("--once", help="Poll every feed once, code what came, and end.")
    ] = False,
) -> None:
    """Follow feeds, and code and store what they bring, until Ctrl-C."""
    from dateline import watch as room
    from dateline.ledger import open_ledger

    stop = _stopped_by_signals()
    if not logging.getLogger().isEnabledFor(logging.DEBUG):
        for name in ("dateline.watch", "dateline.wire.feeds"):  # what they log is said already
            logging.getLogger(name).setLevel(logging.CRITICAL)
    state: dict[str | None, str] = {}

    def tell(event: room.WatchEvent) -> None:
        """Say how a feed stands only when that changes."""
        if event.kind != "polled" or state.get(event.feed) != event.text:
            _say(event.text)
        if event.kind == "polled":
            state[event.feed] = event.text

    room.watch(feeds, database, once=once, stop=stop, on_event=tell)
    if once:
        with open_ledger(database, read_only=True) as ledger:
            failing = [feed for feed in ledger.feeds() if feed.status not in _WELL]
        if failing:
            raise typer.Exit(1)


@app.command(epilog="Example: dateline serve --database events.db")
def serve(
    database: Database = DATABASE,
    host: Annotated[
        str, typer.Option(metavar="HOST", help="The address to listen on.")
    ] = "127.0.0.1",
    port: Port = 8765,
    allow_remote: Annotated[
        bool,
        typer.Option(
            "--allow-remote",
            help="Let other machines reach the desk. It asks nobody for a password.",
        ),
    ] = False,
) -> None:
    """Serve the desk and the API of a database, until Ctrl-C."""
    from dateline.desk import serve as desk

    desk(database, host=host, port=port, allow_remote=allow_remote, say=_say)


@app.command(epilog="Example: dateline demo")
def demo(
    database: Annotated[
        Path, typer.Option("--database", "-d", metavar="FILE", help="The database file.")
    ] = Path("dateline-demo.db"),
    port: Port = 8765,
    wire_port: Annotated[
        int, typer.Option(metavar="PORT", help="The port of the sample wire.")
    ] = 8766,
    every: Annotated[
        float, typer.Option(metavar="SECONDS", help="How often a new report appears.")
    ] = 10.0,
) -> None:
    """Show it all at work: a sample wire is served, watched, coded and shown, until Ctrl-C."""
    from dateline.demo import demo as run

    run(database, port=port, wire_port=wire_port, every=every, say=_say)


def _filter(help: str, metavar: str = "TEXT") -> typer.models.OptionInfo:
    option: typer.models.OptionInfo = typer.Option(metavar=metavar, help=help, show_default=False)
    return option


@app.command(epilog="Example: dateline export --dyad CHN,RUS --since 2022-01-01 --format csv")
def export(
    database: Database = DATABASE,
    format: Annotated[ExportFormat, typer.Option(help="What to write.")] = ExportFormat.jsonl,
    to: Output = None,
    actor: Annotated[str | None, _filter("Code or name of an actor.")] = None,
    recipient: Annotated[str | None, _filter("Code or name of a recipient.")] = None,
    party: Annotated[str | None, _filter("Code or name on either side.")] = None,
    dyad: Annotated[str | None, _filter("Two codes or names, either way round.", "A,B")] = None,
    type: Annotated[str | None, _filter("Event type.")] = None,
    mode: Annotated[str | None, _filter("Mode.")] = None,
    status: Annotated[str | None, _filter("Status.")] = None,
    quad: Annotated[str | None, _filter("Quad class, such as verbal-conflict.")] = None,
    country: Annotated[str | None, _filter("Where it happened (ISO 3166-1 alpha-3).")] = None,
    since: Annotated[str | None, _filter("First day.", "DATE")] = None,
    until: Annotated[str | None, _filter("Last day.", "DATE")] = None,
    origin: Annotated[str | None, _filter("Whose report, such as nytimes.com.")] = None,
    text: Annotated[str | None, _filter("Words of the sentence.")] = None,
) -> None:
    """Write the mentions of a database, with the filters of the desk."""
    from dateline import tables
    from dateline.ledger import Filter, open_ledger

    given = {
        "actor": actor, "recipient": recipient, "party": party, "dyad": dyad, "type": type,
        "mode": mode, "status": status, "quad": quad, "country": country, "since": since,
        "until": until, "origin": origin, "text": text,
    }  # fmt: skip
    where = Filter.from_query({name: value for name, value in given.items() if value is not None})
    if format is ExportFormat.parquet and to is None:
        raise DatelineError("--format parquet needs a file to write to: add --output FILE")
    with open_ledger(database, read_only=True) as ledger:
        mentions = ledger.export(where)
        if format is ExportFormat.parquet and to is not None:
            with output.whole(to) as path:
                tables.write_parquet(mentions, path)
            return
        with output.opened(to, exact=True) as file:
            if format is ExportFormat.csv:
                tables.write_csv(mentions, file)
                return
            for mention in mentions:
                file.write(mention.model_dump_json() + "\n")


def _say(text: str) -> None:
    typer.echo(output.plain(text), err=True)


def _stopped_by_signals() -> threading.Event:
    """Set by Ctrl-C and by SIGTERM, so that work ends where nothing is half done."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    logging.getLogger("httpx").setLevel(logging.WARNING)
    return stop
