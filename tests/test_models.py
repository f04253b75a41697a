"""The weights that ship."""

from __future__ import annotations

import pytest

from dateline import models
from dateline.errors import DatelineError

NAMES = ("attributions", "parties", "trunk", "types")


def test_all_together_are_small() -> None:
    sizes = [(models.folder(name) / "model.onnx").stat().st_size for name in NAMES]
    assert sum(sizes) <= 35_000_000


@pytest.mark.parametrize("name", NAMES)
def test_each_has_its_card(name: str) -> None:
    place = models.folder(name)
    card = (place / "CARD.md").read_text("utf-8").lower()
    for part in ("data", "licence", "figures", "weaknesses", "how it is made"):
        assert f"## {part}" in card


def test_a_missing_one_is_named() -> None:
    with pytest.raises(DatelineError, match=r"no-such/model\.onnx are missing"):
        models.folder("no-such")
