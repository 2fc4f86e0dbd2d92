"""From characters to tokens: words, or single characters in scripts that do not separate words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.deduplicator import alphabet
from services.deduplicator.arrays import Bools, Flags, Hashes, Ints, Small, lengths_to_starts

_SPELLING = 256  # places after which a word's letters are weighed alike


@dataclass(frozen=True, slots=True)
class Tokens:
    """All tokens of a batch of texts laid end to end, a newline after each. Places are characters of that long text."""

    flags: Flags  # for each character
    starts: Ints  # for each token: its first character
    ends: Ints  # and the one after its last
    hashes: Hashes
    unspaced: Bools
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
    """Fixed odd 64-bit factors for the places of a polynomial hash."""
    return mix(np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)) | np.uint64(1)


_LETTER_WEIGHTS = weights(_SPELLING)


def tokenise(texts: Sequence[str]) -> Tokens:
    """Tokens of the texts. Case, accents, apostrophes and width of characters make no difference to a token's hash."""
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32)
    codes = np.minimum(codes, alphabet.SIZE - 1)
    flags = alphabet.flags()[codes]
    text_starts = lengths_to_starts(np.fromiter((len(text) + 1 for text in texts), np.int64, len(texts)))
    places = np.flatnonzero(flags & (alphabet.WORD | alphabet.UNSPACED))
    kinds = flags[places]
    first = _first_letters(flags, places, kinds)
    starts, ends = places[first], places[np.append(first[1:], len(places)) - 1] + 1 if len(first) else places
    return Tokens(
        flags=flags,
        starts=starts,
        ends=ends,
        hashes=_spell(codes, places, first),
        unspaced=(kinds[first] & alphabet.UNSPACED) != 0,
        text_starts=text_starts,
        first_token=np.searchsorted(starts, text_starts),
    )


def _first_letters(flags: Flags, places: Ints, kinds: Flags) -> Ints:
    """Which letters (indices into `places`) start a token: after anything but a letter or an ignored character."""
    breaks = np.cumsum((flags & (alphabet.WORD | alphabet.UNSPACED | alphabet.IGNORED)) == 0)[places]
    starts = (kinds & alphabet.UNSPACED) != 0
    starts[1:] |= (breaks[1:] != breaks[:-1]) | starts[:-1]
    starts[:1] = True
    return np.flatnonzero(starts)


def _spell(codes: Small, places: Ints, first: Ints) -> Hashes:
    if not len(first):
        return np.empty(0, np.uint64)
    letters = alphabet.folded()[codes[places]]
    lengths = np.diff(np.append(first, len(places)))
    within = np.arange(len(places)) - np.repeat(first, lengths)
    weighed = (letters + np.uint64(1)) * _LETTER_WEIGHTS[np.minimum(within, _SPELLING - 1)]
    return mix(np.add.reduceat(weighed, first))
