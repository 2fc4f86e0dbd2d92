"""A worker's side: records one after the other through the stage, each within its limits."""

from __future__ import annotations

import mmap
import socket
import struct
import time
from typing import Any

import orjson

from copydesk.shared.envelope import Payload, Result, compute
from copydesk.shared.stage import Stage
from copydesk.shared.workers.failure import Failed
from copydesk.shared.workers.limits import Limits, Meter
from copydesk.shared.workers.wire import FrameKind, dump_results, load_payloads, receive, send, unpack, without_surrogates

FLUSH_S = 0.05  # results wait no longer than this for those of the records after them
HAND = struct.Struct("<q")  # in memory shared with the service: the number of the record in hand in its batch, or NONE
NONE = -1


class Worker:
    """Serves one connection until it ends, or until a record has used up the memory: then the next worker goes on."""

    def __init__(self, stage: Stage, connection: socket.socket, hand: mmap.mmap, limits: Limits) -> None:
        self._stage, self._connection, self._hand = stage, connection, hand
        self._meter, self._limits = Meter(limits), limits
        self._spent = False

    def serve(self) -> None:
        while not self._spent and (frame := receive(self._connection)) is not None:
            kind, body = frame
            if kind is FrameKind.LEARN:
                take_over(self._stage, self._connection, body)
            elif kind is FrameKind.BATCH:
                self._batch(load_payloads(body))

    def _batch(self, payloads: list[Payload]) -> None:
        results: list[Result | Failed] = []
        flushed = time.monotonic()
        for number, payload in enumerate(payloads):
            HAND.pack_into(self._hand, 0, number)
            results.append(self._one(payload))
            if self._spent:
                break
            if time.monotonic() - flushed > FLUSH_S:
                self._flush(results)
                results, flushed = [], time.monotonic()
        HAND.pack_into(self._hand, 0, NONE)
        self._flush(results)

    def _flush(self, results: list[Result | Failed]) -> None:
        send(self._connection, FrameKind.RESULTS, dump_results(results))

    def _one(self, payload: Payload) -> Result | Failed:
        try:
            with self._meter:
                (result,) = compute(self._stage, [payload])
                return result
        except (Exception, SystemExit) as error:
            if not _for_want_of_memory(error):
                return Failed.of(error)
        self._spent = True  # its memory may be in pieces
        return Failed(f"needs more than {self._limits.memory_mb} MB of memory", reason="out_of_memory")


def _for_want_of_memory(error: BaseException | None) -> bool:
    """Whether this or an error behind it says that there is no memory; C++ libraries say it in words of their own."""
    while error is not None:
        if isinstance(error, MemoryError) or "bad_alloc" in str(error) or "bad allocation" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def take_over(stage: Any, connection: socket.socket, body: bytes) -> None:
    """Take over entries of the followed topic; those that cannot be are told, and the last good one of their key stays."""
    refused = []
    for entry in unpack(body):
        name, present, value, number = unpack(entry)
        key = name.decode("utf-8", "replace")
        try:
            stage.learned(key, value if present else None)
        except Exception as error:
            refused.append([int(number), key, without_surrogates(str(error))])
    send(connection, FrameKind.LEARNED, orjson.dumps(refused))
