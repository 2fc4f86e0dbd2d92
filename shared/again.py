"""A record that is put onto its topic once more, for its stage to do again: how `copydesk replay` and `copydesk restore` send it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.shared.deadletters import message_key
from copydesk.shared.edge import json_object
from copydesk.shared.errors import TooLargeError
from copydesk.shared.headers import REPLAYED, again
from copydesk.shared.kafka import Message, Positions
from copydesk.shared.prepare import Ready, prepare_record
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, Topic, named


@dataclass(frozen=True, slots=True)
class OnceMore:
    """What to send."""

    topic: Topic
    key: bytes | None
    value: bytes
    headers: Mapping[str, str]


def place_of(message: Message) -> str:
    """TOPIC/PARTITION/OFFSET: how a record is named."""
    return f"{message.topic}/{message.partition}/{message.offset}"


def has_its_original(message: Message, starts: Positions) -> bool:
    """Whether a record was put onto its topic again and the first of it lies there still, from these offsets on. Who puts records there again takes
    that one alone, or all would double each time."""
    topic, _, rest = message.headers.get(REPLAYED, "").partition("/")
    partition, _, offset = rest.partition("/")
    if topic != message.topic or not (partition.isdecimal() and offset.isdecimal()):
        return False  # it came from another topic, where an earlier stage was replayed
    return int(offset) >= starts.get((topic, int(partition)), int(offset) + 1)


def once_more(message: Message, raw_limit: int, now_ms: int) -> OnceMore:
    """A record with its bytes, under its key. A raw one that says neither id nor time of ingestion gets those that it had, so that it is no other
    article, and none that came in just now. One that its stage will refuse goes as it is. Raises TooLargeError for one that is too large with
    what it got."""
    topic, value = named(message.topic), message.value or b""
    if topic is RAW:
        ready = prepare_record(value, message.timestamp_ms, raw_limit)
        if isinstance(ready, Rejected) and ready.reason == "too_large":
            raise TooLargeError(f"record {place_of(message)}: {ready.detail}", "raise COPYDESK_RAW_LIMIT everywhere")
        value = ready.value if isinstance(ready, Ready) else value
    return OnceMore(topic, message_key(message, _article_id(value)), value, again(message.headers, place_of(message), now_ms))


def _article_id(value: bytes) -> str | None:
    record = json_object(value)
    found = None if isinstance(record, Rejected) else record.get("article_id")
    return found if isinstance(found, str) else None
