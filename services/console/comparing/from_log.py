"""A stretch of a stage's input through the stage in this process, beside what the log has of it. Nothing is written."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import aclosing, asynccontextmanager
from itertools import islice

import orjson

from copydesk.services.console.comparing import copies
from copydesk.services.console.comparing.comparison import Comparison, VersionOutcome
from copydesk.services.console.offline.stages import cores, opened_stages
from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.console.replaying.choice import LogChoice, chosen_by
from copydesk.services.console.replaying.stretch import LogRequest, Stretch, found, read
from copydesk.shared.again import place_of
from copydesk.shared.computing import Computing
from copydesk.shared.edge import admitted
from copydesk.shared.envelope import Passed, Payload
from copydesk.shared.kafka import Message, consume
from copydesk.shared.records.plain import Record
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import Topic
from copydesk.shared.topology import BY_NAME

BATCH = 64
Fetch = tuple[str, str, str]  # article, and when it was fetched and came in: what a record and what became of it have in common


async def compare_with_log(asked: LogRequest, settings: Settings, limit: int, comparison: Comparison) -> int:
    """Run the first `limit` chosen records through the stage as it is installed here, and compare with what the services made of them.

    Counts into `comparison`; how many were left out, since the services have not come to them yet. Raises as reading and computing do.
    """
    service = BY_NAME[asked.stage]
    stretch = await found(asked, settings)
    choice = await chosen_by(asked, settings, stretch)
    sample = await _sample(asked, settings, stretch, choice, limit)
    written = await _written(settings, service.writes[0], stretch, sample)
    async with _ready(asked, settings, stretch, choice, written) as stage:
        return await _compared(stage, choice, sample, written, comparison)


@asynccontextmanager
async def _ready(
    asked: LogRequest, settings: Settings, stretch: Stretch, choice: LogChoice, written: dict[Fetch, Record]
) -> AsyncIterator[Computing]:
    """The stage as its replicas know it. Of the deduplicator also the index; then `written` has the verdicts as they are by now."""
    if asked.stage != "deduplicator":
        with opened_stages([BY_NAME[asked.stage].stage or ""], cores()) as (stage,):
            await _taught(stage, settings)
            yield stage
        return
    with copies.deduplicator() as (inner, stage):
        await _taught(stage, settings)
        await copies.fill(inner, settings, stretch, choice)
        facts = await copies.corrections(settings, stretch, {article for article, *_ in written})
        written.update({fetch: copies.completed(record, facts, choice) for fetch, record in written.items()})
        yield stage


async def _compared(stage: Computing, choice: LogChoice, sample: dict[Fetch, Message], written: dict[Fetch, Record], comparison: Comparison) -> int:
    left_out = 0
    with ProgressBar("comparing", len(sample)) as progress:
        for done, batch in enumerate(_batches(list(sample.items()))):
            results = await stage.apply([Payload(message.value or b"", message.timestamp_ms) for _, message in batch])
            for (fetch, message), result in zip(batch, results, strict=True):
                old = written.get(fetch) or _refused(choice, message)
                left_out += old is None
                if old is not None:
                    comparison.take(fetch[0], old, orjson.loads(result.value) if isinstance(result, Passed) else result)
            progress.reached(done * BATCH + len(batch), comparison.articles, left_out)
    return left_out


async def _sample(asked: LogRequest, settings: Settings, stretch: Stretch, choice: LogChoice, limit: int) -> dict[Fetch, Message]:
    """Each fetch of an article once, as it came last. What is no record has no place in a comparison of articles."""
    sample: dict[Fetch, Message] = {}
    async with aclosing(read(settings, asked.topic, stretch, stretch.starts)) as messages:
        async for message in messages:
            if choice.left_out(message) is None and (fetch := _fetch(asked.topic, message)) is not None:
                sample[fetch] = message
            if len(sample) == limit:
                break
    return sample


async def _written(settings: Settings, topic: Topic, stretch: Stretch, sample: dict[Fetch, Message]) -> dict[Fetch, Record]:
    """What the stage wrote last of each."""
    written: dict[Fetch, Record] = {}
    async with aclosing(consume(settings, (topic,), since=stretch.since, follow=False)) as messages:
        async for message in messages:
            if (fetch := _fetch(topic, message)) in sample and fetch is not None:
                written[fetch] = orjson.loads(message.value or b"")
    return written


def _fetch(topic: Topic, message: Message) -> Fetch | None:
    record = admitted(message.value or b"", topic, message.timestamp_ms)
    if isinstance(record, Rejected) or "article_id" not in record:
        return None
    return str(record["article_id"]), str(record.get("fetched_at")), str(record.get("ingested_at"))


def _refused(choice: LogChoice, message: Message) -> VersionOutcome:
    letter = choice.letters.get(place_of(message))
    return None if letter is None else Rejected(letter.letter.reason, letter.letter.detail)


async def _taught(stage: Computing, settings: Settings) -> None:
    """What was learned for the stage, as its replicas know it."""
    if stage.follows is None:
        return
    async with aclosing(consume(settings, (stage.follows,), since="beginning", follow=False)) as messages:
        async for message in messages:
            stage.learned((message.key or b"").decode("utf-8", "replace"), message.value)


def _batches(entries: Sequence[tuple[Fetch, Message]]) -> Iterator[list[tuple[Fetch, Message]]]:
    following = iter(entries)
    while batch := list(islice(following, BATCH)):
        yield batch
