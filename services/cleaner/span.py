"""The stretch of a page that holds its article: the run of lines with the largest sum, where long lines count for and short ones against."""

from __future__ import annotations

from collections.abc import Sequence


def best_span(gains: Sequence[float]) -> tuple[int, int]:
    """The half-open range with the largest sum (Kadane); empty when no line gains."""
    best, best_sum, start, total = (0, 0), 0.0, 0, 0.0
    for n, gain in enumerate(gains):
        if total <= 0:
            start, total = n, 0.0
        total += gain
        if total > best_sum:
            best, best_sum = (start, n + 1), total
    return best
