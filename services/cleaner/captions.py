"""Captions: text, and the credit at its end. The same caption in two forms is one."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.rules.pictures import REACH, credit_of
from copydesk.shared.records.cleaned import Caption

WORD = re.compile(r"\w+")
LABEL = re.compile(r"^(?:photo(?:graph)?|image|picture|pic|foto|credit)s?(?:\scredit|\scourtesy)?\s?(?::|/|\sby|\scourtesy\sof)\s*", re.I)
SAME = 0.8  # share of the shorter caption's words from which two captions are one
FEWEST = 4  # words of a caption that can be told from another
NEAR = 100


def parse_caption(text: str) -> Caption:
    """A caption's text and its credit: "… Photo by Japanese PM Press Office / UPI | License Photo"."""
    match = credit_of(text)
    if match is None:
        return Caption(text=text)
    credit = re.sub(r"\s*\|\s*License Photo$", "", match["credit"].strip())
    credit = LABEL.sub("", credit.strip("()[]"))
    return Caption(text=text[: max(0, len(text) - REACH) + match.start("credit")].rstrip(" |–—-"), credit=credit)


def without_repetition(blocks: Sequence[Block], labels: list[Label]) -> list[Label]:
    """A caption that stood above already, with or without its credit, is marked as repeated, whatever it was taken for."""
    seen = _Seen()
    marked = list(labels)
    texts = {parse_caption(block.text).text for block, label in zip(blocks, labels, strict=True) if label.kind == "caption"}
    for n, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        if label.kind == "caption" or block.text in texts:
            text = parse_caption(block.text).text
            marked[n] = Label("caption", label.reason if seen.find(text) is None else "caption_repeated")
            seen.add(text, n)
    return marked


def unique(captions: Sequence[Caption]) -> list[Caption]:
    """Each caption once, in order of first mention; the fuller form stays."""
    seen = _Seen()
    kept: list[Caption] = []
    for caption in captions:
        same = seen.find(caption.text)
        if same is None:
            kept.append(caption)
            seen.add(caption.text, len(kept) - 1)
        else:
            fuller = max(kept[same], caption, key=lambda each: len(each.text))
            kept[same] = Caption(text=fuller.text, credit=kept[same].credit or caption.credit)
            seen.add(fuller.text, same)
    return kept


class _Seen:
    """Captions by their words. One of the same words is found however far above it stood, one that is nearly the same among the last NEAR:
    so a page of thousands takes a time that grows with their number, not its square."""

    def __init__(self) -> None:
        self._numbers: dict[frozenset[str], int] = {}
        self._near: deque[frozenset[str]] = deque(maxlen=NEAR)

    def add(self, text: str, number: int) -> None:
        words = _words(text)
        if len(words) >= FEWEST and words not in self._numbers:
            self._near.append(words)
        self._numbers.setdefault(words, number)

    def find(self, text: str) -> int | None:
        """The number of the first caption that is the same."""
        words = _words(text)
        if len(words) < FEWEST:
            return None
        same = [self._numbers[other] for other in self._near if _is_same(words, other)]
        return min([*same, *([self._numbers[words]] if words in self._numbers else [])], default=None)


def _words(text: str) -> frozenset[str]:
    return frozenset(WORD.findall(text.lower()))


def _is_same(a: frozenset[str], b: frozenset[str]) -> bool:
    return len(a & b) >= SAME * min(len(a), len(b))
