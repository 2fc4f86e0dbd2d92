"""The network: MiniLM encoder (Wang et al. 2020), casing and source embeddings, a small head over the first piece of each word.

Sources label by different rules (is a title part of a name?). A source embedding at the input lets the network learn each
rule without mixing them (as dataset embeddings do for treebanks, Stymne et al. 2018); the rule wanted is fixed at export.
"""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from copydesk.services.tagger.model.casing import CASES
from copydesk.services.tagger.model.labels import TAGS

WIDTH, HEADS, INNER, LAYERS = 384, 12, 1536, 6
VOCABULARY, POSITIONS = 30522, 512
CASE_WIDTH, HEAD_WIDTH = 16, 256
NORM_EPSILON = 1e-12


class TransformerLayer(nn.Module):
    """A post-norm transformer layer."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.dropout = dropout
        self.qkv, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, NORM_EPSILON), nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """x: [texts, pieces, WIDTH]; mask: added to the attention scores, [texts, 1, 1, pieces]."""
        texts, pieces, _ = x.shape
        q, k, v = self.qkv(x).view(texts, pieces, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4).unbind(0)
        attended = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        attended = self.out(attended.transpose(1, 2).reshape(texts, pieces, WIDTH))
        x = self.norm1(x + functional.dropout(attended, self.dropout, self.training))
        fed = self.outer(functional.gelu(self.inner(x)))
        normalised: Tensor = self.norm2(x + functional.dropout(fed, self.dropout, self.training))
        return normalised


class TrainableNetwork(nn.Module):
    """Piece ids to tag scores of words."""

    def __init__(self, sources: int, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.words, self.positions = nn.Embedding(VOCABULARY, WIDTH), nn.Embedding(POSITIONS, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.case_in, self.source = nn.Embedding(CASES, WIDTH), nn.Embedding(sources, WIDTH)
        self.case_out = nn.Embedding(CASES, CASE_WIDTH)
        for table in (self.case_in, self.source):
            nn.init.zeros_(table.weight)
        self.norm = nn.LayerNorm(WIDTH, NORM_EPSILON)
        self.layers = nn.ModuleList(TransformerLayer(dropout) for _ in range(LAYERS))
        self.hidden, self.tags = nn.Linear(WIDTH + 3 * CASE_WIDTH, HEAD_WIDTH), nn.Linear(HEAD_WIDTH, len(TAGS))

    def forward(self, ids: Tensor, cases: Tensor, mask: Tensor | None, source: Tensor, first: Tensor, around: Tensor) -> Tensor:
        """Scores [words, tags].

        ids, cases: [texts, pieces]; mask: [texts, 1, 1, pieces]; source: [texts]; first: [words], flat positions of the words'
        first pieces in [texts * pieces]; around: [words, 3], casing of the word before, of the word and of the word after.
        """
        x = self.encode(ids, self.case_in(cases) + self.source(source)[:, None], mask)
        x = torch.cat([x.reshape(-1, WIDTH)[first], self.case_out(around).flatten(1)], dim=1)
        scores: Tensor = self.tags(functional.gelu(self.hidden(functional.dropout(x, self.dropout, self.training))))
        return scores

    def encode(self, ids: Tensor, added: Tensor | None = None, mask: Tensor | None = None) -> Tensor:
        """The last layer of the encoder, [texts, pieces, WIDTH]. added: to the embeddings, of the same shape."""
        x = self.words(ids) + self.positions.weight[: ids.shape[1]] + self.segment
        x = functional.dropout(self.norm(x if added is None else x + added), self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


def load_minilm(network: TrainableNetwork, weights: Path) -> None:
    """Copy the encoder's published weights into the network, in place."""
    found = {name.removeprefix("bert."): tensor.float() for name, tensor in load_file(weights).items()}
    with torch.no_grad():
        network.words.weight.copy_(found["embeddings.word_embeddings.weight"])
        network.positions.weight.copy_(found["embeddings.position_embeddings.weight"])
        network.segment.copy_(found["embeddings.token_type_embeddings.weight"][0])
        _copy(network.norm, found, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            base = f"encoder.layer.{number}"
            assert isinstance(layer, TransformerLayer)
            for kind in ("weight", "bias"):
                parts = [found[f"{base}.attention.self.{name}.{kind}"] for name in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
            _copy(layer.out, found, f"{base}.attention.output.dense")
            _copy(layer.norm1, found, f"{base}.attention.output.LayerNorm")
            _copy(layer.inner, found, f"{base}.intermediate.dense")
            _copy(layer.outer, found, f"{base}.output.dense")
            _copy(layer.norm2, found, f"{base}.output.LayerNorm")


def _copy(module: nn.Module, found: dict[str, Tensor], name: str) -> None:
    module.get_parameter("weight").copy_(found[f"{name}.weight"])
    module.get_parameter("bias").copy_(found[f"{name}.bias"])
