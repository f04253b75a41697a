"""The codebook's rules: what a type becomes when it is promised, refused, ended or still to come.

What becomes of what stands in `data/transforms.csv`; rules are named by their number in
`docs/reference/codebook.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from dateline.coder.lexicon import rows
from dateline.coder.reading import Reading
from dateline.records import Status


@dataclass(frozen=True, slots=True)
class Coding:
    """A type, its mode and status, and the rules that led there; `type` is None for no event."""

    type: str | None
    mode: str | None
    status: Status
    rules: tuple[str, ...] = ()


Kind = tuple[str, str | None]
"""A type and its mode."""


@cache
def _transforms() -> dict[tuple[str, str, str], Kind]:
    return {
        (row["operator"], row["type"], row["mode"]): (row["becomes"], row["becomes_mode"] or None)
        for _, row in rows("transforms.csv")
    }


def transformed(operator: str, type: str, mode: str | None) -> Kind | None:
    """What an operator makes of a type and mode; None where it makes nothing else of it."""
    table = _transforms()
    for key in ((operator, type, mode or ""), (operator, type, ""), (operator, "", "")):
        if key in table:
            return table[key]
    return None


def apply(type: str, mode: str | None, reading: Reading) -> Coding:
    """Type, mode and status of an event by what was read around it."""
    rules: list[str] = []
    if reading.ended:
        ended = transformed("end", type, mode)
        if ended is None:
            return Coding(None, None, "happened", (f"{type} ended: no event",))
        rules.append(f"{type} ended: {ended[0]}")
        type, mode = ended
    if reading.kind:
        before = type
        type, mode, status = _absorbed(reading.kind, type, mode, reading)
        rules.append(f"{reading.kind} + {before}: {type}")
        return Coding(type, mode, status, tuple(rules))
    status = _status(reading)
    if reading.future or reading.planned or status == "hypothetical":
        coming = transformed("future", type, mode)
        if status == "denied" and reading.future and coming:
            refused = transformed("refuse", type, mode)
            assert refused is not None
            return Coding(*refused, "happened", (*rules, "rule 5: will not, so REJECT"))
        if coming and coming[0] != type and (coming[0] != "CONCEDE" or status == "planned"):
            rules.append(f"rule 2: {type} still to come is {coming[0]}")
            type, mode = coming
            if type == "CONCEDE":
                status = "happened"
    return Coding(type, mode, status, tuple(rules))


def _status(reading: Reading) -> Status:
    if reading.negated:
        return "denied"
    if reading.conditional or reading.modal or reading.question:
        return "hypothetical"
    if reading.future or reading.planned or reading.purpose:
        return "planned"
    return "alleged" if reading.alleged else "happened"


def _absorbed(
    kind: str, type: str, mode: str | None, reading: Reading
) -> tuple[str, str | None, Status]:
    """Rules 2, 5, 11 and 12: one event of the operator and what it governs."""
    status = _status(reading)
    if kind in {"commit", "vow"} and reading.inner_negated:  # "promised not to attack"
        kind = "forswear"
    becomes = transformed(kind, type, mode)
    if becomes is None:  # a promise of what is neither help nor harm
        return type, mode, "planned" if status == "happened" else status
    return *becomes, status
