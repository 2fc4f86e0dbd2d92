"""Poison of each kind at every place of a batch, and a hundred times in a row: it costs its own record, whatever is beside and behind it arrives."""

from __future__ import annotations

import asyncio
import itertools
import subprocess
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.shared.deadletters import assemble
from copydesk.shared.kafka import consume
from copydesk.shared.known_good import ENRICHED_RECORD
from copydesk.shared.runner.exchange import CORRELATION, REPLY_PARTITION
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, INDEX, RAW, Topic
from copydesk.shared.topology import BY_NAME
from tests.articles import wires
from tests.groups import module_running, put_in_order
from tests.pipeline import fresh_topics
from tests.samples import fact

Record = dict[str, Any]
IN_A_ROW = 100
PATIENCE_S = 500
KNOWN: Record = orjson.loads(ENRICHED_RECORD)

# What the edge refuses, made from a record that it takes; and the reason.
REFUSED: dict[str, tuple[str, Callable[[Record], bytes | None]]] = {
    "half of it": ("not_json", lambda record: orjson.dumps(record)[:20]),
    "no text at all": ("not_json", lambda record: b"\xff\xfe\x00"),
    "no value": ("not_json", lambda record: None),
    "a list": ("not_an_object", lambda record: orjson.dumps([record])),
    "a field of another kind": ("invalid_record", lambda record: orjson.dumps({**record, "article_id": ["x"]})),
    "an impossible time": ("invalid_record", lambda record: orjson.dumps({**record, "ingested_at": "9999-12-31T23:59:59+00:00"})),
    "too deep": ("invalid_record", lambda record: orjson.dumps({**record, "more": orjson.Fragment(b"[" * 300 + b"]" * 300)})),
    "nothing to read": ("invalid_record", lambda record: orjson.dumps({"article_id": record["article_id"]})),
}
# What kills, holds up or confuses the process that computes it (tests/unit/shared/workers/poison.py); and the reason.
DEADLY = {
    "loop": "too_slow", "memory": "out_of_memory", "exit": "crashed", "segfault": "crashed", "recurse": "stage_failed", "raise": "stage_failed",
    "leave": "stage_failed",
}  # fmt: skip


def good(count: int) -> list[Record]:
    """Records that every stage takes: real texts, whole as a cleaner gives them, and as a feed."""
    return [
        {**KNOWN, "article_id": f"good-{number}", "body": wire["body"], "content": wire["body"], "url": f"https://wire.example/{number}"}
        for number, wire in enumerate(wires(count))
    ]


def turned(kinds: Sequence[str]) -> list[str | None]:
    """Kinds with good records (None) between them, again and again, one place further each time; then a hundred of each, and good ones behind."""
    batch = [one for kind in kinds for one in (None, kind)]
    turns = [batch[turn:] + batch[:turn] for turn in range(len(batch))]
    return [*itertools.chain.from_iterable(turns), *(one for kind in kinds[:2] for one in [*[kind] * IN_A_ROW, None])]


def running(module: str, settings: Settings, home: Path, batch: int) -> AbstractContextManager[subprocess.Popen[bytes]]:
    limits = {"COPYDESK_RECORD_CPU_S": "1", "COPYDESK_RECORD_MEMORY_MB": "60", "COPYDESK_RECORD_WALL_S": "60"}
    return module_running(module, settings, home, COPYDESK_BATCH_SIZE=str(batch), **limits)


async def letters(settings: Settings) -> dict[int, tuple[str, str]]:
    """Stage and reason of the dead letters, by the offset of the original."""
    values = [message.value or b"" async for message in consume(settings, [DEADLETTERS], since="beginning", follow=False)]
    return {whole.letter.offset: (whole.letter.stage, whole.letter.reason) for whole in assemble(values)}


async def passed(settings: Settings, topic: Topic) -> list[Record]:
    return [orjson.loads(message.value or b"") async for message in consume(settings, [topic], since="beginning", follow=False)]


