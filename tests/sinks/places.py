"""Places of sinks that go away and come back: stopped, silent, full, or refusing whatever comes."""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil
import pytest
from opensearchpy import OpenSearch

from copydesk.shared.broker import free_ports
from tests.disks import fill, inside, is_allowed, with_disk
from tests.groups import Replicas
from tests.opensearch import LocalOpenSearch
from tests.postgres import LocalPostgres
from tests.proxy import Cut, Proxy
from tests.sinks.receiver import SECRET, Receiver
from tests.sinks.targets import says


@dataclass
class Place:
    """Where a service writes. What is called may block, or give a coroutine."""

    service: str
    env: Mapping[str, str]
    says: Callable[[Replicas], list[str]]
    leave: Callable[[Replicas], Any]
    come_back: Callable[[Replicas], Any]
    within: Sequence[str] = field(default=())


Asked = pytest.FixtureRequest
Opening = Callable[[Asked, Path], AbstractAsyncContextManager[Place]]


def postgres(leave: Callable[[LocalPostgres], Any], come_back: Callable[[LocalPostgres], Any]) -> Opening:
    @asynccontextmanager
    async def opened(asked: Asked, folder: Path) -> AsyncIterator[Place]:
        server: LocalPostgres = asked.getfixturevalue("postgres")
        url = server.database(folder.name.replace("-", "_"))
        env = {"COPYDESK_POSTGRES_URL": url, "COPYDESK_POSTGRES_TIMEOUT_S": "10"}
        yield Place("sink-postgres", env, lambda _: says(f"postgres:{url}"), lambda _: leave(server), lambda _: come_back(server))

    return opened


def signalled(what: signal.Signals) -> Callable[[LocalPostgres], None]:
    def to_all(server: LocalPostgres) -> None:
        first = psutil.Process(int((server.folder / "data/postmaster.pid").read_text().split()[0]))
        for process in (first, *first.children(recursive=True)):
            process.send_signal(what)

    return to_all


def opensearch(leave: Callable[[LocalOpenSearch, str], Any], come_back: Callable[[LocalOpenSearch, str], Any]) -> Opening:
    @asynccontextmanager
    async def opened(asked: Asked, folder: Path) -> AsyncIterator[Place]:
        server: LocalOpenSearch = asked.getfixturevalue("opensearch")
        prefix = folder.name.replace("_", "-")
        env = {"COPYDESK_OPENSEARCH_URL": server.url, "COPYDESK_OPENSEARCH_PREFIX": prefix, "COPYDESK_OPENSEARCH_TIMEOUT_S": "15"}
        address = f"opensearch:{server.url}/{prefix}"
        yield Place("sink-opensearch", env, lambda _: says(address), lambda _: leave(server, prefix), lambda _: come_back(server, prefix))

    return opened


def to_opensearch(what: signal.Signals) -> Callable[[LocalOpenSearch, str], None]:
    def send(server: LocalOpenSearch, _: str) -> None:
        assert server.process is not None
        server.process.send_signal(what)

    return send


def read_only(is_full: bool) -> Callable[[LocalOpenSearch, str], None]:
    """What OpenSearch does to all indices of a node whose disk is full, and undoes."""

    def put(server: LocalOpenSearch, prefix: str) -> None:
        client = OpenSearch(hosts=[server.url], timeout=60)
        client.indices.put_settings(index=f"{prefix}-articles-000001", body={"index.blocks.read_only_allow_delete": is_full or None})
        client.close()

    return put


def on_a_disk(service: str, kind: str, setting: str, name: str) -> Opening:
    @asynccontextmanager
    async def opened(_: Asked, folder: Path) -> AsyncIterator[Place]:
        if not is_allowed():
            pytest.skip("this kernel gives users no namespaces (unshare --user --mount)")
        disk = folder / "disk"
        disk.mkdir()
        yield Place(
            service,
            {setting: str(disk / name), "COPYDESK_BATCH_WAIT_S": "1"},
            lambda service: says(f"{kind}:{_copied(inside(service, disk), folder) / name}"),
            lambda service: fill(inside(service, disk)),
            lambda service: (inside(service, disk) / "filler").unlink(),
            with_disk(disk, "16m"),
        )

    return opened


def _copied(disk: Path, folder: Path) -> Path:
    """All of it on a disk that is seen here as well: SQLite asks for that."""
    return Path(shutil.copytree(disk, tempfile.mkdtemp(dir=folder), dirs_exist_ok=True, ignore=shutil.ignore_patterns("filler")))


def webhook(status: int) -> Opening:
    @asynccontextmanager
    async def opened(asked: Asked, _: Path) -> AsyncIterator[Place]:
        receiver: Receiver = asked.getfixturevalue("receiver")

        def answers(status: int) -> None:
            receiver.status = lambda body: status

        address = f"webhook:{receiver.url}"
        yield Place("sink-webhook", _of_webhook(receiver.url), lambda _: says(address), lambda _: answers(status), lambda _: answers(200))

    return opened


def webhook_behind(how: Cut) -> Opening:
    @asynccontextmanager
    async def opened(asked: Asked, _: Path) -> AsyncIterator[Place]:
        receiver: Receiver = asked.getfixturevalue("receiver")
        async with Proxy(free_ports(), receiver.server.server_address[1]) as proxy:
            env, address = _of_webhook(f"http://127.0.0.1:{proxy.port}/"), f"webhook:{receiver.url}"
            yield Place("sink-webhook", env, lambda _: says(address), lambda _: proxy.cut(how), lambda _: mended(proxy))

    return opened


async def mended(proxy: Proxy) -> None:
    proxy.mend()


def _of_webhook(url: str) -> dict[str, str]:
    return {"COPYDESK_WEBHOOK_URL": url, "COPYDESK_WEBHOOK_SECRET": SECRET, "COPYDESK_WEBHOOK_TIMEOUT_S": "5", "COPYDESK_WEBHOOK_PAUSE_S": "1"}


PLACES: dict[str, Opening] = {
    "postgres-stopped": postgres(lambda server: server.stop(), lambda server: server.start()),
    "postgres-silent": postgres(signalled(signal.SIGSTOP), signalled(signal.SIGCONT)),
    "opensearch-stopped": opensearch(lambda server, _: server.stop(), lambda server, _: server.start()),
    "opensearch-silent": opensearch(to_opensearch(signal.SIGSTOP), to_opensearch(signal.SIGCONT)),
    "opensearch-full": opensearch(read_only(True), read_only(False)),
    "sqlite-full": on_a_disk("sink", "sqlite", "COPYDESK_SQLITE_PATH", "a.sqlite"),
    "parquet-full": on_a_disk("sink-parquet", "parquet", "COPYDESK_PARQUET_URL", "lake"),
    "jsonl-full": on_a_disk("sink-jsonl", "jsonl", "COPYDESK_JSONL_FOLDER", "lines"),
    "webhook-failing": webhook(500),
    "webhook-forbidding": webhook(403),
    "webhook-refusing": webhook_behind("reset"),
    "webhook-silent": webhook_behind("silent"),
}
