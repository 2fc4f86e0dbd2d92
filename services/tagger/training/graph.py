"""The trained network as an ONNX graph for one unit of text a call: no padding, no mask, fused operators of ONNX Runtime."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from copydesk.services.tagger.model.labels import TAGS
from copydesk.services.tagger.training.network import HEADS, LAYERS, NORM_EPSILON, WIDTH

MICROSOFT = "com.microsoft"
POSITIONS_KEPT = 256
OPSET = 17

Weights = Mapping[str, NDArray[np.float32]]


class Graph:
    """Collects nodes and weights. A node's output is named as it is asked for."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, name: str, value: NDArray[np.generic]) -> str:
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, domain: str = "", **attributes: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **attributes))
        return output


def build_graph(weights: Weights, rule: int) -> onnx.ModelProto:
    """The float graph, by one labelling rule.

    Inputs: ids [pieces], cases [pieces], first [words] (positions of the words' first pieces), around [words, 3].
    Output: scores [words, tags].
    """
    graph = Graph()
    x = _embedded(graph, weights, rule)
    for number in range(LAYERS):
        x = _layer(graph, weights, f"layers.{number}", x)
    _head(graph, weights, x)
    body = helper.make_graph(
        graph.nodes,
        "copydesk_ner",
        [
            helper.make_tensor_value_info("ids", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("cases", TensorProto.INT64, ["pieces"]),
            helper.make_tensor_value_info("first", TensorProto.INT64, ["words"]),
            helper.make_tensor_value_info("around", TensorProto.INT64, ["words", 3]),
        ],
        [helper.make_tensor_value_info("scores", TensorProto.FLOAT, ["words", len(TAGS)])],
        graph.weights,
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
    return helper.make_model(body, opset_imports=opsets, ir_version=8, producer_name="copydesk")


def _embedded(graph: Graph, weights: Weights, rule: int) -> str:
    """Sum of the embeddings, normalised, [1, pieces, WIDTH]. The word table is held in int8 with a scale for each row."""
    table = weights["words.weight"]
    scales = np.maximum(np.abs(table).max(axis=1, keepdims=True) / 127, 1e-12).astype(np.float32)
    graph.weight("words", np.rint(table / scales).astype(np.int8))
    graph.weight("word_scales", scales)
    graph.weight("positions", weights["positions.weight"][:POSITIONS_KEPT])
    graph.weight("case_in", weights["case_in.weight"] + weights["segment"] + weights["source.weight"][rule])
    rows = graph.node("Cast", [graph.node("Gather", ["words", "ids"], "word_rows")], "word_floats", to=TensorProto.FLOAT)
    x = graph.node("Mul", [rows, graph.node("Gather", ["word_scales", "ids"], "row_scales")], "word_vectors")
    x = graph.node("Add", [x, graph.node("Gather", ["case_in", "cases"], "case_vectors")], "word_and_case")
    graph.weight("zero", np.array([0], np.int64))
    length = graph.node("Shape", ["ids"], "length")
    x = graph.node("Add", [x, graph.node("Slice", ["positions", "zero", length, "zero"], "position_vectors")], "embedded")
    x = graph.node("LayerNormalization", [x, *_norm(graph, weights, "norm")], "normalised", axis=-1, epsilon=NORM_EPSILON)
    return graph.node("Unsqueeze", [x, "zero"], "layer_input")


def _norm(graph: Graph, weights: Weights, name: str) -> list[str]:
    return [graph.weight(f"{name}.{kind}", weights[f"{name}.{kind}"]) for kind in ("weight", "bias")]


def _linear(graph: Graph, weights: Weights, name: str) -> list[str]:
    """Names of the matrix [in, out] and of the bias."""
    return [graph.weight(f"{name}.matrix", weights[f"{name}.weight"].T), graph.weight(f"{name}.bias", weights[f"{name}.bias"])]


def _layer(graph: Graph, weights: Weights, name: str, x: str) -> str:
    attended = graph.node("Attention", [x, *_linear(graph, weights, f"{name}.qkv")], f"{name}.attended", MICROSOFT, num_heads=HEADS)
    x = _joined(graph, weights, name, ("out", "norm1"), attended, x)
    matrix, bias = _linear(graph, weights, f"{name}.inner")
    inner = graph.node("MatMul", [x, matrix], f"{name}.inner_product")
    inner = graph.node("BiasGelu", [inner, bias], f"{name}.gelu", MICROSOFT)
    return _joined(graph, weights, name, ("outer", "norm2"), inner, x)


def _joined(graph: Graph, weights: Weights, name: str, parts: tuple[str, str], value: str, skip: str) -> str:
    """A linear layer, added to what it went around, and normalised."""
    linear, norm = (f"{name}.{part}" for part in parts)
    matrix, bias = _linear(graph, weights, linear)
    product = graph.node("MatMul", [value, matrix], f"{linear}.product")
    inputs = [product, skip, *_norm(graph, weights, norm), bias]
    return graph.node("SkipLayerNormalization", inputs, f"{norm}.joined", MICROSOFT, epsilon=NORM_EPSILON)


def _head(graph: Graph, weights: Weights, x: str) -> None:
    graph.weight("flat", np.array([-1, WIDTH], np.int64))
    rows = graph.node("Gather", [graph.node("Reshape", [x, "flat"], "piece_vectors"), "first"], "first_vectors")
    graph.weight("case_out", weights["case_out.weight"])
    graph.weight("around_shape", np.array([-1, 3 * weights["case_out.weight"].shape[1]], np.int64))
    around = graph.node("Reshape", [graph.node("Gather", ["case_out", "around"], "around_vectors"), "around_shape"], "around_flat")
    matrix, bias = _linear(graph, weights, "hidden")
    hidden = graph.node("MatMul", [graph.node("Concat", [rows, around], "word_input", axis=1), matrix], "hidden_product")
    hidden = graph.node("BiasGelu", [hidden, bias], "hidden_gelu", MICROSOFT)
    matrix, bias = _linear(graph, weights, "tags")
    graph.node("Add", [graph.node("MatMul", [hidden, matrix], "tag_product"), bias], "scores")
