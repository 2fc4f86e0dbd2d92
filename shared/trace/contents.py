"""Where what was fetched lies: records hold a reference to it (`content_ref`) and not the content, which stays on articles.raw while that is kept.

From a record on a topic it is one read away, since a header names the place. An archive knows no places, which differ from run to run: there
the article's raw records are looked through, from the time at which it came in.
"""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from copydesk.shared import headers as wire
from copydesk.shared.again import place_of
from copydesk.shared.edge import json_object
from copydesk.shared.errors import ContentGoneError
from copydesk.shared.kafka import Message, consume, record_at
from copydesk.shared.records.content_ref import ContentRef, fetched_bytes, reference_of
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.times import time_of
from copydesk.shared.retractions import standing
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import CLEANED, DEDUPLICATED, ENRICHED, RAW, Topic, named
from copydesk.shared.trace.sought import Sought, sought

Found = tuple[Message, JsonObject]
CARRYING = "|".join(re.escape(topic.name) for topic in (RAW, CLEANED, DEDUPLICATED, ENRICHED))
PLACE = re.compile(rf"({CARRYING})/(\d{{1,9}})/(\d{{1,18}})", re.ASCII)
LONGEST_NAME = 200  # characters of an id that are told
SKEW = timedelta(minutes=5)  # how far `ingested_at` may lie ahead of the log's time


@dataclass(frozen=True, slots=True)
class FetchedContent:
    """What an article was made of: `at` is its place (topic/partition/offset), None where it is not held any more."""

    sha256: str
    length: int
    at: str | None


def bytes_of(record: Mapping[str, Any]) -> bytes | None:
    """What was fetched, of a record that holds it; None where it holds none, or says base64 of what is not."""
    content = record.get("content")
    if not isinstance(content, str):
        return None
    try:
        return fetched_bytes(content, record.get("encoding"))
    except ValueError:
        return None


async def matches(
    settings: Settings, topics: Sequence[Topic], wanted: Sought, since: datetime, keys: Iterable[bytes] | None = None
) -> AsyncGenerator[Found]:
    """The messages of an article with their records, as long as these topics were when it began."""
    async with aclosing(consume(settings, topics, since=since, follow=False, keys=keys)) as messages:
        async for message in messages:
            if (record := wanted.found_on(message)) is not None:
                yield message, record


async def of_the_way(settings: Settings, found: Iterable[Found]) -> list[FetchedContent]:
    """The contents that records of an article have or name, the latest last, each with the first place that still holds it.

    Raises UnavailableError when no broker answers.
    """
    places: dict[ContentRef, list[str]] = {}
    for message, record in sorted(found, key=lambda one: one[0].timestamp_ms):
        own = record.get("content")
        if (reference := own if isinstance(own, ContentRef) else _reference(record)) is not None:
            at = place_of(message) if reference is own else message.headers.get(wire.CONTENT_AT, "")
            places[reference] = [*places.pop(reference, ()), at]
    return [
        FetchedContent(reference.sha256, reference.length, await _first_there(settings, dict.fromkeys(at), reference.sha256))
        for reference, at in places.items()
    ]


async def _first_there(settings: Settings, places: Iterable[str], sha256: str) -> str | None:
    for at in places:
        if await found_at(settings, at, sha256) is not None:
            return at
    return None


def _reference(record: Mapping[str, Any]) -> ContentRef | None:
    try:
        return ContentRef.model_validate(record.get("content_ref"))
    except ValueError:
        return None


async def found_at(settings: Settings, at: str, sha256: str) -> tuple[Message, bytes] | None:
    """The record at `articles.raw/2/117` and what was fetched; None where other bytes lie there, or nothing does any more."""
    place = PLACE.fullmatch(at)
    message = await record_at(settings, named(place[1]), int(place[2]), int(place[3])) if place else None
    data = None if message is None else _matching(json_object(message.value or b""), sha256)
    return None if message is None or data is None else (message, data)


def _matching(record: JsonObject | Rejected, sha256: str) -> bytes | None:
    data = None if isinstance(record, Rejected) else bytes_of(record)
    return data if data is not None and reference_of(data).sha256 == sha256 else None


async def fetched(settings: Settings, record: Mapping[str, Any]) -> bytes:
    """What a record was made of, wherever the record comes from: one that carries its content has it itself.

    Raises ContentGoneError where articles.raw does not hold it any more and where the article is taken back, UnavailableError when no broker
    answers.
    """
    name = str(record.get("article_id"))
    if (await standing(settings)).of(name, source_of(record.get("source"), record.get("url"))) is not None:
        raise ContentGoneError(f"{name[:LONGEST_NAME]} is taken back", "`copydesk restore` lets it in again")
    own, reference, came = bytes_of(record), _reference(record), time_of(record.get("ingested_at"))
    if own is None and reference is not None and came is not None:
        own = await _on_raw(settings, sought(name).with_urls_of(record), came - SKEW, reference)
    if own is None:
        raise ContentGoneError(f"what {name[:LONGEST_NAME]} was made of is no longer on {RAW.name}", "the article stays; fetch the page anew")
    return own


async def _on_raw(settings: Settings, wanted: Sought, since: datetime, reference: ContentRef) -> bytes | None:
    for keys in (wanted.keys, None):  # another client may have written it without a key
        async with aclosing(matches(settings, (RAW,), wanted, since, keys)) as found:
            async for _, raw in found:
                if (data := _matching(raw, reference.sha256)) is not None:
                    return data
    return None
