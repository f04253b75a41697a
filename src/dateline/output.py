"""Where results go: stdout, or a file that appears whole or not at all; and the tables' console."""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING

from dateline.errors import DatelineError
from dateline.records import Article

if TYPE_CHECKING:
    from rich.console import Console


@contextmanager
def opened(path: Path | None, *, exact: bool) -> Iterator[IO[str]]:
    """Stdout, or a file in UTF-8 that takes its place once it is complete.

    `exact` is for output that programs read: always UTF-8, while a table replaces what the
    terminal cannot show. Raises DatelineError for a file that cannot be written.
    """
    if path is not None:
        with whole(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
            yield file
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        if exact:
            sys.stdout.reconfigure(encoding="utf-8", newline="")
        else:
            sys.stdout.reconfigure(errors="replace")
    yield sys.stdout
    sys.stdout.flush()


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside the wanted one that takes its place once it is complete.

    A link keeps pointing where it does; a device or a pipe is written to directly. Raises
    DatelineError for a file that cannot be written.
    """
    wanted = Path(os.path.realpath(path))
    temporary = wanted.with_name(f".{wanted.name[:200]}.{os.getpid()}.part")
    try:
        if wanted.is_dir():
            raise DatelineError(f"{path}: is a folder: name a file in it after --output")
        if wanted.exists() and not wanted.is_file():
            yield wanted
            return
        if wanted.exists() and not os.access(wanted, os.W_OK):
            raise PermissionError(0, "it is read-only")
        temporary.touch()
        yield temporary
        if wanted.exists():
            shutil.copymode(wanted, temporary)
        temporary.replace(wanted)
    except BrokenPipeError:
        raise
    except OSError as error:
        why = error.strerror or error
        raise DatelineError(f"{path}: cannot be written ({why}): choose another --output") from None
    finally:
        temporary.unlink(missing_ok=True)


def console(file: IO[str]) -> Console:
    """A console that reads nothing as markup."""
    from rich.console import Console

    return Console(file=file, highlight=False, markup=False, emoji=False)


def progress(articles: Iterable[Article], table: Console | None) -> Iterator[Article]:
    """The articles, with a line that counts them where a person is watching.

    It goes to the console of the table if that is a terminal, so that neither overwrites the
    other; else to stderr. `table` is None where records are printed: those show progress
    themselves on a terminal.
    """
    if table is not None and table.is_terminal:
        shown = table
    elif sys.stderr.isatty() and not (table is None and sys.stdout.isatty()):
        shown = console(sys.stderr)
    else:
        yield from articles
        return
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (
        SpinnerColumn(),
        TextColumn("{task.completed} articles, {task.description}", markup=False),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=shown, transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("", total=None)
        for article in articles:
            bar.update(task, description=plain(article.id)[:60])
            yield article
            bar.advance(task)


def harmless(text: str) -> str:
    """Text of others without characters that a terminal obeys, one character for one."""
    return text.translate(_OBEYED)


def plain(text: str) -> str:
    """Text of others as one harmless line."""
    return " ".join(harmless(text).split())


_OBEYED = dict.fromkeys((11, 12, 13, 133), " ") | dict.fromkeys(
    (*range(9), *range(14, 32), *range(127, 133), *range(134, 160),
     *range(0x202A, 0x202F), *range(0x2066, 0x206A)),
    "\N{REPLACEMENT CHARACTER}",
)  # fmt: skip
"""Control characters, and those that turn the direction of writing."""
