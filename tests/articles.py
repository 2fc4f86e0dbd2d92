"""Real articles for tests, and copies of them made the way outlets do."""

from __future__ import annotations

import gzip
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import orjson

from copydesk.shared.records.base import timestamp
from tests.data import data_path

Article = dict[str, Any]
BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)


def news(count: int, start: int = 0) -> list[Article]:
    """Raw records of real news with ids and times of their own, a minute apart."""
    with gzip.open(data_path("news/articles.jsonl.gz")) as lines:
        found = [orjson.loads(line) for _, line in zip(range(start + count), lines, strict=False)][start:]
    return [_stamped(article, f"news-{start + number}", number) for number, article in enumerate(found)]


def _stamped(article: Article, article_id: str, minute: int) -> Article:
    return {**article, "article_id": article_id, "ingested_at": timestamp(BEGIN + timedelta(minutes=minute))}


def with_copies(articles: Sequence[Article], copies: int, seed: int = 7) -> list[Article]:
    """The articles and copies of some, whole or cut short, each ingested an hour or more after its original."""
    chance = random.Random(seed)
    made = []
    for number in range(copies):
        original = chance.choice(articles)
        paragraphs = original["content"].split("\n\n")
        kept = paragraphs if chance.random() < 0.5 else paragraphs[: max(2, len(paragraphs) * 2 // 3)]
        copy = {"content": "\n\n".join(kept), "source": f"copier-{number % 7}.example", "content_type": "text/plain"}
        made.append(_stamped(copy, f"copy-{number}", 60 * 24 + number))
    return [*articles, *made]


def wires(count: int) -> list[Article]:
    """Cleaned records of real wires, originals first, then copies of them of fourteen kinds and unrelated stories, a minute apart."""
    originals = _lines(data_path("dedup/index.jsonl.gz"))
    copies = _lines(data_path("dedup/queries.jsonl.gz"))
    random.Random(3).shuffle(copies)
    texts = [*(article["text"] for article in originals), *(query["text"] for query in copies)][:count]
    return [_stamped({"body": text, "source": f"outlet-{number % 50}.example"}, f"wire-{number}", number) for number, text in enumerate(texts)]


def _lines(path: Path) -> list[Article]:
    with gzip.open(path) as lines:
        return [orjson.loads(line) for line in lines]
