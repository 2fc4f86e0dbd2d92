"""One worker of a training run: reads the sets, steps through them in its own order, exchanges with the centre."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch.nn import functional

from copydesk.services.tagger.model.pieces import Pieces
from copydesk.services.tagger.training.augment import Augmenter
from copydesk.services.tagger.training.batches import Encoded, encode_example, packed, to_batch
from copydesk.services.tagger.training.corpus import FILES, MISSING, RULES, TaggedWords, examples
from copydesk.services.tagger.training.elastic import EVERY, Centre
from copydesk.services.tagger.training.labeller import relabel
from copydesk.services.tagger.training.network import TrainableNetwork
from copydesk.services.tagger.training.recipe import COMMON, GOLD, OWN_WEIGHT, SILVER, TrainingRecipe, encoder_folder, rules_of
from copydesk.services.tagger.training.schedule import optimizer, set_rate

CHUNK = 3000  # examples encoded at once
Corpus = Mapping[str, list[TaggedWords]]


def read_corpus(recipe: TrainingRecipe, data: Path) -> Corpus:
    """Examples of each set. Raises OSError where one cannot be read."""
    rng = random.Random(recipe.seed)
    sets = {source.name: data / FILES[source.name] for source in recipe.sources}
    if recipe.own:
        sets["own"] = Path(recipe.own)
    return {name: list(examples(path, RULES.get(name, name), rng)) for name, path in sets.items()}


class TrainingWorker:
    def __init__(self, recipe: TrainingRecipe, number: int, network: TrainableNetwork, centre: Centre, corpus: Corpus) -> None:
        self.recipe, self.number, self.network, self.centre = recipe, number, network, centre
        self.rng = random.Random(recipe.seed)  # the same silver sample for all workers
        torch.manual_seed(recipe.seed + number)
        self.pieces = Pieces(encoder_folder() / "tokenizer.json")
        self.rules = rules_of(recipe)
        self.weights = {source.name: source.weight for source in recipe.sources} | {"own": OWN_WEIGHT}
        self.corpus = dict(corpus)
        self.silver = self.rng.sample(self.corpus[SILVER], int(len(self.corpus[SILVER]) * recipe.relabelled_share))
        self.rng.seed(recipe.seed + number)
        self.augment = Augmenter((e for name in self.corpus if name in GOLD for e in self.corpus[name]), self.rng)
        self.relabelled = False

    def run(self, out: Path) -> None:
        """Train until the time is up. The first worker writes the checkpoints."""
        optimizing, start, saved, loss, words = optimizer(self.network), time.monotonic(), 0.0, 2.0, 0
        self.network.train()
        for step, items in enumerate(self._forever()):
            elapsed = (time.monotonic() - start) / 60
            share = elapsed / self.recipe.minutes
            if elapsed - saved > self.recipe.checkpoint_minutes or share >= 1:
                print(f"worker {self.number} {elapsed:5.1f} min  step {step}  {words / elapsed / 60:.0f} words/s  loss {loss:.4f}", flush=True)
                saved = elapsed
                if self.number == 0:
                    _save(self.centre, out)
            if share >= 1:
                return
            if share >= self.recipe.relabel_at and not self.relabelled:
                self._relabel()
            set_rate(optimizing, step, share)
            loss = 0.98 * loss + 0.02 * self._step(optimizing, items)
            if step % EVERY == EVERY - 1:
                self.centre.exchange(self.network)
            words += sum(len(item.first) for item in items)

    def _step(self, optimizing: torch.optim.Optimizer, items: Sequence[Encoded]) -> float:
        batch = to_batch(items, [self._rule(item.example.source) for item in items])
        with torch.autocast("cpu", torch.bfloat16):
            scores = self.network(batch.ids, batch.cases, batch.mask, batch.source, batch.first, batch.around)
        loss = functional.cross_entropy(scores.float(), batch.tags, ignore_index=MISSING, label_smoothing=self.recipe.smoothing)
        optimizing.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), self.recipe.clip)
        optimizing.step()
        return float(loss.detach())

    def _rule(self, source: str) -> int:
        if source in GOLD and self.rng.random() < self.recipe.common_rule:
            return 0
        return self.rules.index(source)

    def _forever(self) -> Iterator[list[Encoded]]:
        """Batches without end, epoch after epoch; an epoch ends early when the silver has been labelled anew."""
        while True:
            before, epoch = self.relabelled, self._epoch()
            for start in range(0, len(epoch), CHUNK):
                chunk = [encode_example(self.pieces, self.augment(example)) for example in epoch[start : start + CHUNK]]
                yield from packed(chunk, self.rng)
                if self.relabelled != before:
                    break

    def _epoch(self) -> list[TaggedWords]:
        """Each set by its weight, in random order."""
        held = [(example, self.weights[name]) for name, examples_ in self.corpus.items() for example in examples_]
        epoch = [example for example, weight in held for _ in range(int(weight + self.rng.random()))]
        self.rng.shuffle(epoch)
        return epoch

    def _relabel(self) -> None:
        """Label this worker's share of the silver sample by the averaged weights; training goes on without the old labels."""
        current = {name: tensor.clone() for name, tensor in self.network.state_dict().items()}
        self.network.load_state_dict(self.centre.averaged())
        encoded = [encode_example(self.pieces, example) for example in self.silver[self.number :: self.recipe.workers]]
        self.corpus[SILVER] = relabel(self.network, encoded, [0], COMMON)
        self.weights[SILVER] = float(self.recipe.workers)  # each worker reads its own share only
        self.network.load_state_dict(current)
        self.relabelled = True
        print(f"worker {self.number} labelled {len(encoded)} silver texts anew", flush=True)


def _save(centre: Centre, out: Path) -> None:
    partial = out / "checkpoint.partial"
    save_file({name: tensor.contiguous() for name, tensor in centre.averaged().items()}, partial)
    partial.replace(out / "checkpoint.safetensors")
