"""What was read around an event, and what each kind of operator adds to it."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

ABSORBING = frozenset({"commit", "vow", "threaten", "refuse", "demand"})
"""Operators that make one event with what they govern: "agreed to send", "threatened to cut"."""


@dataclass(slots=True)
class Reading:
    """What was found on the way up."""

    negated: bool = False
    future: bool = False
    modal: bool = False
    planned: bool = False
    conditional: bool = False
    alleged: bool = False
    purpose: bool = False
    ended: bool = False
    stopped: bool | None = None
    """Of what is stopped, whether it was negated: what never stops goes on."""
    told: bool = False
    """Whether it is what a report, a rumour or an accusation says, which may be denied."""
    accuser: Token | None = None
    """The word by which someone is accused of the event."""
    denier: Token | None = None
    """The word by which someone denies the event."""
    question: bool = False
    operator: Token | None = None
    """The nearest absorbing operator, and its kind."""
    kind: str | None = None
    inner_negated: bool = False
    """What the absorbing operator governs is negated: "urged not to attack"."""
    why: list[str] = field(default_factory=list)

    def note(self, token: Token, meaning: str) -> None:
        """Keep what a word was read as, for `explain`."""
        self.why.append(f"“{token.text}”: {meaning}")


def apply(kind: str, token: Token, reading: Reading) -> tuple[Token, bool] | None:
    """What an operator makes of the event; the climb goes on above it."""
    if kind == "refuse" and reading.told:  # "rejects accusations of", "refused to confirm reports"
        kind = "deny"
    if kind in ABSORBING:
        if reading.operator is None:
            reading.operator, reading.kind = token, kind
            reading.inner_negated, reading.negated = reading.negated, False
            reading.future = reading.modal = reading.planned = reading.purpose = False
            reading.conditional = False
            reading.note(token, kind)
            return token, True
        return _above_operator(kind, token, reading)
    if kind == "plan":
        reading.planned = True
        reading.note(token, "still to come")
    elif kind == "future":
        reading.future = True
        reading.note(token, "still to come")
    elif kind in {"fail", "deny", "prevent"}:
        reading.negated = not reading.negated
        if kind == "deny":
            reading.denier = reading.denier or token
        reading.note(token, "not done")
    elif kind in {"end", "stop"}:
        reading.ended = True
        if kind == "stop":
            reading.stopped, reading.negated = reading.negated, False
        reading.note(token, "ended")
    elif kind == "conditional":
        reading.conditional = True
        reading.note(token, "possible or feared")
    elif kind in {"accuse", "allege"}:
        reading.alleged = reading.told = True
        if kind == "accuse":
            reading.accuser = reading.accuser or token
        reading.note(token, "alleged")
    elif kind == "told":
        reading.told = True
    return token, True


def _above_operator(kind: str, token: Token, reading: Reading) -> tuple[Token, bool] | None:
    """A promise, refusal or demand of one: "urged X to demand", "vowed to refuse"."""
    assert reading.operator is not None
    if reading.operator.pos_ == "NOUN":
        return None  # whoever rejects a request, it was made
    if kind == "refuse":
        reading.negated = not reading.negated
    elif kind in {"demand", "threaten"}:
        reading.conditional = True
        reading.note(token, "asked for or threatened")
    elif kind in {"commit", "vow"}:
        reading.planned = True
        reading.note(token, "promised")
    return token, True
