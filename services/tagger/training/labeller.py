"""Labels text with a network in training: for self-training, and to score on the way."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch

from services.tagger.model.decode import best_tags, word_spans
from services.tagger.training.batches import Encoded, packed, to_batch
from services.tagger.training.corpus import MISSING, Example
from services.tagger.training.network import Network

SURE_ENTITY, SURE_OUTSIDE = 0.6, 0.7


def relabel(network: Network, encoded: Sequence[Encoded], rules: Sequence[int], source: str) -> list[Example]:
    """The texts with the network's labels, averaged over labelling rules; words that it is not sure of are left out (MISSING).

    `rules`: source embeddings to ask. `source`: the name that the new examples bear.
    """
    network.eval()
    labelled: list[Example] = []
    for items in packed(encoded, random.Random(0)):
        scores = _probabilities(network, items, rules)
        start = 0
        for item in items:
            end = start + len(item.first)
            labelled.append(Example(item.example.words, _sure_tags(scores[start:end]), source))
            start = end
    network.train()
    return labelled


@torch.inference_mode()
def _probabilities(network: Network, items: Sequence[Encoded], rules: Sequence[int]) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    total: torch.Tensor | None = None
    for rule in rules:
        batch = to_batch(items, [rule] * len(items))
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(batch.ids, batch.cases, batch.mask, batch.source, batch.first, batch.around)
        share = scores.float().softmax(dim=-1) / len(rules)
        total = share if total is None else total + share
    assert total is not None, "no labelling rules were given"
    return total.numpy()


def _sure_tags(probabilities: np.ndarray[tuple[int, int], np.dtype[np.float32]]) -> list[int]:
    tags = best_tags(np.log(probabilities + 1e-9))
    sure = probabilities[np.arange(len(tags)), tags]
    result = [tag if sure[number] >= SURE_OUTSIDE or tag else MISSING for number, tag in enumerate(tags)]
    for start, end, _ in word_spans(tags):
        if sure[start:end].min() < SURE_ENTITY:
            result[start:end] = [MISSING] * (end - start)
    return result
