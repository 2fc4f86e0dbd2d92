"""Fewer copies in sync than a record needs: a send is "unavailable" in time, whatever the brokers call it, and the same sender goes on afterwards."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from copydesk.shared.admin import create_topics
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Sender, consume
from copydesk.shared.topics import RAW
from tests.cluster import Cluster

pytestmark = [pytest.mark.faults, pytest.mark.timeout(600)]
PATIENCE_S = 200


async def test_one_of_three_gone_where_all_are_needed_then_two(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    cluster = Cluster(tmp_path, 3)
    await asyncio.to_thread(cluster.start)
    settings = cluster.settings.model_copy(update={"min_insync_replicas": 3, "delivery_timeout_s": 4.0})
    sender = Sender(settings)
    try:
        await create_topics(settings)
        await sender.start()
        await stored(sender, b"before")
        first, second, _ = cluster.nodes
        cluster.kill(first)
        await refused(sender, settings.delivery_timeout_s)
        assert "NotEnoughReplicas" in caplog.text, "that was the reason, which the client takes as one to try again"
        cluster.kill(second)
        await refused(sender, settings.delivery_timeout_s)
        for node in (first, second):
            await asyncio.to_thread(cluster.restart, node)
        async with asyncio.timeout(PATIENCE_S):
            while not await accepted(sender, b"after"):
                await asyncio.sleep(0.5)
        values = {message.value async for message in consume(settings, [RAW], since="beginning", follow=False)}
        assert {b"before", b"after"} <= values
    finally:
        await sender.stop()
        await asyncio.to_thread(cluster.stop)


async def refused(sender: Sender, timeout_s: float) -> None:
    """Send until several in a row were refused, each within its time: at first a broker may not be missed yet."""
    refusals = 0
    async with asyncio.timeout(PATIENCE_S):
        while refusals < 4:
            async with asyncio.timeout(3 * timeout_s):
                refusals = 0 if await accepted(sender, b"during") else refusals + 1


async def accepted(sender: Sender, value: bytes) -> bool:
    try:
        await stored(sender, value)
    except UnavailableError:
        return False
    return True


async def stored(sender: Sender, value: bytes) -> None:
    await (await sender.send(RAW, None, value, partition=0))
