"""The trained line model: chances that lines are of the article.

Five networks are trained, each without one fold of the labelled pages' hosts. The artifact is one ONNX graph of the first three, whose
mean counts on a new page; the other two are kept in a second file, so that each labelled page can be judged by the one that has not seen it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import onnxruntime

from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.model.characters import Floats
from copydesk.services.cleaner.model.features import LineFeatures, extract

ARTIFACT = Path(__file__).with_name("lines.onnx")
ASKED = 3  # networks of the artifact; all five took 0.9 ms more a page, and chose otherwise on 1% of the lines of known pages
VERSION_KEY = "version"
MOST_LINES = 20_000  # of one page that are looked at together


@dataclass(frozen=True, slots=True)
class LineChances:
    """For each line (lines,) the chance that it is of the article, and the chance that it, of all lines, is the headline."""

    body: Floats
    title: Floats


class LineModel:
    """Loads an artifact once; it may be asked from any thread and gives the same numbers each time."""

    def __init__(self, path: Path = ARTIFACT) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_mem_pattern = False  # pages differ in length: planned memory is never used again
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self.version: str = self._session.get_modelmeta().custom_metadata_map.get(VERSION_KEY, "")

    def read(self, blocks: Sequence[Block], member: int | None = None) -> LineChances:
        """Read a page with all networks of the artifact, or with one of them. Pages of more than MOST_LINES lines are read in parts."""
        parts = [self._read(extract(blocks[at : at + MOST_LINES]), member) for at in range(0, len(blocks), MOST_LINES)]
        numbers = np.concatenate([np.zeros((0, 2), np.float32), *parts])
        return LineChances(numbers[:, 0], numbers[:, 1])

    def _read(self, page: LineFeatures, member: int | None) -> Floats:
        inputs = {"numbers": page.numbers, "words": page.words, "starts": page.starts, "ends": page.ends}
        chances = np.asarray(self._session.run(None, inputs)[0], np.float32)
        return np.asarray(chances.mean(0) if member is None else chances[member])


def held_beside(artifact: Path) -> Path:
    """Where the networks are that no new page is read with."""
    return artifact.with_stem(f"{artifact.stem}_held")


@cache
def shipped_line_model() -> LineModel:
    """The model that the project ships."""
    return LineModel()
