"""PLOVER as data: complete, consistent, and as the codebook has it."""

# ruff: noqa: E501
from __future__ import annotations

import csv
import re
from importlib.resources import files
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dateline import ontology
from dateline.errors import DatelineError
from dateline.records import Quad

# type, quad, score, modes (score): the table of the codebook
CODEBOOK = """\
AGREE verbal-cooperation 2.5
CONSULT verbal-cooperation 2.5 visit=4 third-party=1 multilateral=4 phone=1.5
SUPPORT verbal-cooperation 5
CONCEDE verbal-cooperation 4.5
COOPERATE material-cooperation 9.5
AID material-cooperation 10
RETREAT material-cooperation 6.5 withdraw=8 release=6.5 disarm=10 ceasefire=7.5 access=6.5 resign=4.5
REQUEST verbal-conflict 0 assist=0.5 change=-1 yield=-1 meet=0
ACCUSE verbal-conflict -3 disapprove=-2 investigate=-3.5 allege=-3.5
REJECT verbal-conflict -2 assist=-1.5 change=-2 yield=-2 meet=-2
THREATEN verbal-conflict -3.5 restrict=-3 arrest=-3.5 relations=-3.5 expel=-3.5 territory=-4 violence=-3.5
PROTEST material-conflict -5 demo=-5 riot=-7 strike=-5 hunger=-4.5 boycott=-4.5 obstruct=-4.5 vandalize=-5
SANCTION material-conflict -6 convict=-6 expel=-5.5 withdraw=-6 discontinue=-6
MOBILIZE material-conflict -5.5 troops=-6.5 weapons=-6.5 police=-5.5 militia=-6
COERCE material-conflict -7 seize=-7 restrict=-7 censor=-6.5 curfew=-6.5 martial-law=-7.5 arrest=-7 \
deport=-7 withhold=-7 misinformation=-6.5 cyber=-7
ASSAULT material-conflict -9 abduct=-8.5 beat=-7.5 torture=-8.5 sexual=-8.5 targeted=-9.5 destroy=-8.5 \
primitive=-8 firearms=-9 explosives=-9 suicide-attack=-9.5 aerial=-9.5 drone=-9.5 heavy-weapons=-9.5 \
crowd-control=-7.5 unconventional=-10"""

ROWS = [line.split() for line in CODEBOOK.splitlines()]
CONTEXTS = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]
SECTORS = [
    "GOV",
    "MIL",
    "COP",
    "SPY",
    "JUD",
    "LEG",
    "PTY",
    "OPP",
    "REB",
    "UAF",
    "PRM",
    "CRM",
    "CVL",
    "BUS",
    "MED",
    "JRN",
    "EDU",
    "REL",
    "LAB",
    "REF",
    "PRO",
    "NGO",
    "IGO",
    "ELI",
    "HLH",
    "SOC",
    "SET",
]


def test_types_are_the_sixteen_of_plover() -> None:
    assert list(ontology.types()) == sorted(row[0] for row in ROWS)
    assert len(ontology.types()) == 16


@pytest.mark.parametrize(("type", "quad", "score", "modes"), [(*r[:3], r[3:]) for r in ROWS])
def test_types_and_modes_carry_quad_and_score(
    type: str, quad: str, score: str, modes: list[str]
) -> None:
    category = ontology.category(type)
    assert (category.quad, category.score) == (quad, float(score))
    wanted = dict(mode.split("=") for mode in modes)
    assert list(ontology.modes(type)) == sorted(wanted)
    for mode, mode_score in wanted.items():
        found = ontology.category(type, mode)
        assert (found.quad, found.score) == (quad, float(mode_score)), mode


def test_contexts_and_sectors_are_those_of_the_codebook() -> None:
    assert ontology.contexts() == set(CONTEXTS)
    assert ontology.sectors() == set(SECTORS)


def test_quads_are_those_of_the_record() -> None:
    quads = {ontology.category(type).quad for type in ontology.types()}
    assert quads == set(get_args(Quad))


@pytest.mark.parametrize(
    ("type", "mode"), [("MEET", None), ("AID", "visit"), ("", None), ("aid", None)]
)
def test_what_plover_does_not_have_is_an_error(type: str, mode: str | None) -> None:
    with pytest.raises(DatelineError, match="no PLOVER type"):
        ontology.category(type, mode)


def test_every_category_has_a_cameo_code_of_its_type() -> None:
    for type in ontology.types():
        for mode in (None, *ontology.modes(type)):
            cameo = ontology.category(type, mode).cameo
            assert re.fullmatch(r"\d{2,4}", cameo), (type, mode)
            if mode != "resign":  # CAMEO knows it only as a demand that is acceded to
                assert ontology.from_cameo(cameo)[0] == type, (type, mode, cameo)


@pytest.mark.parametrize(
    ("code", "type", "mode"),
    [("042", "CONSULT", "visit"), ("19", "ASSAULT", None), ("173", "COERCE", "arrest")],
)
def test_cameo_codes_become_plover(code: str, type: str, mode: str | None) -> None:
    assert ontology.from_cameo(code)[:2] == (type, mode)


def test_a_cameo_code_that_is_not_listed_falls_to_its_root() -> None:
    assert ontology.from_cameo("0429")[0] == ontology.from_cameo("042")[0]


@given(st.text(max_size=6))
def test_any_cameo_code_is_known_or_an_error(code: str) -> None:
    try:
        type, mode, contexts = ontology.from_cameo(code)
    except DatelineError:
        return
    ontology.category(type, mode)
    assert set(contexts) <= ontology.contexts()


def test_the_crosswalk_names_what_plover_has() -> None:
    with (files("dateline.ontology") / "data" / "cameo.csv").open(encoding="utf-8") as file:
        codes = [row["cameo"] for row in csv.DictReader(file)]
    assert codes == sorted(set(codes))
    assert len(codes) > 200
    for code in codes:
        type, mode, contexts = ontology.from_cameo(code)
        ontology.category(type, mode)
        assert set(contexts) <= ontology.contexts()
