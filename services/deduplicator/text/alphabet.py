"""What the sketch needs to know of each character: its class, and the form under which spellings are equal.

Both are lookup tables over code points, so that a text is classified and folded by two numpy gathers and every
offset stays an offset into the text as it was given.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np
import numpy.typing as npt
import xxhash

WORD = 1  # letter or digit of a script that separates words
NEWLINE = 2
ENDER = 4  # ends a sentence
CLOSER = 8  # may follow the end of a sentence: quotes, brackets
LOWER = 16
SPACE = 32
CASELESS = 64  # letter of a script that has no case
UNSPACED = 128  # character of a script that does not separate words: Han, kana, Thai, Lao, Khmer, Burmese
IGNORED = 256  # changes nothing: accents that stand alone, vowel points, joiners, soft hyphens
PLAIN = 127  # flags up to here: none of the two that need care

SIZE = 0x32400  # every assigned letter lies below; higher code points act as separators
LAST = SIZE - 0x400  # no letter is above
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
    (0x20000, 0x323AF),
)
_IGNORED_RANGES = ((0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x06D6, 0x06ED))
_IGNORED = "\u0640\u0670\u00ad\u200b\u200c\u200d\u2060\ufeff"
_ENDERS = ".!?…。！？｡؟۔।॥។"
_CLOSERS = "\"'”’»)]」』）】›"
_NEWLINES = "\n\r\v\f\x85\u2028\u2029"


@cache
def fingerprint() -> str:
    """Names both tables: they depend on the version of Unicode that this Python knows, and on this file."""
    return xxhash.xxh64_hexdigest(flags().tobytes() + letter_codes().tobytes())


@cache
def flags() -> npt.NDArray[np.uint16]:
    """The flags above for every code point below SIZE."""
    table = np.zeros(SIZE, np.uint16)
    categories = np.array([unicodedata.category(chr(code)) for code in range(LAST)])
    letters = np.isin(categories.astype("U1"), ["L", "N", "M"])
    unspaced = _mask(_UNSPACED_RANGES)
    table[:LAST][letters & ~unspaced] |= WORD
    table[:LAST][letters & unspaced] |= UNSPACED
    table[:LAST][categories == "Ll"] |= LOWER
    table[:LAST][np.isin(categories, ["Lo", "Lm"])] |= CASELESS
    table[[code for code in np.flatnonzero(~letters) if chr(code).isspace()]] = SPACE
    table[_codes(_ENDERS)] = ENDER
    table[:LAST][_mask(_IGNORED_RANGES)] = IGNORED
    table[_codes(_IGNORED)] = IGNORED
    table[_codes(_CLOSERS)] |= CLOSER
    table[_codes(_NEWLINES)] = NEWLINE
    return table


@cache
def letter_codes() -> npt.NDArray[np.uint64]:
    """A fixed random number for each letter, the same for letters that count as equal; 0 for what is no letter."""
    letters = np.flatnonzero(flags() & (WORD | UNSPACED))
    folded, which = np.unique([_fold(chr(code)) for code in letters.tolist()], return_inverse=True)
    table = np.zeros(SIZE, np.uint64)
    table[letters] = _random(folded.tolist())[which]
    return table


def _random(numbers: Sequence[int]) -> npt.NDArray[np.uint64]:
    """xxh64 of the numbers: the same on every machine and in every version."""
    return np.fromiter((xxhash.xxh64_intdigest(number.to_bytes(4, "little")) for number in numbers), np.uint64, len(numbers))


def _mask(ranges: Iterable[tuple[int, int]]) -> npt.NDArray[np.bool_]:
    found = np.zeros(LAST, np.bool_)
    for first, last in ranges:
        found[first : last + 1] = True
    return found


def _codes(chars: str) -> list[int]:
    return [ord(char) for char in chars]


def _fold(char: str) -> int:
    if not unicodedata.decomposition(char):
        return ord(char.casefold()[0])
    compatible = unicodedata.normalize("NFKC", char)[0]
    parts = unicodedata.normalize("NFD", compatible)
    plain = all(any(first <= ord(mark) <= last for first, last in _IGNORED_RANGES) for mark in parts[1:])
    return ord((parts[0] if plain else compatible).casefold()[0])
