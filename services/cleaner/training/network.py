"""The line model's network: word vectors, dilated convolutions over lines (Yu & Koltun 2016), and a summary of the page.

A line sees 31 lines to each side through the convolutions, and the whole page through an attention-weighted mean.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn import functional

from copydesk.services.cleaner.model.words import BUCKETS

HIDDEN = 64
WORD_VECTOR = 12
DILATIONS = (1, 2, 4, 8, 16)
DROPOUT = 0.2


class ConvolutionLayer(nn.Module):
    """Residual: normalise, convolve over three lines at a distance, mix."""

    def __init__(self, dilation: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(HIDDEN)
        self.convolve = nn.Conv1d(HIDDEN, HIDDEN, 3, padding=dilation, dilation=dilation)
        self.mix = nn.Linear(HIDDEN, HIDDEN)
        self.drop = nn.Dropout(DROPOUT)

    def forward(self, lines: Tensor, mask: Tensor | None) -> Tensor:
        """lines: (pages, lines, HIDDEN); mask: (pages, lines, 1), 0 where a page has ended; None for a single page."""
        normal = self.norm(lines)
        seen = self.convolve((normal if mask is None else normal * mask).transpose(1, 2)).transpose(1, 2)
        mixed: Tensor = self.drop(self.mix(functional.relu(seen)))
        return lines + mixed


class LineNetwork(nn.Module):
    """For each line a logit that it is of the article, and one that it is the page's headline.

    Numbers are standardised by the mean and deviation of the training pages.
    """

    mean: Tensor
    deviation: Tensor

    def __init__(self, mean: Tensor, deviation: Tensor) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.vectors = nn.Parameter(torch.randn(BUCKETS, WORD_VECTOR) * 0.05)
        self.enter = nn.Linear(len(mean) + WORD_VECTOR, HIDDEN)
        self.layers = nn.ModuleList(ConvolutionLayer(dilation) for dilation in DILATIONS)
        self.attend = nn.Linear(HIDDEN, 1)
        self.summary = nn.Linear(2 * HIDDEN, HIDDEN)
        self.look = nn.Linear(HIDDEN, HIDDEN)
        self.decide = nn.Linear(HIDDEN, 2)
        self.drop = nn.Dropout(DROPOUT)

    def forward(
        self, numbers: Tensor, words: Tensor, starts: Tensor, ends: Tensor, mask: Tensor | None = None, lexical: Tensor | None = None
    ) -> Tensor:
        """numbers: (pages, lines, features); words: buckets of all lines' words; starts, ends: (pages, lines) into them;
        lexical: (pages, 1, 1), 0 for pages that have to do without words. Returns logits (pages, lines, 2)."""
        total = functional.pad(torch.cumsum(self.vectors[words], 0), (0, 0, 1, 0))
        vectors = (total[ends] - total[starts]) / torch.clamp(ends - starts, min=1).unsqueeze(-1)
        if lexical is not None:
            vectors = vectors * lexical
        lines = self.drop(functional.relu(self.enter(torch.cat([(numbers - self.mean) / self.deviation, vectors], -1))))
        for layer in self.layers:
            lines = layer(lines, mask)
        page = functional.relu(self.summary(self._page(lines, mask)))
        logits: Tensor = self.decide(self.drop(functional.relu(self.look(lines) + page)))
        return logits

    def _page(self, lines: Tensor, mask: Tensor | None) -> Tensor:
        """The attended and the plain mean of a page's lines (pages, 1, 2 * HIDDEN)."""
        scores = self.attend(lines)
        if mask is None:
            return torch.cat([(scores.softmax(1) * lines).sum(1, keepdim=True), lines.mean(1, keepdim=True)], -1)
        weights = scores.masked_fill(mask == 0, -1e9).softmax(1)
        mean = (lines * mask).sum(1, keepdim=True) / mask.sum(1, keepdim=True)
        return torch.cat([(weights * lines).sum(1, keepdim=True), mean], -1)
