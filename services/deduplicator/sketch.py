"""From texts to sketches: a fixed random sample of each text's shingles, with the place of each.

A shingle is a run of words, or a longer run of characters in scripts that do not separate words (Broder 1997). Its
64-bit hash is kept when it lies below 2^64 / scale (FracMinHash, Irber et al. 2022): the same sample of the space of
shingles in every text, so that what two sketches share estimates what the texts share, in proportion to either of them.

All texts of a batch go through numpy together. A word's hash is a polynomial of its characters and a shingle's hash one of
its words, both finished with the mixer of MurmurHash3: a call to a hash library for each word costs several times as much.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from services.deduplicator.arrays import Bools, Hashes, Ints, Small
from services.deduplicator.prose import ProseRule, prose_tokens
from services.deduplicator.tokens import Tokens, mix, tokenise, weights

LEAST_TOKENS = 12  # a shorter text is never a copy, not even of its equal
CHUNK_CHARACTERS = 60_000  # how much text is worked on at once: what stays in the processor's cache


@dataclass(frozen=True, slots=True)
class SketchRule:
    """Shingles of `words` words, or of `characters` characters in unspaced scripts; one in `scale` is kept."""

    words: int = 6
    characters: int = 10
    scale: int = 6
    prose: ProseRule = field(default_factory=ProseRule)


@dataclass(frozen=True, slots=True)
class Sketch:
    """The kept shingles of one text, by ascending hash, each hash once, at its first place."""

    hashes: Hashes
    words: Small  # number of the shingle's first token
    starts: Small  # its first character
    ends: Small  # the character after its last
    tokens: int  # length of the text in tokens
    prose: int  # how many of them stand in prose
    characters: int
    identity: int  # hash of all tokens: equal texts, whatever their case, accents and punctuation


def sketch_all(texts: Sequence[str], rule: SketchRule) -> list[Sketch]:
    """A sketch of each text, in order."""
    sketches: list[Sketch] = []
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text)
        if size >= CHUNK_CHARACTERS:
            sketches += _sketch_chunk(chunk, rule)
            chunk, size = [], 0
    return sketches + (_sketch_chunk(chunk, rule) if chunk else [])


def _sketch_chunk(texts: Sequence[str], rule: SketchRule) -> list[Sketch]:
    tokens = tokenise(texts)
    prose = prose_tokens(tokens, rule.prose)
    shingles, lengths = _shingles(tokens, rule)
    kept = np.flatnonzero(shingles <= np.uint64((1 << 64) // rule.scale - 1))
    kept = kept[_whole(prose, kept, lengths[kept])]
    identities = _identities(tokens)
    long = np.flatnonzero(np.diff(tokens.first_token) >= LEAST_TOKENS)
    hashes = np.concatenate((shingles[kept], identities[long]))
    text_of = np.concatenate((np.searchsorted(tokens.first_token, kept, side="right") - 1, long))
    places = np.concatenate((kept, tokens.first_token[long]))
    lengths = np.concatenate((lengths[kept], np.ones(len(long), np.int64)))
    order = np.lexsort((places, hashes, text_of))
    order = order[_changes(hashes[order]) | _changes(text_of[order])]
    return list(_split(texts, tokens, prose, hashes[order], places[order], lengths[order], text_of[order], identities))


def _changes(values: Hashes | Ints) -> Bools:
    """Where a value differs from the one before it."""
    result = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=result[1:])
    return result


def _shingles(tokens: Tokens, rule: SketchRule) -> tuple[Hashes, Ints]:
    """The hash of the shingle at each token and its length in tokens; length 0 where its text ends before it does."""
    count = len(tokens.hashes)
    length = np.where(tokens.unspaced, rule.characters, rule.words)
    room = np.repeat(tokens.first_token[1:], np.diff(tokens.first_token)) - np.arange(count)
    sums = np.zeros(count, np.uint64)
    longest = int(length.max(initial=0))
    for place, weight in enumerate(weights(longest)[:count]):
        term = tokens.hashes[place:] * weight
        if place >= min(rule.words, rule.characters):
            term[length[: count - place] <= place] = 0
        sums[: count - place] += term
    return mix(sums), np.where(room >= length, length, 0)


def _whole(prose: Bools, places: Ints, lengths: Ints) -> Bools:
    """Which of these shingles have their length and stand in prose altogether."""
    before = np.zeros(len(prose) + 1, np.int64)
    np.cumsum(prose, out=before[1:])
    result: Bools = (lengths > 0) & (before[places + lengths] - before[places] == lengths)
    return result


def _split(
    texts: Sequence[str], tokens: Tokens, prose: Bools, hashes: Hashes, places: Ints, lengths: Ints, text_of: Ints, identities: Hashes
) -> Iterator[Sketch]:
    bounds = np.searchsorted(text_of, np.arange(len(texts) + 1))
    numbers = (places - tokens.first_token[text_of]).astype(np.uint32)
    starts = (tokens.starts[places] - tokens.text_starts[text_of]).astype(np.uint32)
    ends = (tokens.ends[places + lengths - 1] - tokens.text_starts[text_of]).astype(np.uint32)
    in_prose = np.zeros(len(prose) + 1, np.int64)
    np.cumsum(prose, out=in_prose[1:])
    sizes = zip(np.diff(tokens.first_token).tolist(), np.diff(in_prose[tokens.first_token]).tolist(), identities.tolist(), strict=True)
    for text, (first, last), (count, proper, identity) in zip(texts, pairwise(bounds.tolist()), sizes, strict=True):
        part = slice(first, last)
        yield Sketch(hashes[part], numbers[part], starts[part], ends[part], count, proper, len(text), identity)


def _identities(tokens: Tokens) -> Hashes:
    """A hash of all tokens of each text in order: equal texts meet in the index also where no shingle of theirs is kept."""
    counts = np.diff(tokens.first_token)
    within = np.arange(len(tokens.hashes)) - np.repeat(tokens.first_token[:-1], counts)
    sums = np.zeros(len(counts), np.uint64)
    filled = np.flatnonzero(counts)
    factors = weights(int(counts.max(initial=0)))
    if len(filled):
        sums[filled] = np.add.reduceat(mix(tokens.hashes * factors[within]), tokens.first_token[:-1][filled])
    return mix(sums)
