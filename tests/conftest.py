"""What tests share: the coder, loaded once a process, and the command line, run in the process."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pytest

from dateline.records import Article

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from dateline.coder import Coder


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()


@pytest.fixture(scope="session")
def coder() -> Coder:
    import dateline

    return dateline.load()


@pytest.fixture(scope="session")
def code(coder: Coder) -> Callable[[str], Article]:
    """Code a text that was published on Wednesday, 21 December 2022."""

    @cache
    def code(text: str) -> Article:
        return coder(text, published="2022-12-21")

    return code


@pytest.fixture(scope="session")
def parse() -> Callable[[str], Doc]:
    """Parse a text as the coder does."""
    from dateline.coder.parse import parse_texts

    @cache
    def parse(text: str) -> Doc:
        return next(parse_texts([text]))

    return parse


@pytest.fixture(scope="session")
def word(parse: Callable[[str], Doc]) -> Callable[[str, str], Token]:
    """The first token of a text that has the wanted form."""

    def word(text: str, form: str) -> Token:
        return next(token for token in parse(text) if token.text == form)

    return word


@pytest.fixture
def dateline(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Ran]:
    """The command line, as a shell would run it but for the process."""

    def run(*arguments: object, stdin: bytes = b"") -> Ran:
        from dateline.cli import main

        out, err = io.BytesIO(), io.BytesIO()
        streams = {"stdin": io.BytesIO(stdin), "stdout": out, "stderr": err}
        with monkeypatch.context() as patch:
            for name, stream in streams.items():
                patch.setattr(sys, name, io.TextIOWrapper(stream, encoding="utf-8"))
            with pytest.raises(SystemExit) as ended:
                main([str(argument) for argument in arguments])
            sys.stdout.flush()
            sys.stderr.flush()
            texts = out.getvalue().decode(), err.getvalue().decode()
            code = ended.value.code or 0
            assert isinstance(code, int)
            return Ran(code, *texts)

    return run
