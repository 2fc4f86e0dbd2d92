"""The accurate model's network on ONNX Runtime: the words of one unit in, their tag scores out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from copydesk.services.tagger.model.casing import EDGE, case_of
from copydesk.services.tagger.model.decode import best_tags, word_spans
from copydesk.services.tagger.model.folders import NETWORK, TOKENIZER
from copydesk.services.tagger.model.pieces import Pieces
from copydesk.services.tagger.model.units import split_units
from copydesk.shared.errors import CopydeskError

LETTERED = frozenset({"PERSON", "ORG", "LOC"})  # a year, a film or an attack may be called by a number


class QuantisedNetwork:
    """Tags words. One unit of text a call: int8 scales are taken over the whole input, so a neighbour would change the result."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Load without network and without pickle. Raises CopydeskError where a file is missing or broken."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self.pieces = Pieces(folder / TOKENIZER)
            self._session = onnxruntime.InferenceSession(folder / NETWORK, options, providers=["CPUExecutionProvider"])
        except Exception as error:  # both libraries raise their own kinds
            raise CopydeskError(f"the model in {folder} cannot be loaded: {error}", "restore its files or train the model anew") from error

    def entities(self, words: Sequence[str]) -> list[tuple[int, int, str]]:
        """Labelled word spans [start, end) of one paragraph; a long one is read in parts, none of it is left out."""
        found: list[tuple[int, int, str]] = []
        read: dict[tuple[str, ...], list[tuple[int, int, str]]] = {}  # a text of one token over and over is one unit over and over
        for start, end in split_units(words, self.pieces):
            if not any(map(_is_word, words[start:end])):
                continue  # a line of marks holds no name
            unit = tuple(words[start:end])
            if unit not in read:
                read[unit] = word_spans(best_tags(self.scores(unit)))
            found += [(start + first, start + last, label) for first, last, label in read[unit]]
        return [span for span in found if _may_be_named(words, *span)]

    def scores(self, words: Sequence[str]) -> NDArray[np.float32]:
        """Tag scores [words, tags] of one unit."""
        ids, cases, first = self.pieces.encode(words)
        padded = [EDGE, *(case_of(word) for word in words), EDGE]
        around = np.lib.stride_tricks.sliding_window_view(np.array(padded, np.int64), 3)
        inputs = {
            "ids": np.array(ids, np.int64),
            "cases": np.array(cases, np.int64),
            "first": np.array(first, np.int64),
            "around": np.ascontiguousarray(around),
        }
        scores: NDArray[np.float32] = self._session.run(None, inputs)[0]
        return scores


def _is_word(word: str) -> bool:
    return any(map(str.isalnum, word))


def _may_be_named(words: Sequence[str], start: int, end: int, label: str) -> bool:
    """Nobody is called 21 or @, whatever stands around it (lists of ages; tweets teach the latter)."""
    return label not in LETTERED or any(map(str.isalpha, "".join(words[start:end])))
