"""`make bench-tagging`: words per second of the models in one run, what copies cost, and memory over many articles.

Words are spaCy's; tokenisation and decoding are in the time; one thread.
Options: --parts speed,copies,memory  --models accurate,fast  --articles 50000
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial

import psutil
from rich.console import Console
from rich.table import Table

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.tagger.gazetteer import ReloadedGazetteer
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import Model, load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.model.units import paragraphs
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.services.tagger.stage import TaggerReads, TaggerStage, create
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched
from tests.articles import news

ARTICLES, BATCH, COPIES = 400, 32, 0.3
ROUNDS = 3
CACHE = 10_000  # paragraphs held while memory is measured: full after a fraction of the run


def cleaned(articles: int) -> list[TaggerReads]:
    """Real articles as the tagger gets them."""
    raw = [RawArticle.model_validate(article) for article in news(articles)]
    outcomes = [o.part for o in CleanerStage(CleanerSettings()).process(raw) if isinstance(o, Enriched)]
    return [TaggerReads(body=part.body, title=part.title, language="en") for part in outcomes if isinstance(part, CleanedPart)]


def words_of(bodies: Sequence[str]) -> int:
    tokenizer = load_model("accurate").nlp.tokenizer
    return sum(len(tokenizer(body)) for body in bodies)


def run(tagger: Tagger, bodies: Sequence[str]) -> float:
    """Seconds of CPU time for all bodies in batches: what other processes do does not count."""
    return sum(_cpu_seconds(partial(tagger.spans, bodies[at : at + BATCH])) for at in range(0, len(bodies), BATCH))


def speeds(names: Sequence[str], bodies: Sequence[str]) -> dict[str, float]:
    """Best words per second of each model; the models take turns, so that all see the same machine."""
    words = words_of(bodies)
    models = {name: load_model(name) for name in names}
    best = dict.fromkeys(names, 0.0)
    for _ in range(ROUNDS):
        for name, model in models.items():
            best[name] = max(best[name], words / run(Tagger(model, ParagraphCache(0)), bodies))
    return best


def with_copies(texts: Sequence[TaggerReads]) -> list[TaggerReads]:
    """As many articles, in random order, of which COPIES are whole copies of others."""
    rng = random.Random(3)
    distinct = list(texts[: round(len(texts) * (1 - COPIES))])
    stream = distinct + rng.sample(distinct, len(texts) - len(distinct))
    rng.shuffle(stream)
    return stream


def copies(model: Model, texts: Sequence[TaggerReads]) -> tuple[float, float]:
    """How much faster the whole stage (cache, article-level pass) runs over a stream with copies than the model alone on
    every paragraph of it, and the share of words that are copies.

    The two take turns every batch, in changing order; of ROUNDS rounds the best time of each batch counts.
    """
    stream = with_copies(texts)
    batches = [stream[at : at + BATCH] for at in range(0, len(stream), BATCH)]
    alone, staged = [float("inf")] * len(batches), [float("inf")] * len(batches)
    for turn in range(ROUNDS):
        stage = TaggerStage({"en": Tagger(model, ParagraphCache(TaggerSettings().tagger_cache))}, ReloadedGazetteer(()))
        for number, batch in enumerate(batches):
            runs: list[tuple[list[float], Callable[[], object]]] = [(alone, partial(_alone, model, batch)), (staged, partial(stage.process, batch))]
            for times, work in runs[:: 1 if (number + turn) % 2 else -1]:
                times[number] = min(times[number], _cpu_seconds(work))
    kept = sum(len(text.body) for text in {id(text): text for text in stream}.values())
    return sum(alone) / sum(staged), 1 - kept / sum(len(text.body) for text in stream)


def _alone(model: Model, batch: Sequence[TaggerReads]) -> None:
    with model.nlp.memory_zone():
        for text in batch:
            for start, end in paragraphs(text.body):
                model.nlp(text.body[start:end])


def _cpu_seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def memory(bodies: Sequence[str], articles: int) -> Iterator[tuple[int, float]]:
    """Resident memory in MB of the whole stage (default model) after so many articles, at ten points. An article is two
    numbered paragraphs and a sentence about somebody new, so that neither the model nor the cache has seen any of it."""
    stage, process, rng = create(TaggerSettings(tagger_cache=CACHE)), psutil.Process(), random.Random(4)
    held = [body[start:end] for body in bodies for start, end in paragraphs(body)]
    for done in range(0, articles, BATCH):
        stage.process([TaggerReads(body=_new_article(held, number, rng)) for number in range(done, done + BATCH)])
        if (done // BATCH + 1) % max(1, articles // 10 // BATCH) == 0:
            yield done + BATCH, process.memory_info().rss / 1e6


def _new_article(held: Sequence[str], number: int, rng: random.Random) -> str:
    numbered = [f"{number}. {paragraph}" for paragraph in rng.sample(held, 2)]
    return "\n\n".join([*numbered, f"Case {number} was closed by Ann Xu{number}."])


def _show_speeds(console: Console, names: Sequence[str], bodies: Sequence[str]) -> None:
    table = Table("model", "words/s of CPU time, one thread", title="Tagging models, same articles, same run")
    for name, speed in speeds(names, bodies).items():
        table.add_row(name, f"{speed:,.0f}")
    console.print(table)


def _show_copies(console: Console, names: Sequence[str], texts: Sequence[TaggerReads]) -> None:
    for name in names:
        gain, share = copies(load_model(name), texts)
        console.print(f"{name}: the stage on a stream of which {share:.0%} are copies runs at {gain:.2f} times the model alone on all of it.")


def _show_memory(console: Console, bodies: Sequence[str], articles: int) -> None:
    for done, resident in memory(bodies, articles):
        console.print(f"{done:7,} articles: {resident:,.0f} MB resident")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", default="speed,copies,memory", help="what to measure")
    parser.add_argument("--models", default="accurate,fast", help="models to compare")
    parser.add_argument("--articles", type=int, default=5_000, help="articles for the memory curve")
    given = parser.parse_args()
    console, names = Console(), given.models.split(",")
    texts = cleaned(ARTICLES)
    bodies = [text.body for text in texts]
    if "speed" in given.parts:
        _show_speeds(console, names, bodies)
    if "copies" in given.parts:
        _show_copies(console, names, texts)
    if "memory" in given.parts:
        _show_memory(console, bodies, given.articles)


if __name__ == "__main__":
    main()
