"""Each stage's service in turn is replaced by its next release and run over the log, as docs/upgrading.md says: the new result is everywhere."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.cleaner.stage import VERSION
from copydesk.services.sink.settings import SinkSettings
from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW
from copydesk.shared.topology import ALWAYS
from tests.checkout import copied_code, replaced
from tests.groups import Replicas, drained_of, replicas
from tests.pipeline import copydesk, fresh_topics
from tests.unit.sink.test_upgrades import LINKS, STORIES, TEXTS, TIMES, TITLES

pytestmark = [pytest.mark.faults, pytest.mark.timeout(900)]
BEFORE = {"COPYDESK_DEDUP_SCALE": "2", "COPYDESK_SESSION_TIMEOUT_S": "6"}  # texts as short as these are sketched closely
STATUS = "SELECT status FROM articles_current"
VERSIONS = "SELECT json_extract(record, '$.versions.{}') FROM articles_current"
ALL = range(len(STORIES))


def new_cleaner(folder: Path) -> dict[str, str]:
    """The next release writes titles in capitals."""
    code = copied_code(folder / "code")
    stage = code / "services" / "cleaner" / "stage.py"
    replaced(stage, f'VERSION = "{VERSION}"', 'VERSION = "99"')
    replaced(
        stage,
        "        return Enriched(part.model_copy(",
        "        title = (part.title or '').upper()\n"
        "        part = part.model_copy(update={'title': title, 'revision': content_hash(title, part.body)})\n"
        "        return Enriched(part.model_copy(",
    )
    replaced(
        stage, "from copydesk.shared.records.cleaned ", "from copydesk.shared.records.base import content_hash\nfrom copydesk.shared.records.cleaned "
    )
    return {"PYTHONPATH": str(code)}


def new_rule(folder: Path) -> dict[str, str]:
    return {"COPYDESK_DEDUP_PASSAGE": "900", "COPYDESK_DEDUP_SHARE": "1", "COPYDESK_DEDUP_LEAST": "900"}


def new_gazetteer(folder: Path) -> dict[str, str]:
    path = folder / "people.jsonl"
    path.write_text('{"id": "test:quill", "type": "PERSON", "names": ["Mara Quill"]}\n')
    return {"COPYDESK_GAZETTEER": str(path)}


Step = tuple[str, Callable[[Path], dict[str, str]], str, set[Any], set[Any]]  # service, its change, a question, the answers before and after
STEPS: tuple[Step, ...] = (
    ("tagger", new_gazetteer, LINKS, set(), {"test:quill"}),
    ("deduplicator", new_rule, STATUS, {"unique", "duplicate"}, {"unique"}),
    ("cleaner", new_cleaner, TITLES, {f"Notice number {n} of the port" for n in ALL}, {f"NOTICE NUMBER {n} OF THE PORT" for n in ALL}),
)


async def test_each_service_in_turn(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    with everything(kafka, tmp_path) as services:
        async with producer(kafka) as sender:
            for number, (text, time) in enumerate(zip(TEXTS, TIMES, strict=True)):
                record = {"article_id": f"a{number}", "content": text, "ingested_at": time}
                await (await sender.send(RAW, f"a{number}", orjson.dumps(record)))
        await drained_of(kafka, *ALWAYS)
        for name, change, query, before, after in STEPS:
            old = ask(tmp_path, VERSIONS.format(name))
            assert ask(tmp_path, query) == before, name
            await replace(services[name], change(tmp_path))
            await drained_of(kafka, *ALWAYS)
            assert ask(tmp_path, query) == after, name
            assert len(old) == len(ask(tmp_path, VERSIONS.format(name))) == 1
            assert not old & ask(tmp_path, VERSIONS.format(name))
        assert [ask(tmp_path, query) == after for _, _, query, _, after in STEPS] == [True] * len(STEPS), "what was new before the last step stays"


@contextlib.contextmanager
def everything(settings: Settings, home: Path) -> Iterator[Mapping[str, Replicas]]:
    with ExitStack() as stack:
        services = {name: stack.enter_context(replicas(name, settings, home, BEFORE)) for name in ALWAYS}
        for service in services.values():
            service.start(1)
        yield services


async def replace(service: Replicas, change: Mapping[str, str]) -> None:
    """Stop it, start the next release, and let it do the log again."""
    old = service.running.pop(1)
    old.send_signal(signal.SIGTERM)
    assert await asyncio.to_thread(old.wait) == 0
    service.env = {**service.env, **change}
    service.start(1)
    env = {"COPYDESK_BOOTSTRAP_SERVERS": service.settings.bootstrap_servers, "COPYDESK_HOME": str(service.home)}
    await asyncio.to_thread(copydesk, "replay", "--stage", service.service, "--since", "1h", env=env)


def ask(home: Path, query: str) -> set[Any]:
    with contextlib.closing(sqlite3.connect(SinkSettings(home=home).database)) as connection:
        return {row[0] for row in connection.execute(query)}
