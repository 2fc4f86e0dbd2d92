"""Features of a page's lines, for the line model.

Each line gets numbers and the hashes of its first and last words. The numbers are about shape (length, punctuation,
capitals, function words, digits), place in the page, neighbours, repetition, and cohesion: how many of a line's content
words the rest of the article uses too. Only the word hashes and the function words know languages, and the model is
trained to do without the hashes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from copydesk.services.cleaner.lines import Block
from copydesk.services.cleaner.model import cohesion, layout
from copydesk.services.cleaner.model.characters import CLOSING, DIGIT, LOWER, QUOTE, STOP, UPPER, Counts, Floats, Integers, count_characters
from copydesk.services.cleaner.model.words import look_up

FIRST_WORDS, LAST_WORDS = 10, 4
PARAGRAPH = 80.0  # width from which a line is a paragraph


@dataclass(frozen=True, slots=True)
class LineFeatures:
    """numbers: (lines, features); words: buckets of the lines' outer words, one line after the other; starts, ends: each line's part of them."""

    numbers: Floats
    words: Integers
    starts: Integers
    ends: Integers


def extract(blocks: Sequence[Block]) -> LineFeatures:
    """The features of a page of at least one line."""
    texts = [block.text for block in blocks]
    counts = count_characters(texts)
    ends = np.cumsum(counts.words)
    words = look_up("\n".join(texts).lower().split())
    told = np.cumsum(words.kinds, axis=0, dtype=np.int64)[ends - 1]
    shares = (np.diff(told, axis=0, prepend=0) / counts.words[:, None]).astype(np.float32)
    sentence = (counts.width >= PARAGRAPH) & ((counts.last & CLOSING) > 0)
    line_of_word = np.repeat(np.arange(len(texts)), counts.words)
    numbers = np.concatenate(
        [
            _shape(counts, shares),
            layout.groups_of_lines(blocks, counts.width),
            layout.places_of_lines(counts.width, sentence),
            layout.neighbours_of_lines(counts.width, sentence, (counts.last & CLOSING) > 0, shares[:, 0]),
            layout.repetition(texts),
            cohesion.cohesion_features(line_of_word, words.content, counts.width, sentence),
        ],
        axis=1,
    ).astype(np.float32)
    return LineFeatures(numbers, *_outer_words(words.buckets, counts.words, ends))


def _outer_words(buckets: Integers, words: Integers, ends: Integers) -> tuple[Integers, Integers, Integers]:
    """The buckets of each line's first and last words, and where each line's begin and end."""
    within = np.arange(len(buckets)) - np.repeat(ends - words, words)
    left = np.repeat(words, words) - within
    chosen = (within < FIRST_WORDS) | (left <= LAST_WORDS)
    kept = np.minimum(words, FIRST_WORDS + LAST_WORDS)
    stops = np.cumsum(kept)
    return buckets[chosen], stops - kept, stops


def _shape(counts: Counts, shares: Floats) -> Floats:
    width, words = counts.width, counts.words.astype(np.float32)
    columns = [
        np.log1p(width) / 5,
        np.log1p(words) / 4,
        np.minimum(width, 1000) / 500,
        *[width > least for least in (25, 50, 80, 140, 250)],
        *[(counts.last & kind) > 0 for kind in (CLOSING, STOP, DIGIT)],
        counts.colon,
        *[(counts.first & kind) > 0 for kind in (UPPER, LOWER, DIGIT, QUOTE)],
        (counts.first & (UPPER | LOWER | DIGIT)) == 0,
        counts.lower,
        counts.upper,
        counts.digit,
        counts.all_upper,
        np.minimum(counts.longest, 60) / 20,
        np.minimum(counts.word_length, 40) / 8,
        counts.digits,
    ]
    rates = counts.marks[:, [0, 9, 14, 20]] / (words[:, None] + 1) * 5
    return np.concatenate([np.stack(columns, axis=1), np.minimum(counts.marks, 5) / 2, rates, shares], axis=1)
