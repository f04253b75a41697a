"""The networks that ship, as training goes on from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor, nn

from dateline import models
from dateline.coder.encoder.session import network

Arrays = Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]


def trunk(ids: Tensor, mask: Tensor) -> Tensor:
    """States (row, piece, width) of ids (row, piece) by the trunk that ships; zeros where nothing
    is. One passage a run: what is learned above it reads what it will read."""
    made = [
        torch.tensor(network("trunk").run(ids=row[: int(own.sum())][None].numpy())[0])
        for row, own in zip(ids, mask, strict=True)
    ]
    return nn.utils.rnn.pad_sequence(made, batch_first=True)


def load(into: nn.Module, name: str) -> None:
    """Give a network the weights of the one that ships under that name and was exported from it.

    Products of matrices come back from their integers, to seven bits. Raises KeyError where the
    file lacks a weight.
    """
    path = models.folder(name) / "model.onnx"
    model = onnx.load(path)
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found = dict(_floats(held)) | dict(_products(model.graph.node, held))
    state = into.state_dict()
    missing = sorted(set(state) - set(found))
    if missing:
        raise KeyError(f"{path} holds no {missing[0]}")
    into.load_state_dict({name: found[name].reshape(state[name].shape) for name in state})


def _floats(held: Arrays) -> Iterator[tuple[str, Tensor]]:
    for name, values in held.items():
        if values.dtype == np.float32:
            yield name, torch.tensor(values)


def _products(nodes: Iterable[NodeProto], held: Arrays) -> Iterator[tuple[str, Tensor]]:
    """Of "/layers.0/output/dense/MatMul_quant", the weight (output, input) of that layer."""
    for node in nodes:
        if node.op_type != "MatMulInteger" or node.input[1] not in held:
            continue
        of = node.input[1].removesuffix("_quantized")
        whole = held[node.input[1]].astype(np.float32) - held[f"{of}_zero_point"]
        values = torch.tensor(whole * held[f"{of}_scale"]).T.contiguous()
        yield node.name.rpartition("/")[0].strip("/").replace("/", ".") + ".weight", values
