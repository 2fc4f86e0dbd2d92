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
from typing import NamedTuple

import numpy as np

from copydesk.services.deduplicator.arrays import Hashes, Ints, Small, changes, counts_before, heads_of, ordered
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.text import alphabet
from copydesk.services.deduplicator.text.prose import ProseRule, prose_tokens
from copydesk.services.deduplicator.text.tokens import Tokens, mix, tokenise, weights

LEAST_TOKENS = 12  # a shorter text is never a copy, not even of its equal
CHUNK_CHARACTERS = 200_000  # how much text is worked on at once: what stays in the processor's cache


@dataclass(frozen=True, slots=True)
class SketchRule:
    """Shingles of `words` words, or of `characters` characters in unspaced scripts; one in `scale` is kept."""

    words: int = 6
    characters: int = 10
    scale: int = 6
    prose: ProseRule = field(default_factory=ProseRule)

    @property
    def fingerprint(self) -> str:
        """Everything that decides which shingles a text has, readable: sketches under another fingerprint are not compared with these."""
        return f"words={self.words} characters={self.characters} scale={self.scale} alphabet={alphabet.fingerprint()} prose={self.prose.fingerprint}"


def sketch_rule(settings: DeduplicatorSettings) -> SketchRule:
    """How texts are sampled, as the settings have it."""
    return SketchRule(settings.dedup_words, settings.dedup_characters, settings.dedup_scale)


class Sketch(NamedTuple):
    """The kept shingles of one text, by ascending hash, each hash once, at its first place."""

    hashes: Hashes
    words: Small  # number of the shingle's first token
    starts: Small  # its first character
    ends: Small  # the character after its last
    tokens: int  # length of the text in tokens
    prose: int  # how many of them stand in prose
    lede: int  # number of the first token of the first kept shingle: where the text begins, so far as the sample can tell
    characters: int
    identity: int  # hash of all tokens: equal texts, whatever their case, accents and punctuation


def sketch_all(texts: Sequence[str], rule: SketchRule) -> list[Sketch]:
    """A sketch of each text, in order."""
    sketches: list[Sketch] = []
    chunk: list[str] = []
    size = 0
    for text in texts:
        chunk.append(text)
        size += len(text) + 1
        if size >= CHUNK_CHARACTERS:
            sketches += _sketch_chunk(chunk, rule)
            chunk, size = [], 0
    return sketches + (_sketch_chunk(chunk, rule) if chunk else [])


def _sketch_chunk(texts: Sequence[str], rule: SketchRule) -> list[Sketch]:
    tokens = tokenise(texts)
    in_prose = counts_before(prose_tokens(tokens, rule.prose))
    identities = _identities(tokens)
    long = np.flatnonzero(np.diff(tokens.first_token) >= LEAST_TOKENS)
    wholes = _Rows(identities[long], long, tokens.first_token[long], tokens.first_token[long] + 1)
    sample = _sample(tokens, in_prose, rule)
    sizes = np.diff(tokens.first_token), np.diff(in_prose[tokens.first_token]), _ledes(sample, tokens), identities
    return list(_split(texts, tokens, _arranged(sample, wholes), sizes))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Hashes of a chunk by column: the text of each, and where it stands: its tokens from `first` to before `end` of all texts."""

    hashes: Hashes
    text_of: Ints
    first: Ints
    end: Ints


def _sample(tokens: Tokens, in_prose: Ints, rule: SketchRule) -> _Rows:
    """The shingles that are kept: those of the sample that have their length and stand in prose altogether."""
    length = np.where((tokens.kinds & alphabet.UNSPACED) != 0, rule.characters, rule.words)
    shingles = _shingles(tokens.hashes, length, min(rule.words, rule.characters))
    kept = np.flatnonzero(shingles <= np.uint64((1 << 64) // rule.scale - 1))
    text_of, length = np.searchsorted(tokens.first_token, kept, side="right") - 1, length[kept]
    end = np.minimum(kept + length, tokens.first_token[text_of + 1])
    whole = np.flatnonzero(in_prose[end] - in_prose[kept] == length)
    return _Rows(shingles[kept[whole]], text_of[whole], kept[whole], end[whole])


def _ledes(sample: _Rows, tokens: Tokens) -> Ints:
    """For each text the number of the first token of its first kept shingle; 0 for a text without any."""
    ledes = np.zeros(len(tokens.first_token) - 1, np.int64)
    heads = heads_of(sample.text_of)
    ledes[sample.text_of[heads]] = sample.first[heads] - tokens.first_token[sample.text_of[heads]]
    return ledes


def _shingles(hashes: Hashes, length: Ints, shortest: int) -> Hashes:
    """The hash of the shingle of so many tokens, none of fewer than `shortest`, that starts at each token."""
    sums = np.zeros(len(hashes), np.uint64)
    for place, weight in enumerate(weights(int(length.max(initial=0)))[: len(hashes)]):
        term = hashes[place:] * weight
        if place >= shortest:
            term[length[: len(term)] <= place] = 0
        sums[: len(term)] += term
    return mix(sums)


def _identities(tokens: Tokens) -> Hashes:
    """A hash of all tokens of each text in order: equal texts meet in the index also where no shingle of theirs is kept."""
    counts = np.diff(tokens.first_token)
    sums = np.zeros(len(counts), np.uint64)
    filled = np.flatnonzero(counts)
    factors = weights(int(counts.max(initial=0)))
    if len(filled):
        terms = mix(tokens.hashes * np.concatenate([factors[:count] for count in counts.tolist()]))
        sums[filled] = np.add.reduceat(terms, tokens.first_token[:-1][filled])
    return mix(sums)


def _arranged(sample: _Rows, wholes: _Rows) -> _Rows:
    """All rows by text, then by hash; of equal ones in one text the first."""
    hashes, text_of, first, end = (np.concatenate(columns) for columns in zip(_columns(sample), _columns(wholes), strict=True))
    order = np.argsort(hashes)
    order = order[ordered(text_of[order])]
    new = np.flatnonzero(changes(hashes[order]) | changes(text_of[order]))
    if len(new) < len(order):
        order = np.minimum.reduceat(order, new)
    return _Rows(hashes[order], text_of[order], first[order], end[order])


def _columns(rows: _Rows) -> tuple[Hashes, Ints, Ints, Ints]:
    return rows.hashes, rows.text_of, rows.first, rows.end


def _split(texts: Sequence[str], tokens: Tokens, rows: _Rows, sizes: tuple[Ints, Ints, Ints, Hashes]) -> Iterator[Sketch]:
    bounds = np.searchsorted(rows.text_of, np.arange(len(texts) + 1))
    origin = tokens.text_starts[rows.text_of]
    numbers = (rows.first - tokens.first_token[rows.text_of]).astype(np.uint32)
    starts = (tokens.starts[rows.first] - origin).astype(np.uint32)
    ends = (tokens.ends[rows.end - 1] - origin).astype(np.uint32)
    columns = zip(*(column.tolist() for column in sizes), strict=True)
    for text, (first, last), (count, prose, lede, identity) in zip(texts, pairwise(bounds.tolist()), columns, strict=True):
        part = slice(first, last)
        yield Sketch(rows.hashes[part], numbers[part], starts[part], ends[part], count, prose, lede, len(text), identity)
