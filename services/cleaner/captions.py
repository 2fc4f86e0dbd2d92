"""Captions: text, and the credit at its end. The same caption in two forms is one."""

from __future__ import annotations

import re
from collections.abc import Sequence

from services.cleaner.rules.pictures import CREDIT_AT_END
from shared.records.cleaned import Caption

WORD = re.compile(r"\w+")
SAME = 0.8  # share of the shorter caption's words from which two captions are one


def parse(text: str) -> Caption:
    """A caption's text and its credit: "… Photo by Japanese PM Press Office / UPI | License Photo"."""
    match = CREDIT_AT_END.search(text)
    if match is None:
        return Caption(text=text)
    credit = re.sub(r"\s*\|\s*License Photo$", "", match["credit"].strip())
    credit = re.sub(r"^(?:photo(?:graph)?|image|picture|foto)s?(?:\scredit|\scourtesy)?(?:\s?:|\sby)\s+", "", credit.strip("()[]"), flags=re.I)
    return Caption(text=text[: match.start("credit")].rstrip(" |–—-"), credit=credit)


def unique(captions: Sequence[Caption]) -> list[Caption]:
    """Each caption once, in order of first mention; the fuller form stays."""
    kept: list[Caption] = []
    for caption in captions:
        same = next((n for n, other in enumerate(kept) if same_caption(caption.text, other.text)), None)
        if same is None:
            kept.append(caption)
        elif len(caption.text) > len(kept[same].text):
            kept[same] = Caption(text=caption.text, credit=caption.credit or kept[same].credit)
    return kept


def same_caption(one: str, other: str) -> bool:
    a, b = set(WORD.findall(one.lower())), set(WORD.findall(other.lower()))
    return len(a & b) >= SAME * max(1, min(len(a), len(b))) and min(len(a), len(b)) > 3
