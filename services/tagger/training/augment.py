"""Small changes of the examples: headlines and shouting, and names put in the place of others of their type.

Exchanging names keeps the network from learning names by heart (Dai & Adel 2020, mention replacement).
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterable

from copydesk.services.tagger.model.decode import word_spans
from copydesk.services.tagger.model.labels import TAG_IDS, tags_of_spans
from copydesk.services.tagger.training.corpus import MISSING, TaggedWords

UPPER, TITLE, LOWER = 0.03, 0.03, 0.01
EXCHANGE = 0.2
EXCHANGED_TYPES = frozenset({"PERSON", "ORG", "LOC"})


class Augmenter:
    """Changes examples at random. The names come from the sources given, each as often as it was read there."""

    def __init__(self, examples: Iterable[TaggedWords], rng: random.Random) -> None:
        self._rng = rng
        self._names: dict[tuple[str, int], list[list[str]]] = defaultdict(list)
        for example in examples:
            for start, end, label in spans_of(example):
                if label in EXCHANGED_TYPES:
                    self._names[label, end - start].append(example.words[start:end])

    def __call__(self, example: TaggedWords) -> TaggedWords:
        if self._rng.random() < EXCHANGE:
            example = self._exchange(example)
        draw = self._rng.random()
        if draw < UPPER:
            return TaggedWords([word.upper() for word in example.words], example.tags, example.source)
        if draw < UPPER + TITLE:
            return TaggedWords([word[:1].upper() + word[1:] for word in example.words], example.tags, example.source)
        if draw < UPPER + TITLE + LOWER:
            return TaggedWords([word.lower() for word in example.words], example.tags, example.source)
        return example

    def _exchange(self, example: TaggedWords) -> TaggedWords:
        """Half of the names, each for one of the same type and about the same length."""
        words: list[str] = []
        tags: list[int] = []
        at = 0
        for start, end, label in spans_of(example):
            if label not in EXCHANGED_TYPES or self._rng.random() < 0.5:
                continue
            names = self._names[label, max(1, end - start + self._rng.choice((-1, 0, 0, 0, 1)))]
            if not names:
                continue
            name = self._rng.choice(names)
            words += example.words[at:start] + name
            tags += example.tags[at:start] + [TAG_IDS[tag] for tag in tags_of_spans(len(name), [(0, len(name), label)])]
            at = end
        return TaggedWords(words + example.words[at:], tags + example.tags[at:], example.source)


def spans_of(example: TaggedWords) -> list[tuple[int, int, str]]:
    return word_spans([0 if tag == MISSING else tag for tag in example.tags])
