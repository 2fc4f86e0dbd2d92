"""The producer watches a folder: nothing half-written, nothing twice, and a broken file holds nobody up."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import orjson

from copydesk.services.producer.inbox import FileState
from copydesk.services.producer.service import Producer
from copydesk.services.producer.settings import ProducerSettings
from copydesk.shared.kafka import consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from tests.pipeline import PATIENCE_S, fresh_topics

LINES = b"".join(b'{"content":"line %d"}\n' % number for number in range(20_000))


@contextlib.asynccontextmanager
async def producing(kafka: Settings, home: Path) -> AsyncIterator[Producer]:
    servers = kafka.bootstrap_servers
    producer = Producer(ProducerSettings(bootstrap_servers=servers, home=home, http_port=0, producer_inbox=home / "inbox", producer_poll_s=0.3))
    running = asyncio.create_task(producer.run())
    try:
        yield producer
    finally:
        producer._stop.set()
        assert await running == 0


async def contents(kafka: Settings) -> list[str]:
    return [orjson.loads(message.value or b"")["content"] async for message in consume(kafka, [RAW], since="beginning", follow=False)]


async def until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0.05)


def writes_between_looks(producer: Producer, path: Path, words: list[str]) -> None:
    """A file that grows by a word between any two looks at the folder."""
    look = producer.inbox.look

    def look_and_write() -> tuple[dict[str, FileState], int]:
        if words:
            with path.open("a") as file:
                file.write(words.pop(0))
        return look()

    producer.inbox.look = look_and_write  # type: ignore[method-assign]


async def test_a_folder_is_published_file_by_file(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.jsonl.gz").write_bytes(gzip.compress(LINES)[:-2_000])
    (inbox / "b.txt").write_text("A first text.")
    async with producing(kafka, tmp_path) as producer:
        writes_between_looks(producer, inbox / "c.txt", ["Half", "written ", "for ", "a ", "while"])
        await until(lambda: len(producer.memory._known) == 3)
        (inbox / "a.jsonl.gz").write_bytes(gzip.compress(b'{"content":"mended"}\n'))
        sent = producer.metrics.records_out._value.get()
        await until(lambda: producer.metrics.records_out._value.get() == sent + 1)
    found = await contents(kafka)
    assert found.count("A first text.") == 1
    assert [text for text in found if text.startswith("Half")] == ["Halfwritten for a while"]
    assert "mended" in found
    (inbox / "last.txt").write_text("A last text.")
    async with producing(kafka, tmp_path) as producer:
        await until(lambda: producer.metrics.records_out._value.get() > 0)
    assert sorted(await contents(kafka)) == sorted([*found, "A last text."])
