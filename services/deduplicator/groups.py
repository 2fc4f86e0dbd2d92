"""Copies among texts that are given, without Kafka: `copydesk duplicates`.

Groups are a view: texts that matches connect. A verdict itself never says more than a direct match.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import DeduplicatorReads, create
from copydesk.shared.records.duplicate import DuplicatePart, Match
from copydesk.shared.stage import Enriched

BATCH = 256
START = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class NamedText:
    """A text under a name that is its own."""

    name: str
    body: str


@dataclass(frozen=True, slots=True)
class GroupedMatch:
    """`name` copies `match.article_id`, which was given before it."""

    name: str
    match: Match


@dataclass(frozen=True, slots=True)
class Group:
    """Names in the order in which the texts were given, the first is the original; and every direct match among them."""

    names: list[str]
    evidence: list[GroupedMatch]


def groups_of_copies(texts: Sequence[NamedText], settings: DeduplicatorSettings | None = None) -> list[Group]:
    """The groups of two or more, in order of their first text. What was given first counts as earlier. Raises ValueError for a name given twice."""
    if len({text.name for text in texts}) < len(texts):
        raise ValueError("two texts have the same name")
    return _connected(texts, asyncio.run(_evidence(texts, settings)))


async def _evidence(texts: Sequence[NamedText], settings: DeduplicatorSettings | None) -> list[GroupedMatch]:
    stage = create(settings)
    articles = [
        DeduplicatorReads(article_id=text.name, body=text.body, ingested_at=START + timedelta(milliseconds=place)) for place, text in enumerate(texts)
    ]
    found: list[GroupedMatch] = []
    for first in range(0, len(articles), BATCH):
        batch = articles[first : first + BATCH]
        for article, outcome in zip(batch, await stage.process(batch), strict=True):
            if isinstance(outcome, Enriched) and isinstance(outcome.part, DuplicatePart):
                found += [GroupedMatch(article.article_id, match) for match in outcome.part.duplicate.matches]
    return found


def _connected(texts: Sequence[NamedText], evidence: Sequence[GroupedMatch]) -> list[Group]:
    leader = {text.name: text.name for text in texts}

    def root(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one in evidence:
        leader[root(one.name)] = root(one.match.article_id)
    members: dict[str, list[str]] = {}
    for text in texts:
        members.setdefault(root(text.name), []).append(text.name)
    return [Group(names, [one for one in evidence if root(one.name) == key]) for key, names in members.items() if len(names) > 1]
