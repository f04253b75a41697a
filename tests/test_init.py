"""What people import."""

from __future__ import annotations

import subprocess
import sys

import pytest

import dateline

HEAVY = ("babel", "numpy", "pandas", "pyarrow", "rich", "spacy", "trafilatura", "typer")


def test_import_is_quick_and_loads_no_model() -> None:
    """Measured in CPU time beside pydantic's own, so that a busy machine does not fail it."""
    program = (
        "import sys, time; from pydantic import BaseModel; type('A', (BaseModel,), {}); "
        "start = time.process_time(); import dateline; print(time.process_time() - start); "
        f"print(sorted({set(HEAVY)!r} & set(sys.modules)))"
    )
    runs = [
        subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        for _ in range(3)
    ]
    seconds, loaded = zip(*(run.stdout.splitlines() for run in runs), strict=True)
    assert set(loaded) == {"[]"}
    assert min(map(float, seconds)) < 0.1


def test_all_that_is_promised_is_there() -> None:
    for name in dateline.__all__:
        assert getattr(dateline, name) is not None
    with pytest.raises(AttributeError, match="no_such_name"):
        dateline.no_such_name  # noqa: B018


def test_the_promised_lines_work() -> None:
    coder = dateline.load()
    article = coder("Russia attacked Ukraine.", published="2022-12-21")
    (mention,) = article.mentions
    assert isinstance(mention, dateline.Mention)
    assert mention.type == "ASSAULT"
    assert [a.mentions for a in coder.pipe([article])] == [article.mentions]
    frame = dateline.to_dataframe([article])
    assert list(frame["type"]) == ["ASSAULT"]
