"""`copydesk index reshard` while articles come, to a number that is no multiple, and killed in the exchange: tables as of a run without."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.services.console.resharding.reshard import reshard, shards_of
from copydesk.shared.admin import create_topics
from copydesk.shared.errors import UnavailableError
from copydesk.shared.settings import Settings
from copydesk.shared.topics import INDEX, NEXT_SEGMENTS, SEGMENTS
from tests.load import Load
from tests.pipeline import Pipeline, fresh_topics, pipeline

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
ARTICLES = 36


async def test_three_shards_and_then_eight(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    load = Load.of(ARTICLES, tmp_path)
    parts = [replace(load, articles=load.articles[first : first + ARTICLES // 3]) for first in range(0, ARTICLES, ARTICLES // 3)]
    async with pipeline(kafka, tmp_path / "home", {"deduplicator": 2}) as services:
        await parts[0].feed(kafka)
        await asyncio.gather(parts[1].feed(kafka), reshard(services.local, 3, print))
        assert await shards(kafka) == [3, 3, None]
        await services.drained()
        await asyncio.to_thread(killed_in_the_exchange, services)
        assert (await shards(kafka))[2] == 8
        with pytest.raises(UnavailableError, match="is being exchanged"):
            await create_topics(kafka)
        await parts[2].feed(kafka)
        assert await reshard(services.local, 8, print)
        assert await shards(kafka) == [8, 8, None]
        assert not await reshard(services.local, 8, print)
        await services.drained()
        await load.require_same(services)
        assert {one["service"] for one in services.local.replicas()} >= {"deduplicator", "index"}


async def shards(settings: Settings) -> list[int | None]:
    return [await shards_of(settings, topic) for topic in (INDEX, SEGMENTS, NEXT_SEGMENTS)]


def killed_in_the_exchange(services: Pipeline) -> None:
    """The command as a person calls it, ended with signal 9 when the old index is gone."""
    command = [sys.executable, "-m", "copydesk.services.console", "index", "reshard", "--shards", "8"]
    env = {"COPYDESK_HOME": str(services.local.home), "COPYDESK_BOOTSTRAP_SERVERS": services.settings.bootstrap_servers}
    with subprocess.Popen(command, env={**os.environ, **env}, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        said: list[str] = []
        for line in process.stderr:
            said.append(line)
            if "exchanging" in line:
                process.kill()
                return
    raise AssertionError(f"it ended before: {said}")
