"""From texts to sketches: a fixed random sample of each text's shingles, with the place of each.

A shingle is a run of words, or a longer run of characters in scripts that do not separate words (Broder 1997). Its
64-bit hash is kept when it lies below 2^64 / scale (FracMinHash, Irber et al. 2022): the same sample of the space of
shingles in every text, so that what two sketches share estimates what the texts share, in proportion to either of them.

All texts of a batch go through numpy together. A word's hash is a polynomial of its characters and a shingle's hash one of
its words, both finished with the mixer of MurmurHash3: a call to a hash library for each word costs several times as much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from services.deduplicator.arrays import Bools, Hashes, Ints, Small
from services.deduplicator.prose import ProseRule, prose_tokens
from services.deduplicator.tokens import Tokens, mix, tokenise, weights

LEAST_TOKENS = 12  # a shorter text is never a copy, not even of its equal
CHUNK_CHARACTERS = 2_000_000  # how much text is worked on at once: bounds memory at about 60 bytes a character


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
    hashes, lengths = _shingles(tokens, rule)
    kept = np.flatnonzero((hashes <= np.uint64((1 << 64) // rule.scale - 1)) & (lengths > 0) & _whole(prose, lengths))
    text_of = np.searchsorted(tokens.first_token, kept, side="right") - 1
    hashes = hashes[kept]
    order = np.lexsort((hashes, text_of))
    new = np.ones(len(order), np.bool_)
    new[1:] = (hashes[order][1:] != hashes[order][:-1]) | (text_of[order][1:] != text_of[order][:-1])
    order = order[new]
    return list(_split(texts, tokens, prose, hashes[order], kept[order], lengths[kept[order]], text_of[order]))


def _shingles(tokens: Tokens, rule: SketchRule) -> tuple[Hashes, Ints]:
    """The hash of the shingle at each token and its length in tokens; length 0 where its text ends before it does."""
    count = len(tokens.hashes)
    length = np.where(tokens.unspaced, rule.characters, rule.words)
    room = np.repeat(tokens.first_token[1:], np.diff(tokens.first_token)) - np.arange(count)
    sums = np.zeros(count, np.uint64)
    for place, weight in enumerate(weights(max(rule.words, rule.characters))):
        if place >= count:
            break
        term = tokens.hashes[place:] * weight
        term[length[: count - place] <= place] = 0
        sums[: count - place] += term
    return mix(sums), np.where(room >= length, length, 0)


def _whole(prose: Bools, lengths: Ints) -> Bools:
    """Shingles whose tokens all stand in prose."""
    before = np.zeros(len(prose) + 1, np.int64)
    np.cumsum(prose, out=before[1:])
    places = np.arange(len(prose))
    result: Bools = before[places + lengths] - before[places] == lengths
    return result


def _split(texts: Sequence[str], tokens: Tokens, prose: Bools, hashes: Hashes, places: Ints, lengths: Ints, text_of: Ints) -> list[Sketch]:
    bounds = np.searchsorted(text_of, np.arange(len(texts) + 1))
    numbers = (places - tokens.first_token[text_of]).astype(np.uint32)
    starts = (tokens.starts[places] - tokens.text_starts[text_of]).astype(np.uint32)
    ends = (tokens.ends[places + lengths - 1] - tokens.text_starts[text_of]).astype(np.uint32)
    identities = _identities(tokens)
    in_prose = np.zeros(len(prose) + 1, np.int64)
    np.cumsum(prose, out=in_prose[1:])
    result = []
    for number, text in enumerate(texts):
        part = slice(bounds[number], bounds[number + 1])
        first, last = tokens.first_token[number], tokens.first_token[number + 1]
        sketch = Sketch(
            hashes[part],
            numbers[part],
            starts[part],
            ends[part],
            tokens=int(last - first),
            prose=int(in_prose[last] - in_prose[first]),
            characters=len(text),
            identity=identities[number],
        )
        result.append(_with_identity(sketch) if sketch.tokens >= LEAST_TOKENS else sketch)
    return result


def _with_identity(sketch: Sketch) -> Sketch:
    """Equal texts meet in the index also where no shingle was kept: the hash of the whole text counts as one more."""
    place = int(np.searchsorted(sketch.hashes, np.uint64(sketch.identity)))
    return replace(
        sketch,
        hashes=np.insert(sketch.hashes, place, np.uint64(sketch.identity)),
        words=np.insert(sketch.words, place, 0),
        starts=np.insert(sketch.starts, place, 0),
        ends=np.insert(sketch.ends, place, 0),
    )


def _identities(tokens: Tokens) -> list[int]:
    """A hash of all tokens of each text in order."""
    counts = np.diff(tokens.first_token)
    if not len(tokens.hashes):
        return [0] * len(counts)
    within = np.arange(len(tokens.hashes)) - np.repeat(tokens.first_token[:-1], counts)
    sums = np.zeros(len(counts), np.uint64)
    filled = np.flatnonzero(counts)
    factors = weights(int(counts.max()))
    sums[filled] = np.add.reduceat(mix(tokens.hashes * factors[within]), tokens.first_token[:-1][filled])
    return [int(value) for value in mix(sums)]
