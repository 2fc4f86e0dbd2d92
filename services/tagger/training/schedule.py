"""What is learned how fast."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import torch

from copydesk.services.tagger.training.network import LAYERS, TrainableNetwork

LEARNING_RATE, HEAD_LEARNING_RATE = 1.5e-4, 1e-3
LAYER_DECAY = 0.9  # lower layers are general and move less (Howard & Ruder 2018)
WEIGHT_DECAY = 0.01
WARM_STEPS, FINAL_SHARE = 100, 0.02


def optimizer(network: TrainableNetwork) -> torch.optim.AdamW:
    """AdamW with a rate for each layer; word and position embeddings stay as they are, for words that training never shows."""
    for table in (network.words, network.positions):
        table.weight.requires_grad_(False)
    return torch.optim.AdamW(list(_groups(network)), betas=(0.9, 0.98), fused=True)


def _groups(network: TrainableNetwork) -> Iterator[dict[str, Any]]:
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            rate = _rate(name)
            decay = WEIGHT_DECAY if parameter.ndim == 2 and name.startswith("layers") else 0.0
            yield {"params": [parameter], "lr": rate, "peak": rate, "weight_decay": decay}


def _rate(name: str) -> float:
    if name.startswith(("hidden", "tags", "case", "source")):
        return HEAD_LEARNING_RATE
    depth = int(name.split(".")[1]) + 1 if name.startswith("layers") else 0
    return LEARNING_RATE * LAYER_DECAY ** (LAYERS - depth)


def set_rate(optimizer: torch.optim.Optimizer, step: int, share: float) -> None:
    """Warm up over the first steps, then fall in a line with the share of the time that has passed."""
    factor = min(1.0, (step + 1) / WARM_STEPS) * max(FINAL_SHARE, 1 - share)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * factor
