"""`copydesk topics grow` while articles come: nothing is lost or doubled, the new partitions are read, the tables are those of a run without."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.services.console.running.growing import GROWING, grow
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from tests.load import Load
from tests.pipeline import fresh_topics, pipeline

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
ARTICLES = 60


async def test_articles_before_and_after(kafka: Settings, tmp_path: Path) -> None:
    few = kafka.model_copy(update={"partitions": 2})
    await fresh_topics(few)
    load = Load.of(ARTICLES, tmp_path)
    said: list[str] = []
    async with pipeline(few, tmp_path / "home", {"tagger": 2}) as services:
        await replace(load, articles=load.articles[: ARTICLES // 2]).feed(few)
        assert set(await grow(services.local, 6, said.append)) == {topic.name for topic in GROWING}
        assert len([one for one in services.local.replicas() if one["service"] == "tagger"]) == 2, "all that ran runs again"
        await replace(load, articles=load.articles[ARTICLES // 2 :]).feed(few)
        await services.drained()
        await load.require_same(services)
        partitions = Counter(message.partition for message in await services.read(RAW))
        assert max(partitions) >= 2, partitions
    assert any("waiting for" in line for line in said)
    assert any("dedup.index" in line for line in said)
