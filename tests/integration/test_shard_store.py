"""A shard's state on a real broker: durable, recovered on another disk, and cleared when its changelog was made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.shared.kafka import producer
from copydesk.shared.keeping import EntryRules
from copydesk.shared.runner.store import LostShardError, ShardStore
from copydesk.shared.settings import Settings
from copydesk.shared.topics import SEGMENTS
from tests.odd_entries import ODD_VALUES
from tests.pipeline import fresh_topics


def store(folder: Path, settings: Settings, shard: int = 1) -> ShardStore:
    return ShardStore(folder, shard, SEGMENTS, settings)


@pytest.fixture
async def topics(kafka: Settings) -> None:
    await fresh_topics(kafka)


@pytest.mark.usefixtures("topics")
async def test_a_lost_disk_is_read_again_from_the_changelog(kafka: Settings, tmp_path: Path) -> None:
    here = store(tmp_path / "here", kafka)
    async with producer(kafka) as sender:
        await here.claim(sender, 1)
        await here.write(sender, {"a": b"1", "b": b"2"})
        await here.write(sender, {"a": None, "c": b"3"})
        assert dict(here.items()) == {"b": b"2", "c": b"3"}
        assert await here.claim(sender, 2) == 0, "what it wrote itself is not read again"

        elsewhere = store(tmp_path / "elsewhere", kafka)
        assert await elsewhere.claim(sender, 3) == 4
        assert dict(elsewhere.items()) == dict(here.items())
        await elsewhere.write(sender, {"d": b"4"})

        here.close()
        again = store(tmp_path / "here", kafka)
        assert await again.claim(sender, 4) == 1, "only what another replica wrote meanwhile"
        assert again.get("d") == b"4"
        other = store(tmp_path / "here", kafka, shard=2)
        assert await other.claim(sender, 1) == 0
        assert other.items() == []


@pytest.mark.usefixtures("topics")
async def test_what_another_client_writes_onto_the_changelog_leaves_the_last_good_entries(kafka: Settings, tmp_path: Path) -> None:
    """Before the start, and while the shard is here; on a disk of its own and on a new one."""
    rules = EntryRules("1", lambda key, value: orjson.loads(value)["good"])
    told: list[Any] = []

    def opened(name: str) -> ShardStore:
        return ShardStore(tmp_path / name, 1, SEGMENTS, kafka, rules, lambda record, error: told.append(record))

    good = b'{"good": 1}'
    async with producer(kafka) as sender:
        here = opened("here")
        await here.claim(sender, 1)
        await here.write(sender, {"a": good, "b": good})
        for key in (b"a", b"\xff", b"\x00offset", b"new"):
            for value in ODD_VALUES.values():
                await (await sender.send(SEGMENTS, key, value, partition=1))
        with pytest.raises(LostShardError):
            await here.write(sender, {"c": good})
        await here.claim(sender, 1)
        assert len(told) == 4 * len(ODD_VALUES)
        await here.write(sender, {"c": good, "b": None})
        assert dict(here.items()) == {"a": good, "c": good}
        await here.claim(sender, 2)
        assert len(told) == 4 * len(ODD_VALUES), "told once"
        elsewhere = opened("elsewhere")
        await elsewhere.claim(sender, 3)
        assert dict(elsewhere.items()) == dict(here.items())


@pytest.mark.usefixtures("topics")
async def test_a_new_changelog_begins_a_new_state(kafka: Settings, tmp_path: Path) -> None:
    here = store(tmp_path, kafka)
    async with producer(kafka) as sender:
        await here.claim(sender, 1)
        await here.write(sender, {"a": b"1", "b": b"2"})
        await fresh_topics(kafka)
        assert await here.claim(sender, 2) == 0
    assert here.items() == []


@pytest.mark.usefixtures("topics")
async def test_a_new_changelog_that_has_outgrown_the_old_one_is_noticed(kafka: Settings, tmp_path: Path) -> None:
    here, elsewhere = store(tmp_path / "here", kafka), store(tmp_path / "elsewhere", kafka)
    async with producer(kafka) as sender:
        await here.claim(sender, 1)
        await here.write(sender, {"a": b"1", "b": b"2"})
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        await elsewhere.claim(sender, 1)
        await elsewhere.write(sender, {"c": b"3", "d": b"4", "e": b"5"})
        assert await here.claim(sender, 2) == 3
        assert dict(here.items()) == dict(elsewhere.items()) == {"c": b"3", "d": b"4", "e": b"5"}
        assert await here.claim(sender, 3) == 0


@pytest.mark.usefixtures("topics")
async def test_who_has_lost_a_shard_can_neither_write_nor_answer(kafka: Settings, tmp_path: Path) -> None:
    """The old owner slept through the claim of the new one, then goes on where it was."""
    old, new = store(tmp_path / "old", kafka), store(tmp_path / "new", kafka)
    async with producer(kafka) as theirs, producer(kafka) as ours:
        await old.claim(theirs, 1)
        await old.write(theirs, {"a": b"1"})
        await new.claim(ours, 2)
        await new.write(ours, {"b": b"2"})
        with pytest.raises(LostShardError):
            await old.write(theirs, {})
        with pytest.raises(LostShardError):
            await old.write(theirs, {"stray": b"3"})
        assert old.get("stray") is None
        assert await old.rival() == 2

        with pytest.raises(LostShardError):
            await new.write(ours, {"c": b"4"})
        assert await new.rival() < 2, "who wrote in between is of the past"
        await new.claim(ours, 2)
        await new.write(ours, {"c": b"4"})
        assert {"a", "b", "c"} <= dict(new.items()).keys(), "nothing that had a reply is jumped over"

        third = store(tmp_path / "third", kafka)
        await third.claim(ours, 3)
        assert dict(third.items()) == dict(new.items())
