"""What the sketch needs to know of each character: its class, and the form under which spellings are equal.

Both are lookup tables over code points, so that a text is classified and folded by two numpy gathers and every
offset stays an offset into the text as it was given.
"""

from __future__ import annotations

import unicodedata
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
    for code in range(SIZE - 0x400):
        table[code] = _flags(chr(code))
    return table


@cache
def letter_codes() -> npt.NDArray[np.uint64]:
    """A fixed random number for each letter, the same for letters that count as equal; 0 for what is no letter."""
    folded = np.fromiter((_fold(chr(code)) for code in range(SIZE)), np.uint64, SIZE)
    numbers = _random(SIZE)
    return np.where(flags() & (WORD | UNSPACED), numbers[folded.astype(np.intp)], np.uint64(0))


def _random(count: int) -> npt.NDArray[np.uint64]:
    """xxh64 of the numbers from 0: the same on every machine and in every version."""
    return np.fromiter((xxhash.xxh64_intdigest(number.to_bytes(4, "little")) for number in range(count)), np.uint64, count)


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _flags(char: str) -> int:
    code, category = ord(char), unicodedata.category(char)
    found = CLOSER if char in _CLOSERS else 0
    if char in _NEWLINES:
        return NEWLINE
    if char in _IGNORED or _within(code, _IGNORED_RANGES):
        return found | IGNORED
    if category[0] in "LNM":
        script = UNSPACED if _within(code, _UNSPACED_RANGES) else WORD
        return script | (LOWER if category == "Ll" else CASELESS if category in ("Lo", "Lm") else 0)
    if char in _ENDERS:
        return found | ENDER
    return found | (SPACE if char.isspace() else 0)


def _fold(char: str) -> int:
    if 0xD800 <= ord(char) < 0xE000:
        return ord(char)
    compatible = unicodedata.normalize("NFKC", char)[0]
    parts = unicodedata.normalize("NFD", compatible)
    plain = all(_within(ord(mark), _IGNORED_RANGES) for mark in parts[1:])
    return ord((parts[0] if plain else compatible).casefold()[0])
