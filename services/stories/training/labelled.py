"""The labelled stream as articles, and what is clipped of it so that length says nothing of the set that an article is from."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import xxhash

from copydesk.shared.stories.times import published_s

FOLDS = 5
TEASER, BRIEF = 570, 1_300  # characters of a lede and of a brief


@dataclass(frozen=True, slots=True)
class Labelled:
    """An article and the story that it tells, None for one that stands alone."""

    article_id: str
    time_s: float
    title: str
    body: str
    story: str | None

    @property
    def fold(self) -> int:
        """Twins, two events of one kind (`e20a`, `e20b`), are in one fold."""
        return xxhash.xxh64_intdigest((self.story or self.article_id).rstrip("ab").encode()) % FOLDS


def read_articles(cleaned: Path, data: Path) -> list[Labelled]:
    """What the cleaner made of the stream, with the labels, in order of time."""
    with gzip.open(data / "stories/stream.jsonl.gz", "rt", encoding="utf-8") as lines:
        stories = {row["id"]: row["story"] for row in map(json.loads, lines)}
    with cleaned.open(encoding="utf-8") as lines:
        return in_order(
            Labelled(
                row["article_id"],
                published_s(row["published_at"], row["ingested_at"]),
                row.get("title") or "",
                row["body"],
                stories[row["article_id"]],
            )
            for row in map(json.loads, lines)
        )


def in_order(articles: Iterable[Labelled]) -> list[Labelled]:
    return sorted(articles, key=lambda article: (article.time_s, article.article_id))


def clipped(articles: Sequence[Labelled], seed: int = 5) -> list[Labelled]:
    """Long articles clipped at random: in the stream what stands alone is long and what tells a story is short, elsewhere it is not so."""
    chance = random.Random(seed)
    return [_clipped(article, chance.random()) for article in articles]


def _clipped(article: Labelled, draw: float) -> Labelled:
    whole, brief = (0.4, 0.7) if article.story is None else (0.7, 0.7)  # shares that are left whole, or as long as a brief at most
    most = len(article.body) if draw < whole else BRIEF if draw < brief else TEASER
    if len(article.body) <= most:
        return article
    return replace(article, body=article.body[:most].rsplit(" ", 1)[0])
