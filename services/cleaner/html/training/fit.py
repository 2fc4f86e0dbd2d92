"""Gradient boosted trees over blocks, and their export to one ONNX node with an output for each fold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper

from copydesk.services.cleaner.html.training.pages import LabelledBlocks

ROUNDS = 160
SETTINGS: dict[str, Any] = {
    "objective": "cross_entropy",  # labels are shares
    "num_leaves": 28,
    "learning_rate": 0.08,
    "min_data_in_leaf": 60,
    "min_sum_hessian_in_leaf": 0.01,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.6,
    "bagging_freq": 1,
    "lambda_l2": 5,
    "max_bin": 63,
    "deterministic": True,
    "seed": 1,
    "verbose": -1,
}
LEAST_BODY = 50  # words: shorter bodies do not weigh more than that
FLOOR = 0.002  # weight of a block however small
LIMIT_BYTES = 2_000_000


def fit_trees(pages: Sequence[LabelledBlocks], threads: int) -> lightgbm.Booster:
    """A block weighs its words as a share of the body's: every page counts the same, as in the score."""
    used = [page for page in pages if page.shares.sum() > 0]
    weights = np.concatenate([np.maximum(page.words, 1) / max(LEAST_BODY, float(page.words @ page.shares)) + FLOOR for page in used])
    data = lightgbm.Dataset(
        np.concatenate([page.rows for page in used]), np.concatenate([page.shares for page in used]), weight=weights / weights.mean()
    )
    return lightgbm.train({**SETTINGS, "num_threads": threads}, data, ROUNDS)


def export_trees(boosters: Sequence[lightgbm.Booster], columns: Sequence[str], path: Path) -> None:
    """Write the artifact. Raises ValueError when it grows too large."""
    fields: dict[str, list[Any]] = {name: [] for name in (*NODE_FIELDS, *TARGET_FIELDS)}
    trees = 0
    for target, booster in enumerate(boosters):
        for tree in booster.dump_model()["tree_info"]:
            _add_tree(fields, tree["tree_structure"], trees, target)
            trees += 1
    node = helper.make_node("TreeEnsembleRegressor", ["rows"], ["sums"], domain="ai.onnx.ml")
    for name, value in {**fields, "n_targets": len(boosters), "aggregate_function": "SUM"}.items():
        node.attribute.append(helper.make_attribute(name, value))
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, len(columns)])
    sums = helper.make_tensor_value_info("sums", TensorProto.FLOAT, [None, len(boosters)])
    model = helper.make_model(
        helper.make_graph([node], "blocks", [rows], [sums]), opset_imports=[helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    )
    model.ir_version = 8
    helper.set_model_props(model, {"columns": " ".join(columns)})
    onnx.checker.check_model(model)
    onnx.save(model, str(path))
    if (size := path.stat().st_size) > LIMIT_BYTES:
        raise ValueError(f"the artifact has {size:,} bytes, more than {LIMIT_BYTES:,}: train fewer or smaller trees")


NODE_FIELDS = ("nodes_treeids", "nodes_nodeids", "nodes_featureids", "nodes_modes", "nodes_values", "nodes_truenodeids", "nodes_falsenodeids")
TARGET_FIELDS = ("target_treeids", "target_nodeids", "target_ids", "target_weights")


def _add_tree(fields: dict[str, list[Any]], root: dict[str, Any], tree: int, target: int) -> None:
    nodes = list(_walk(root))
    numbers = {id(node): number for number, node in enumerate(nodes)}
    for number, node in enumerate(nodes):
        leaf = "leaf_value" in node
        row = (
            (tree, number, 0, "LEAF", 0.0, 0, 0)
            if leaf
            else (
                tree,
                number,
                node["split_feature"],
                "BRANCH_LEQ",
                _below(node["threshold"]),
                numbers[id(node["left_child"])],
                numbers[id(node["right_child"])],
            )
        )
        for name, value in zip(NODE_FIELDS, row, strict=True):
            fields[name].append(value)
        if leaf:
            for name, value in zip(TARGET_FIELDS, (tree, number, target, node["leaf_value"]), strict=True):
                fields[name].append(value)


def _walk(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    if "leaf_value" not in node:
        yield from _walk(node["left_child"])
        yield from _walk(node["right_child"])


def _below(threshold: float) -> float:
    """The largest float32 that is not above the threshold: comparisons of float32 values come out the same."""
    single = np.float32(threshold)
    return float(np.nextafter(single, np.float32(-np.inf)) if float(single) > threshold else single)
