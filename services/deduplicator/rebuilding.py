"""A new index made of cleaned articles, without shards that run: the segments that they would keep.

A node that is put in twice counts once, at its smallest time, so records may come in any order and again.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from copydesk.services.deduplicator.index.messages import Insert, InsertReply, decode_message, encode_message
from copydesk.services.deduplicator.index.responder import segment_key
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import DeduplicatorReads, create
from copydesk.shared.envelope import Payload, admitted_of, decode_records


@dataclass(frozen=True, slots=True)
class NewSegment:
    """An entry of a shard's changelog."""

    shard: int
    key: str
    value: bytes


class SegmentRecorder:
    """Implements `copydesk.shared.asking.Asker`: writes down what is inserted, in place of shards."""

    def __init__(self, shards: int) -> None:
        self.shards = shards
        self._segments: list[NewSegment] = []

    async def ask(self, requests: Mapping[int, bytes]) -> dict[int, bytes]:
        return {shard: self._inserted(shard, request) for shard, request in requests.items()}

    def taken(self) -> list[NewSegment]:
        """What was inserted since this was asked last."""
        taken, self._segments = self._segments, []
        return taken

    def _inserted(self, shard: int, request: bytes) -> bytes:
        times = cast(Insert, decode_message(request)).nodes.ingested_ms
        self._segments.append(NewSegment(shard, segment_key(request, times), request))
        return encode_message(InsertReply(times))


class IndexBuilder:
    """Makes the segments of an index with so many shards."""

    def __init__(self, settings: DeduplicatorSettings, shards: int) -> None:
        self._recorder = SegmentRecorder(shards)
        self._stage = create(settings, self._recorder)

    async def segments(self, records: Sequence[Payload]) -> list[NewSegment]:
        """Those of records of articles.cleaned. What the deduplicator refuses is left out: it is in no index."""
        decoded = await asyncio.to_thread(decode_records, self._stage, records)
        if articles := cast(list[DeduplicatorReads], admitted_of(decoded)):
            await self._stage.insert(articles)
        return self._recorder.taken()
