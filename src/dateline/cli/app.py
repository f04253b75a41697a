"""The program itself: its name, version and log, and how it ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence
from typing import Annotated, NoReturn

import typer

from dateline import __version__, output
from dateline.errors import DatelineError

app = typer.Typer(
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help="Structured political events from news text: who did what to whom, when, where, and on "
    "whose word.",
)


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
    for library in (
        "trafilatura",
        "htmldate",
        "courlan",
        "charset_normalizer",
        "spacy",
        "asyncio",
        "httpx",
    ):
        # what a library has to say of a bad page is said by our own problem lines
        logging.getLogger(library).setLevel(logging.INFO if verbose else logging.CRITICAL)


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
    except OSError as error:  # a full disk, above all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        _fail(f"{error.filename or 'standard output'}: cannot be written: {error.strerror}")
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
