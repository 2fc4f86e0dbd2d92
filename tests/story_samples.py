"""Four articles that tell two stories, and what was told of them in several turns: what databases are given."""

from __future__ import annotations

from typing import Any

import orjson

from copydesk.shared.records.story import NearestArticle, Role, StoryTold
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED, RETRACTIONS, STORIES
from tests.samples import enriched


def article(name: str, second: int, **fields: Any) -> Written:
    record = enriched(name, second=second, **{"source": f"{name}.example", "title": f"Title of {name}", **fields})
    return Written(ENRICHED, orjson.dumps(record))


def told(name: str, story: str, nearest: str | None = None, minute: int = 0, copied: bool = False) -> Written:
    near = None if nearest is None else NearestArticle(
        article_id=nearest, published_s=1.5, score=0.9, copied=copied, names=["Samos"], terms=["quake"], hours=2.5)  # fmt: skip
    role: Role = "joins" if near else "opens"
    one = StoryTold(article_id=name, story=story, role=role, nearest=near, version="1", at=f"2026-01-05T10:{minute:02d}:00.000Z")
    return Written(STORIES, one.value())


def taken_back(name: str) -> Written:
    return Written(RETRACTIONS, orjson.dumps({"article_id": name, "state": "retracted", "at": "2026-01-05T11:00:00.000Z"}))


ARTICLES = [article(name, number) for number, name in enumerate("abcd")]
TOLD = [told("a", "a"), told("b", "b"), told("b", "a", "a", 5), told("c", "b", "b", 1), told("c", "a", "b", 5), told("d", "d")]
