"""Labels text with a network in training, for self-training."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from copydesk.services.tagger.training.batches import Encoded, packed, to_batch
from copydesk.services.tagger.training.confidence import sure_tags
from copydesk.services.tagger.training.corpus import TaggedWords
from copydesk.services.tagger.training.network import TrainableNetwork


def relabel(network: TrainableNetwork, encoded: Sequence[Encoded], rules: Sequence[int], source: str) -> list[TaggedWords]:
    """The texts with the network's labels, averaged over labelling rules; words that it is not sure of are left out (MISSING).

    `rules`: source embeddings to ask. `source`: the name that the new examples bear.
    """
    network.eval()
    labelled: list[TaggedWords] = []
    for items in packed(encoded, random.Random(0)):
        probabilities = _probabilities(network, items, rules)
        start = 0
        for item in items:
            end = start + len(item.first)
            labelled.append(TaggedWords(item.example.words, sure_tags(probabilities[start:end]), source))
            start = end
    network.train()
    return labelled


@torch.inference_mode()
def _probabilities(network: TrainableNetwork, items: Sequence[Encoded], rules: Sequence[int]) -> NDArray[np.float32]:
    shares = []
    for rule in rules:
        batch = to_batch(items, [rule] * len(items))
        with torch.autocast("cpu", torch.bfloat16):
            scores = network(batch.ids, batch.cases, batch.mask, batch.source, batch.first, batch.around)
        shares.append(scores.float().softmax(dim=-1))
    mean: NDArray[np.float32] = torch.stack(shares).mean(dim=0).numpy()
    return mean
