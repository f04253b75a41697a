"""What the encoder tells, in the order of its outputs."""

from __future__ import annotations

from functools import cache

from dateline import ontology

NONE = "none"
STATUSES = ("happened", "alleged", "planned", "hypothetical", "denied")
QUADS = ("0", "1", "2", "3", "4")
"""No event; verbal and material cooperation; verbal and material conflict."""

SPANS = ("O", "B-S", "I-S", "B-T", "I-T")
"""Of each piece: no party, the first or a further piece of an actor, of a recipient."""


@cache
def types() -> tuple[str, ...]:
    """The 16 types, then `none`."""
    return (*ontology.types(), NONE)


@cache
def triggers() -> tuple[str, ...]:
    """Of each piece: no trigger, or of an event of which type."""
    return ("O", *ontology.types())


@cache
def pieces() -> dict[str, slice]:
    """Where the scores of parties and of triggers stand in what is told of a piece."""
    size = len(SPANS)
    return {"parties": slice(size), "triggers": slice(size, size + len(triggers()))}


@cache
def modes() -> tuple[tuple[str, str | None], ...]:
    """Each type without a mode, and each with each of its modes."""
    return tuple(
        (type, mode) for type in ontology.types() for mode in (None, *ontology.modes(type))
    )


@cache
def contexts() -> tuple[str, ...]:
    """The contexts in order."""
    return tuple(sorted(ontology.contexts()))


@cache
def sections() -> dict[str, slice]:
    """Where each head's scores stand in the output."""
    sizes = {
        "type": len(types()),
        "mode": len(modes()),
        "contexts": len(contexts()),
        "status": len(STATUSES),
        "quad": len(QUADS),
    }
    found, at = {}, 0
    for name, size in sizes.items():
        found[name] = slice(at, at + size)
        at += size
    return found
