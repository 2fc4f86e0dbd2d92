"""copydesk sources: learned from files or the log, published, shown, forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.cleaner.sources import Evidence, Learner, read_furniture
from copydesk.services.console import __main__ as entry
from copydesk.services.console.learned import sources
from copydesk.shared.topics import FURNITURE, RAW
from tests.unit.console.log import Log


def page(number: int) -> dict[str, Any]:
    news = f"Headline of story number {number}\nSomething happened on street {number} and nobody was hurt there."
    return {"content": f"Skip to content\n{news}\nSubscribe to our letter", "source": "gazette", "article_id": f"g{number}"}


def test_learned_from_files_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(orjson.dumps(page(number)) + b"\n" for number in range(20)) + b"nonsense\n")
    assert entry.run(["sources", "learn", str(tmp_path / "a.jsonl"), "-o", str(tmp_path / "furniture.jsonl")]) == 0
    assert "2 lines of 1 sources; 1 records taught nothing" in capsys.readouterr().err
    (learned,) = read_furniture(tmp_path / "furniture.jsonl")
    assert learned.repeats("SKIP to content")
    assert not learned.repeats("Headline of story number 3")
    assert entry.run(["sources", "show", "--file", str(tmp_path / "furniture.jsonl")]) == 0
    shown = capsys.readouterr().out
    assert "gazette  2 lines on 20 articles" in shown
    assert "20  Skip to content" in shown
    assert entry.run(["sources", "learn", "--min-documents", "50", str(tmp_path / "a.jsonl")]) == 0
    assert "no source repeats anything" in capsys.readouterr().out


async def test_learned_from_the_log_published_and_forgotten() -> None:
    log = Log()
    for number in range(12):
        await (await log.send(RAW, f"g{number}", orjson.dumps(page(number))))
    await (await log.send(RAW, "bad", b"nonsense"))
    learner, counts = Learner(Evidence()), []
    furniture = await sources.learn_from_raw(log.read, "beginning", learner, lambda _, number: counts.append(number))
    assert (len(furniture), learner.skipped, counts[-1]) == (1, 1, 13)
    assert await sources.publish_furniture(furniture, log) == 1
    assert [message.key for message in log.messages if message.topic == FURNITURE.name] == [b"gazette"]
    assert (await sources.published_furniture(log.read)).for_source("gazette").version == furniture.for_source("gazette").version
    await sources.withdraw_furniture(["gazette"], log)
    assert len(await sources.published_furniture(log.read)) == 0
