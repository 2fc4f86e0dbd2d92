"""Pinned scores on what is a copy and what is only background: a publisher's running stories, made of wire reports.

A revision is the report under a new top, some of it left out and some added. A follow-up is another report that repeats some sentences from the
body of the first, as the background of its own news.
"""

from __future__ import annotations

import asyncio
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import DeduplicatorReads, create
from copydesk.shared.records.duplicate import DuplicatePart
from copydesk.shared.stage import Enriched
from tests.quality.test_dedup_quality import EARLIER, Item, read

LEAST, MOST = 150, 700  # words of a report
REPORTS = 600


def sentences(text: str) -> list[str]:
    return [sentence for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z\"“])", text) if sentence]


def words(parts: Sequence[str]) -> int:
    return sum(len(part.split()) for part in parts)


def text(parts: Sequence[str]) -> str:
    """Paragraphs of two sentences."""
    return "\n\n".join(" ".join(parts[first : first + 2]) for first in range(0, len(parts), 2))


def reports() -> list[Item]:
    return [item for item in read("index") if item["id"] < 2_000 and LEAST <= len(item["text"].split()) <= MOST][:REPORTS]


def revision(first: list[str], other: list[str], chance: random.Random) -> str:
    kept = [sentence for sentence in first[1:] if chance.random() < 0.8]
    return text([*other[:1], *first[: chance.randrange(2)], *kept, *other[1:3]])


def follow_up(first: list[str], other: list[str], chance: random.Random) -> str:
    """The other report with 55 to 150 words of background, at most a third of either report, behind its end or behind its third sentence."""
    start = chance.randrange(3, max(4, len(first) - 3))
    most = min(chance.randint(60, 150), 0.33 * min(words(first), words(other)))
    background = [sentence for place, sentence in enumerate(first[start:]) if words(first[start : start + place + 1]) <= most]
    place = chance.choice((3, len(other)))
    return text([*other[:place], *background, *other[place:]]) if words(background) >= 55 else ""


def made(seed: int) -> Iterator[tuple[str, str, Item]]:
    """Kind, text and the report that it has to do with."""
    chance, known = random.Random(seed), reports()
    for number, item in enumerate(known):
        first, other = sentences(item["text"]), sentences(known[(number + REPORTS // 2) % len(known)]["text"])
        for kind, make in (("revision", revision), ("follow-up", follow_up)):
            if written := make(first, other, chance):
                yield kind, written, item


async def told(originals: Sequence[Item], later: Sequence[tuple[str, str, Item]]) -> Counter[tuple[str, str]]:
    """How often each kind of text was told as what, of the report that it has to do with."""
    stage, found = create(DeduplicatorSettings()), Counter[tuple[str, str]]()
    await stage.process([DeduplicatorReads(article_id=str(item["id"]), body=item["text"], ingested_at=EARLIER) for item in originals])
    for number, (kind, body, item) in enumerate(later):
        one: Any = DeduplicatorReads(article_id=f"later-{number}", body=body, ingested_at=EARLIER + timedelta(seconds=1 + number))
        (outcome,) = await stage.process([one])
        assert isinstance(outcome, Enriched) and isinstance(outcome.part, DuplicatePart)
        verdict, about = outcome.part.duplicate, str(item["id"])
        copy, background = ({match.article_id for match in matches} for matches in (verdict.matches, verdict.background))
        found[kind, "copy" if about in copy else "background" if about in background else "nothing"] += 1
    return found


def test_revisions_are_copies_and_stories_that_share_background_are_none() -> None:
    later = list(made(1))
    found = asyncio.run(told(reports(), later))
    counts = Counter(kind for kind, _, _ in later)
    copies = {kind: found[kind, "copy"] / count for kind, count in counts.items()}
    print(f"background: {dict(counts)} {dict(found)}")
    assert copies["revision"] >= 0.98
    assert copies["follow-up"] <= 0.02
    assert found["follow-up", "background"] / counts["follow-up"] >= 0.2
