"""The unit of inference: a paragraph, or where that is long a part of it that ends with a sentence if it can."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.services.tagger.model.pieces import Pieces

MAX_WORDS = 110  # training saw up to about this much at once
LONGEST_PARAGRAPH = 50_000  # characters: bounds what one call holds in memory, and no paragraph of prose comes near it
MAX_PIECES = 254  # [CLS] and [SEP] come on top: the network's positions end at 256
SENTENCE_ENDS = frozenset({".", "?", "!", "…"})
CLOSING = frozenset({'"', "”", "’", "'", ")", "]"})


def split_units(words: Sequence[str], pieces: Pieces) -> Iterator[tuple[int, int]]:
    """Word ranges [start, end) that cover all words, each within MAX_WORDS and MAX_PIECES."""
    start = 0
    while start < len(words):
        limit = _limit(words, start, pieces)
        end = limit if limit == len(words) else _sentence_end(words, start, limit)
        yield start, end
        start = end


def _limit(words: Sequence[str], start: int, pieces: Pieces) -> int:
    """The furthest end that keeps to both limits; at least one word."""
    end, count = start, 0
    while end < len(words) and end - start < MAX_WORDS:
        count += len(pieces.of(words[end]))
        if count > MAX_PIECES:
            break
        end += 1
    return end


def _sentence_end(words: Sequence[str], start: int, limit: int) -> int:
    """The last end of a sentence in the second half of the range, else the limit."""
    for end in range(limit, start + (limit - start) // 2, -1):
        last = words[end - 1]
        if last in SENTENCE_ENDS or (last in CLOSING and end - start > 1 and words[end - 2] in SENTENCE_ENDS):
            # a closing quote belongs to its sentence
            return end + 1 if end < limit and words[end] in CLOSING and last in SENTENCE_ENDS else end
    return limit


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Character ranges [start, end) of the paragraphs: what stands between blank lines, in parts where that is endless."""
    start = 0
    while start < len(text):
        end = text.find("\n\n", start)
        end = len(text) if end < 0 else end
        yield from _parts(text, start, end)
        start = end + 2


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The paragraph in parts of at most LONGEST_PARAGRAPH characters, cut before a space where there is one; none that is blank."""
    while start < end:
        stop = end
        if end - start > LONGEST_PARAGRAPH:
            space = text.rfind(" ", start + 1, start + LONGEST_PARAGRAPH)
            stop = start + LONGEST_PARAGRAPH if space < 0 else space
        if text[start:stop].strip():
            yield start, stop
        start = stop
