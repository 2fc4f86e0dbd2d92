"""Numbered lists: of one that is the article's, all items are, the first and the last too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.services.cleaner.lines import Block, Label

NUMBER = re.compile(r"(?:No\.?\s|Nr\.?\s|№\s?|#|\()?(\d{1,3})(?:[.):、．]|\s[–—-])\s*(?=[^\W\d_]|[\"“”„«‘'(¿¡])")
APART = 5  # lines between two items of one list: credits, captions, what is told of an item
LEAST_ITEMS, LEAST_KEPT = 3, 0.4  # items of a list; share of them that reads as the article's


def with_whole_lists(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """The labels, with all items of a numbered list as the article's where many of them read as that, unless a rule knows one."""
    labels = list(labels)
    for items in _lists(blocks):
        kept = sum(labels[n].is_body for n in items)
        if len(items) >= LEAST_ITEMS and kept >= LEAST_KEPT * len(items):
            for n in items:
                if labels[n].reason == "model" and not labels[n].is_body:
                    labels[n] = Label("body", "model", 1 - labels[n].confidence)
    return labels


def _lists(blocks: Sequence[Block]) -> Iterator[list[int]]:
    """The blocks of each list: numbers that go up or down by one, or all by the same step, not far apart."""
    items: list[tuple[int, int]] = []
    for n, block in enumerate(blocks):
        if not (match := NUMBER.match(block.text)):
            continue
        number = int(match[1])
        if items and (n - items[-1][0] > APART + 1 or not _follows([number for _, number in items], number)):
            yield [at for at, _ in items]
            items = []
        items.append((n, number))
    yield [at for at, _ in items]


def _follows(numbers: Sequence[int], number: int) -> bool:
    """Whether a number goes on with a list that goes up, or down."""
    step = number - numbers[-1]
    return abs(step) == 1 and (len(numbers) < 2 or step == numbers[-1] - numbers[-2])
