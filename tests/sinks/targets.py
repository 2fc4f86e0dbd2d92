"""The places where a sink puts what comes, each with what it says in the end: one suite runs on all of them.

A place has an address, so that another process can write there: `python -m tests.sinks.targets ADDRESS STREAM BATCH` feeds it a stream.
"""

from __future__ import annotations

import base64
import gzip
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import orjson
from opensearchpy import OpenSearch
from opensearchpy.helpers import scan
from pydantic import SecretStr

from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.opensearch.settings import OpensearchSettings
from copydesk.services.sink.opensearch.sink import OpenSearchSink
from copydesk.services.sink.parquet.sink import ParquetSink
from copydesk.services.sink.webhook.settings import WebhookSettings
from copydesk.services.sink.webhook.sink import WebhookSink
from copydesk.shared.archive.dump import dump, dump_postgres
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.archive.postgres.writer import PostgresSink
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.runner.sinks import Sink, Tidying
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED, named
from tests.sinks.lake import dump_parquet
from tests.sinks.receiver import SECRET, received


def sink_at(address: str, days_kept: float | None = None) -> Sink:
    """A sink that writes there, not open yet. An address is `KIND:PLACE`, such as `sqlite:/tmp/a.sqlite`."""
    kind, _, place = address.partition(":")
    match kind:
        case "sqlite":
            return SqliteSink(Path(place), days_kept=days_kept)
        case "postgres":
            return PostgresSink(place, days_kept)
        case "parquet":
            return ParquetSink(place, 200_000, days_kept)
        case "opensearch":
            url, _, prefix = place.rpartition("/")
            return OpenSearchSink(OpensearchSettings(opensearch_url=SecretStr(url), opensearch_prefix=prefix, sink_retention_days=days_kept))
        case "jsonl":
            return JsonlSink(Path(place), 300_000, 3600, gzip=True, days_kept=days_kept)
        case "webhook":
            return WebhookSink(WebhookSettings(webhook_url=place, webhook_secret=SecretStr(SECRET), retry_base_s=0.01))
    raise ValueError(kind)


def says(address: str) -> list[str]:
    """All rows there, as `copydesk.shared.archive.dump` gives them, but in the form that PostgreSQL has to keep them in."""
    return [_in_one_form(row) for row in _says(address)]


def _in_one_form(row: str) -> str:
    table, _, values = row.partition(" ")
    return f"{table} {orjson.dumps(as_jsonb(orjson.loads(values)), option=orjson.OPT_SORT_KEYS).decode()}"


def _says(address: str) -> Iterable[str]:
    kind, _, place = address.partition(":")
    match kind:
        case "sqlite":
            return dump(Path(place))
        case "postgres":
            with connect(place) as connection:
                return list(dump_postgres(connection))
        case "parquet":
            return dump_parquet(place)
        case "opensearch":
            return _folded(documents_of(place))
        case "jsonl":
            return _folded(lines_of(Path(place)))
        case "webhook":
            return _folded(received(place))
    raise ValueError(kind)


def _folded(log: Iterable[Written]) -> list[str]:
    """What a reader makes of records and corrections that he was given in some order."""
    with tempfile.TemporaryDirectory() as folder:
        feed(f"sqlite:{folder}/folded.sqlite", list(log), 500)
        tidied(f"sqlite:{folder}/folded.sqlite")
        return list(dump(Path(folder, "folded.sqlite")))


def lines_of(folder: Path) -> Iterator[Written]:
    """All whole lines of a folder of JSON lines, whatever state its files are in; what somebody has begun to pack stands in another as well."""
    for path in sorted(path for path in folder.iterdir() if path.suffix != ".partial"):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() if ".jsonl" in path.name else b""
        for line in content.split(b"\n")[:-1]:
            record = orjson.loads(line)
            written_ms = record.pop("written_ms")
            yield Written(named(f"articles.{path.name.split('-')[0]}"), orjson.dumps(record), written_ms)


def documents_of(place: str) -> Iterator[Written]:
    """The records of all documents that readers see: each says by itself what it is."""
    url, _, prefix = place.rpartition("/")
    client = OpenSearch(hosts=[url], timeout=60)
    try:
        if client.indices.exists(index=f"{prefix}-articles"):
            client.indices.refresh(index=f"{prefix}-articles")
            for hit in scan(client, index=f"{prefix}-articles", size=500):
                yield Written(ENRICHED, hit["_source"]["record"].encode(), hit["_source"]["written_ms"])
    finally:
        client.close()


@contextmanager
def opened(address: str, days_kept: float | None = None) -> Iterator[Sink]:
    sink = sink_at(address, days_kept)
    sink.open()
    try:
        yield sink
    finally:
        sink.close()


def tidied(address: str) -> None:
    """Let a sink delete all that it wants to."""
    with opened(address) as sink:
        while isinstance(sink, Tidying) and sink.tidy():
            pass


def feed(address: str, stream: Sequence[Written], batch: int) -> None:
    """Write a stream in batches; nothing of it is refused."""
    with opened(address) as sink:
        for first in range(0, len(stream), batch):
            part = stream[first : first + batch]
            assert list(sink.write(part)) == [None] * len(part)
            print(first, flush=True)


def save(stream: Sequence[Written], path: Path) -> None:
    path.write_bytes(b"\n".join(orjson.dumps([one.topic.name, base64.b64encode(one.value).decode(), one.written_ms]) for one in stream))


def load(path: Path) -> list[Written]:
    rows = map(orjson.loads, path.read_bytes().split(b"\n"))
    return [Written(named(topic), base64.b64decode(value), at) for topic, value, at in rows]


if __name__ == "__main__":
    feed(sys.argv[1], load(Path(sys.argv[2])), int(sys.argv[3]))
