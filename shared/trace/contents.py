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
from copydesk.shared.edge import json_object
from copydesk.shared.kafka import Message, consume, record_at
from copydesk.shared.records.content_ref import ContentRef, fetched_bytes, reference_of
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.times import time_of
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, Topic
from copydesk.shared.trace.sought import Sought, sought

Found = tuple[Message, JsonObject]
PLACE = re.compile(rf"{re.escape(RAW.name)}/(\d{{1,9}})/(\d{{1,18}})", re.ASCII)
SKEW = timedelta(minutes=5)  # how far `ingested_at` may lie ahead of the log's time


@dataclass(frozen=True, slots=True)
class FetchedContent:
    """What an article was made of: `at` is its place (topic/partition/offset), None where articles.raw does not hold it any more."""

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
    """The contents that records of an article name, the latest last. Raises UnavailableError when no broker answers."""
    named: dict[str, tuple[int, str]] = {}
    for message, record in found:
        if (reference := _reference(record)) is not None:
            named[reference.sha256] = reference.length, message.headers.get(wire.CONTENT_AT, "")
    return [
        FetchedContent(sha256, length, at if await found_at(settings, at, sha256) is not None else None) for sha256, (length, at) in named.items()
    ]


def _reference(record: Mapping[str, Any]) -> ContentRef | None:
    try:
        return ContentRef.model_validate(record.get("content_ref"))
    except ValueError:
        return None


async def found_at(settings: Settings, at: str, sha256: str) -> tuple[Message, bytes] | None:
    """The raw record at `articles.raw/2/117` and what was fetched; None where other bytes lie there, or nothing does any more."""
    place = PLACE.fullmatch(at)
    message = await record_at(settings, RAW, int(place[1]), int(place[2])) if place else None
    data = None if message is None else _matching(json_object(message.value or b""), sha256)
    return None if message is None or data is None else (message, data)


def _matching(record: JsonObject | Rejected, sha256: str) -> bytes | None:
    data = None if isinstance(record, Rejected) else bytes_of(record)
    return data if data is not None and reference_of(data).sha256 == sha256 else None


async def fetched(settings: Settings, record: Mapping[str, Any]) -> bytes | None:
    """What an archived record was made of; None where it names no content and where articles.raw does not hold it any more.

    A record of before that carries its content has it itself. Raises UnavailableError when no broker answers.
    """
    if (own := bytes_of(record)) is not None:
        return own
    reference, came = _reference(record), time_of(record.get("ingested_at"))
    if reference is None or came is None:
        return None
    wanted = sought(str(record["article_id"])).with_urls_of(record)
    for keys in (wanted.keys, None):  # another client may have written it without a key
        async with aclosing(matches(settings, (RAW,), wanted, came - SKEW, keys)) as found:
            async for _, raw in found:
                if (data := _matching(raw, reference.sha256)) is not None:
                    return data
    return None
