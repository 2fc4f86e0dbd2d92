"""Results depend on the paragraph alone: not on neighbours, order, threads or cache."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import load_model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.spans import RawSpan

ROOT = Path(__file__).parents[2]
PARAGRAPHS = 900


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """900 different paragraphs of one to three sentences, mixed from the two seeds."""
    rng = random.Random(5)
    lines = [line.strip() for path in sorted((ROOT / "seeds").glob("*.txt")) for line in path.read_text(encoding="utf-8").splitlines()]
    sentences = [part for line in lines for part in line.split(". ") if 20 < len(part) < 200]
    mixed: dict[str, None] = {}
    while len(mixed) < PARAGRAPHS:
        mixed[". ".join(rng.sample(sentences, rng.choice((1, 1, 2, 3))))] = None
    return list(mixed)


def groups(texts: list[str], rng: random.Random) -> Iterator[list[str]]:
    """All texts in random order, as bodies of one to seven paragraphs."""
    order = rng.sample(texts, len(texts))
    while order:
        size = rng.randint(1, 7)
        yield order[:size]
        order = order[size:]


def by_paragraph(tagger: Tagger, grouped: list[list[str]]) -> dict[str, list[RawSpan]]:
    """Spans of each paragraph, relative to it, from bodies that hold several; ten bodies a batch."""
    found: dict[str, list[RawSpan]] = {}
    for at in range(0, len(grouped), 10):
        batch = grouped[at : at + 10]
        for group, spans in zip(batch, tagger.spans(["\n\n".join(group) for group in batch]), strict=True):
            start = 0
            for text in group:
                end = start + len(text)
                found[text] = [RawSpan(s.start - start, s.end - start, s.label) for s in spans if start <= s.start < end]
                start = end + 2
    return found


@pytest.fixture(scope="module")
def alone(texts: list[str]) -> dict[str, list[RawSpan]]:
    tagger = Tagger(load_model("accurate"), ParagraphCache(0))
    return {text: tagger.spans([text])[0] for text in texts}


@pytest.mark.parametrize("threads", [1, 2])
def test_grouping_order_and_threads_change_nothing(texts: list[str], alone: dict[str, list[RawSpan]], threads: int) -> None:
    tagger = Tagger(load_model("accurate", threads), ParagraphCache(0))
    found = by_paragraph(tagger, list(groups(texts, random.Random(threads))))
    assert sum(found[text] != alone[text] for text in texts) == 0
    assert sum(map(len, alone.values())) > 1_000  # there was something to differ in


def test_a_small_and_a_large_cache_change_nothing(texts: list[str], alone: dict[str, list[RawSpan]]) -> None:
    rng = random.Random(9)
    some = rng.sample(texts, 150) * 3
    model = load_model("accurate")
    for size in (20, 100_000):
        cache = ParagraphCache(size)
        found = by_paragraph(Tagger(model, cache), list(groups(some, rng)))
        assert cache.hits > 0
        assert len(cache) <= size
        assert all(found[text] == alone[text] for text in some)


def test_the_fast_model_gives_the_same_in_any_grouping_too(texts: list[str]) -> None:
    some = texts[:500]
    tagger = Tagger(load_model("fast"), ParagraphCache(0))
    alone = {text: tagger.spans([text])[0] for text in some}
    found = by_paragraph(tagger, list(groups(some, random.Random(3))))
    assert sum(found[text] != alone[text] for text in some) == 0
    assert sum(map(len, alone.values())) > 500
