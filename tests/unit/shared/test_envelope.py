"""The way of a record through a stage: decode, validate, process, merge, encode."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson
import pytest

from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.base import Part
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.stage import Enriched, Outcome, Rejected
from copydesk.shared.topics import CLEANED, DEDUPLICATED, RAW, Topic

AT = 1_716_023_400_000  # 2024-05-18T09:10:00Z


class Upper(Part):
    title: str
    body: str
    note: str | None = None


class UpperStage:
    """Puts content into upper case and rejects what is short."""

    name, version, reads = "upper", "3", RawArticle
    source: Topic = RAW
    target: Topic = CLEANED

    def __init__(self) -> None:
        self.batches: list[int] = []

    def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
        self.batches.append(len(batch))
        return [
            Enriched(Upper(title="FOUND", body=record.content.upper())) if len(record.content) > 3 else Rejected("too_short", record.content)
            for record in batch
        ]


async def through(*values: bytes, stage: Any = None) -> list[Passed | Rejected]:
    return await apply(stage or UpperStage(), [Payload(value, AT) for value in values])


async def one(value: object) -> dict[str, Any]:
    (result,) = await through(orjson.dumps(value))
    assert isinstance(result, Passed)
    record: dict[str, Any] = orjson.loads(result.value)
    assert record["article_id"] == result.article_id
    return record


async def test_id_and_time_are_completed_the_same_each_time() -> None:
    record = await one({"content": "words", "url": "https://Example.org/a?utm_source=x#top"})
    assert record["ingested_at"] == "2024-05-18T09:10:00.000Z"
    assert record == await one({"content": "words", "url": "https://Example.org/a?utm_source=x#top"})


async def test_what_a_record_brings_is_kept() -> None:
    given = {"content": "words", "article_id": "mine", "ingested_at": "2024-01-01T00:00:00+02:00", "title": "Given", "unknown": {"deep": [1]}}
    record = await one(given)
    assert {name: record[name] for name in given} == given
    assert record["body"] == "WORDS"


async def test_null_is_not_given_and_none_is_not_written() -> None:
    record = await one({"content": "words", "title": None})
    assert record["title"] == "FOUND"
    assert "note" not in record


async def test_versions_are_added_up() -> None:
    stage = UpperStage()
    stage.source, stage.target = CLEANED, DEDUPLICATED
    (result,) = await through(b'{"content":"words","article_id":"a","ingested_at":"2024-01-01T00:00:00Z","versions":{"before":"1"}}', stage=stage)
    assert isinstance(result, Passed)
    assert orjson.loads(result.value)["versions"] == {"before": "1", "upper": "3"}


async def test_what_a_stage_does_not_find_again_is_gone() -> None:
    stage = UpperStage()
    stage.source, stage.target = CLEANED, DEDUPLICATED
    (result,) = await through(b'{"content":"words","article_id":"a","ingested_at":"2024-01-01T00:00:00Z","note":"of an earlier run"}', stage=stage)
    assert isinstance(result, Passed)
    assert "note" not in orjson.loads(result.value)


async def test_half_a_character_of_a_script_costs_one_character() -> None:
    class Half(UpperStage):
        def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
            return [Enriched(Upper(title="Cut \ud83d", body="short")) for _ in batch]

    (result,) = await through(b'{"content":"words"}', stage=Half())
    assert isinstance(result, Passed)
    assert orjson.loads(result.value)["title"] == "Cut \ufffd"


async def test_bad_records_stand_in_their_place_between_good_ones() -> None:
    stage = UpperStage()
    good = b'{"content":"words"}'
    results = await through(good, b"nonsense", b"[1]", b'{"content":7}', b'{"content":"a"}', good, stage=stage)
    reasons = [result.reason if isinstance(result, Rejected) else None for result in results]
    assert reasons == [None, "not_json", "not_an_object", "invalid_record", "too_short", None]
    assert stage.batches == [3]


async def test_a_time_in_the_future_is_refused() -> None:
    (result,) = await through(b'{"content":"words","ingested_at":"2999-01-01T00:00:00Z"}')
    assert isinstance(result, Rejected)
    assert "five minutes" in result.detail


async def test_a_stage_that_loses_count_is_broken() -> None:
    class Broken(UpperStage):
        def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
            return []

    with pytest.raises(RuntimeError, match="0 outcomes for 1"):
        await through(b'{"content":"words"}', stage=Broken())


async def test_an_async_stage_is_awaited() -> None:
    class Asking(UpperStage):
        async def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:  # type: ignore[override]
            return super().process(batch)

    (result,) = await through(b'{"content":"words"}', stage=Asking())
    assert isinstance(result, Passed)
