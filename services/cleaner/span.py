"""The stretch of a page that holds its article: the run of lines with the largest sum, where long lines count for and short ones against."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def best_span(gains: NDArray[np.float64]) -> tuple[int, int]:
    """The half-open range with the largest sum; empty when no line gains."""
    total = np.concatenate([[0.0], np.cumsum(gains)])
    lowest = np.minimum.accumulate(total)
    end = int(np.argmax(total - lowest))
    return int(np.argmin(total[: end + 1])), end
