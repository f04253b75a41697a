"""The reference names all there is: an option that is not documented fails here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import BaseModel

from dateline import Mention, Statement, ontology, tables
from dateline.cli import app
from dateline.records import Classification

REFERENCE = Path(__file__).parents[1] / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def verbs() -> dict[str, Any]:
    group: Any = typer.main.get_command(app)
    return {"dateline": group, **group.commands}


def parameters() -> Iterator[tuple[str, str]]:
    for verb, command in verbs().items():
        for parameter in command.params:
            if parameter.param_type_name == "option" and not parameter.hidden:
                for option in parameter.opts:
                    yield verb, option


def keys(model: Any, seen: frozenset[Any] = frozenset()) -> Iterator[str]:
    """The names of a record's fields, at any depth."""
    if isinstance(model, type) and issubclass(model, BaseModel) and model not in seen:
        for name, field in model.model_fields.items():
            yield name
            yield from keys(field.annotation, seen | {model})
    for inner in getattr(model, "__args__", ()):
        yield from keys(inner, seen)


def section(text: str, verb: str) -> str:
    """The part of the reference under the verb's heading."""
    found = re.search(rf"^#+ .*\b{verb}\b.*$", text, re.MULTILINE)
    assert found, f"docs/reference/cli.md has no heading for `dateline {verb}`"
    level = found[0].split()[0]
    following = re.search(rf"^#{{1,{len(level)}}} ", text[found.end() :], re.MULTILINE)
    return (
        text[found.start() : found.end() + following.start()]
        if following
        else text[found.start() :]
    )


@pytest.mark.parametrize(("verb", "option"), sorted(set(parameters())))
def test_every_option_is_in_the_reference(verb: str, option: str) -> None:
    text = page("cli.md")
    part = text if verb == "dateline" else section(text, verb)
    assert re.search(rf"(?<![\w-]){re.escape(option)}(?![\w-])", part), f"{option} of {verb}"


@pytest.mark.parametrize("verb", sorted(verbs()))
def test_every_verb_has_help_with_an_example(verb: str) -> None:
    command = verbs()[verb]
    assert command.help
    if verb != "dateline":
        assert f"dateline {verb}" in (command.epilog or "")


def test_every_key_of_the_json_is_in_the_reference() -> None:
    text = page("mention.md") + page("cli.md")
    named = {*keys(Mention), *keys(Statement), *keys(Classification)}
    missing = {key for key in named if not re.search(rf"[`\"]{key}[`\"]", text)}
    assert not missing


def test_every_column_is_in_the_reference() -> None:
    text = page("mention.md")
    missing = [column for column in tables.COLUMNS if f"`{column}`" not in text]
    assert not missing


def test_the_codebook_of_the_docs_names_all_types_modes_contexts_and_sectors() -> None:
    text = page("codebook.md")
    names = {*ontology.types(), *ontology.contexts(), *ontology.sectors()}
    names |= {mode for type in ontology.types() for mode in ontology.modes(type)}
    missing = {name for name in names if not re.search(rf"(?<![\w-]){name}(?![\w-])", text)}
    assert not missing
