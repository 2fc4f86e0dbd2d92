"""A place that is gone or full for a while: its sink waits, says so, and goes on by itself; nothing is lost, and no other sink waits with it.

`make test-sinks` lets each of them be gone for two minutes (SINK_OUTAGE_S).
"""

from __future__ import annotations

import asyncio
import inspect
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pytest
from opensearchpy.exceptions import OpenSearchException

from copydesk.shared.broker import free_ports
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from tests.groups import health_status, replicas
from tests.pipeline import fresh_topics
from tests.sinks.places import PLACES
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says
from tests.sinks.test_on_kafka import put, until, waiting

pytestmark = [pytest.mark.sinks, pytest.mark.timeout(1800)]

OUTAGE_S = float(os.environ.get("SINK_OUTAGE_S", "3"))
STREAM = stream(150, seed=21)
PATIENCE_S = 900.0
NOT_YET = (OSError, sqlite3.OperationalError, psycopg.Error, OpenSearchException, duckdb.Error)


def expected(some: list[Written], folder: Path) -> list[str]:
    address = f"sqlite:{folder / f'expected-{len(some)}'}"
    feed(address, some, 100)
    return says(address)


async def until_said(saying: Callable[[], list[str]], rows: list[str]) -> None:
    """Until a place says that. It may not be there yet, and a file may get its last name while its folder is read."""

    def said() -> bool:
        try:
            return saying() == rows
        except NOT_YET:
            return False

    async with asyncio.timeout(PATIENCE_S):
        while not await asyncio.to_thread(said):
            await asyncio.sleep(0.5)


async def done(work: Callable[..., Any], *arguments: Any) -> Any:
    """Work that may block, or is a coroutine."""
    found = await asyncio.to_thread(work, *arguments)
    return await found if inspect.isawaitable(found) else found


@pytest.mark.parametrize("name", PLACES)
async def test_a_place_is_gone_and_comes_back(name: str, kafka: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    other_home, port = tmp_path / "other", free_ports()
    other_home.mkdir()
    await fresh_topics(kafka)
    async with PLACES[name](request, tmp_path) as place:
        env = {**place.env, "COPYDESK_HTTP_PORT": str(port)}
        other_service = "sink-jsonl" if place.service == "sink" else "sink"
        kept = f"jsonl:{other_home / 'jsonl'}" if other_service == "sink-jsonl" else f"sqlite:{other_home / 'copydesk.sqlite'}"
        with replicas(place.service, kafka, tmp_path, env, place.within) as group, replicas(other_service, kafka, other_home) as other:
            group.start(1)
            other.start(1)
            await put(kafka, STREAM[:80])
            await until_said(lambda: place.says(group), expected(STREAM[:80], tmp_path))

            await done(place.leave, group)
            try:
                await put(kafka, STREAM[80:])
                await until(lambda: health_status(port) == 503 and waiting(port, place.service))
                await until_said(lambda: says(kept), expected(STREAM, tmp_path))
                await asyncio.sleep(OUTAGE_S)
                assert group.is_alive(1) and health_status(port) == 503
            finally:
                await done(place.come_back, group)

            await until_said(lambda: place.says(group), expected(STREAM, tmp_path))
            await until(lambda: health_status(port) == 200 and not waiting(port, place.service))
            assert group.is_alive(1)


async def test_a_place_that_is_not_there_at_the_start_is_waited_for(kafka: Settings, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Also where nothing is to be written: the sink is not ready until it is there."""
    port = free_ports()
    await fresh_topics(kafka)
    async with PLACES["postgres-stopped"](request, tmp_path) as place:
        with replicas(place.service, kafka, tmp_path, {**place.env, "COPYDESK_HTTP_PORT": str(port)}, place.within) as group:
            await done(place.leave, group)
            try:
                group.start(1)
                await group.settled(lambda shares: len(shares) == 1, PATIENCE_S)
                assert health_status(port) == 503
            finally:
                await done(place.come_back, group)
            await until(lambda: health_status(port) == 200)
            assert group.is_alive(1)
