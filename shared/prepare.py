"""The edge: an input record is completed, judged and measured before it goes onto articles.raw."""

from __future__ import annotations

from dataclasses import dataclass

import orjson

from copydesk.shared.edge import BOM, admitted
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW


@dataclass(frozen=True, slots=True)
class Ready:
    """A record to send: its key and its value."""

    article_id: str
    value: bytes


def prepare_record(value: bytes, timestamp_ms: int, raw_limit: int) -> Ready | Rejected:
    """Complete a record as of `timestamp_ms`, or say why it is refused. One that brings id and time keeps its very bytes.

    Refused is what the cleaner would refuse (`copydesk.shared.edge`), and what is larger than `raw_limit` bytes.
    """
    record = admitted(value, RAW, timestamp_ms)
    if isinstance(record, Rejected):
        return record
    given = orjson.loads(value.removeprefix(BOM))
    completed = {**given, "article_id": record["article_id"], "ingested_at": record["ingested_at"]}
    return _measured(record["article_id"], value if completed == given else orjson.dumps(completed), raw_limit)


def _measured(article_id: str, value: bytes, raw_limit: int) -> Ready | Rejected:
    limit = RAW.max_bytes(raw_limit)
    if len(value) > limit:
        detail = (
            f"{len(value):,} bytes with article_id and ingested_at, {RAW.name} takes {limit:,}: shorten it or raise COPYDESK_RAW_LIMIT everywhere"
        )
        return Rejected("too_large", detail)
    return Ready(article_id, value)
