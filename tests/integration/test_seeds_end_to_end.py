"""The seeds through all services on a real broker."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from copydesk.shared.headers import CONTENT_AT, trace_id
from copydesk.shared.kafka import producer
from copydesk.shared.known_good import PARAGRAPHS, TITLE
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CLEANED, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW
from copydesk.shared.trace import found_at
from tests.data import ROOT
from tests.pipeline import Pipeline, copydesk, enrich, fresh_topics, pipeline, write_lines

IDS = ("seed-1", "seed-2")
LARGE = "large"


@pytest.fixture
async def running(kafka: Settings, tmp_path: Path) -> AsyncIterator[Pipeline]:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path) as services:
        yield services


def seeds() -> list[dict[str, str]]:
    files = sorted((ROOT / "seeds").glob("*.txt"))
    return [
        {"article_id": article_id, "ingested_at": f"2026-01-05T08:0{number}:00.000Z", "content": file.read_text(), "content_type": "text/plain"}
        for number, (article_id, file) in enumerate(zip(IDS, files, strict=True))
    ]


def large(limit: int) -> dict[str, str]:
    """A page of as many bytes as a raw record may have: an article, and what scripts need."""
    article = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    page = f"<html lang=en><head><title>{TITLE}</title><script>%s</script></head><body><article><h1>{TITLE}</h1>{article}</article></body></html>"
    record = {"article_id": LARGE, "ingested_at": "2026-01-05T08:05:00.000Z", "content": page, "content_type": "text/html"}
    return {**record, "content": page % ("state += 'ab';" * limit)[: limit + 2 - len(orjson.dumps(record))]}


async def test_seeds_through_the_services_equal_enrich_and_bad_records_are_put_aside(running: Pipeline, tmp_path: Path) -> None:
    largest = large(running.settings.raw_limit)
    assert len(orjson.dumps(largest)) == running.settings.raw_limit >= 8_000_000
    good = write_lines(tmp_path / "seeds.jsonl", [*seeds(), largest])
    async with producer(running.settings) as sender:
        await (await sender.send(RAW, "broken", b"{not json", {}))
        await (await sender.send(RAW, "empty", b'{"content": ""}', {}))
        await (await sender.send(RAW, "k" * 300_000, b"{not json", {f"own-{number}": "\0" * 1_000 for number in range(400)}))
    running.produce(good)
    await running.drained()

    enriched = await running.read(ENRICHED)
    assert {message.value for message in enriched} == set(enrich(good)), "the services give what `copydesk enrich` gives"
    await _traces_stay(running)
    await _the_raw_record_is_named(running)
    assert max(len(message.value or b"") for message in enriched) < 50_000, "the page itself went no further"
    copy = copydesk("trace", LARGE, "--content", env={"COPYDESK_BOOTSTRAP_SERVERS": running.settings.bootstrap_servers}).stdout
    assert copy == largest["content"].encode()
    letters = [orjson.loads(message.value or b"") for message in await running.read(DEADLETTERS)]
    assert {letter["article_id"]: letter["reason"] for letter in letters} == {"broken": "not_json", "empty": "empty", "k" * 512: "not_json"}
    assert _counts_add_up(running)

    before = running.rows()
    running.produce(good)
    await running.drained()
    assert running.rows() == before, "the same input again changes nothing"
    assert sum(row.startswith("articles ") for row in before) == len(IDS) + 1


async def _traces_stay(running: Pipeline) -> None:
    traces = [
        {str(message.key): trace_id(message.headers) for message in await running.read(topic)} for topic in (RAW, CLEANED, DEDUPLICATED, ENRICHED)
    ]
    for article_id in map(repr, (b"seed-1", b"seed-2")):
        assert len({trace[article_id] for trace in traces}) == 1
        assert traces[0][article_id] is not None


async def _the_raw_record_is_named(running: Pipeline) -> None:
    """A header says on every topic where what was fetched lies; the record itself says the same wherever it is made."""
    for message in [message for topic in (CLEANED, DEDUPLICATED, ENRICHED) for message in await running.read(topic)]:
        found = await found_at(running.settings, message.headers[CONTENT_AT], orjson.loads(message.value or b"")["content_ref"]["sha256"])
        assert found is not None
        assert found[0].key == message.key


def _counts_add_up(running: Pipeline) -> bool:
    """In = out + rejected, at every stage."""
    for service in ("cleaner", "deduplicator", "tagger", "sink"):
        metrics = running.metrics(service)
        rejected = sum(value for name, value in metrics.items() if name.startswith("copydesk_records_rejected_total"))
        label = f'{{service="{service}"}}'
        assert metrics[f"copydesk_records_in_total{label}"] == metrics[f"copydesk_records_out_total{label}"] + rejected, service
    return True
