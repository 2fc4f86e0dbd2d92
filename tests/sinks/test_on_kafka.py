"""Sinks as services, each a group of its own: what is on the topics is where they write, also when that place was gone for a while."""

from __future__ import annotations

import asyncio
import urllib.request
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import aiokafka
import orjson

from copydesk.shared.broker import free_ports
from copydesk.shared.kafka import client_options, producer
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS
from tests.groups import health_status, replicas
from tests.pipeline import fresh_topics
from tests.postgres import LocalPostgres
from tests.sinks.receiver import SECRET, Receiver
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says

PATIENCE_S = 400


async def put(settings: Settings, written: list[Written]) -> None:
    async with producer(settings) as sender:
        stored = []
        for one in written:
            value = orjson.loads(one.value)
            key = value["later_article_id"] if one.topic is CORRECTIONS else value["article_id"]
            stored.append(await sender.send(one.topic, key, one.value))
        await asyncio.gather(*stored)


def waiting(port: int, service: str) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=60) as answer:
        return f'copydesk_waiting{{service="{service}"}} 1.0' in answer.read().decode()


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(holds):
            await asyncio.sleep(0.2)


async def test_postgres_is_gone_for_a_while_and_comes_back(kafka: Settings, postgres: LocalPostgres, tmp_path: Path) -> None:
    address, port = f"postgres:{postgres.database('on_kafka')}", free_ports()
    env = {"COPYDESK_POSTGRES_URL": address.partition(":")[2], "COPYDESK_HTTP_PORT": str(port)}
    some = stream(150, seed=8)
    await fresh_topics(kafka)
    with replicas("sink-postgres", kafka, tmp_path, env) as group:
        postgres.stop()
        group.start(1)
        await put(kafka, some[:100])
        await until(lambda: health_status(port) == 503 and waiting(port, "sink-postgres"))
        postgres.start()
        await until(lambda: health_status(port) == 200)
        await until(lambda: len([row for row in says(address) if row.startswith("articles ")]) == 100)
        postgres.stop()
        await put(kafka, some[100:])
        await until(lambda: waiting(port, "sink-postgres"))
        postgres.start()
        await until(lambda: health_status(port) == 200)
        feed(f"sqlite:{tmp_path / 'expected'}", some, 100)
        expected = says(f"sqlite:{tmp_path / 'expected'}")
        await until(lambda: says(address) == expected)
        assert not waiting(port, "sink-postgres")


async def test_every_sink_is_a_group_of_its_own_and_the_mirror_passes_what_is_chosen(kafka: Settings, receiver: Receiver, tmp_path: Path) -> None:
    some = stream(60, seed=9)
    await fresh_topics(kafka)
    feed(f"sqlite:{tmp_path / 'expected'}", some, 100)
    expected = says(f"sqlite:{tmp_path / 'expected'}")
    places = {"parquet": str(tmp_path / "lake"), "jsonl": str(tmp_path / "lines"), "webhook": receiver.url}
    env = {
        "COPYDESK_PARQUET_URL": places["parquet"], "COPYDESK_JSONL_FOLDER": places["jsonl"], "COPYDESK_WEBHOOK_URL": places["webhook"],
        "COPYDESK_WEBHOOK_SECRET": SECRET, "COPYDESK_MIRROR_TOPIC": "mine", "COPYDESK_MIRROR_SOURCE": "paper-3.example",
        "COPYDESK_MIRROR_NO_DUPLICATES": "true", "COPYDESK_BATCH_WAIT_S": "1",
    }  # fmt: skip
    await put(kafka, some)
    with ExitStack() as stack:
        for kind in (*places, "mirror"):
            stack.enter_context(replicas(f"sink-{kind}", kafka, tmp_path, env)).start(1)
        for kind, place in places.items():
            await until(lambda kind=kind, place=place: says(f"{kind}:{place}") == expected)  # type: ignore[misc]
        records = [orjson.loads(one.value) for one in some if one.topic is not CORRECTIONS]
        wanted = {(one["article_id"], one["revision"]) for one in records if one["source"] == "paper-3.example"}
        assert 3 < len(wanted) < len(records) / 4
        mirrored = await taken(kafka, "mine", 4)
        assert {(one["article_id"], one["revision"]) for one in mirrored} <= wanted
        assert all(one["duplicate"]["status"] == "unique" for one in mirrored)
        assert await taken(kafka, "mine.corrections", 12)


async def taken(settings: Settings, topic: str, least: int) -> list[JsonObject]:
    """Records of any topic, once there are so many."""
    consumer = aiokafka.AIOKafkaConsumer(topic, **client_options(settings), auto_offset_reset="earliest")
    await consumer.start()
    found: list[JsonObject] = []
    try:
        async with asyncio.timeout(PATIENCE_S):
            while len(found) < least:
                found += [orjson.loads(one.value) for some in (await consumer.getmany(timeout_ms=500)).values() for one in some]
    finally:
        await consumer.stop()
    return found
