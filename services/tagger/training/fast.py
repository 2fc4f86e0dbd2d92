"""Train the fast model: `python -m copydesk.services.tagger.training.fast`, a spaCy CNN that learns from the accurate one.

The texts of all sets are labelled by the accurate model (distillation by hard labels: Kim & Rush 2016), so that they follow
one rule. Words have vectors out of the encoder (vectors.py). `--undistilled` trains its twin for comparison, on the labels as they are.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import spacy
import thinc.api
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example as SpacyExample

from copydesk.services.tagger.model.decode import word_spans
from copydesk.services.tagger.model.folders import folder_of
from copydesk.services.tagger.model.labels import ENTITY_TYPES
from copydesk.services.tagger.model.load import blas
from copydesk.services.tagger.model.network import QuantisedNetwork
from copydesk.services.tagger.training.augment import Augmenter
from copydesk.services.tagger.training.confidence import sure_tags
from copydesk.services.tagger.training.corpus import MISSING, RULES, TaggedWords
from copydesk.services.tagger.training.recipe import GOLD, SILVER, TrainingRecipe
from copydesk.services.tagger.training.vectors import add_vectors
from copydesk.services.tagger.training.worker import read_corpus

CONFIG = """
[model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[model.tok2vec]
@architectures = "spacy.Tok2Vec.v2"

[model.tok2vec.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
rows = [5000, 2500, 5000, 2500]
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
include_static_vectors = true

[model.tok2vec.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3
"""


@dataclass(frozen=True)
class FastRecipe:
    """What a run depends on; written into the model's meta.json."""

    minutes: float = 30.0  # of CPU time, on one core
    silver_share: float = 1.0  # of the silver texts
    seed: int = 7
    rate: float = 0.0015
    warm_steps: int = 200
    words_in_batch: int = 1200
    dropout: float = 0.1
    distilled: bool = True
    teacher: str = "accurate"


def train_fast(recipe: FastRecipe, data: Path, out: Path) -> None:
    """Train until the time is up, then write the pipeline with its averaged weights into `out`."""
    rng = random.Random(recipe.seed)
    thinc.api.set_current_ops(blas())  # twice the steps a minute
    thinc.api.fix_random_seed(recipe.seed)
    corpus = dict(read_corpus(TrainingRecipe(seed=recipe.seed), data))
    corpus[SILVER] = rng.sample(corpus[SILVER], int(len(corpus[SILVER]) * recipe.silver_share))
    if recipe.distilled:
        teacher = QuantisedNetwork(folder_of(recipe.teacher))
        corpus = {name: distilled(held, teacher) for name, held in corpus.items()}
    nlp, optimizer = pipeline(recipe, (example.words for held in corpus.values() for example in held))
    augment = Augmenter((e for name in corpus if name in GOLD for e in corpus[name]), rng)
    start, loss = time.process_time(), 0.0
    for step, batch in enumerate(_batches(corpus, augment, recipe.words_in_batch, rng)):
        share = (time.process_time() - start) / 60 / recipe.minutes
        if share >= 1:
            break
        optimizer.learn_rate = recipe.rate * min(1.0, (step + 1) / recipe.warm_steps) * max(0.02, 1 - share)
        losses = nlp.update([to_spacy(nlp, example) for example in batch], sgd=optimizer, drop=recipe.dropout)
        loss = 0.98 * loss + 0.02 * losses["ner"]
        if step % 100 == 0:
            print(f"{share:4.0%}  step {step}  loss {loss:.1f}", flush=True)
    with nlp.use_params(optimizer.averages):
        _write(nlp, recipe, out)


def pipeline(recipe: FastRecipe, texts: Iterable[Sequence[str]]) -> tuple[Language, thinc.api.Optimizer]:
    """The untrained pipeline; the texts say which words get vectors."""
    nlp = spacy.blank("en")
    add_vectors(nlp, texts)
    ner = nlp.add_pipe("ner", config=thinc.api.Config().from_str(CONFIG))
    for label in ENTITY_TYPES:
        ner.add_label(label)  # type: ignore[attr-defined]
    nlp.initialize()
    optimizer = thinc.api.Adam(
        learn_rate=recipe.rate, beta1=0.9, beta2=0.999, L2=0.01, grad_clip=1.0, use_averages=True, L2_is_weight_decay=True
    )  # fmt: skip
    return nlp, optimizer


def distilled(held: Sequence[TaggedWords], teacher: QuantisedNetwork) -> list[TaggedWords]:
    """The texts with the teacher's labels; words of which it is not sure are MISSING."""
    return [TaggedWords(e.words, sure_tags(_softmax(teacher.scores(e.words))), e.source) for e in held if 0 < len(e.words) <= 110]


def _softmax(scores: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    shares = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True), dtype=np.float32)


def to_spacy(nlp: Language, example: TaggedWords) -> SpacyExample:
    doc = Doc(nlp.vocab, words=example.words)
    gold = Doc(nlp.vocab, words=example.words)
    spans = word_spans([0 if tag == MISSING else tag for tag in example.tags])
    missing = [Span(gold, number, number + 1) for number, tag in enumerate(example.tags) if tag == MISSING]
    gold.set_ents([Span(gold, start, end, label=label) for start, end, label in spans], missing=missing, default="outside")
    return SpacyExample(doc, gold)


def _batches(corpus: dict[str, list[TaggedWords]], augment: Augmenter, size: int, rng: random.Random) -> Iterator[list[TaggedWords]]:
    """Batches without end; the gold by its weights, the silver once an epoch."""
    weights = {source.name: source.weight for source in TrainingRecipe().sources} | {SILVER: 1.0}
    while True:
        epoch = [e for name, held in corpus.items() for e in held for _ in range(int(weights[name] + rng.random()))]
        rng.shuffle(epoch)
        batch: list[TaggedWords] = []
        for example in epoch:
            batch.append(augment(example) if RULES.get(example.source, example.source) in GOLD else example)
            if sum(len(item.words) for item in batch) >= size:
                yield batch
                batch = []


def _write(nlp: Language, recipe: FastRecipe, out: Path) -> None:
    """The pipeline on disk; its version is a hash of its weights."""
    nlp.meta.update({"name": "fast", "description": "spaCy CNN for English news", "license": "Apache-2.0", "recipe": asdict(recipe)})
    weights: bytes = nlp.get_pipe("ner").to_bytes() + nlp.vocab.vectors.to_bytes()  # type: ignore[attr-defined]
    nlp.meta["version"] = "0.0.0+" + hashlib.blake2b(weights, digest_size=6).hexdigest()
    nlp.to_disk(out)
    (out / "vocab" / "strings.json").write_text("[]\n")  # vectors are found by the words' hashes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/ner/train"), help="folder of the training sets")
    parser.add_argument("--out", type=Path, default=folder_of("fast"), help="folder to write")
    parser.add_argument("--minutes", type=float, default=FastRecipe.minutes, help="how long to train, in CPU time")
    parser.add_argument("--silver-share", type=float, default=FastRecipe.silver_share, help="share of the silver texts to use")
    parser.add_argument("--teacher", default=FastRecipe.teacher, help="model to learn from: a name or a folder")
    parser.add_argument("--undistilled", action="store_true", help="train the twin that learns from the silver labels")
    given = parser.parse_args()
    recipe = FastRecipe(given.minutes, given.silver_share, distilled=not given.undistilled, teacher=given.teacher)
    train_fast(recipe, given.data, given.out)


if __name__ == "__main__":
    main()
