"""`copydesk index reshard`: the index of copies with another number of shards, without a verdict that would have been another one.

1. The new index is made of articles.cleaned, beside the old one, while the deduplicator works. 2. When little is left, deduplicator and index are
stopped. 3. The rest is put in, up to where the deduplicator has come. 4. dedup.index and dedup.segments are deleted and made anew with the new
number, the new index is copied there, and what it was made on is deleted. 5. Both are started.

Interrupted before 4, the old index goes on; in 4, no deduplicator and no index starts. The same command again goes on from there.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import aclosing

from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.printing.words import counted
from copydesk.services.console.replaying.stretch import batches
from copydesk.services.console.resharding.building import IndexBuilding, beginning, building, done_by_the_deduplicator
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.pausing import LOOK_S, administration, stopped
from copydesk.shared.admin import create_topics
from copydesk.shared.errors import CopydeskError
from copydesk.shared.growing import await_leaders
from copydesk.shared.kafka import Positions, Sender, consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, INDEX, NEXT_SEGMENTS, SEGMENTS, Topic

NEAR = 500  # records that may be left when the deduplicator is stopped
PAUSED = ("deduplicator", "index")


async def reshard(local: Local, shards: int, say: Say, partly: bool = False) -> bool:
    """Bring the index to so many shards; False when it has them. `partly`: also where articles.cleaned no longer has all that the index knows.

    Raises CopydeskError where it has not, and as the brokers do.
    """
    settings = local.settings.model_copy(update={"index_shards": shards})
    have, begun = await shards_of(settings, SEGMENTS), await shards_of(settings, NEXT_SEGMENTS)
    if begun is None and have == shards:
        await create_topics(settings)
        return False
    starts = None if begun == shards else await _begun(settings, say, partly)
    async with building(settings, shards, starts) as work:
        await _catch_up(work, say)
        async with stopped(local, PAUSED, say):
            await work.until(await done_by_the_deduplicator(settings))
            await _exchange(settings, work.sender, say)
    return True


async def _begun(settings: Settings, say: Say, partly: bool) -> Positions:
    """An empty topic for the new index; from where on articles are to be put in."""
    first = await beginning(settings)
    if not first.is_whole and not partly:
        raise CopydeskError(
            f"{CLEANED.name} no longer has all articles of the index's window: copies of older ones would be found unique",
            "keep them for as long (COPYDESK_TOPIC_RETENTION_DAYS) before, or go on with --partly",
        )
    await _deleted(settings, NEXT_SEGMENTS)
    await _created(settings, NEXT_SEGMENTS)
    say(f"making an index of {counted(settings.index_shards, 'shard')} of {CLEANED.name}")
    return first.starts


async def _catch_up(work: IndexBuilding, say: Say) -> None:
    while work.left(ends := await done_by_the_deduplicator(work.settings)) > NEAR:
        await work.until(ends)
    say(f"{counted(work.articles, 'article')} put in, {work.left(ends):,} left")


async def _exchange(settings: Settings, sender: Sender, say: Say) -> None:
    """The new index in place of the old one. dedup.index comes last: nobody starts without it."""
    await _deleted(settings, INDEX)
    say("exchanging the index")
    await _deleted(settings, SEGMENTS)
    await _created(settings, SEGMENTS)
    copied = await _copied(settings, sender)
    await _deleted(settings, NEXT_SEGMENTS)
    await _created(settings, INDEX)
    say(f"the index has {counted(settings.index_shards, 'shard')} ({counted(copied, 'segment')})")


async def _copied(settings: Settings, sender: Sender) -> int:
    copied = 0
    async with aclosing(consume(settings, (NEXT_SEGMENTS,), since="beginning", follow=False)) as messages:
        async for batch in batches(messages):
            await asyncio.gather(*[await sender.send(SEGMENTS, one.key, one.value, partition=one.partition) for one in batch])
            copied += len(batch)
    return copied


async def shards_of(settings: Settings, topic: Topic) -> int | None:
    """The partitions of a topic; None where there is none."""
    async with administration(settings) as admin:
        found: Sequence[dict[str, object]] = await admin.describe_topics()
    return next((len(each["partitions"]) for each in found if each["topic"] == topic.name), None)  # type: ignore[arg-type]


async def _deleted(settings: Settings, topic: Topic) -> None:
    """Returns when the brokers have forgotten it: to delete it is only to ask for that."""
    while await shards_of(settings, topic) is not None:
        async with administration(settings) as admin:
            await admin.delete_topics([topic.name])
        await asyncio.sleep(LOOK_S)


async def _created(settings: Settings, topic: Topic) -> None:
    await create_topics(settings, [topic])
    async with administration(settings) as admin:
        await await_leaders(admin, {topic.name: settings.index_shards})
