"""A broker that is gone, or hangs: every send and every stop ends, the command line says so, and the same sender goes on when it is back."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator

import psutil
import pytest

from copydesk.shared.admin import create_topics
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.errors import TooLargeError, UnavailableError
from copydesk.shared.kafka import Sender, consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from tests.integration.test_topics import change

HANGS = 60  # far beyond the limit of two seconds that is set


@pytest.fixture(scope="module")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalBroker]:
    broker = LocalBroker(tmp_path_factory.mktemp("mortal"), free_ports())
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture
async def settings(broker: LocalBroker) -> Settings:
    if not broker.is_running():
        await asyncio.to_thread(broker.start)
    settings = Settings(bootstrap_servers=broker.address, delivery_timeout_s=2)
    async with asyncio.timeout(HANGS):
        while True:
            try:
                await create_topics(settings)
                return settings
            except UnavailableError:
                await asyncio.sleep(0.3)


async def send(sender: Sender, value: bytes) -> None:
    await (await sender.send(RAW, value, value))


async def test_sends_end_without_a_broker_and_go_on_when_it_is_back(settings: Settings, broker: LocalBroker) -> None:
    sender = Sender(settings)
    await sender.start()
    await send(sender, b"before")
    broker.kill()
    async with asyncio.timeout(HANGS):
        for _ in range(3):
            with pytest.raises(UnavailableError, match="do not store what is sent"):
                await send(sender, b"during")
        await asyncio.to_thread(broker.start)
        while True:
            try:
                await send(sender, b"after")
                break
            except UnavailableError:
                await asyncio.sleep(0.2)
        await sender.stop()
    values = [message.value async for message in consume(settings, [RAW], since="beginning", follow=False)]
    assert {b"before", b"after"} <= set(values)


async def test_a_broker_that_hangs_ends_a_send_and_a_stop(settings: Settings, broker: LocalBroker) -> None:
    sender = Sender(settings)
    await sender.start()
    process = psutil.Process(broker.pid())
    process.suspend()
    try:
        async with asyncio.timeout(HANGS):
            with pytest.raises(UnavailableError):
                await send(sender, b"hung")
            with pytest.raises(UnavailableError):
                await create_topics(settings)
            await sender.stop()
    finally:
        process.resume()


async def test_a_refusal_for_size_is_told_apart_and_the_next_record_arrives(settings: Settings) -> None:
    await change(settings, RAW.name, {"max.message.bytes": "5000"})
    sender = Sender(settings)
    await sender.start()
    try:
        with pytest.raises(TooLargeError):
            await send(sender, bytes(range(256)) * 40 + b"".join(number.to_bytes(2) for number in range(20_000)))
        await send(sender, b"small")
    finally:
        await sender.stop()
        await create_topics(settings)


async def test_the_command_line_says_so_and_fails(settings: Settings, broker: LocalBroker) -> None:
    process = produce(settings)
    assert process.stdin is not None
    process.stdin.write(b'{"content": "one"}\n')
    process.stdin.flush()
    async with asyncio.timeout(HANGS):
        while not [m async for m in consume(settings, [RAW], since="beginning", follow=False) if m.value and b'"one"' in m.value]:
            await asyncio.sleep(0.2)
    broker.kill()
    _, errors = await asyncio.to_thread(process.communicate, b'{"content": "two"}\n', HANGS)
    assert process.returncode == 1
    assert b"was not confirmed after 1 records were" in errors
    after = produce(settings)
    _, errors = await asyncio.to_thread(after.communicate, b'{"content": "three"}\n', HANGS)
    assert after.returncode == 1
    assert b"no Kafka broker answers" in errors


def produce(settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "copydesk.services.console", "produce", "-", "--source", "test"]
    env = {**os.environ, "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_DELIVERY_TIMEOUT_S": "2"}
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
