"""Train the accurate model: `python -m copydesk.services.tagger.training.accurate`, within an hour on two cores.

Gold sets of several kinds and the silver one, each by its own labelling rules; after a part of the time the silver text is
labelled anew by the model itself, by the rules of the gold (self-training). Checkpoints hold the averaged weights.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import torch
import torch.multiprocessing as multiprocessing
from safetensors.torch import load_file

from copydesk.services.tagger.training.elastic import Centre
from copydesk.services.tagger.training.network import TrainableNetwork, load_minilm
from copydesk.services.tagger.training.recipe import TrainingRecipe, encoder_folder, rules_of
from copydesk.services.tagger.training.worker import Corpus, TrainingWorker, read_corpus


def train_accurate(recipe: TrainingRecipe, data: Path, out: Path) -> None:
    """Train until the time is up. `data` holds the training sets; `out` takes checkpoint.safetensors and recipe.json."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "recipe.json").write_text(json.dumps({**asdict(recipe), "rules": rules_of(recipe)}, indent=1))
    torch.set_num_threads(1)
    torch.manual_seed(recipe.seed)
    network = TrainableNetwork(sources=len(rules_of(recipe)))
    load_minilm(network, encoder_folder() / "model.safetensors")
    if recipe.start:
        network.load_state_dict(load_file(recipe.start))
    centre, corpus = Centre(network), read_corpus(recipe, data)
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=_work, args=(recipe, number, network, centre, corpus, out)) for number in range(recipe.workers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    if any(worker.exitcode for worker in workers):
        raise SystemExit("a worker failed: see its traceback above")


def _work(recipe: TrainingRecipe, number: int, network: TrainableNetwork, centre: Centre, corpus: Corpus, out: Path) -> None:
    torch.set_num_threads(1)
    TrainingWorker(recipe, number, network, centre, corpus).run(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner/train"), help="folder of the training sets")
    parser.add_argument("--out", type=Path, default=Path(".copydesk/training/accurate"), help="folder for checkpoint and recipe")
    parser.add_argument("--minutes", type=float, default=TrainingRecipe.minutes, help="how long to train")
    parser.add_argument("--workers", type=int, default=TrainingRecipe.workers, help="processes that train, one core each")
    parser.add_argument("--own", help="a set of your own labels, in the format of the others")
    parser.add_argument("--start", help="a checkpoint.safetensors to go on from, of a run with the same sources")
    parser.add_argument("--seed", type=int, default=TrainingRecipe.seed, help="order of the examples; another one when going on from a checkpoint")
    given = parser.parse_args()
    recipe = TrainingRecipe(given.minutes, given.workers, given.seed, start=given.start, own=given.own)
    train_accurate(recipe, given.data, given.out)


if __name__ == "__main__":
    main()
