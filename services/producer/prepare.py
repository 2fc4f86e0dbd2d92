"""The edge: an input record is completed, judged and measured before it goes onto articles.raw."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import orjson
from pydantic import ValidationError

from copydesk.shared.envelope import explain
from copydesk.shared.records.raw import RawArticle, complete
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW


@dataclass(frozen=True, slots=True)
class Ready:
    """A record to send: its key and its value."""

    article_id: str
    value: bytes


def prepare(value: bytes, timestamp_ms: int, raw_limit: int) -> Ready | Rejected:
    """Complete a record as of `timestamp_ms`, or say why it is refused. One that brings id and time keeps its very bytes.

    Refused are what is no JSON object, what the contract of articles.raw does not allow (a time of ingestion more than five
    minutes ahead among it), and what is larger than `raw_limit` bytes.
    """
    try:
        data = orjson.loads(value)
    except orjson.JSONDecodeError as error:
        return Rejected("not_json", f"it is not JSON: {error}")
    if not isinstance(data, dict):
        return Rejected("not_an_object", f"it is a JSON {type(data).__name__}, not an object")
    completed = complete(data, datetime.fromtimestamp(timestamp_ms / 1000, UTC))
    return _judge(completed, value if completed == data else orjson.dumps(completed), raw_limit)


def _judge(data: dict[str, Any], value: bytes, raw_limit: int) -> Ready | Rejected:
    try:
        article = RawArticle.model_validate(data)
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))
    limit = RAW.max_bytes(raw_limit)
    if len(value) > limit:
        detail = (
            f"{len(value):,} bytes with article_id and ingested_at, {RAW.name} takes {limit:,}: shorten it or raise COPYDESK_RAW_LIMIT everywhere"
        )
        return Rejected("too_large", detail)
    return Ready(article.article_id, value)
