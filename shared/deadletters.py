"""articles.deadletters: what could not be processed, with its original bytes, so that it can be mended and fed again.

A letter whose original is too large for one record goes in numbered parts that say where the original was; nothing
is cut off. Parts of one letter have the same topic, partition and offset.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import orjson
from pydantic import AwareDatetime, Field

from copydesk.shared.records.base import Part, timestamp
from copydesk.shared.topics import DEADLETTERS

if TYPE_CHECKING:  # a client of Kafka takes a while to import, and letters are also made without
    from copydesk.shared.kafka import Message

TEXT_CHARACTERS = 6_000  # of the detail and of the traceback
LEAST_PIECE = 300  # bytes of the original in a part
RETRACTED = "retracted"  # the reason of a letter that holds nothing of its record: the article was taken back
KEY_BYTES = 512  # the most of an article_id; any client may send a longer key


Settled = Literal["replayed", "discarded"]


class DeadLetter(Part):
    """One part of a letter. `original` is base64; parts are numbered from 1."""

    article_id: str | None = Field(None, description="The record's key.")
    stage: str = Field(description="The service that could not process it.")
    reason: str = Field(description="A stable code, such as not_json, invalid_record, no_article.")
    detail: str = Field("", description="For a person: what was wrong.")
    traceback: str | None = None
    time: AwareDatetime
    topic: str = Field(description="Where the original was.")
    partition: int
    offset: int
    headers: dict[str, str] = Field(default_factory=dict, description="The original's headers.")
    original: str
    part: int = 1
    parts: int = 1
    response: dict[str, Any] | None = Field(
        None, description="What a server answered where a page was to be fetched: url, status, headers, and the beginning of its body in base64."
    )
    settled: Settled | None = Field(None, description="No letter, but a note on the one of that stage and place: what was done with it, at `time`.")


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a record is put aside."""

    stage: str
    reason: str
    detail: str = ""
    traceback: str | None = None
    time: datetime = field(default_factory=lambda: datetime.now(UTC))
    response: Mapping[str, Any] | None = None  # what a server answered, within bounds


def dead_letters(message: Message, cause: Cause, raw_limit: int, most: int | None = None) -> Iterator[bytes]:
    """The values to write to articles.deadletters for one record: one, or as many parts as its size asks for.

    `most` is the size of a part in bytes where the topic takes less than it should; what tells of the record has to fit in.
    """
    about = _about(message, cause)
    room = (most or DEADLETTERS.max_bytes(raw_limit)) - len(orjson.dumps(about)) - 100
    pieces = _pieces(message.value or b"", max(LEAST_PIECE, room // 4 * 3))
    for number, piece in enumerate(pieces, 1):
        yield orjson.dumps({**about, "original": base64.b64encode(piece).decode(), "part": number, "parts": len(pieces)})


def settlement(letter: DeadLetter, how: Settled, time: datetime) -> bytes:
    """The value that notes, on articles.deadletters and under the letter's key, what was done with it."""
    note = letter.model_copy(
        update={"settled": how, "time": time, "original": "", "traceback": None, "response": None, "headers": {}, "part": 1, "parts": 1}
    )
    return note.model_dump_json(exclude_none=True).encode()


def _about(message: Message, cause: Cause) -> dict[str, Any]:
    return {
        "article_id": message.key.decode("utf-8", "replace")[:KEY_BYTES] if message.key else None,
        "stage": cause.stage,
        "reason": cause.reason,
        "detail": cause.detail[:TEXT_CHARACTERS],
        "traceback": cause.traceback[-TEXT_CHARACTERS:] if cause.traceback else None,
        "time": timestamp(cause.time),
        "topic": message.topic,
        "partition": message.partition,
        "offset": message.offset,
        "headers": dict(message.headers),
        **({"response": dict(cause.response)} if cause.response else {}),
    }


def _pieces(value: bytes, size: int) -> list[bytes]:
    return [value[at : at + size] for at in range(0, len(value), size)] or [b""]


def message_key(message: Message, otherwise: str | None = None) -> bytes | None:
    """The key of what becomes of a message: its own, or the other one where it has none or one too long to be an article_id."""
    if message.key and len(message.key) <= KEY_BYTES:
        return message.key
    return otherwise.encode() if otherwise else None


@dataclass(frozen=True, slots=True)
class Whole:
    """A letter put together from its parts, with the original's bytes."""

    letter: DeadLetter
    original: bytes


def assemble(values: Iterable[bytes]) -> Iterator[Whole]:
    """Put letters together; one that is given twice comes once, one that lacks a part and a note on one do not come."""
    waiting: dict[tuple[str, str, int, int, int], dict[int, DeadLetter]] = {}
    for value in values:
        letter = DeadLetter.model_validate_json(value)
        if letter.settled:
            continue
        place = (letter.stage, letter.topic, letter.partition, letter.offset, letter.parts)
        parts = waiting.setdefault(place, {})
        if len(parts) == letter.parts:
            continue
        parts[letter.part] = letter
        if len(parts) == letter.parts:
            yield Whole(parts[1], b"".join(base64.b64decode(parts[number].original) for number in sorted(parts)))
