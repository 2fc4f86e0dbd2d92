"""What becomes of an address after its turn. What goes out is confirmed before the address is forgotten: a crash between the two does it twice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from copydesk.services.fetcher import pages
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.equipment import Equipment
from copydesk.services.fetcher.errands import WANTED, Onward
from copydesk.services.fetcher.outcomes import FetchFailed, FetchOutcome, Later, Moved, Page, Unchanged
from copydesk.services.fetcher.routing import ROUTED
from copydesk.services.fetcher.waiting import Waiting, added, held, newest, removed, stored
from copydesk.shared import headers as wire
from copydesk.shared.deadletters import Cause
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.prepare import prepare_record
from copydesk.shared.records.feeding import ArticleUrl, encoded, host_of
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, URLS

NAME = "fetcher"
LONGEST_PAUSE_S = 21_600.0


class Ends:
    """The ends of a shard's addresses. Each returns by how many fewer addresses wait."""

    def __init__(self, shard: int, state: ShardState, equipment: Equipment) -> None:
        self.shard, self.state, self.equipment = shard, state, equipment

    async def of(self, found: Waiting, outcome: FetchOutcome | Onward, remembered: Mapping[str, Any]) -> int:
        """Do what an outcome means. Raises UnavailableError while brokers do not take it."""
        if isinstance(outcome, Page):
            return await self._page(found, outcome, remembered)
        if isinstance(outcome, Onward):
            await self.sent(found, outcome)
            return await self._forget(found, {})
        if isinstance(outcome, Unchanged):
            self.equipment.metrics.of_stage({"unchanged": 1})
            return await self._forget(found, {pages.key_of(found.record.url): pages.memory(found.record, outcome.answer, remembered, _now())})
        if isinstance(outcome, Moved):
            return await self._moved(found, outcome.url)
        if isinstance(outcome, Later) and found.record.attempts + 1 < self.equipment.settings.fetcher_attempts:
            return await self._later(found, outcome)
        return await self._failed(found, outcome)

    async def _page(self, found: Waiting, page: Page, remembered: Mapping[str, Any]) -> int:
        settings, answer, reserved = self.equipment.settings, page.answer, list(page.reserved)
        if reserved and settings.fetcher_reserved == "skip":
            return await self._failed(found, FetchFailed("text_mining_reserved", ", ".join(reserved), answer))
        now = _now()
        ready = prepare_record(pages.raw_record(found.record, answer, now, reserved), int(now.timestamp() * 1000), settings.raw_limit)
        if isinstance(ready, Rejected):
            return await self._failed(found, FetchFailed(ready.reason, ready.detail, answer))
        delivery = self._delivery()
        delivery.forward(RAW, self._beginning(found, now), ready.article_id, ready.value)
        await delivery.confirm()
        self.equipment.metrics.of_stage({"changed" if remembered else "new": 1, **({"reserved": 1} if reserved else {})})
        return await self._forget(found, {pages.key_of(found.record.url): pages.memory(found.record, answer, remembered, now)})

    def _beginning(self, found: Waiting, now: datetime) -> Message:
        """The address's message as the beginning of its article: the trace goes on, the time until the end counts from here."""
        headers = {name: value for name, value in found.headers.items() if name not in (wire.INGESTED_MS, ROUTED)}
        return replace(found.message(self.shard), key=None, headers=headers, timestamp_ms=int(now.timestamp() * 1000))

    async def _moved(self, found: Waiting, url: str) -> int:
        self.equipment.metrics.of_stage({"moved": 1})
        record = found.record
        first = record.requested_url or record.url
        there = replace(
            found, record=record.model_copy(update={"url": url, "requested_url": first, "redirects": record.redirects + 1}), due_ms=now_ms()
        )
        if host_of(url) != found.host:
            elsewhere = replace(there, record=there.record.model_copy(update={"attempts": 0}))
            await self._sent_on(elsewhere, {name: value for name, value in found.headers.items() if name != ROUTED})
            return await self._forget(found, {})
        before, gone = held(self.state, found), removed(self.state, found)
        more, count = added(self.state, gone, there)
        await self.state.write({**gone, **more})
        return before - count

    async def _later(self, found: Waiting, outcome: Later) -> int:
        self.equipment.metrics.of_stage({"tried_again": 1})
        attempts = found.record.attempts
        pause_s = max(outcome.wait_s or 0.0, min(LONGEST_PAUSE_S, self.equipment.settings.fetcher_retry_s * 4.0 ** min(attempts, 20)))
        stands = newest(self.state, found)
        later = stands.later(now_ms() + int(1000 * pause_s), attempts + 1)
        await self.state.write({found.key: None, **removed(self.state, stands), **stored(later)})
        return 0

    async def _failed(self, found: Waiting, outcome: FetchFailed | Later) -> int:
        tried = f", tried {found.record.attempts + 1} times" if isinstance(outcome, Later) else ""
        detail = f"{found.record.url[:500]}: {outcome.detail}{tried}"
        response = outcome.answer.shown() if outcome.answer else None
        await self.buried(found.message(self.shard), Cause(NAME, outcome.reason, detail, response=response))
        return await self._forget(found, {})

    async def buried(self, message: Message, cause: Cause) -> None:
        """Put a record among the dead letters."""
        delivery = self._delivery()
        delivery.bury(message, cause)
        await delivery.confirm()

    async def misplaced(self, found: Waiting) -> None:
        """Send an address to the partition of its host: another client put it elsewhere, or the topic has more partitions by now."""
        await self._sent_on(found, {**found.headers, ROUTED: "1"})

    async def misplaced_before(self, found: Waiting) -> int:
        """The same for one that waits here."""
        await self.misplaced(found)
        return await self._forget(found, {})

    async def sent(self, found: Waiting, onward: Onward) -> None:
        """Send a record to the owner of another host, or of this one."""
        headers = {name: value for name, value in found.headers.items() if name not in (ROUTED, WANTED)}
        record = ArticleUrl.model_validate({"url": onward.url, **onward.fields})
        await self._sent_on(replace(found, record=record), {**headers, **onward.headers})

    async def _sent_on(self, found: Waiting, headers: Mapping[str, str]) -> None:
        onward = wire.onward(headers, NAME, found.written_ms)
        await (await self.equipment.sender.send(URLS, found.host, encoded(found.record), onward))

    async def _forget(self, found: Waiting, more: Changes) -> int:
        fewer = held(self.state, found)
        await self.state.write({**removed(self.state, found), **more})
        return fewer

    def _delivery(self) -> Delivery:
        return Delivery(NAME, self.equipment.sender, self.equipment.metrics)


def _now() -> datetime:
    return datetime.now(UTC)
