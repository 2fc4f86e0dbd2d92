"""From characters to tokens: words, or single characters in scripts that do not separate words.

The hash of a token is a polynomial of its folded letters modulo 2^64, taken from the powers of a fixed base over the
whole batch and divided by the power where the token starts: a few passes over memory, no loop over words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from copydesk.services.deduplicator.arrays import Hashes, Ints, TokenFlags, lengths_to_starts
from copydesk.services.deduplicator.text import alphabet

_BASE = 0x9E3779B97F4A7C15  # odd: it has an inverse modulo 2^64


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a batch of texts laid end to end, a newline after each. Places are characters of that long text."""

    flags: TokenFlags  # for each character, see `alphabet`
    starts: Ints  # for each token: its first character
    ends: Ints  # and the one after its last
    kinds: TokenFlags  # the flags of its first character
    hashes: Hashes
    text_starts: Ints  # for each text, and the end of the last
    first_token: Ints  # for each text, and the number of tokens


def mix(values: Hashes) -> Hashes:
    """The 64-bit finaliser of MurmurHash3: every bit of the input changes half of the bits of the output."""
    values = values ^ (values >> np.uint64(33))
    values *= np.uint64(0xFF51AFD7ED558CCD)
    values ^= values >> np.uint64(33)
    values *= np.uint64(0xC4CEB9FE1A85EC53)
    values ^= values >> np.uint64(33)
    return values


def weights(count: int) -> Hashes:
    """Fixed odd 64-bit factors for the places of a sum."""
    return mix(np.arange(1, count + 1, dtype=np.uint64) * np.uint64(_BASE)) | np.uint64(1)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Tokens of the texts. Case, accents and width of characters make no difference to a token's hash."""
    encoded = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = encoded.astype(np.int64)
    flags = np.take(alphabet.flags(), codes, mode="clip")
    text_starts = lengths_to_starts(np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)))
    if flags.max() >= alphabet.IGNORED:  # the same as if those characters were not there; places count them
        shown = np.flatnonzero((flags & alphabet.IGNORED) == 0)
        starts, ends, hashes = _tokens(codes[shown], flags[shown])
        starts, ends = shown[starts], shown[ends - 1] + 1
    else:
        starts, ends, hashes = _tokens(codes, flags)
    return Tokens(flags, starts, ends, flags[starts], hashes, text_starts, np.searchsorted(starts, text_starts))


def _tokens(codes: Ints, flags: TokenFlags) -> tuple[Ints, Ints, Hashes]:
    """Start, end and hash of each token. The last character is a newline."""
    starts, ends = _bounds(flags)
    powers, inverses = _powers(1 << max(16, len(codes).bit_length()))
    spelled = np.take(alphabet.letter_codes(), codes, mode="clip")
    spelled *= powers[: len(codes)]
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(spelled, out=sums[1:])
    before = sums[np.append(starts, len(codes))]  # what is no letter adds nothing: a token's sum reaches to the start of the next
    return starts, ends, mix((before[1:] - before[:-1]) * inverses[starts])


def _bounds(flags: TokenFlags) -> tuple[Ints, Ints]:
    """Start and end of each token."""
    letters = (flags & (alphabet.WORD | alphabet.UNSPACED)) != 0
    breaks = np.empty(len(flags), np.bool_)
    breaks[0] = letters[0]
    np.not_equal(letters[1:], letters[:-1], out=breaks[1:])
    if flags.max() <= alphabet.PLAIN:  # they take turns
        bounds = np.flatnonzero(breaks)
        return bounds[::2].copy(), bounds[1::2].copy()
    alone = (flags & alphabet.UNSPACED) != 0
    breaks[1:] |= letters[1:] & (alone[1:] | alone[:-1])
    bounds = np.flatnonzero(breaks)
    opening = np.flatnonzero(letters[bounds])
    return bounds[opening], bounds[opening + 1]


@cache
def _powers(count: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse."""
    inverse = pow(_BASE, -1, 1 << 64)
    return tuple(np.multiply.accumulate(np.append(np.uint64(1), np.full(count - 1, base, np.uint64))) for base in (_BASE, inverse))  # type: ignore[return-value]
