"""Captions: text, and the credit at its end. The same caption in two forms is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from copydesk.services.cleaner.lines import Block, Label
from copydesk.services.cleaner.rules.pictures import REACH, credit_of
from copydesk.shared.records.cleaned import Caption

WORD = re.compile(r"\w+")
LABEL = re.compile(r"^(?:photo(?:graph)?|image|picture|pic|foto|credit)s?(?:\scredit|\scourtesy)?\s?(?::|/|\sby|\scourtesy\sof)\s*", re.I)
SAME = 0.8  # share of the shorter caption's words from which two captions are one


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
    seen: list[str] = []
    marked = list(labels)
    if not any(label.kind == "caption" for label in labels):
        return marked
    texts = [parse_caption(block.text).text for block, label in zip(blocks, labels, strict=True) if label.kind == "caption"]
    for n, (block, label) in enumerate(zip(blocks, labels, strict=True)):
        if label.kind == "caption" or any(block.text == text for text in texts):
            text = parse_caption(block.text).text
            marked[n] = Label("caption", "caption_repeated" if any(same_caption(text, other) for other in seen) else label.reason)
            seen.append(text)
    return marked


def unique(captions: Sequence[Caption]) -> list[Caption]:
    """Each caption once, in order of first mention; the fuller form stays."""
    kept: list[Caption] = []
    for caption in captions:
        same = next((n for n, other in enumerate(kept) if same_caption(caption.text, other.text)), None)
        if same is None:
            kept.append(caption)
        else:
            fuller = max(kept[same], caption, key=lambda each: len(each.text))
            kept[same] = Caption(text=fuller.text, credit=kept[same].credit or caption.credit)
    return kept


def same_caption(one: str, other: str) -> bool:
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return len(a & b) >= SAME * max(1, min(len(a), len(b))) and min(len(a), len(b)) > 3
