"""Frames between the two sides: a kind, a length and the body; a body is JSON, or parts laid end to end after their lengths.

What a worker sends is data and nothing else (no pickle): whoever takes over a worker by a hostile page gains nothing by its answers.
"""

from __future__ import annotations

import array
import socket
import struct
from collections.abc import Iterable, Sequence
from enum import IntEnum
from typing import Any

import orjson
from pydantic import ConfigDict

from copydesk.shared.envelope import Passed, Payload, Result
from copydesk.shared.records.base import Part
from copydesk.shared.stage import Rejected, SideRecord
from copydesk.shared.topics import Topic, named
from copydesk.shared.workers.failure import Failed

HEADER = struct.Struct("<BQ")
COUNT = struct.Struct("<I")
STAMP = struct.Struct("<q")


class FrameKind(IntEnum):
    """What a frame is."""

    SETUP = 1  # to a template: recipe and limits, JSON
    READY = 2  # from it: what the stage is, JSON
    ERROR = 3  # from it: why there is no stage, JSON
    FORK = 4  # to it, with the new worker's connection and its word of shared memory
    SERVE = 5  # to a template that cannot fork: become a worker, with the word
    FORKED = 6  # from it: the worker's process id
    WAIT = 7  # to it: a process id
    ENDED = 8  # from it: that process's exit status
    LEARN = 9  # to a template or worker: entries of a followed topic, each its key, value and number
    LEARNED = 10  # from it: which of them it could not take over, and why, JSON
    BATCH = 11  # to a worker: records
    RESULTS = 12  # from it: results of the next records


class Carried(Part):
    """A side record's part as it came from a worker: its fields, whatever they are."""

    model_config = ConfigDict(extra="allow", frozen=True)


def send(connection: socket.socket, kind: FrameKind, body: bytes = b"", descriptors: Sequence[int] = ()) -> None:
    """Send one frame, with open files if there are any. Raises OSError when the other side is gone."""
    head = HEADER.pack(kind, len(body))
    if descriptors:
        connection.sendmsg([head], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, array.array("i", descriptors))])
        connection.sendall(body)
    else:
        connection.sendall(head + body)


def receive(connection: socket.socket) -> tuple[FrameKind, bytes] | None:
    """The next frame; None when the other side is gone. Raises TimeoutError as the connection's timeout says."""
    head = _read(connection, HEADER.size)
    if head is None:
        return None
    kind, length = HEADER.unpack(head)
    body = _read(connection, length)
    return None if body is None else (FrameKind(kind), body)


def receive_with_files(connection: socket.socket, most: int = 2) -> tuple[FrameKind, bytes, list[int]] | None:
    """The same with the open files that came along."""
    try:
        head, files, _, _ = socket.recv_fds(connection, HEADER.size, most)
    except ConnectionError:
        return None
    if len(head) < HEADER.size:
        return None
    kind, length = HEADER.unpack(head)
    body = _read(connection, length)
    return None if body is None else (FrameKind(kind), body, list(files))


def _read(connection: socket.socket, size: int) -> bytes | None:
    buffer = bytearray(size)
    view = memoryview(buffer)
    while view:
        try:
            got = connection.recv_into(view)
        except ConnectionError:
            return None
        if not got:
            return None
        view = view[got:]
    return bytes(buffer)


def pack(parts: Sequence[bytes]) -> bytes:
    lengths = array.array("Q", map(len, parts))
    return b"".join([COUNT.pack(len(parts)), lengths.tobytes(), *parts])


def unpack(body: bytes) -> list[bytes]:
    (count,) = COUNT.unpack_from(body)
    lengths = array.array("Q", body[COUNT.size : COUNT.size + 8 * count])
    parts = []
    at = COUNT.size + 8 * count
    for length in lengths:
        parts.append(body[at : at + length])
        at += length
    return parts


def dump_payloads(payloads: Iterable[Payload]) -> bytes:
    return pack([part for payload in payloads for part in (STAMP.pack(payload.timestamp_ms), payload.value)])


def load_payloads(body: bytes) -> list[Payload]:
    parts = iter(unpack(body))
    return [Payload(value, *STAMP.unpack(stamp)) for stamp, value in zip(parts, parts, strict=True)]


def dump_results(results: Iterable[Result | Failed]) -> bytes:
    return pack([part for result in results for part in _dump(result)])


def load_results(body: bytes) -> list[Result | Failed]:
    parts = iter(unpack(body))
    return [_load(orjson.loads(head), value) for head, value in zip(parts, parts, strict=True)]


def _dump(result: Result | Failed) -> tuple[bytes, bytes]:
    if isinstance(result, Passed):
        side = [[record.topic.name, record.key, record.part.model_dump(mode="json", exclude_none=True)] for record in result.side]
        return orjson.dumps({"passed": result.article_id, "side": side, "counts": dict(result.counts)}), result.value
    if isinstance(result, Rejected):
        return orjson.dumps({"rejected": result.reason, "detail": without_surrogates(result.detail)}), b""
    facts = {
        "failed": without_surrogates(result.error),
        "traceback": without_surrogates(result.traceback),
        "unavailable": result.unavailable,
        "reason": result.reason,
    }
    return orjson.dumps(facts), b""


def _load(head: dict[str, Any], value: bytes) -> Result | Failed:
    if "passed" in head:
        return Passed(head["passed"], value, tuple(_side(*one) for one in head["side"]), head["counts"])
    if "rejected" in head:
        return Rejected(head["rejected"], head["detail"])
    return Failed(head["failed"], head["traceback"], head["unavailable"], head["reason"])


def _side(topic: str, key: str, part: dict[str, Any]) -> SideRecord:
    return SideRecord(topic_of({"name": topic}), key, Carried.model_validate(part))


def topic_of(fields: dict[str, Any]) -> Topic:
    """The declared topic of that name; one that is not declared is made of its fields."""
    try:
        return named(fields["name"])
    except KeyError:
        return Topic(**fields)


def without_surrogates(text: str) -> str:
    """The text without lone surrogates, which JSON cannot hold."""
    return text.encode("utf-8", "replace").decode()
