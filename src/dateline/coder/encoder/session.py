"""The networks that ship, each loaded once for the process."""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from tokenizers import Tokenizer

from dateline import models
from dateline.errors import DatelineError

if TYPE_CHECKING:
    import onnxruntime

THREADS = "DATELINE_THREADS"
"""The setting that bounds the threads of a pass; OMP_NUM_THREADS where it is not set, else all."""


@cache
def tokenizer() -> Tokenizer:
    """The tokenizer of the networks; it neither pads nor cuts what it is given."""
    found = Tokenizer.from_file(str(models.folder("trunk") / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


class Network:
    """An ONNX network.

    One passage a run: the integers of a pass are scaled by what is in it, so in company a passage
    would be told differently.
    """

    def __init__(self, name: str) -> None:
        import onnxruntime  # takes a while, and not every command needs it

        place = models.folder(name)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads()
        options.inter_op_num_threads = 1
        self._session: onnxruntime.InferenceSession = onnxruntime.InferenceSession(
            place / "model.onnx", options, providers=["CPUExecutionProvider"]
        )

    def run(
        self, **inputs: np.ndarray[tuple[int, ...], np.dtype[np.int64 | np.float32]]
    ) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
        """The output for the named inputs."""
        (found,) = self._session.run(None, inputs)
        return np.asarray(found, dtype=np.float32)


@cache
def network(name: str) -> Network:
    """The network of that name, loaded at first use."""
    return Network(name)


def threads() -> int:
    """How many threads a pass may use.

    Raises DatelineError for a setting that is no number.
    """
    text = os.environ.get(THREADS) or os.environ.get("OMP_NUM_THREADS") or "0"
    try:
        return max(0, int(text))
    except ValueError:
        raise DatelineError(f"{THREADS}={text}: write a number of threads") from None
