"""Keys, times and headers that any client may write, on every topic: a record costs at most itself, whatever is beside and behind it arrives."""

from __future__ import annotations

import contextlib
import sqlite3
from collections import Counter
from pathlib import Path

import orjson
import pytest

from copydesk.shared.deadletters import assemble
from copydesk.shared.runner.exchange import CORRELATION, REPLY_PARTITION, STATE
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, INDEX, RAW, REPLIES, SEGMENTS, Topic
from copydesk.shared.topology import BY_NAME
from tests.faults.test_poison import ended, good, letters, running
from tests.odd_records import HARMLESS, TIMELESS, Odd, RawName, put_odd
from tests.pipeline import fresh_topics, pipeline
from tests.samples import fact

ODD = HARMLESS | TIMELESS
TEXTS_REFUSED = ("no_article", "listing_page")  # by what the stages make of the texts of the tests
STRANGE_REPLIES = [
    Odd(),
    Odd(headers=[(CORRELATION, None)]),
    Odd(headers=[(CORRELATION, b"\xff")]),
    Odd(headers=[(CORRELATION, b"x"), (STATE, None)]),
    Odd(headers=[(RawName(b"\xff"), b"x")]),
]
STRANGE_REQUESTS = [
    *HARMLESS.values(),
    Odd(headers=[(CORRELATION, b"x"), (REPLY_PARTITION, b"99")]),
    Odd(headers=[(CORRELATION, b"x"), (REPLY_PARTITION, None)]),
    Odd(headers=[(CORRELATION, b"x"), (REPLY_PARTITION, b"-1")]),
    Odd(headers=[(REPLY_PARTITION, b"0")]),
]
STRANGE_KEYS = [b"\xff\xfe", b"", b"\x00offset", b"\x00claim", b"0" * 400, "٣-x".encode()]


def written(topic: Topic) -> list[tuple[Odd, bytes | None]]:
    """Each kind on a good record of its own, then a usual one; behind each a record without a value. On articles.raw the time is Kafka's."""
    kinds = [*ODD.values(), Odd()]
    records = [record | {"article_id": f"{topic.name}-{number}"} for number, record in enumerate(good(len(kinds)))]
    values = [orjson.dumps({name: value for name, value in record.items() if topic is not RAW or name != "ingested_at"}) for record in records]
    return [pair for odd, value in zip(kinds, values, strict=True) for pair in ((odd, value), (odd, None))]


async def test_a_cleaner_takes_what_can_be_taken(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    records = written(RAW)
    await put_odd(kafka, RAW, records)
    with running(BY_NAME["cleaner"].module, kafka, tmp_path, batch=len(records)) as process:
        await ended(kafka, process, CLEANED, len(records))
        found = await letters(kafka)
    timeless = {2 * list(ODD).index(kind) for kind in TIMELESS}
    assert {offset for offset, (_, reason) in found.items() if reason == "not_json"} == set(range(1, len(records), 2)), "those without a value"
    assert {offset for offset, (_, reason) in found.items() if reason == "invalid_record"} == timeless


@pytest.mark.faults
async def test_the_whole_pipeline_takes_what_can_be_taken(kafka: Settings, tmp_path: Path) -> None:
    """Also on the index's own topics, where nobody but the deduplicator and its index has anything to write, before the start and while it runs."""
    await fresh_topics(kafka)
    await _disturb_the_index(kafka)
    async with pipeline(kafka, tmp_path) as services:
        await _disturb_the_index(kafka)
        records = {topic: written(topic) for topic in (RAW, CLEANED, DEDUPLICATED, ENRICHED)}
        for topic, some in records.items():
            await put_odd(kafka, topic, some)
        fine = fact("b", "a", 2, 1).model_dump_json(exclude_none=True).encode()
        await put_odd(kafka, CORRECTIONS, [(odd, value) for odd in HARMLESS.values() for value in (fine, None)])
        await services.drained(600)
        assert not [replica for replica in services.local.replicas() if replica["restarts"]]
        buried = list(assemble([message.value or b"" for message in await services.read(DEADLETTERS)]))
        refused = {_id(whole.original): whole.letter.reason for whole in buried if whole.original.startswith(b"{")}
        stored = stored_ids(services.database)
    sent = {_id(value) for some in records.values() for _, value in some if value}
    assert sent == (stored & sent) | refused.keys(), "each has ended"
    assert not stored & refused.keys(), "once"
    timeless = {f"{RAW.name}-{list(ODD).index(kind)}" for kind in TIMELESS}
    assert {article_id for article_id, reason in refused.items() if reason not in TEXTS_REFUSED} == timeless
    without = sum(value is None for some in records.values() for _, value in some) + len(HARMLESS)
    assert Counter(whole.letter.reason for whole in buried)["not_json"] == without
    assert sum(whole.letter.stage == "index" for whole in buried) == 2 * 2 * len(STRANGE_REQUESTS)


def stored_ids(database: Path) -> set[str]:
    with contextlib.closing(sqlite3.connect(database)) as file:
        return {article_id for (article_id,) in file.execute("SELECT article_id FROM articles")}


def _id(value: bytes) -> str:
    return str(orjson.loads(value)["article_id"])


async def _disturb_the_index(kafka: Settings) -> None:
    await put_odd(kafka, REPLIES, [(odd, value) for odd in STRANGE_REPLIES for value in (b"junk", None)])
    await put_odd(kafka, INDEX, [(odd, value) for odd in STRANGE_REQUESTS for value in (b"junk", None)])
    await put_odd(kafka, SEGMENTS, [(Odd(key=key), value) for key in STRANGE_KEYS for value in (b"junk", b"9" * 30, None)])
