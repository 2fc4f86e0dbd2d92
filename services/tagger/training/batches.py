"""Examples to tensors: batches of about equal length and a bounded number of pieces."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from copydesk.services.tagger.model.casing import EDGE, case_of
from copydesk.services.tagger.model.pieces import Pieces
from copydesk.services.tagger.training.corpus import TaggedWords

PIECES_IN_BATCH = 1536
SORTED_TOGETHER = 1500
MAX_PIECES = 180
MASKED = -1e4


@dataclass(slots=True)
class PaddedWords:
    """See `TrainableNetwork.forward`; `tags`: [words]."""

    ids: Tensor
    cases: Tensor
    mask: Tensor | None
    source: Tensor
    first: Tensor
    around: Tensor
    tags: Tensor
    words: int


@dataclass(slots=True)
class Encoded:
    ids: list[int]
    cases: list[int]
    first: list[int]
    example: TaggedWords


def encode_example(pieces: Pieces, example: TaggedWords) -> Encoded:
    return Encoded(*pieces.encode(example.words), example)


def around_words(words: Sequence[str]) -> list[tuple[int, int, int]]:
    """Casing of the word before, the word and the word after, for each word."""
    cases = [EDGE, *(case_of(word) for word in words), EDGE]
    return list(zip(cases, cases[1:], cases[2:], strict=False))


def packed(encoded: Sequence[Encoded], rng: random.Random) -> list[list[Encoded]]:
    """Batches of about equal length, in random order; what is too long for training is left out."""
    short = [item for item in encoded if len(item.ids) <= MAX_PIECES and item.first]
    rng.shuffle(short)
    batches: list[list[Encoded]] = []
    for start in range(0, len(short), SORTED_TOGETHER):
        batches += _cut(sorted(short[start : start + SORTED_TOGETHER], key=lambda item: len(item.ids)))
    rng.shuffle(batches)
    return batches


def _cut(items: Sequence[Encoded]) -> Iterator[list[Encoded]]:
    batch: list[Encoded] = []
    for item in items:  # shortest first, so the newest is the longest
        if batch and len(item.ids) * (len(batch) + 1) > PIECES_IN_BATCH:
            yield batch
            batch = []
        batch.append(item)
    if batch:
        yield batch


def to_batch(items: Sequence[Encoded], sources: Sequence[int]) -> PaddedWords:
    """Tensors of a batch; `sources`: the source embedding wanted for each item."""
    longest = max(len(item.ids) for item in items)
    ids, cases = (torch.zeros(len(items), longest, dtype=torch.long) for _ in range(2))
    mask = torch.zeros(len(items), 1, 1, longest)
    first: list[int] = []
    around: list[tuple[int, int, int]] = []
    tags: list[int] = []
    for row, item in enumerate(items):
        length = len(item.ids)
        ids[row, :length], cases[row, :length] = torch.tensor(item.ids), torch.tensor(item.cases)
        mask[row, :, :, length:] = MASKED
        first += [row * longest + position for position in item.first]
        around += around_words(item.example.words)
        tags += item.example.tags
    return PaddedWords(ids, cases, mask, torch.tensor(sources), torch.tensor(first), torch.tensor(around), torch.tensor(tags), len(tags))
