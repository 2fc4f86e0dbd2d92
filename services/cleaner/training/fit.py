"""Fitting one network.

The loss is what is scored: a soft F1 of each page in words, beside a cross-entropy that counts a line by the root of its
words. A page comes in one of its variants each epoch; a quarter of the pages come without words.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from copydesk.services.cleaner.training.network import LineNetwork
from copydesk.services.cleaner.training.pages import LabelledLines

BATCH_LINES = 2_500
WITHOUT_WORDS = 0.25
LEARNING_RATE = 2e-3
WEIGHT_DECAY = 0.01
HEADLINE = 0.1  # weight of the headline in the loss
AS_LABELLED = 0.55  # of the pages; the others come in a made variant


@dataclass(frozen=True, slots=True)
class PaddedPages:
    """Padded pages: the network's inputs, and for each line its label, whether it is the headline, and its words (pages, lines)."""

    inputs: tuple[Tensor, ...]
    labels: Tensor
    titles: Tensor
    words: Tensor


def collate(examples: Sequence[LabelledLines], lexical: Sequence[bool]) -> PaddedPages:
    longest = max(len(example.labels) for example in examples)
    shape = (len(examples), longest)
    numbers = np.zeros((*shape, examples[0].page.numbers.shape[1]), np.float32)
    labels, titles, words, mask = (np.zeros(shape, np.float32) for _ in range(4))
    starts, ends = (np.zeros(shape, np.int64) for _ in range(2))
    buckets, at = [], 0
    for row, example in enumerate(examples):
        lines = len(example.labels)
        numbers[row, :lines], mask[row, :lines] = example.page.numbers, 1
        labels[row, :lines], titles[row, :lines], words[row, :lines] = example.labels, example.titles, example.words
        starts[row, :lines], ends[row, :lines] = example.page.starts + at, example.page.ends + at
        buckets.append(example.page.words)
        at += len(example.page.words)
    known = np.array(lexical, np.float32)[:, None, None]
    arrays = (numbers, np.concatenate(buckets), starts, ends, mask[..., None], known)
    return PaddedPages(tuple(map(torch.from_numpy, arrays)), *map(torch.from_numpy, (labels, titles, words)))


def loss(logits: Tensor, batch: PaddedPages) -> Tensor:
    """Of logits (pages, lines, 2)."""
    mask = batch.inputs[4].squeeze(-1)
    body, title = logits[..., 0], logits[..., 1]
    weights = (torch.sqrt(batch.words) + 0.5) * mask
    weights = weights / weights.sum(1, keepdim=True)
    entropy = (functional.binary_cross_entropy_with_logits(body, batch.labels, reduction="none") * weights).sum(1).mean()
    chosen = torch.sigmoid(body) * mask * batch.words
    right, gold = (chosen * batch.labels).sum(1), (batch.labels * batch.words).sum(1)
    return entropy + (1 - (2 * right + 5) / (chosen.sum(1) + gold + 5)).mean() + HEADLINE * _headline_loss(title, batch.titles, mask)


def _headline_loss(logits: Tensor, titles: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy of the choice of one line, over the pages whose headline is on them."""
    chances = logits.masked_fill(mask == 0, -1e9).softmax(1)
    found = titles.sum(1) > 0
    if not found.any():
        return logits.new_zeros(())
    return -torch.log((chances * titles).sum(1)[found] + 1e-6).mean()


def fit_network(pages: Sequence[Sequence[LabelledLines]], seed: int, epochs: int, tell: Callable[[str], None]) -> LineNetwork:
    """Train on pages, each given in its variants (the labelled forms first, at most two of them)."""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    numbers = np.concatenate([variants[0].page.numbers for variants in pages])
    network = LineNetwork(torch.from_numpy(numbers.mean(0)), torch.from_numpy(numbers.std(0) + 1e-3))
    rest = [parameter for name, parameter in network.named_parameters() if name != "vectors"]
    optimizer = torch.optim.AdamW([{"params": rest, "weight_decay": WEIGHT_DECAY}, {"params": [network.vectors], "weight_decay": 0.0}], LEARNING_RATE)
    plan = [_batches(pages, rng) for _ in range(epochs)]
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, LEARNING_RATE, total_steps=sum(map(len, plan)), pct_start=0.15)
    for number, batches in enumerate(plan, 1):
        total = 0.0
        for examples in batches:
            batch = collate(examples, [rng.random() >= WITHOUT_WORDS for _ in examples])
            value = loss(network(*batch.inputs), batch)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            total += value.item()
        tell(f"epoch {number}/{epochs}  loss {total / len(batches):.4f}")
    trained: LineNetwork = network.eval()
    return trained


def _batches(pages: Sequence[Sequence[LabelledLines]], rng: random.Random) -> list[list[LabelledLines]]:
    """Each page once, in a variant drawn by chance; pages of like length together."""
    drawn = [_draw(variants, rng) for variants in pages]
    drawn.sort(key=lambda example: len(example.labels) * rng.uniform(0.9, 1.1))
    batches: list[list[LabelledLines]] = [[]]
    for example in drawn:
        if batches[-1] and (len(batches[-1]) + 1) * len(example.labels) > BATCH_LINES:
            batches.append([])
        batches[-1].append(example)
    rng.shuffle(batches)
    return batches


def _draw(variants: Sequence[LabelledLines], rng: random.Random) -> LabelledLines:
    return rng.choice(variants[:2]) if rng.random() < AS_LABELLED else rng.choice(variants)
