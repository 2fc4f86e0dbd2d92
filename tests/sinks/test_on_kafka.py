"""Sinks as services, each a group of its own: what is on the topics is where they write, also when that place was gone for a while."""

from __future__ import annotations

import asyncio
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import orjson

from copydesk.shared.broker import free_ports
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS
from tests.groups import replicas
from tests.pipeline import fresh_topics
from tests.postgres import LocalPostgres
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says

PATIENCE_S = 120


async def put(settings: Settings, written: list[Written]) -> None:
    async with producer(settings) as sender:
        stored = []
        for one in written:
            value = orjson.loads(one.value)
            key = value["later_article_id"] if one.topic is CORRECTIONS else value["article_id"]
            stored.append(await sender.send(one.topic, key, one.value))
        await asyncio.gather(*stored)


def health(port: int) -> int:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def waiting(port: int, service: str) -> bool:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=5) as answer:
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
        await until(lambda: health(port) == 503 and waiting(port, "sink-postgres"))
        postgres.start()
        await until(lambda: health(port) == 200)
        await until(lambda: len([row for row in says(address) if row.startswith("articles ")]) == 100)
        postgres.stop()
        await put(kafka, some[100:])
        await until(lambda: waiting(port, "sink-postgres"))
        postgres.start()
        await until(lambda: health(port) == 200)
        feed(f"sqlite:{tmp_path / 'expected'}", some, 100)
        expected = says(f"sqlite:{tmp_path / 'expected'}")
        await until(lambda: says(address) == expected)
        assert not waiting(port, "sink-postgres")
