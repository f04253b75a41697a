"""From a trained network to the file that ships: ONNX with fused attention, int8 weights."""

from __future__ import annotations

import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers import optimizer
from torch import nn
from transformers import PreTrainedConfig

from training.lean import lean


def export(
    network: nn.Module,
    config: PreTrainedConfig,
    inputs: dict[str, torch.Tensor],
    outputs: list[str],
    dynamic: dict[str, dict[int, str]],
    place: Path,
) -> None:
    """Write `model.onnx` into a folder.

    Weights are int8 by output channel, of 7 bits, so that no sum overflows on a CPU without VNNI;
    activations are scaled at run time. One passage a run (see `dateline.coder.encoder.session`).
    """
    network.eval()
    config._attn_implementation = "eager"
    place.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain, fused = Path(folder) / "plain.onnx", Path(folder) / "fused.onnx"
        torch.onnx.export(
            network, tuple(inputs.values()), str(plain), input_names=list(inputs),
            output_names=outputs, dynamic_axes=dynamic, opset_version=17, dynamo=False,
        )  # fmt: skip
        model = optimizer.optimize_model(
            str(plain), "bert", num_heads=config.num_attention_heads, hidden_size=config.hidden_size
        )
        model.save_model_to_file(str(fused))
        quantize_dynamic(
            fused, place / "model.onnx", weight_type=QuantType.QInt8, per_channel=True,
            reduce_range=True, extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
        )  # fmt: skip
    lean(place / "model.onnx")
