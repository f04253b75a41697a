"""The weights that ship, each in a folder with its card: data, licence, figures, weaknesses."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from dateline.errors import DatelineError


def folder(name: str) -> Path:
    """The folder of a model.

    Raises DatelineError where it is not installed.
    """
    place = Path(str(files(__name__))) / name
    if not (place / "model.onnx").is_file():
        raise DatelineError(
            f"the weights {place / 'model.onnx'} are missing: install dateline anew"
        )
    return place
