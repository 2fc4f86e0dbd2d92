"""`trace` tells how far an article came, on a real pipeline: to the end, to a dead letter, or to where it waits."""

from __future__ import annotations

import asyncio
import hashlib
from pathlib import Path

import orjson
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from copydesk.shared.kafka import client_options, producer
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ENRICHED, RAW, RETRACTIONS, URLS
from copydesk.shared.trace import trace
from tests.pipeline import copydesk, fresh_topics, pipeline, write_lines
from tests.samples import enriched

URL = "https://example.org/harbour?id=7"


async def test_an_article_is_followed_to_its_end(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    path = write_lines(tmp_path / "a.jsonl", [{"content": "The harbour board met on Monday.", "url": URL}, {"content": " ", "url": URL + "8"}])
    async with pipeline(kafka, tmp_path / "home") as running:
        running.produce(path)
        async with producer(kafka) as sender:  # as another program may: without a key
            await (await sender.send(RAW, None, orjson.dumps({"content": "Ferries run again.", "url": "https://example.org/ferry"})))
        await running.drained()
        done = await trace(kafka, URL)
        assert [step.topic for step in done.steps] == ["articles.raw", "articles.cleaned", "articles.deduplicated", "articles.enriched"]
        assert [step.by for step in done.steps] == ["producer", "cleaner", "deduplicator", "tagger"]
        assert len({step.trace_id for step in done.steps}) == 1
        assert "body" in done.steps[1].added
        assert "duplicate" in done.steps[2].added
        assert "entities" in done.steps[3].added
        assert [(end.state, end.service) for end in done.ends] == [("done", "sink")]
        assert [step.place for step in (await trace(kafka, done.article_ids[0])).steps] == [step.place for step in done.steps]
        put_aside = await trace(kafka, URL + "8")
        assert [(end.state, end.service, end.reason) for end in put_aside.ends] == [("dead_letter", "cleaner", "empty")]
        keyless = await trace(kafka, "https://example.org/ferry")
        assert [step.by for step in keyless.steps][:2] == ["another program", "cleaner"]
        assert keyless.ends[0].state == "done"
    async with producer(kafka) as sender:
        await (await sender.send(URLS, "example.org", orjson.dumps({"url": "https://example.org/new", "feed": "https://example.org/rss"})))
    found = await trace(kafka, "https://example.org/new")
    assert [(step.topic, step.about["feed"]) for step in found.steps] == [("articles.urls", "https://example.org/rss")]
    assert [(end.state, end.service, end.behind) for end in found.ends] == [("waiting", "fetcher", 0)]
    async with producer(kafka) as sender:
        said = Retraction(article_id=keyless.article_ids[0], reason="court order", at="2026-01-05T00:00:00.000Z")
        await (await sender.send(RETRACTIONS, said.key, said.value()))
    gone = await trace(kafka, "https://example.org/ferry")
    assert [(end.state, end.reason, end.detail) for end in gone.ends] == [("retracted", "court order", "taken back at 2026-01-05T00:00:00.000Z")]
    assert [step.place for step in gone.steps] == [step.place for step in keyless.steps]
    running.produce(path)
    waiting = await trace(kafka, URL)
    assert [(end.state, end.service) for end in waiting.ends] == [("waiting", "cleaner")]
    servers = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers}
    shown = copydesk("trace", URL, "--since", "1h", env=servers).stdout.decode()
    assert "→ waits for cleaner, behind" in shown
    assert orjson.loads(copydesk("trace", URL, "--format", "jsonl", env=servers).stdout)["ends"][0]["behind"] >= 0
    await _content_is_found_while_it_is_kept(kafka, servers)


async def _content_is_found_while_it_is_kept(kafka: Settings, servers: dict[str, str]) -> None:
    text = b"The harbour board met on Monday."
    found = await trace(kafka, URL)
    raw = found.steps[0]
    assert [(one.sha256, one.length, one.at) for one in found.contents] == [
        (hashlib.sha256(text).hexdigest(), len(text), f"articles.raw/{raw.partition}/{raw.offset}")
    ]
    assert ("content" in found.steps[1].removed, "content_ref" in found.steps[1].added) == (True, True)
    assert copydesk("trace", URL, "--content", env=servers).stdout == text
    admin = AIOKafkaAdminClient(**client_options(kafka))
    await admin.start()
    try:
        await admin.delete_records({TopicPartition(RAW.name, raw.partition): RecordsToDelete(before_offset=-1)})
    finally:
        await admin.close()
    async with asyncio.timeout(60):
        while (gone := await trace(kafka, URL)).contents[0].at is not None:
            await asyncio.sleep(0.2)
    assert [step.topic for step in gone.steps] == ["articles.cleaned", "articles.deduplicated", "articles.enriched"]
    told = copydesk("trace", URL, "--content", env=servers, codes=(1,))
    assert told.stdout == b""
    assert b"its content is no longer on articles.raw" in told.stderr
    assert "no longer on articles.raw" in copydesk("trace", URL, env=servers).stdout.decode()
    async with producer(kafka) as sender:  # as an earlier version wrote it
        carried = enriched(gone.article_ids[0], url=URL, content=text.decode())
        await (await sender.send(ENRICHED, gone.article_ids[0], orjson.dumps(carried)))
    assert (await trace(kafka, URL)).contents[0].at in {f"articles.enriched/{number}/{offset}" for number in range(8) for offset in range(9)}
    assert copydesk("trace", URL, "--content", env=servers).stdout == text
