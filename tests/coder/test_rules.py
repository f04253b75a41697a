"""The codebook's rules on types, apart from any sentence."""

from __future__ import annotations

import itertools
from typing import get_args

import pytest

from dateline import ontology
from dateline.coder.effects import ABSORBING, Reading
from dateline.coder.rules import apply, transformed
from dateline.records import Status


def reading(*flags: str, kind: str | None = None) -> Reading:
    found = Reading(kind=kind)
    for flag in flags:
        setattr(found, flag, True)
    return found


@pytest.mark.parametrize(
    ("type", "mode", "given", "wanted"),
    [
        ("ASSAULT", None, reading(), ("ASSAULT", None, "happened")),
        ("ASSAULT", None, reading("negated"), ("ASSAULT", None, "denied")),
        ("ASSAULT", None, reading("modal"), ("ASSAULT", None, "hypothetical")),
        ("ASSAULT", None, reading("conditional"), ("ASSAULT", None, "hypothetical")),
        ("ASSAULT", None, reading("question"), ("ASSAULT", None, "hypothetical")),
        ("ASSAULT", None, reading("planned"), ("ASSAULT", None, "planned")),
        ("ASSAULT", None, reading("alleged"), ("ASSAULT", None, "alleged")),
        # rule 2: still to come
        ("CONSULT", None, reading("future"), ("AGREE", None, "planned")),
        ("AID", None, reading("planned"), ("AGREE", None, "planned")),
        ("RETREAT", "withdraw", reading("future"), ("CONCEDE", None, "happened")),
        ("SANCTION", None, reading("future"), ("SANCTION", None, "planned")),
        # what is promised, threatened, refused, demanded
        ("AID", None, reading(kind="commit"), ("AGREE", None, "happened")),
        ("ASSAULT", None, reading(kind="threaten"), ("THREATEN", "violence", "happened")),
        ("ASSAULT", None, reading(kind="vow"), ("THREATEN", "violence", "happened")),
        ("AID", None, reading(kind="refuse"), ("REJECT", "assist", "happened")),
        ("RETREAT", "withdraw", reading(kind="demand"), ("REQUEST", "yield", "happened")),
        ("ASSAULT", None, reading("inner_negated", kind="commit"), ("CONCEDE", None, "happened")),
        ("AID", None, reading("modal", kind="commit"), ("AGREE", None, "hypothetical")),
        # what is ended
        ("AID", None, reading("ended"), ("SANCTION", "discontinue", "happened")),
        ("SANCTION", None, reading("ended"), ("CONCEDE", None, "happened")),
        ("CONSULT", None, reading("ended"), ("REJECT", "meet", "happened")),
        # rule 5: will not
        ("AID", None, reading("negated", "future"), ("REJECT", "assist", "happened")),
    ],
)
def test_type_mode_and_status(
    type: str, mode: str | None, given: Reading, wanted: tuple[str, str | None, str]
) -> None:
    coding = apply(type, mode, given)
    assert (coding.type, coding.mode, coding.status) == wanted


def test_a_vow_to_withdraw_is_a_concession() -> None:
    assert transformed("vow", "RETREAT", "withdraw") == ("CONCEDE", None)


def test_every_combination_gives_what_plover_has() -> None:
    flags = ("negated", "future", "modal", "planned", "alleged", "ended", "inner_negated")
    kinds = [(type, mode) for type in ontology.types() for mode in (None, *ontology.modes(type))]
    for count in range(3):
        for chosen in itertools.combinations(flags, count):
            for kind in (None, *sorted(ABSORBING)):
                for type, mode in kinds:
                    coding = apply(type, mode, reading(*chosen, kind=kind))
                    assert coding.status in get_args(Status)
                    if coding.type is not None:
                        ontology.category(coding.type, coding.mode)
                    else:
                        assert coding.rules


def test_what_no_rule_speaks_of_is_left() -> None:
    assert transformed("no such operator", "AID", None) is None
    assert transformed("future", "ASSAULT", None) is None


def test_a_mode_of_its_own_comes_first() -> None:
    assert transformed("threaten", "SANCTION", "expel") == ("THREATEN", "expel")
    assert transformed("threaten", "SANCTION", "convict") == transformed(
        "threaten", "SANCTION", None
    )
