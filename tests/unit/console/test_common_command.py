"""copydesk common: learned from files or the log, published, shown, forgotten."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.services.console.learned import common_text
from copydesk.services.deduplicator.sketch.common_text import from_record, read_file, shipped_common_text, union
from copydesk.services.deduplicator.sketch.learning import CommonTextLearner
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from copydesk.shared.topics import CLEANED, COMMON
from tests.unit.console.log import Log
from tests.unit.deduplicator.newsroom import passage

RULE = SketchRule()
NOTE = passage(1, 40)


def article(number: int) -> dict[str, Any]:
    return {"article_id": f"a{number}", "body": f"{passage(100 + number, 120)}\n\n{NOTE}"}


def test_learned_from_files_with_what_is_shipped_and_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"".join(orjson.dumps(article(number)) + b"\n" for number in range(20)))
    output = tmp_path / "common.json"
    assert entry.run(["common", "learn", "--no-clean", str(tmp_path / "a.jsonl"), "-o", str(output)]) == 0
    told = capsys.readouterr()
    assert "shingles of common text in 20 articles" in told.err
    passages = re.findall(r"^ +20  (.{20})", told.out, re.MULTILINE)
    assert passages and all(text in NOTE for text in passages)
    learned = from_record(read_file(output), RULE)
    assert set(shipped_common_text(RULE).hashes.tolist()) < set(learned.hashes.tolist())
    assert entry.run(["common", "show", "--file", str(output)]) == 0
    assert f"{len(learned.hashes):,} shingles, version {learned.version}" in capsys.readouterr().out
    assert entry.run(["common", "learn", "--no-clean", "--least", "30", str(tmp_path / "a.jsonl")]) == 0
    assert "no common text" in capsys.readouterr().out


def test_a_file_that_is_no_common_text_is_named_as_such(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("[1]", "nonsense", '{"words": 6, "characters": 10, "scale": 6, "hashes": "?"}'):
        (tmp_path / "other.json").write_text(text, "utf-8")
        assert entry.run(["common", "show", "--file", str(tmp_path / "other.json")]) == 1
        assert "this is no common text" in capsys.readouterr().err


async def test_learned_from_the_log_published_and_forgotten() -> None:
    log = Log()
    for number in range(12):
        await (await log.send(CLEANED, f"a{number}", orjson.dumps(article(number))))
    await (await log.send(CLEANED, "bad", b"nonsense"))
    learner, counts = CommonTextLearner(RULE), []
    await common_text.learn_from_cleaned(log.read, "beginning", learner, lambda _, number: counts.append(number))
    assert counts[-1] == 13
    learned = union(learner.common(), shipped_common_text(RULE), RULE)
    assert await common_text.published_common_text(log.read, RULE) is None
    await common_text.publish_common_text(learned, RULE, log)
    assert [message.topic for message in log.messages[13:]] == [COMMON.name]
    found = await common_text.published_common_text(log.read, RULE)
    assert found is not None
    assert found.version == learned.version
    await common_text.withdraw_common_text(RULE, log)
    left = await common_text.published_common_text(log.read, RULE)
    assert left is not None
    assert not len(left.hashes)
