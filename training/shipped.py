"""The weights of a network that ships, as training can go on from them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import NodeProto, numpy_helper
from torch import Tensor, nn

Arrays = Mapping[str, np.ndarray[tuple[int, ...], np.dtype[np.generic]]]


def load(network: nn.Module, path: Path) -> None:
    """Give a network the weights in the ONNX file that was exported from one like it.

    Products of matrices come back from their integers, to seven bits. Raises KeyError where the
    file lacks a weight.
    """
    model = onnx.load(path)
    held = {one.name: numpy_helper.to_array(one) for one in model.graph.initializer}
    found = dict(_floats(held)) | dict(_products(model.graph.node, held))
    state = network.state_dict()
    missing = sorted(set(state) - set(found))
    if missing:
        raise KeyError(f"{path} holds no {missing[0]}")
    network.load_state_dict({name: found[name].reshape(state[name].shape) for name in state})


def _floats(held: Arrays) -> Iterator[tuple[str, Tensor]]:
    for name, values in held.items():
        if values.dtype == np.float32:
            yield name, torch.tensor(values)


def _products(nodes: Iterator[NodeProto], held: Arrays) -> Iterator[tuple[str, Tensor]]:
    """Of "/layers.0/output/dense/MatMul_quant", the weight (output, input) of that layer."""
    for node in nodes:
        if node.op_type != "MatMulInteger" or node.input[1] not in held:
            continue
        of = node.input[1].removesuffix("_quantized")
        whole = held[node.input[1]].astype(np.float32) - held[f"{of}_zero_point"]
        values = torch.tensor(whole * held[f"{of}_scale"]).T.contiguous()
        yield node.name.rpartition("/")[0].strip("/").replace("/", ".") + ".weight", values
