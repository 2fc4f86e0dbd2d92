"""A broker that is gone, or hangs: every send and every stop ends, the command line says so, and the same sender goes on when it is back."""

from __future__ import annotations

import asyncio
import itertools
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest

from copydesk.shared.admin import create_topics
from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.errors import TooLargeError, UnavailableError
from copydesk.shared.kafka import Sender, consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from tests.gateway import gateway
from tests.groups import suspend
from tests.pipeline import change

HANGS = 300  # far beyond the limit of two seconds that is set


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


async def stored(sender: Sender, value: bytes) -> None:
    """Send it until it is stored: a machine that is busy, and a broker that comes back, may take longer than the limit."""
    async with asyncio.timeout(HANGS):
        while True:
            try:
                return await send(sender, value)
            except UnavailableError:
                await asyncio.sleep(0.2)


async def values(settings: Settings) -> list[bytes]:
    patient = settings.model_copy(update={"delivery_timeout_s": HANGS})
    return [message.value or b"" async for message in consume(patient, [RAW], since="beginning", follow=False)]


async def test_sends_end_without_a_broker_and_go_on_when_it_is_back(settings: Settings, broker: LocalBroker) -> None:
    sender = Sender(settings)
    await stored(sender, b"before")
    broker.kill()
    async with asyncio.timeout(HANGS):
        for _ in range(3):
            with pytest.raises(UnavailableError, match="do not store what is sent"):
                await send(sender, b"during")
        await asyncio.to_thread(broker.start)
        await stored(sender, b"after")
        await sender.stop()
    assert {b"before", b"after"} <= set(await values(settings))


async def test_a_broker_that_hangs_ends_a_send_and_a_stop(settings: Settings, broker: LocalBroker) -> None:
    sender = Sender(settings)
    await stored(sender, b"works")
    process = psutil.Process(broker.pid())
    await suspend(process)
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
    settings = settings.model_copy(update={"delivery_timeout_s": HANGS})
    await change(settings, RAW, {"max.message.bytes": "5000"})
    sender = Sender(settings)
    await sender.start()
    try:
        with pytest.raises(TooLargeError):
            await send(sender, bytes(range(256)) * 40 + b"".join(number.to_bytes(2) for number in range(20_000)))
        await send(sender, b"small")
    finally:
        await sender.stop()
        await create_topics(settings)


async def test_what_is_posted_to_the_gateway_is_refused_with_503_and_taken_when_it_is_back(
    settings: Settings, broker: LocalBroker, tmp_path: Path
) -> None:
    with gateway(settings, tmp_path, COPYDESK_DELIVERY_TIMEOUT_S="2") as one:
        async with httpx.AsyncClient(base_url=one.url, timeout=HANGS) as client:
            await taken(client)
            broker.kill()
            answers = await asyncio.gather(*(post(client, media_type, body) for media_type, body in BODIES))
            for answer in answers:
                assert (answer.status_code, answer.headers["content-type"], answer.headers["retry-after"]) == (503, "application/problem+json", "5")
                assert "do not store what is sent" in answer.json()["detail"]
                assert answer.json()["remedy"]
            assert [answer.json().get("counts") for answer in answers] == [None, *[{"accepted": 0, "refused": 0}] * 3]
            await asyncio.to_thread(broker.start)
            await taken(client)


BODIES = (
    ("text/plain", b"A text."), ("application/json", b'[{"content": "A"}, {"content": "B"}]'),
    ("application/x-ndjson", b'{"content": "A"}\n{"content": "B"}\n'), ("text/uri-list", b"https://one.example/a\n"),
)  # fmt: skip


async def post(client: httpx.AsyncClient, media_type: str, body: bytes) -> httpx.Response:
    return await client.post("/articles", content=body, headers={"Content-Type": media_type})


async def taken(client: httpx.AsyncClient) -> None:
    """Post until it is stored: a machine that is busy, and a broker that comes back, may take longer than the limit."""
    async with asyncio.timeout(HANGS):
        while (await post(client, *BODIES[0])).status_code != 202:
            await asyncio.sleep(0.2)


async def test_the_command_line_says_so_and_fails(settings: Settings, broker: LocalBroker) -> None:
    process = await produced_one(settings)
    broker.kill()
    _, errors = await asyncio.to_thread(process.communicate, b'{"content": "two"}\n', HANGS)
    assert process.returncode == 1
    assert b"was not confirmed after 1 records were" in errors
    after = produce(settings)
    _, errors = await asyncio.to_thread(after.communicate, b'{"content": "three"}\n', HANGS)
    assert after.returncode == 1
    assert b"no Kafka broker answers" in errors


async def produced_one(settings: Settings) -> subprocess.Popen[bytes]:
    """A command that has sent one record and waits for more; begun again where a busy machine took longer than its limit."""
    async with asyncio.timeout(HANGS):
        for number in itertools.count():
            process = produce(settings)
            assert process.stdin is not None
            process.stdin.write(b'{"content": "one, try %d"}\n' % number)
            process.stdin.flush()
            while process.poll() is None:
                if any(b"one, try %d" % number in value for value in await values(settings)):
                    return process
                await asyncio.sleep(0.2)
            process.communicate()
    raise AssertionError("unreachable")


def produce(settings: Settings) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "copydesk.services.console", "produce", "-", "--source", "test"]
    env = {**os.environ, "COPYDESK_BOOTSTRAP_SERVERS": settings.bootstrap_servers, "COPYDESK_DELIVERY_TIMEOUT_S": "2"}
    return subprocess.Popen(command, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
