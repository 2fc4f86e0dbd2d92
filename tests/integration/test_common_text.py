"""Common text on a real broker: learned by the command line, followed by a running deduplicator."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.services.deduplicator.sketch.common_text import from_record, read_file, shipped_common_text
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from copydesk.services.deduplicator.stage import create
from copydesk.shared.runner.following import TopicFollower
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import Settings
from tests.pipeline import copydesk, fresh_topics, of_a_service, write_lines
from tests.unit.deduplicator.newsroom import passage


@pytest.fixture
async def topics(kafka: Settings) -> None:
    await fresh_topics(kafka)


@pytest.mark.usefixtures("topics")
async def test_a_deduplicator_takes_over_what_is_published_and_what_is_withdrawn(kafka: Settings, tmp_path: Path) -> None:
    env = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers}
    articles = write_lines(tmp_path / "a.jsonl", [{"body": f"{passage(100 + number, 120)}\n\n{passage(1, 40)}"} for number in range(20)])
    copydesk("common", "learn", "--no-clean", str(articles), "--publish", "--output", str(tmp_path / "common.json"), env=env)
    learned = from_record(read_file(tmp_path / "common.json"), SketchRule())
    stage = create()
    seen = [stage.common_version or ""]
    for common in (learned, shipped_common_text(SketchRule())):
        follower = TopicFollower(stage, of_a_service(kafka), Metrics("deduplicator"))
        await follower.start()
        await follower.stop()
        seen.append(stage.common_version or "")
        assert seen[-1].endswith(str(common.version).rpartition("-")[2])
        copydesk("common", "forget", env=env)
    assert seen == sorted(set(seen))
