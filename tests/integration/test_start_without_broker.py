"""A service that is started before its broker waits: it is alive, not ready, ends when asked to, and begins when the broker is there."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

from copydesk.shared.broker import LocalBroker, free_ports
from copydesk.shared.settings import Settings
from tests.groups import health_status, replicas
from tests.pipeline import PATIENCE_S


async def until(port: int, what: str, wanted: int) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while health_status(port, f"/health/{what}") != wanted:
            await asyncio.sleep(0.1)


async def test_a_service_waits_for_its_broker(tmp_path: Path) -> None:
    broker = LocalBroker(tmp_path / "broker", free_ports())
    ports = {1: free_ports(), 2: free_ports()}
    settings = Settings(bootstrap_servers=broker.address)
    with replicas("sink", settings, tmp_path) as sinks:
        for number, port in ports.items():
            sinks.env = {"COPYDESK_HTTP_PORT": str(port)}
            sinks.start(number)
        for port in ports.values():
            await until(port, "live", 200)
            assert health_status(port, "/health/ready") == 503
        sinks.signal(1, signal.SIGTERM)
        assert await asyncio.to_thread(sinks.running[1].wait, PATIENCE_S) == 0
        await asyncio.to_thread(broker.start)
        try:
            await until(ports[2], "ready", 200)
            assert sinks.is_alive(2)
        finally:
            sinks.kill(2)
            broker.stop()
