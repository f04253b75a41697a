"""Who someone is: what the register answers with, and what it holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

Kind = Literal["state", "body", "group", "person", "description", "capital"]
Usage = Literal["name", "adjective", "people", "capital", "metonym", "place"]

Sector = Literal[
    "GOV", "MIL", "COP", "SPY", "JUD", "LEG", "PTY", "OPP", "REB", "UAF", "PRM", "CRM", "CVL",
    "BUS", "MED", "JRN", "EDU", "REL", "LAB", "REF", "PRO", "NGO", "IGO", "ELI", "HLH", "SOC",
    "SET",
]  # fmt: skip
SECTORS: frozenset[str] = frozenset(get_args(Sector))
"""PLOVER's sectors, by the codebook."""

STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "SPY", "JUD"})
"""Sectors whose sitting members act for their state, unless a title says otherwise."""

ARMED_SECTORS = frozenset({"REB", "UAF", "PRM"})
"""Sectors of those who fight and are no state's forces."""

THRESHOLD = 0.5
"""The score below which a phrase is said to mean nobody known."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom a name or noun phrase means.

    `code` is the ISO 3166-1 alpha-3 code of the state that the actor acts for, a body's own code,
    or None; `country` the state that it belongs to; `score` runs from 0 to 1.
    """

    name: str
    code: str | None
    country: str | None
    sector: str | None
    role: str | None
    kind: Kind
    gender: str | None
    id: str
    score: float

    @property
    def key(self) -> str:
        """What those who act as one have in common: the code, else the name."""
        return self.code or self.name


@dataclass(frozen=True, slots=True)
class Entity:
    """A record of the register that is no person: a state, an organ of one, a body, a group."""

    id: str
    kind: Kind
    name: str
    code: str | None
    country: str | None
    sector: str | None
    organ: bool = False
    """Whether it is an organ of a state, whose sector then outweighs a description's."""


class Name(NamedTuple):
    """One way to write one record of the register."""

    entity: str
    usage: Usage
    kind: Kind
    weak: bool
    surface: tuple[str, ...]


def best_first(found: Iterable[Identity]) -> list[Identity]:
    """Identities by falling score, each once."""
    best: dict[tuple[str, str], Identity] = {}
    for identity in sorted(found, key=lambda i: (-i.score, i.id)):
        best.setdefault((identity.id, identity.kind), identity)
    return list(best.values())
