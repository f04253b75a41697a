"""Rules of the house that no other check sees (`make lint` checks the flow between rooms)."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import dateline

ROOT = Path(dateline.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))
LONGEST = 420


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def is_front(name: str) -> bool:
    """Whether a module speaks to the user: the command line and what it shows."""
    return Path(name).parts[0] in {"cli", "cli.py", "output.py", "show.py"}


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


def test_only_the_command_line_prints() -> None:
    printing = {
        named(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    }
    assert {path for path in printing if not is_front(path)} == set()


def test_no_room_knows_the_command_line() -> None:
    front = {"dateline.cli", "dateline.show", "dateline.output"}
    wrong = []
    for path in MODULES:
        if is_front(named(path)):
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                names = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
            elif isinstance(node, ast.Import):
                names = {alias.name for alias in node.names}
            else:
                continue
            if names & front:
                wrong.append(f"{named(path)}:{node.lineno}")
    assert not wrong


TOKENS = frozenset(
    {"child", "governor", "head", "noun", "owner", "source", "token", "trigger", "verb", "word"}
)
"""What variables that hold tokens are called."""


def sides(node: ast.Compare) -> list[ast.expr]:
    return [node.left, *node.comparators]


def test_tokens_are_not_compared_by_identity() -> None:
    """A spaCy token is made anew each time it is asked for: `doc[0] is doc[0]` is False."""
    wrong = [
        f"{named(path)}:{node.lineno}: {ast.unparse(node)}"
        for path in MODULES
        if path.is_relative_to(ROOT / "coder")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Compare)
        and isinstance(node.ops[0], ast.Is | ast.IsNot)
        and any(side.split(".")[-1] in TOKENS for side in map(ast.unparse, sides(node)))
        and not isinstance(node.comparators[0], ast.Constant)
    ]
    assert not wrong, "\n".join(wrong)


def test_the_package_says_that_it_is_typed() -> None:
    assert (ROOT / "py.typed").exists()
