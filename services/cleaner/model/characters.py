"""Counts of characters and words for each line of a page, all lines at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

UPPER, LOWER, DIGIT, SPACE, SPACELESS, CLOSING, STOP, QUOTE = (1 << bit for bit in range(8))
MARKS = ',:|/?!(-“"@©$#’>»•…%.'
_PLANE = 0x10000


def _classes() -> NDArray[np.uint8]:
    table, every = np.zeros(_PLANE, np.uint8), [chr(code) for code in range(_PLANE)]
    for kind, is_one in ((UPPER, str.isupper), (LOWER, str.islower), (DIGIT, str.isdigit), (SPACE, str.isspace)):
        table |= np.fromiter(map(is_one, every), np.uint8, _PLANE) * np.uint8(kind)
    for low, high in ((0x3040, 0x30FF), (0x3400, 0x9FFF), (0xAC00, 0xD7A3), (0x0E00, 0x0EFF)):
        table[low : high + 1] |= SPACELESS
    for chars, kind in ((".!?…。！？।۔؟\"”»’')）」", CLOSING), (".!?…。！？।۔؟", STOP), ("\"“'‘«「", QUOTE)):
        for char in chars:
            table[ord(char)] |= kind
    return table


def _marks() -> NDArray[np.uint8]:
    table = np.zeros(_PLANE, np.uint8)
    for number, mark in enumerate(MARKS, 1):
        table[ord(mark)] = number
    return table


CLASSES, MARK_NUMBERS = _classes(), _marks()


@dataclass(frozen=True, slots=True)
class Counts:
    """One row a line. `width` counts characters, those of scripts without spaces threefold."""

    width: Floats
    words: Integers
    first: NDArray[np.uint8]  # class of the first character
    last: NDArray[np.uint8]
    colon: NDArray[np.bool_]  # ends in one
    lower: Floats  # share of words that begin so
    upper: Floats
    digit: Floats
    word_length: Floats
    longest: Floats
    all_upper: NDArray[np.bool_]
    digits: Floats  # share of characters
    marks: Floats  # (lines, len(MARKS))


def counts_of(kinds: Sequence[int], texts: list[str]) -> list[Integers]:
    """How many characters of each kind (UPPER, …) each of some texts has, none of them empty."""
    codes, _, starts = _codes(texts)
    found = CLASSES[codes]
    return [np.add.reduceat(((found & kind) > 0).astype(np.int64), starts) for kind in kinds]


def _codes(texts: list[str]) -> tuple[NDArray[np.uint32], Integers, Integers]:
    """The characters of all texts, one behind each; how many each text has, and where it starts."""
    codes = np.minimum(np.frombuffer("\n".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32), _PLANE - 1)
    lengths = np.fromiter(map(len, texts), np.int64, len(texts))
    return codes, lengths, np.cumsum(lengths + 1) - lengths - 1


def count_characters(texts: list[str]) -> Counts:
    """Counts for lines that are not blank and have no line breaks."""
    codes, lengths, starts = _codes(texts)
    kinds = CLASSES[codes]
    space = (kinds & SPACE) > 0
    begins = ~space
    begins[1:] &= space[:-1]

    def total(mask: NDArray[np.bool_]) -> Integers:
        return np.add.reduceat(mask.astype(np.int64), starts)

    words = total(begins)
    upper = total((kinds & UPPER) > 0)
    return Counts(
        width=(lengths + 2 * total((kinds & SPACELESS) > 0)).astype(np.float32),
        words=words,
        first=kinds[starts],
        last=kinds[starts + lengths - 1],
        colon=codes[starts + lengths - 1] == ord(":"),
        lower=(total(begins & ((kinds & LOWER) > 0)) / words).astype(np.float32),
        upper=(total(begins & ((kinds & UPPER) > 0)) / words).astype(np.float32),
        digit=(total(begins & ((kinds & DIGIT) > 0)) / words).astype(np.float32),
        word_length=(total(~space) / words).astype(np.float32),
        longest=_longest(begins, space, words),
        all_upper=(upper > 1) & (total((kinds & LOWER) > 0) == 0),
        digits=(total((kinds & DIGIT) > 0) / lengths).astype(np.float32),
        marks=_mark_counts(codes, lengths),
    )


def _longest(begins: NDArray[np.bool_], space: NDArray[np.bool_], words: Integers) -> Floats:
    at = np.nonzero(begins)[0]
    ends = np.nonzero(np.append(~space[:-1] & space[1:], not space[-1]))[0]
    return np.maximum.reduceat(ends - at + 1, np.cumsum(words) - words).astype(np.float32)


def _mark_counts(codes: NDArray[np.uint32], lengths: Integers) -> Floats:
    n, kinds = len(lengths), len(MARKS) + 1
    line = np.repeat(np.arange(n), lengths + 1)[: len(codes)]
    return np.bincount(line * kinds + MARK_NUMBERS[codes], minlength=n * kinds).reshape(n, kinds)[:, 1:].astype(np.float32)
