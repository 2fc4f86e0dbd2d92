"""The trained choice among a page's blocks: the chance of each to be of the article.

Gradient boosted trees over `block_features`, as an ONNX graph with one ensemble (one output) for each fold of the labelled pages' hosts.
A new page gets their mean; `each` gives them apart, so that a labelled page can be judged by the ensemble that has not seen its host.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime

from copydesk.services.cleaner.html.features import BlockMatrix

ARTIFACT = Path(__file__).with_name("blocks.onnx")
THRESHOLD = 0.45


class BlockModel:
    """Loads an artifact once; the same rows always give the same numbers."""

    def __init__(self, path: Path = ARTIFACT) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def chances(self, rows: BlockMatrix) -> npt.NDArray[np.float32]:
        """(blocks,) from (blocks, features)."""
        return np.asarray(self.each(rows).mean(0), np.float32)

    def each(self, rows: BlockMatrix) -> npt.NDArray[np.float32]:
        """(folds, blocks): 1 / (1 + exp(-sum of trees)) of each ensemble."""
        sums = np.asarray(self._session.run(None, {"rows": np.ascontiguousarray(rows, np.float32)})[0])
        return np.asarray(1 / (1 + np.exp(-sums.T)), np.float32)


@cache
def shipped_block_model() -> BlockModel:
    """The model that the project ships."""
    return BlockModel()
