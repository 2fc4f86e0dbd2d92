"""`copydesk replay` on a real broker: each record of the stretch goes once more, cut off it goes on, and no replay replays another."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest

from copydesk.services.console.comparing.comparison import Comparison
from copydesk.services.console.comparing.from_log import compare_with_log
from copydesk.services.console.replaying.replay import Replayed, ReplayManner, replay
from copydesk.services.console.replaying.stretch import LogRequest
from copydesk.services.console.topics import retract
from copydesk.services.deduplicator.stage import create
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import REPLAYED
from copydesk.shared.kafka import Message, consume, producer
from copydesk.shared.letters import Choice, from_topic, listed
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, DEDUPLICATED, ENRICHED
from tests.data import ROOT
from tests.pipeline import fresh_topics
from tests.unit.console import tiny

COUNT = 400
ASKED = LogRequest("tagger", "2000-01-01")


async def on_topic(settings: Settings) -> list[Message]:
    return [message async for message in consume(settings, (DEDUPLICATED,), since="beginning", follow=False)]


def ids(messages: list[Message]) -> Counter[str]:
    return Counter(orjson.loads(message.value or b"")["article_id"] for message in messages)


async def test_every_record_once_more_beside_what_comes(kafka: Settings, tmp_path: Path) -> None:
    here = kafka.model_copy(update={"home": tmp_path})
    await fresh_topics(here)
    async with producer(here) as sender:
        values = [orjson.dumps({"article_id": f"a{number}", "body": "b", "n": number}) for number in range(COUNT)]
        await asyncio.gather(*[await sender.send(DEDUPLICATED, f"a{number}", value) for number, value in enumerate(values)])
        before = await on_topic(here)
        failed = before[7]
        for value in dead_letters(failed, Cause("tagger", "crashed", time=datetime.now(UTC)), here.raw_limit):
            await (await sender.send(DEADLETTERS, failed.key, value))
    await retract.retract(here, retract.Target(frozenset(["a3"])), "a test")

    with pytest.raises(CopydeskError, match="no replay in these words"):
        await replay(ASKED, here, ReplayManner(resume=True))
    begun = Replayed()
    running = asyncio.create_task(replay(ASKED, here, ReplayManner(rate=50), begun))
    async with asyncio.timeout(120):
        while begun.sent < 40:
            await asyncio.sleep(0.01)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    rest = await replay(ASKED, here, ReplayManner(resume=True))

    found = await on_topic(here)
    again = [message for message in found if REPLAYED in message.headers]
    sent = ids(again)
    assert set(sent) == {f"a{number}" for number in range(COUNT)} - {"a3"}
    assert sum(sent.values()) - len(sent) <= 64, "a batch that was cut off goes twice"
    assert 0 < rest.sent < COUNT
    assert {message.headers[REPLAYED] for message in again} <= {f"{one.topic}/{one.partition}/{one.offset}" for one in before}
    assert all(orjson.loads(message.value or b"")["body"] == "b" for message in again)
    partitions = {orjson.loads(message.value or b"")["article_id"]: message.partition for message in before}
    assert all(partitions[orjson.loads(message.value or b"")["article_id"]] == message.partition for message in again)
    (letter,) = await listed(from_topic(here), Choice(stage="tagger"))
    assert letter.settled is not None
    assert letter.settled.settled == "replayed"

    assert (await replay(ASKED, here, ReplayManner(resume=True))).sent == 0, "it is done"
    narrow = LogRequest("tagger", "2000-01-01", where=("n=5",))
    once = await replay(narrow, here)
    assert (once.sent, once.left_out["a copy of one that goes"]) == (1, sent["a5"])
    ended = LogRequest("tagger", "2000-01-01", "2000-01-02")
    assert (await replay(ended, here)).seen == 0


async def test_what_the_log_has_beside_what_a_stage_would_write_now(kafka: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await fresh_topics(kafka)
    tiny.install(monkeypatch)
    at = {"ingested_at": "2024-05-18T09:00:00.000Z"}
    records = [{"article_id": f"a{number}", "body": "b " * number, **at} for number in range(5)]
    async with producer(kafka) as sender:
        for number, record in enumerate(records):
            await (await sender.send(DEDUPLICATED, f"a{number}", orjson.dumps(record)))
            if number < 3:
                written = {**record, "words": number if number else 99, "versions": {"tagger": "0"}}
                await (await sender.send(ENRICHED, f"a{number}", orjson.dumps({**written, "words": 77})))
                await (await sender.send(ENRICHED, f"a{number}", orjson.dumps(written)))
        failed = next(message for message in await on_topic(kafka) if message.key == b"a3")
        for value in dead_letters(failed, Cause("tagger", "crashed"), kafka.raw_limit):
            await (await sender.send(DEADLETTERS, failed.key, value))
    comparison = Comparison()
    waits = await compare_with_log(ASKED, kafka, 10, comparison)
    assert (waits, comparison.articles, comparison.equal) == (1, 4, 2)
    assert dict(comparison.kinds) == {"fields": 1, "rejection": 1}
    assert comparison.examples["fields"][0]["changes"] == [{"was": "99", "now": "0", "field": "words"}]
    assert len(await on_topic(kafka)) == 5


async def test_verdicts_on_copies_beside_those_of_another_rule(kafka: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    await fresh_topics(kafka)
    story = (ROOT / "docs" / "examples" / "copies" / "agency.txt").read_text()
    articles = [("later", story + "\n\nIt was read here first.", "2024-05-18T10:00:00.000Z"), ("first", story, "2024-05-18T09:00:00.000Z")]
    stage = create()
    async with producer(kafka) as sender:
        for name, body, at in articles:  # the copy comes first: a correction makes its verdict whole
            cleaned = orjson.dumps({"article_id": name, "body": body, "ingested_at": at, "revision": name})
            await (await sender.send(CLEANED, name, cleaned))
            (result,) = await apply(stage, [Payload(cleaned, 1)])
            assert isinstance(result, Passed)
            await (await sender.send(DEDUPLICATED, name, result.value))
            for side in result.side:
                await (await sender.send(side.topic, side.key, side.part.model_dump_json(exclude_none=True).encode()))
    asked = LogRequest("deduplicator", "2000-01-01")
    same = Comparison()
    assert await compare_with_log(asked, kafka, 10, same) == 0
    assert (same.articles, same.equal) == (2, 2)
    monkeypatch.setenv("COPYDESK_DEDUP_PASSAGE", "900")
    monkeypatch.setenv("COPYDESK_DEDUP_SHARE", "1")
    monkeypatch.setenv("COPYDESK_DEDUP_LEAST", "900")
    other = Comparison()
    await compare_with_log(asked, kafka, 10, other)
    (example,) = other.examples["verdict"]
    assert example["article_id"] == "later"
    assert example["changes"][0]["was"].endswith("of first")
    assert example["changes"][0]["now"] == "unique"
