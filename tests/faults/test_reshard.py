"""`copydesk index reshard` while articles come, to a number that is no multiple, and killed in the exchange: tables as of a run without."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete

from copydesk.services.console.resharding.reshard import reshard, shards_of
from copydesk.services.console.running.machine import Local
from copydesk.services.console.running.plan import free_base
from copydesk.shared.admin import create_topics
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.kafka import client_options, positions
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, INDEX, NEXT_SEGMENTS, SEGMENTS, Topic
from tests.groups import put_in_order
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


async def test_where_older_articles_are_gone_it_is_refused_until_that_is_accepted(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    local = Local(kafka.model_copy(update={"home": tmp_path}), base_port=free_base())
    await put_in_order(kafka, CLEANED, [orjson.dumps({"article_id": str(number), "body": "b"}) for number in range(4)])
    before = await shards(kafka)
    await without_the_first(kafka, CLEANED, 2)
    with pytest.raises(CopydeskError, match="no longer has all articles of the index's window") as refused:
        await reshard(local, 3, print)
    assert "--partly" in refused.value.remedy
    assert await shards(kafka) == before == [4, 4, None], "nothing has changed"
    assert await reshard(local, 3, print, partly=True)
    assert await shards(kafka) == [3, 3, None]


async def without_the_first(settings: Settings, topic: Topic, count: int) -> None:
    """The first records of partition 0 are gone, as after the time for which they are kept."""
    admin = AIOKafkaAdminClient(**client_options(settings))
    await admin.start()
    try:
        await admin.delete_records({TopicPartition(topic.name, 0): RecordsToDelete(before_offset=count)})
    finally:
        await admin.close()
    async with asyncio.timeout(400):
        while (await positions(settings, [topic], "beginning"))[topic.name, 0] < count:
            await asyncio.sleep(0.1)


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
