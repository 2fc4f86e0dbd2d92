"""Networks of several folds as one, for one page: what is exported.

The members compute side by side, in groups of wide layers: a page has a few hundred lines, and calling five times as many small
kernels took longer than their sums. A norm's scale goes into the convolution behind it, the standardising of numbers into the first layer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import torch
from torch import Tensor, nn
from torch.nn import functional

from copydesk.services.cleaner.training.network import HIDDEN, ConvolutionLayer, LineNetwork

M = TypeVar("M", bound=nn.Module)


class WideLayer(nn.Module):
    """The same layer of all members."""

    def __init__(self, layers: Sequence[ConvolutionLayer]) -> None:
        super().__init__()
        self.groups, self.dilation = len(layers), layers[0].convolve.dilation[0]
        self.shift = _beside(layers, lambda layer: layer.norm.bias / layer.norm.weight)
        self.convolve = _beside(layers, lambda layer: layer.convolve.weight * layer.norm.weight[:, None])
        self.convolve_bias = _beside(layers, lambda layer: layer.convolve.bias)
        self.mix = _beside(layers, lambda layer: layer.mix.weight.unsqueeze(-1))
        self.mix_bias = _beside(layers, lambda layer: layer.mix.bias)

    def forward(self, lines: Tensor) -> Tensor:
        """lines: (lines, members * HIDDEN)."""
        normal = functional.layer_norm(lines.reshape(-1, self.groups, HIDDEN), (HIDDEN,)).reshape(-1, self.groups * HIDDEN) + self.shift
        seen = functional.conv1d(normal.T[None], self.convolve, self.convolve_bias, 1, self.dilation, self.dilation, self.groups)
        return lines + functional.conv1d(functional.relu(seen), self.mix, self.mix_bias, groups=self.groups)[0].T


class Committee(nn.Module):
    """Each member has not seen one fold of hosts, so that it can be judged there."""

    def __init__(self, members: Sequence[LineNetwork]) -> None:
        super().__init__()
        self.groups, features = len(members), len(members[0].mean)
        self.vectors = nn.Parameter(torch.cat([member.vectors for member in members], 1))
        by_number = [(member.enter.weight[:, :features] / member.deviation).T.half().float() for member in members]  # as it will be stored
        by_word = torch.block_diag(*(member.enter.weight[:, features:].T for member in members))
        self.enter = nn.Parameter(torch.cat([torch.cat(by_number, 1), by_word]))
        shifts = [member.enter.bias - member.mean @ weights for member, weights in zip(members, by_number, strict=True)]
        self.enter_bias = nn.Parameter(torch.cat(shifts))
        self.layers = nn.ModuleList(WideLayer(layers) for layers in zip(*(member.layers for member in members), strict=True))
        self.attend = _beside(members, lambda member: member.attend.weight.unsqueeze(-1))
        self.summary = nn.Parameter(torch.stack([member.summary.weight.T for member in members]))
        self.look = _beside(members, lambda member: member.look.weight.unsqueeze(-1))
        self.look_bias = _beside(members, lambda member: member.look.bias)
        self.summary_bias = _beside(members, lambda member: member.summary.bias)
        self.decide = _beside(members, lambda member: member.decide.weight.unsqueeze(-1))
        self.decide_bias = _beside(members, lambda member: member.decide.bias)

    def forward(self, numbers: Tensor, words: Tensor, starts: Tensor, ends: Tensor) -> Tensor:
        """numbers: (lines, features); words: (words,); starts, ends: (lines,).

        Returns (members, lines, 2): the chance that a line is of the article, and the chance that it, of all lines, is the headline.
        """
        total = functional.pad(torch.cumsum(self.vectors[words], 0), (0, 0, 1, 0))
        vectors = (total[ends] - total[starts]) / torch.clamp(ends - starts, min=1).unsqueeze(-1)
        lines = functional.relu(torch.addmm(self.enter_bias, torch.cat([numbers, vectors], 1), self.enter))
        for layer in self.layers:
            lines = layer(lines)
        across = lines.T[None]
        page = torch.relu(self._page(lines, across).reshape(-1) + self.summary_bias)
        looked = functional.conv1d(across, self.look, self.look_bias, groups=self.groups)
        logits = functional.conv1d(functional.relu(looked + page[:, None]), self.decide, self.decide_bias, groups=self.groups)
        logits = logits.reshape(self.groups, 2, -1)
        return torch.stack([torch.sigmoid(logits[:, 0]), torch.softmax(logits[:, 1], 1)], -1)

    def _page(self, lines: Tensor, across: Tensor) -> Tensor:
        """What each member makes of the attended and of the plain mean of the page's lines: (members, 1, HIDDEN)."""
        shares = functional.conv1d(across, self.attend, groups=self.groups)[0].softmax(1)  # a bias would change nothing
        attended = shares.unsqueeze(1) @ lines.reshape(-1, self.groups, HIDDEN).transpose(0, 1)
        mean = lines.mean(0).reshape(self.groups, 1, HIDDEN)
        return torch.cat([attended, mean], -1) @ self.summary


def _beside(members: Sequence[M], part: Callable[[M], Tensor]) -> nn.Parameter:
    return nn.Parameter(torch.cat([part(member) for member in members]))
