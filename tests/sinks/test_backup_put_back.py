"""A sink's file that is lost: a backup in its place, the sink set back, and the log makes the rest, as docs/operations.md says."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.services.console.replaying.rewind import rewind
from copydesk.services.console.running.machine import Local
from copydesk.shared.archive.sqlite.backup import back_up
from copydesk.shared.settings import Settings
from tests.groups import drained_of, replicas
from tests.pipeline import fresh_topics
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says
from tests.sinks.test_on_kafka import put

pytestmark = [pytest.mark.sinks, pytest.mark.timeout(900)]


async def test_a_backup_is_put_back_and_the_log_read_again(kafka: Settings, tmp_path: Path) -> None:
    some = stream(90, seed=41)
    file, backup = tmp_path / "copydesk.sqlite", tmp_path / "backup.sqlite"
    feed(f"sqlite:{tmp_path / 'expected.sqlite'}", some, 100)
    await fresh_topics(kafka)
    with replicas("sink", kafka, tmp_path) as group:
        group.start(1)
        await put(kafka, some[:70])
        await drained_of(kafka, "sink", patience_s=800)
        back_up(file, backup)
        await put(kafka, some[70:])
        await drained_of(kafka, "sink", patience_s=800)
        group.kill(1)
        put_back(backup, file)
        assert says(f"sqlite:{file}") != says(f"sqlite:{tmp_path / 'expected.sqlite'}")
        assert await rewind(Local(kafka), "sink", datetime.now(UTC), print) == 0, "nothing was written since"
        assert await rewind(Local(kafka), "sink", "beginning", print) == len(some)
        group.start(2)
        await drained_of(kafka, "sink", patience_s=800)
    assert says(f"sqlite:{file}") == says(f"sqlite:{tmp_path / 'expected.sqlite'}")


def put_back(backup: Path, file: Path) -> None:
    for path in file.parent.glob(f"{file.name}*"):
        path.unlink()
    shutil.copy(backup, file)
