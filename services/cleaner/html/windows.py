"""Columns of a page's blocks, seen from their neighbours."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.floating[Any]]

WINDOWS = (2, 5, 12)
SHIFTS = (-3, -2, -1, 1, 2, 3)


def column(values: object) -> Column:
    return np.asarray(values, np.float32)


def neighbours_of_blocks(known: dict[str, Column]) -> dict[str, Column]:
    """A few columns again for the blocks before and after, and averaged over windows."""
    columns: dict[str, Column] = {}
    for name in ("chars", "linked", "vote_main", "ends", "up1_prose_share", "cue_related", "alike_voted", "bold"):
        for shift in SHIFTS:
            columns[f"{name}{shift:+d}"] = _shifted(known[name], shift)
    sizes = np.expm1(known["words"])
    for width in WINDOWS:
        around = np.maximum(_window(sizes, width), 1)
        for name in ("vote_main", "linked", "ends"):
            columns[f"{name}~{width}"] = _window(sizes * known[name], width) / around
        columns[f"words~{width}"] = np.log1p(around)
    for name in ("vote_main",):
        columns[f"{name}<"] = _run(sizes * known[name])
        columns[f"{name}>"] = _run((sizes * known[name])[::-1])[::-1]
    return columns


def _shifted(values: Column, shift: int) -> Column:
    out = np.full_like(values, -1)
    if abs(shift) < len(values):
        if shift > 0:
            out[:-shift] = values[shift:]
        else:
            out[-shift:] = values[:shift]
    return out


def _window(values: Column, width: int) -> Column:
    """Sum over the rows from `width` before to `width` after."""
    sums = np.concatenate([[0], np.cumsum(values, dtype=np.float64)])
    index = np.arange(len(values))
    return column(sums[np.minimum(index + width + 1, len(values))] - sums[np.maximum(index - width, 0)])


def _run(values: Column) -> Column:
    """Sum of all rows before, as a share of the whole."""
    total = max(1.0, float(values.sum()))
    return column((np.cumsum(values) - values) / total)
