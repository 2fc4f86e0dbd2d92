"""What is new in a document: its new and changed items are sent, and confirmed, before they count as seen."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

import orjson

from copydesk.services.feeder.documents import SourceDocument
from copydesk.services.feeder.equipment import FeederEquipment
from copydesk.services.feeder.items import Outgoing, is_old, outgoing
from copydesk.services.feeder.memory import ITEM, SOURCE, Seen, item_key, item_mark
from copydesk.shared import headers as wire
from copydesk.shared.followed_sources import STANDING, Standing
from copydesk.shared.inputs.feeds import FeedItem
from copydesk.shared.inputs.sitemaps import SitemapPage
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.records.feeding import FeedSource, encoded, fetchable
from copydesk.shared.runner.logs import logger
from copydesk.shared.stage import Rejected

BATCH = 500
MOST_DEPTH = 3  # of lists that name lists: sitemaps.org allows none, and some sites never end
MOST_MAPS = 50_000  # of a list, as sitemaps.org has it
FORGET_MS = 30 * 86_400_000  # an item that is gone from the document for so long, counted from when it came, is forgotten


class News:
    """Compares a document with what was seen of it before."""

    def __init__(self, state: ShardState, equipment: FeederEquipment) -> None:
        self.state, self.equipment = state, equipment

    async def sent(self, source: FeedSource, document: SourceDocument, now: datetime) -> tuple[Changes, int]:
        """Send what is new; what to write for it, and how many items that were. Raises UnavailableError where brokers do not take it."""
        now_ms = int(now.timestamp() * 1000)
        kept = {key: Seen.decoded(value) for key, value in self.state.scan(f"{ITEM}{source.url}\t")}
        fresh = list(fresh_items(source, document, kept))
        wanted = [item for _, item in fresh if not is_old(item, now, self.equipment.settings.feeder_days)]
        for first in range(0, len(wanted), BATCH):
            await self._send(source, document, wanted[first : first + BATCH], now)
        changes: Changes = {key: orjson.dumps([item_mark(item), now_ms]) for key, item in fresh}
        changes |= _forgotten(source, document, kept, now_ms)
        changes |= self._maps(source, document, now)
        return changes, len(wanted)

    async def _send(self, source: FeedSource, document: SourceDocument, items: list[FeedItem], now: datetime) -> None:
        stored = []
        for item in items:
            record = outgoing(item, source, document.language, now, self.equipment.settings.raw_limit)
            if isinstance(record, Rejected):
                self.equipment.metrics.rejected(record.reason)
                logger().warning("an item is left out", feed=source.url[:200], reason=record.reason, detail=record.detail[:300])
            else:
                stored.append(await self._stored(record))
        await asyncio.gather(*stored)
        self.equipment.metrics.side_records.inc(len(stored))

    async def _stored(self, record: Outgoing) -> asyncio.Future[object]:
        return asyncio.ensure_future(await self.equipment.sender.send(record.topic, record.key, record.value, wire.fresh("feeder")))

    def _maps(self, source: FeedSource, document: SourceDocument, now: datetime) -> Changes:
        """The sitemaps that a list names become sources; one that has changed, as the list says, is looked into at once."""
        changes: Changes = {}
        if depth_of(source.url, self.state.get) >= MOST_DEPTH:
            return changes
        for named in document.maps[:MOST_MAPS]:
            url = _fetchable(named)
            if url is None or url == source.url or self._is_old(named, now):
                continue
            standing = Standing.decoded(self.state.get(STANDING + url))
            if self.state.get(SOURCE + url) is None:
                changes[SOURCE + url] = encoded(source.model_copy(update={"url": url, "origin": source.url}))
                changes[STANDING + url] = Standing(of=source.url, modified_at=named.modified_at or "").encoded()
            elif standing.of == source.url and named.modified_at and named.modified_at != standing.modified_at:
                changes[SOURCE + url] = self.state.get(SOURCE + url)
                changes[STANDING + url] = _due_now(standing, named.modified_at)
        return changes

    def _is_old(self, named: SitemapPage, now: datetime) -> bool:
        item = FeedItem(named.url, named.url, None, None, None, named.modified_at, "")
        return is_old(item, now, self.equipment.settings.feeder_days)


def fresh_items(source: FeedSource, document: SourceDocument, kept: Mapping[str, Seen]) -> Iterator[tuple[str, FeedItem]]:
    """Items that were not seen before as they are now, each once.

    Some sites give their items other ids at every look: one that says what another said, and whose page is fetched anyway, is that one.
    """
    marks = {seen.mark for seen in kept.values()} if source.content == "fetch" else set()
    told: set[str] = set()
    for item in document.items:
        key, mark = item_key(source.url, item), item_mark(item)
        before = kept.get(key)
        if key not in told and (before is None or before.mark != mark) and not (before is None and item.url and mark in marks):
            told.add(key)
            yield key, item


def depth_of(url: str, get: Callable[[str], bytes | None]) -> int:
    """How many lists led to a source, up to MOST_DEPTH; `get` gives values of the state."""
    depth = 0
    while depth < MOST_DEPTH and (url := Standing.decoded(get(STANDING + url)).of):
        depth += 1
    return depth


def _forgotten(source: FeedSource, document: SourceDocument, kept: Mapping[str, Seen], now_ms: int) -> Changes:
    present = {item_key(source.url, item) for item in document.items}
    return {key: None for key, seen in kept.items() if key not in present and seen.at_ms < now_ms - FORGET_MS}


def _due_now(standing: Standing, modified_at: str) -> bytes:
    data = orjson.loads(standing.encoded())
    return Standing(**{**data, "due_ms": 0, "modified_at": modified_at}).encoded()


def _fetchable(page: SitemapPage) -> str | None:
    try:
        return fetchable(page.url)
    except ValueError:
        return None
