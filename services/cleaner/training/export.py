"""From trained networks to the artifact: ONNX graphs whose large weights are stored in half precision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper

from copydesk.services.cleaner.model.features import LineFeatures
from copydesk.services.cleaner.model.line_model import ASKED, VERSION_KEY, held_beside
from copydesk.services.cleaner.training.committee import Committee
from copydesk.services.cleaner.training.network import LineNetwork

OPSET = 17
LARGE = 1_000  # elements from which weights are halved
LIMIT_BYTES = 2_000_000


def export_network(members: Sequence[LineNetwork], page: LineFeatures, path: Path, version: str) -> None:
    """Write the artifact, and beside it the members that are kept for judging. `page` is any page, to trace the graphs with.

    Raises ValueError if the files grow too large.
    """
    held = held_beside(path)
    _write(members[:ASKED], page, path, version)
    _write(members[ASKED:], page, held, version)
    if (size := path.stat().st_size + held.stat().st_size) > LIMIT_BYTES:
        raise ValueError(f"the artifact has {size:,} bytes; at most {LIMIT_BYTES:,} are shipped")


def _write(members: Sequence[LineNetwork], page: LineFeatures, path: Path, version: str) -> None:
    inputs = tuple(torch.from_numpy(array) for array in (page.numbers, page.words, page.starts, page.ends))
    torch.onnx.export(
        Committee(members).eval(),
        inputs,
        str(path),
        input_names=["numbers", "words", "starts", "ends"],
        output_names=["chances"],
        dynamic_axes={"numbers": {0: "lines"}, "words": {0: "words"}, "starts": {0: "lines"}, "ends": {0: "lines"}, "chances": {1: "lines"}},
        opset_version=OPSET,
        dynamo=False,
    )
    model = onnx.load(str(path))
    _halve(model.graph)
    helper.set_model_props(model, {VERSION_KEY: version})
    onnx.save(model, str(path))


def _halve(graph: onnx.GraphProto) -> None:
    """Store large weights as float16, cast back when the graph is loaded (constant folding makes that cost nothing later)."""
    for tensor in list(graph.initializer):
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < LARGE:
            continue
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(values.astype(np.float16), f"{name}.half"))
        graph.node.insert(0, helper.make_node("Cast", [f"{name}.half"], [name], to=TensorProto.FLOAT))
