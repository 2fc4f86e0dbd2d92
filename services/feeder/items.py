"""An item as a record: an address for the fetcher, or a whole article where the feed holds it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import orjson
from pydantic import ValidationError

from copydesk.shared.inputs.feeds import MARKS, FeedItem
from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.feeding import ArticleUrl, FeedSource, encoded, host_of
from copydesk.shared.records.times import time_of
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, URLS, Topic


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A record to send."""

    topic: Topic
    key: str
    value: bytes


def is_old(item: FeedItem, now: datetime, days: float) -> bool:
    """Whether an item says that it was published and changed more than so many days ago."""
    said = [moment for text in (item.published_at, item.updated_at) if text and (moment := time_of(text)) is not None]
    newest = max((moment if moment.tzinfo else moment.replace(tzinfo=UTC) for moment in said), default=None)
    return bool(days) and newest is not None and newest < now - timedelta(days=days)


def outgoing(item: FeedItem, source: FeedSource, language: str | None, now: datetime, raw_limit: int) -> Outgoing | Rejected:
    """The record of an item. An item without a text goes to the fetcher, whatever its source says."""
    language = language or source.language
    known = {"title": item.title, "author": item.author, "published_at": item.published_at or item.updated_at, "language": language,
             "source": source.source, "feed": source.url}  # fmt: skip
    said = {name: value for name, value in known.items() if value}
    if source.content == "feed" and item.text.strip():
        return _whole(item, said, now, raw_limit)
    try:
        record = ArticleUrl.model_validate({"url": item.url, **said})
    except ValidationError as error:
        return Rejected("invalid_url", f"{item.url or item.id}: {error.errors()[0]['msg']}"[:300])
    return Outgoing(URLS, host_of(record.url), encoded(record))


def _whole(item: FeedItem, said: Mapping[str, str], now: datetime, raw_limit: int) -> Outgoing | Rejected:
    """What has no address has its text to be known by."""
    kind = "text/html" if MARKS.search(item.text) else "text/plain"
    place = {"url": item.url, "source": said.get("source") or host_of(item.url)} if item.url else {}
    found = {**said, **place, "content": item.text, "content_type": kind, "fetched_at": timestamp(now)}
    ready = prepare_record(orjson.dumps(found), int(now.timestamp() * 1000), raw_limit)
    return Outgoing(RAW, ready.article_id, ready.value) if isinstance(ready, Ready) else ready
