"""Features of place: groups between blank lines, position in the page, neighbours, repetition."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.model.characters import Floats
from copydesk.services.cleaner.span import best_span

Flags = NDArray[np.bool_]
LOSSES = (4.0, 12.0, 40.0)
REACHES = (2, 5, 12)
FAR = 60


def groups_of_lines(blocks: Sequence[Block], width: Floats) -> Floats:
    """Blank lines around a line, and the group that they make."""
    at = np.arange(len(blocks))
    before = np.array([block.blank_before for block in blocks], np.float32)
    after = np.append(before[1:], 1.0)
    group = np.cumsum(before).astype(np.int64)
    size = np.bincount(group)[group]
    wide = np.bincount(group, weights=width)[group] / size
    start = np.maximum.accumulate(np.where(before > 0, at, 0))
    return np.stack([before, after, np.log1p(size) / 3, np.log1p(wide) / 5, np.log1p(at - start) / 3, np.full(len(at), before.mean())], axis=1)


def gains(width: Floats, sentence: Flags, loss: float) -> NDArray[np.float64]:
    """What lines count for a stretch: sentences their words, other long lines nothing, short ones against it."""
    return np.where(sentence, width / 5, np.where(width >= 60, 0.0, -loss)).astype(np.float64)


def places_of_lines(width: Floats, sentence: Flags) -> Floats:
    """Where a line stands in the page, in its sentences, and against the best stretches."""
    n = len(width)
    at = np.arange(n)
    told = np.where(sentence, width, 0.0)
    total = max(1.0, float(told.sum()))
    done = np.cumsum(told) - told
    left = total - done - told
    columns = [
        at / n,
        np.log1p(at) / 5,
        np.log1p(n - at) / 5,
        done / total,
        left / total,
        told / total,
        np.log1p(done) / 9,
        np.log1p(np.maximum(left, 0)) / 9,
        np.full(n, np.log1p(n) / 6),
        np.full(n, np.log1p(total) / 9),
        np.full(n, sentence.mean()),
        np.full(n, total / max(1.0, float(width.sum()))),
        _distance(sentence) / 3,
        _distance(sentence[::-1])[::-1] / 3,
    ]
    for loss in LOSSES:
        start, end = best_span(gains(width, sentence, loss))
        columns += [(at >= start) & (at < end), np.clip((at - start) / 20, -2, 2), np.clip((end - 1 - at) / 20, -2, 2)]
    return np.stack(columns, axis=1).astype(np.float32)


def _distance(sentence: Flags) -> Floats:
    """Logarithm of the number of lines since the last sentence above."""
    at = np.arange(len(sentence))
    last = np.maximum.accumulate(np.where(sentence, at, -1))
    return np.log1p(np.where(last < 0, FAR, np.minimum(at - last, FAR))).astype(np.float32)


def neighbours_of_lines(width: Floats, sentence: Flags, closed: Flags, function_share: Floats) -> Floats:
    """Means over windows, and the values of the two lines above and below."""
    values = np.stack([np.log1p(width) / 5, sentence, closed, function_share], axis=1)
    n = len(values)
    total = np.concatenate([np.zeros((1, 4)), np.cumsum(values, axis=0)])
    at = np.arange(n)
    parts = []
    for reach in REACHES:
        low, high = np.maximum(at - reach, 0), np.minimum(at + reach + 1, n)
        parts.append((total[high] - total[low]) / (high - low)[:, None])
    padded = np.pad(values[:, [0, 2, 3]], ((2, 2), (0, 0)))
    parts += [padded[shift : shift + n] for shift in (0, 1, 3, 4)]
    return np.concatenate(parts, axis=1).astype(np.float32)


def repetition(texts: Sequence[str]) -> Floats:
    """How often the same line stands on the page, and whether it stood above already."""
    numbers: dict[str, int] = {}
    ids = np.array([numbers.setdefault(text, len(numbers)) for text in texts])
    first = np.full(len(numbers), len(texts))
    np.minimum.at(first, ids, np.arange(len(texts)))
    return np.stack([np.log(np.bincount(ids)[ids]), np.arange(len(texts)) > first[ids]], axis=1).astype(np.float32)
