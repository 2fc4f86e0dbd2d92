"""Addresses that come in: each is refused, sent on to where its host belongs, or waits here from then on."""

from __future__ import annotations

from collections.abc import Sequence

import orjson

from copydesk.services.fetcher import waiting
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.ends import NAME, Ends
from copydesk.services.fetcher.errands import CONTENT, errand_of, key_brought
from copydesk.services.fetcher.routing import Routing
from copydesk.services.fetcher.site_files import is_kept
from copydesk.services.fetcher.site_rules import MINING, ROBOTS
from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.deadletters import Cause
from copydesk.shared.edge import article_url
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.records.feeding import ArticleUrl
from copydesk.shared.stage import Rejected


class Intake:
    """Takes records of articles.urls into a shard's state. Files that are to be brought for another host go before this host's own addresses."""

    def __init__(self, state: ShardState, routing: Routing, ends: Ends) -> None:
        self._state, self._routing, self._ends = state, routing, ends

    async def taken(self, messages: Sequence[Message]) -> tuple[list[Waiting], int]:
        """What there is to do from now on, durably, and how many more addresses wait than before."""
        await self._routing.counted()
        changes: Changes = {}
        fresh: list[Waiting] = []
        more = 0
        for message in messages:
            if (found := await self._admitted(message)) is None:
                continue
            if (key := key_brought(found.headers)) is not None:
                changes |= self._learned(key, found)
            else:
                writes, count = waiting.added(self._state, changes, found)
                changes |= writes
                more += count
            fresh.append(found)
        if changes:
            await self._state.write(changes)
        return fresh, more

    async def _admitted(self, message: Message) -> Waiting | None:
        record = article_url(message.value or b"")
        if isinstance(record, Rejected):
            await self._ends.buried(message, Cause(NAME, record.reason, record.detail))
            return None
        found = Waiting(record, _due_ms(record, message), message.offset, message.timestamp_ms, message.headers)
        if self._routing.is_here(found):
            return found
        await self._ends.misplaced(found)
        return None

    def _learned(self, key: str, found: Waiting) -> Changes:
        """A file of a site that was brought from another host. Only what is awaited is taken: anybody may write to the topic."""
        if not key.startswith((f"{ROBOTS}\t", f"{MINING}\t")):
            return {}
        data = orjson.loads(self._state.get(key) or b"{}")
        value = (found.record.model_extra or {}).get(CONTENT)
        return {key: orjson.dumps(value)} if "elsewhere" in data and is_kept(value) else {}


def _due_ms(record: ArticleUrl, message: Message) -> int:
    if errand_of(message.headers):
        return 0
    not_before_ms = int(record.not_before.timestamp() * 1000) if record.not_before else 0
    return max(now_ms(), min(not_before_ms, waiting.LATEST_MS))
