"""`make bench-tagging`: words per second of the models in one run, what copies cost, and memory over many articles.

Words are spaCy's; tokenisation and decoding are in the time; one thread. Options: --models accurate,fast  --articles 50000
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

import psutil
from rich.console import Console
from rich.table import Table

from services.tagger.model.cache import ParagraphCache
from services.tagger.model.load import Model, load_model
from services.tagger.model.tagger import Tagger
from services.tagger.settings import TaggerSettings
from services.tagger.stage import Text, create
from tests.articles import news

ARTICLES, BATCH, COPIES = 400, 32, 0.3
ROUNDS = 3


def words_of(bodies: Sequence[str]) -> int:
    tokenizer = load_model("accurate").nlp.tokenizer
    return sum(len(tokenizer(body)) for body in bodies)


def run(tagger: Tagger, bodies: Sequence[str]) -> float:
    """Seconds of CPU time for all bodies in batches: what other processes do does not count."""
    start = time.process_time()
    for at in range(0, len(bodies), BATCH):
        tagger.spans(bodies[at : at + BATCH])
    return time.process_time() - start


def speeds(names: Sequence[str], bodies: Sequence[str]) -> dict[str, float]:
    """Best words per second of each model; the models take turns, so that all see the same machine."""
    words = words_of(bodies)
    models = {name: load_model(name) for name in names}
    best = dict.fromkeys(names, 0.0)
    for _ in range(ROUNDS):
        for name, model in models.items():
            best[name] = max(best[name], words / run(Tagger(model, ParagraphCache(0)), bodies))
    return best


def copies(model: Model, bodies: Sequence[str]) -> float:
    """How much faster a stream with COPIES of its articles copied runs with a cache than the model alone on all of it."""
    rng = random.Random(3)
    distinct = list(bodies[: int(len(bodies) * (1 - COPIES))])
    stream = distinct + rng.choices(distinct, k=len(bodies) - len(distinct))
    rng.shuffle(stream)
    alone = min(run(Tagger(model, ParagraphCache(0)), stream) for _ in range(ROUNDS))
    cached = min(run(Tagger(model, ParagraphCache(TaggerSettings().tagger_cache)), stream) for _ in range(ROUNDS))
    return alone / cached


def memory(bodies: Sequence[str], articles: int) -> list[tuple[int, float]]:
    """Resident memory in MB of the whole stage after so many articles, each a different mix of paragraphs."""
    stage, process, rng = create(TaggerSettings(tagger_cache=10_000)), psutil.Process(), random.Random(4)
    paragraphs = [part for body in bodies for part in body.split("\n\n") if part.strip()]
    seen = []
    for done in range(0, articles, BATCH):
        batch = ["\n\n".join([*rng.sample(paragraphs, 3), f"Case {done + number} was closed by Ann Xu{done + number}."]) for number in range(BATCH)]
        stage.process([Text(body=body) for body in batch])
        if done % (articles // 10 // BATCH * BATCH or BATCH) == 0:
            seen.append((done + BATCH, process.memory_info().rss / 1e6))
    return seen


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", default="accurate,fast", help="models to compare")
    parser.add_argument("--articles", type=int, default=5_000, help="articles for the memory curve")
    given = parser.parse_args()
    console = Console()
    bodies = [article["content"] for article in news(ARTICLES)]
    table = Table("model", "words/s of CPU time, one thread", title="Tagging models, same articles, same run")
    for name, speed in speeds(given.models.split(","), bodies).items():
        table.add_row(name, f"{speed:,.0f}")
    console.print(table)
    gain = copies(load_model("accurate"), bodies)
    console.print(f"A stream with {COPIES:.0%} copies runs at {gain:.2f} times the model alone on all of it.")
    table = Table("articles", "resident MB", title="Memory of the stage")
    for done, resident in memory(bodies, given.articles):
        table.add_row(f"{done:,}", f"{resident:,.0f}")
    console.print(table)


if __name__ == "__main__":
    main()
