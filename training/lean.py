"""Layer normalization in plain arithmetic, which ONNX Runtime computes faster on a CPU.

Its own operator (SkipLayerNormalization) adds up a row number by number, and takes a seventh of a
pass; sums and products of whole tensors use the CPU's vectors, and a pass takes a twentieth less.
Rounding differs, so that scores differ as between two CPUs.

    python -m training.lean src/dateline/models/types/model.onnx
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import NodeProto, helper, numpy_helper

FUSED = "SkipLayerNormalization"


def lean(path: Path) -> int:
    """Rewrite the layer normalizations of a model in place; tells how many there were."""
    model = onnx.load(path)
    nodes: list[NodeProto] = []
    count = 0
    for node in model.graph.node:
        if node.op_type != FUSED:
            nodes.append(node)
            continue
        name = f"norm_{count}"
        epsilon = next(a.f for a in node.attribute if a.name == "epsilon")
        model.graph.initializer.append(
            numpy_helper.from_array(np.array(epsilon, np.float32), f"{name}_epsilon")
        )
        nodes += _plain(node, name)
        count += 1
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, path)
    return count


def _plain(node: NodeProto, name: str) -> Iterator[NodeProto]:
    """(x - mean) / sqrt(variance + epsilon) · scale + shift, where x = given + bias + skipped."""
    given, skipped, scale, shift, *bias = node.input

    def step(operator: str, inputs: list[str], output: str, **attributes: object) -> NodeProto:
        return helper.make_node(operator, inputs, [output], output, **attributes)

    if bias:  # beside the product of matrices, which then takes it in
        yield step("Add", [given, *bias], f"{name}_given")
        given = f"{name}_given"
    yield step("Add", [given, skipped], f"{name}_sum")
    yield step("ReduceMean", [f"{name}_sum"], f"{name}_mean", axes=[-1], keepdims=1)
    yield step("Sub", [f"{name}_sum", f"{name}_mean"], f"{name}_centred")
    # A product and no power: that is what ONNX Runtime would make its own operator of again.
    yield step("Mul", [f"{name}_centred", f"{name}_centred"], f"{name}_squared")
    yield step("ReduceMean", [f"{name}_squared"], f"{name}_variance", axes=[-1], keepdims=1)
    yield step("Add", [f"{name}_variance", f"{name}_epsilon"], f"{name}_positive")
    yield step("Sqrt", [f"{name}_positive"], f"{name}_spread")
    yield step("Div", [f"{name}_centred", f"{name}_spread"], f"{name}_unit")
    yield step("Mul", [f"{name}_unit", scale], f"{name}_scaled")
    yield step("Add", [f"{name}_scaled", shift], node.output[0])


if __name__ == "__main__":
    for given in map(Path, sys.argv[1:]):
        print(given, lean(given))