async def ended(settings: Settings, process: subprocess.Popen[bytes], target: Topic | None, count: int) -> None:
    """Wait until so many records have ended, as good ones on the target or as dead letters; the service lives all the while."""
    async with asyncio.timeout(PATIENCE_S):
        while len(await letters(settings)) + (len(await passed(settings, target)) if target else 0) < count:
            assert process.poll() is None, "the service has ended"
            await asyncio.sleep(0.5)
    assert process.poll() is None


@pytest.mark.parametrize(
    ("service", "source", "target"),
    [("cleaner", RAW, CLEANED), pytest.param("tagger", DEDUPLICATED, ENRICHED, marks=pytest.mark.faults)],
    ids=["cleaner", "tagger"],
)
async def test_what_the_edge_refuses(service: str, source: Topic, target: Topic, kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    order = turned(list(REFUSED))
    records = good(len(order))
    values = [orjson.dumps(record) if kind is None else REFUSED[kind][1](record) for kind, record in zip(order, records, strict=True)]
    await put_in_order(kafka, source, values)
    with running(BY_NAME[service].module, kafka, tmp_path, batch=2 * len(REFUSED)) as process:
        await ended(kafka, process, target, len(order))
        found = await letters(kafka)
        expected = {offset: (service, REFUSED[kind][0]) for offset, kind in enumerate(order) if kind}
        refused_texts = {offset: why for offset, why in found.items() if order[offset] is None}
        assert {offset: why for offset, why in found.items() if offset not in refused_texts} == expected
        assert set(refused_texts.values()) <= {(service, "no_article"), (service, "listing_page")}, "good is what the stage takes as well"
        arrived = {record["article_id"] for record in await passed(kafka, target)}
        assert arrived == {records[offset]["article_id"] for offset, kind in enumerate(order) if kind is None and offset not in refused_texts}


async def test_what_ends_the_process_that_computes_it(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    order = turned(["exit", "raise", *(kind for kind in DEADLY if kind not in ("exit", "raise"))])
    values = [orjson.dumps({"article_id": str(number), "do": kind or "nothing"}) for number, kind in enumerate(order)]
    await put_in_order(kafka, CLEANED, values)
    with running("tests.faults.poisonable", kafka, tmp_path, batch=2 * len(DEADLY)) as process:
        await ended(kafka, process, DEDUPLICATED, len(order))
        assert await letters(kafka) == {offset: ("poisonable", DEADLY[kind]) for offset, kind in enumerate(order) if kind}
        assert {record["article_id"] for record in await passed(kafka, DEDUPLICATED)} == {str(n) for n, kind in enumerate(order) if kind is None}


@pytest.mark.faults
async def test_what_no_sink_can_store(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    order = turned(list(REFUSED))
    fine = fact("b", "a", 2, 1).model_dump(mode="json", exclude_none=True)
    values = [orjson.dumps(fine) if kind is None else REFUSED[kind][1]({"article_id": "x"}) for kind in order]
    await put_in_order(kafka, CORRECTIONS, values)
    with running(BY_NAME["sink"].module, kafka, tmp_path, batch=2 * len(REFUSED)) as process:
        await ended(kafka, process, None, sum(kind is not None for kind in order))
        assert {offset for offset, _ in (await letters(kafka)).items()} == {offset for offset, kind in enumerate(order) if kind}


@pytest.mark.faults
@pytest.mark.parametrize("headers", [{}, {CORRELATION: "c", REPLY_PARTITION: "99"}], ids=["without headers", "to a partition that is none"])
async def test_what_no_shard_can_answer(headers: dict[str, str], kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    await put_in_order(kafka, INDEX, [b"junk"] * IN_A_ROW, headers)
    with running(BY_NAME["index"].module, kafka, tmp_path, batch=16) as process:
        await ended(kafka, process, None, IN_A_ROW)
        assert len(await letters(kafka)) == IN_A_ROW
