"""The search: articles.raw first, which says what the article's records are called, then addresses to fetch and what the stages wrote.

Bounded by time, and where the partitioner tells where a key lies, by partition. What a client wrote with another partitioner or without a
key is found when the raw topic is read whole.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from contextlib import aclosing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from copydesk.shared.records.base import timestamp
from copydesk.shared.records.content_ref import reference_of
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.times import time_of
from copydesk.shared.retractions import StandingRetractions, standing
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW, URLS, Topic, named
from copydesk.shared.trace.contents import SKEW, FetchedContent, Found, bytes_of, matches, of_the_way
from copydesk.shared.trace.ends import End, ends, retracted
from copydesk.shared.trace.sought import Sought, sought
from copydesk.shared.trace.steps import Step, steps

SINCE = timedelta(days=1)
OF_ITS_TEXT = ("title",)  # is not told of an article that is taken back
KEYED = (CLEANED, DEDUPLICATED, ENRICHED)  # written by stages, under the key of the record before
ANYWHERE = (DEADLETTERS, CORRECTIONS)  # few records, under keys of their own


@dataclass(frozen=True, slots=True)
class Trace:
    """All that is known of an article since a time: its ids, the steps of its way in the order of time, where it is now, and what it was made of."""

    asked: str
    article_ids: list[str]
    since: str
    steps: list[Step]
    ends: list[End]
    contents: list[FetchedContent]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


async def trace(settings: Settings, article: str, since: datetime | None = None) -> Trace:
    """Trace an article, by id or URL, from a time on: a day ago unless told otherwise, or its `ingested_at` where that is earlier.

    Raises CopydeskError where no broker answers or topics are missing. Nothing found is no error: there are no steps.
    """
    (wanted, found, start), known = await asyncio.gather(_search_from(settings, sought(article), since), standing(settings))
    way, said = steps(found), _retraction(known, wanted, found)
    if said is not None:
        way = [replace(step, about={name: value for name, value in step.about.items() if name not in OF_ITS_TEXT}) for step in way]
        return Trace(article, sorted(wanted.ids), timestamp(start), way, [retracted(said)], [])
    ended, contents = await asyncio.gather(ends(settings, way), of_the_way(settings, found))
    return Trace(article, sorted(wanted.ids), timestamp(start), way, ended, contents)


def _retraction(known: StandingRetractions, wanted: Sought, found: Sequence[Found]) -> Retraction | None:
    """What takes the article back at present, by itself or with its source."""
    by_id = (known.of(one) for one in sorted(wanted.ids))
    by_record = (known.of_record(named(message.topic), message.value or b"", message.timestamp_ms) for message, _ in found)
    return next((said for said in (*by_id, *by_record) if said is not None), None)


async def _search_from(settings: Settings, wanted: Sought, since: datetime | None) -> tuple[Sought, list[Found], datetime]:
    start = since or datetime.now(UTC) - SINCE
    wanted, found = await _search(settings, wanted, start)
    if since is None and (earlier := _ingested(found, start)) is not None:
        return *await _search(settings, wanted, earlier), earlier
    return wanted, found, start


async def _search(settings: Settings, wanted: Sought, since: datetime) -> tuple[Sought, list[Found]]:
    raw = await _read(settings, (RAW,), wanted, since, wanted.keys) or await _read(settings, (RAW,), wanted, since)
    wanted = wanted.with_records(raw)
    addresses, made = await asyncio.gather(_addresses(settings, wanted, since), _read(settings, KEYED, wanted, since, wanted.keys))
    wanted = wanted.with_records([*addresses, *made])
    return wanted, [*addresses, *raw, *made, *await _read(settings, ANYWHERE, wanted, since)]


async def _addresses(settings: Settings, wanted: Sought, since: datetime) -> list[Found]:
    return await _read(settings, (URLS,), wanted, since, wanted.hosts()) if wanted.urls else []


async def _read(settings: Settings, topics: Sequence[Topic], wanted: Sought, since: datetime, keys: Iterable[bytes] | None = None) -> list[Found]:
    """The content of each as a reference to it, so that what came and what was carried on are told apart by their bytes."""
    async with aclosing(matches(settings, topics, wanted, since, keys)) as found:
        return [(message, _light(record)) async for message, record in found]


def _light(record: JsonObject) -> JsonObject:
    data = bytes_of(record)
    return record if data is None else {**record, "content": reference_of(data)}


def _ingested(found: Sequence[Found], start: datetime) -> datetime | None:
    """When the article came in, where that is before the start."""
    times = [time for _, record in found if (time := time_of(record.get("ingested_at"))) is not None and time.tzinfo is not None]
    earliest = min(times, default=start)
    return None if earliest >= start else earliest - SKEW
