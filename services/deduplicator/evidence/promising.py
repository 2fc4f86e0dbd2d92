"""Which of many pairs of texts are worth a look: bounds that a few array operations find, since most pairs share a phrase and no more.

A bound never drops a pair that `judging.judge` would call a match.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from copydesk.services.deduplicator.arrays import Bools, Ints, Small
from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.evidence.runs import Runs
from copydesk.services.deduplicator.index.nodes import TOKENS


def enough_points(points: Ints, sizes: Small, other_sizes: Small, rule: EvidenceRule) -> Bools:
    """Which of many pairs may be a match by how many points they share: those of a run are at most `gap` words apart.

    `sizes` are the columns of `NodeTable.sizes` for the two texts of each pair.
    """
    result: Bools = (points > 1) & ((points - 1) * rule.gap + rule.shingle >= _needed(sizes, other_sizes, rule))
    return result


def promising(points: Ints, pair: Ints, sizes: Small, other_sizes: Small, rule: EvidenceRule) -> Bools:
    """Which of many pairs may be a match by the lengths of their runs. Points with the number of their pair, ascending; sizes as above."""
    runs = Runs.find(points, pair, rule.gap, rule.drift)
    solid = runs.lengths() + rule.shingle >= rule.run
    bounds = [np.bincount(runs.pair[solid], span[solid] + rule.shingle, len(sizes)) for span in runs.spans()]
    result: Bools = np.minimum(*bounds) >= _needed(sizes, other_sizes, rule)
    return result


def _needed(sizes: Small, other_sizes: Small, rule: EvidenceRule) -> npt.NDArray[np.float64]:
    """The least number of shared words that makes a match of two texts."""
    return np.maximum(rule.least, rule.floor * np.minimum(sizes[:, TOKENS], other_sizes[:, TOKENS]))
