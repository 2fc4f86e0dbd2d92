"""From tag scores to entity spans: the best sequence among those that BIOES allows (Viterbi 1967)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from copydesk.services.tagger.model.labels import END, OUTSIDE, START, TAGS, TRANSITIONS

Scores = NDArray[np.float32]


def best_tags(scores: Scores) -> list[int]:
    """Tag ids of the best allowed sequence. `scores`: [words, tags], log probabilities or logits."""
    if not len(scores):
        return []
    greedy = scores.argmax(axis=1)
    if START[greedy[0]] == 0 and END[greedy[-1]] == 0 and not TRANSITIONS[greedy[:-1], greedy[1:]].any():
        return [int(tag) for tag in greedy]  # already allowed, so it is the best
    return _viterbi(_log_softmax(scores))


def _log_softmax(scores: Scores) -> Scores:
    shifted = scores - scores.max(axis=1, keepdims=True)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)), dtype=np.float32)


def _viterbi(scores: Scores) -> list[int]:
    best = START + scores[0]
    back: list[NDArray[np.intp]] = []
    for row in scores[1:]:
        paths = best[:, None] + TRANSITIONS
        back.append(paths.argmax(axis=0))
        best = paths.max(axis=0) + row
    tag = int((best + END).argmax())
    path = [tag]
    for pointers in reversed(back):
        tag = int(pointers[tag])
        path.append(tag)
    return path[::-1]


def word_spans(tags: list[int]) -> list[tuple[int, int, str]]:
    """Labelled word spans [start, end) of an allowed tag sequence."""
    spans: list[tuple[int, int, str]] = []
    start = 0
    for position, number in enumerate(tags):
        tag = TAGS[number]
        if tag == OUTSIDE:
            continue
        if tag[0] in "BS":
            start = position
        if tag[0] in "ES":
            spans.append((start, position + 1, tag[2:]))
    return spans
