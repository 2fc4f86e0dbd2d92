"""Which blocks of a labelled page are of its body.

A block of several words is judged by how many of its 4-word shingles the body has. A shorter one has no shingles to speak of: it
counts when it is a line of the body, or continues a neighbour in it, and stands beside a block that is of the body.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from copydesk.services.cleaner.html.cues import WORD

SHINGLE = 4
LONG = 6  # words from which shingles decide


def body_shares(texts: Sequence[str], body: str) -> list[float]:
    """For each block the share of it that is in the body, 0 to 1."""
    words = [WORD.findall(text.lower()) for text in texts]
    gold = WORD.findall(body.lower())
    known = {tuple(gold[at : at + SHINGLE]) for at in range(max(1, len(gold) - SHINGLE + 1))}
    lines = {" ".join(WORD.findall(line)) for line in body.lower().split("\n")}
    run = f" {' '.join(gold)} "
    found = [_share(block, known) if len(block) >= LONG else -1.0 for block in words]
    long = [at for at, share in enumerate(found) if share >= 0]
    return [share if share >= 0 else _short(words, at, lines, run, _beside(found, long, at)) for at, share in enumerate(found)]


def _share(block: list[str], known: set[tuple[str, ...]]) -> float:
    starts = range(len(block) - SHINGLE + 1)
    return sum(tuple(block[at : at + SHINGLE]) in known for at in starts) / len(starts)


def _beside(found: list[float], long: list[int], at: int) -> tuple[bool, bool]:
    """Whether the nearest long block before, and after, is of the body."""
    place = bisect_left(long, at)
    return place > 0 and found[long[place - 1]] > 0.5, place < len(long) and found[long[place]] > 0.5


def _short(words: list[list[str]], at: int, lines: set[str], run: str, beside: tuple[bool, bool]) -> float:
    block = words[at]
    text = " ".join(block)
    if not block or not any(beside):
        return 0.0
    if text in lines:
        return 1.0
    if len(block) >= 3 and f" {text} " in run:
        return float(all(beside))
    before = words[at - 1][-2:] if at else []
    after = words[at + 1][:2] if at + 1 < len(words) else []
    return float((len(before) == 2 and f" {' '.join(before)} {text} " in run) or (len(after) == 2 and f" {text} {' '.join(after)} " in run))
