"""A feed gone mad: bad records by the hundred, slow and deep ones, each costs a dead letter and no service."""

from __future__ import annotations

from pathlib import Path

import orjson

from copydesk.shared.deadletters import assemble
from copydesk.shared.kafka import producer
from copydesk.shared.known_good import PARAGRAPHS
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, ENRICHED, RAW
from tests.pipeline import fresh_topics, pipeline

BAD = [
    b"nonsense",
    b'{"content": 5}',
    b'{"content": "x", "url": [1]}',
    b'{"content": "x", "versions": "none"}',
    b'{"content": "x", "ingested_at": -1}',
    b'{"content": "x", "deep": ' + b"[" * 3_000 + b"]" * 3_000 + b"}",
]
HEAVY = [orjson.dumps({"content": "<div>" * 20_000, "content_type": "text/html"}), orjson.dumps({"content": "-" * 100_000})]


GOOD = [
    orjson.dumps({"url": f"https://good.example/{number}", "content": "\n\n".join((f"The bridge, part {number}", *PARAGRAPHS))})
    for number in range(6)
]


async def test_no_service_stops(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with pipeline(kafka, tmp_path) as running:
        async with producer(kafka) as sender:
            for value in [*GOOD[:3], *(BAD * 20), *HEAVY, *GOOD[3:]]:
                await (await sender.send(RAW, None, value, partition=0))
        await running.drained()
        enriched = [orjson.loads(message.value or b"").get("url") for message in await running.read(ENRICHED)]
        letters = list(assemble([message.value or b"" for message in await running.read(DEADLETTERS)]))
        restarts = [replica["restarts"] for replica in running.local.replicas()]
    assert {f"https://good.example/{number}" for number in range(6)} <= set(enriched)
    assert len(enriched) + len(letters) == len(GOOD) + 20 * len(BAD) + len(HEAVY)
    assert restarts == [0] * len(restarts)
