"""Records a second into each sink, first time and again, beside the plain way of its place for the same rows: `python -m tests.benchmarks.sinks`.

On a machine that others use only the ratios say something.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import orjson
import pyarrow as pa
import pyarrow.parquet as pq
from opensearchpy import OpenSearch
from opensearchpy.helpers import bulk

from copydesk.shared.archive import rows
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.archive.postgres.form import as_jsonb
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.opensearch import running_opensearch
from tests.postgres import running_postgres
from tests.sinks.receiver import Receiver
from tests.sinks.streams import stream
from tests.sinks.targets import opened

ARTICLES, BATCH = 1_500, 500
COLUMNS = ", ".join(rows.COLUMNS)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def write(address: str, some: Sequence[Written]) -> None:
    with opened(address) as sink:
        for first in range(0, len(some), BATCH):
            sink.write(some[first : first + BATCH])


def article_rows(some: Sequence[Written]) -> list[rows.Row]:
    """The rows of the largest table, once each."""
    found = {}
    for one in some:
        if one.topic is ENRICHED:
            record = as_jsonb(orjson.loads(one.value))
            found[record["article_id"], record["revision"]] = rows.article_row(record, Came(record, one.written_ms))
    return list(found.values())


def plain_sqlite(path: Path, made: list[rows.Row]) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute(f"CREATE TABLE articles ({COLUMNS})")
        file.executemany(f"INSERT INTO articles VALUES ({', '.join('?' * len(rows.COLUMNS))})", made)
        file.commit()


def plain_postgres(url: str, made: list[rows.Row]) -> None:
    with closing(connect(url)) as connection:
        connection.execute(f"CREATE TABLE plain ({', '.join(f'{name} TEXT' for name in rows.COLUMNS)})")
        with connection.cursor().copy("COPY plain FROM STDIN") as copy:
            for row in made:
                copy.write_row(row)


def plain_opensearch(url: str, made: list[rows.Row]) -> None:
    with closing(OpenSearch(hosts=[url], timeout=120)) as client:
        client.indices.create(index="plain", body={"mappings": {"dynamic": False}})
        bulk(client, ({"_index": "plain", **dict(zip(rows.COLUMNS, row, strict=True))} for row in made), chunk_size=BATCH)


def plain_parquet(path: Path, made: list[rows.Row]) -> None:
    columns: list[list[Any]] = [list(column) for column in zip(*made, strict=True)]
    pq.write_table(pa.Table.from_arrays([pa.array(column) for column in columns], names=list(rows.COLUMNS)), path, compression="zstd")


def main() -> None:
    some = stream(ARTICLES)
    made = article_rows(some)
    size = sum(len(one.value) for one in some) / len(some)
    print(f"{len(some)} records and corrections of {size:.0f} bytes, {len(made)} rows of articles, batches of {BATCH}\n")
    print("| sink | records/s, first time | again | plain rows/s | the plain way |\n|---|---|---|---|---|")
    with running_postgres() as server, running_opensearch() as search, Receiver() as receiver, tempfile.TemporaryDirectory() as name:
        folder, url = Path(name), server.database("bench")
        plain: dict[str, tuple[str, Callable[[], object]]] = {
            f"sqlite:{folder / 'a.sqlite'}": ("INSERT, one transaction, no index", lambda: plain_sqlite(folder / "plain.sqlite", made)),
            f"postgres:{url}": ("COPY into a table without index", lambda: plain_postgres(url, made)),
            f"opensearch:{search.url}/bench": ("bulk into an index that nothing is searched in", lambda: plain_opensearch(search.url, made)),
            f"parquet:{folder / 'lake'}": ("one file", lambda: plain_parquet(folder / "plain.parquet", made)),
            f"jsonl:{folder / 'lines'}": ("one write", lambda: (folder / "plain").write_bytes(b"\n".join(one.value for one in some))),
            f"webhook:{receiver.url}": ("", lambda: None),
        }
        for address, (how, work) in plain.items():
            first, again, baseline = timed(lambda a=address: write(a, some)), timed(lambda a=address: write(a, some)), timed(work)  # type: ignore[misc]
            fast = f"{len(made) / baseline:,.0f}" if how else ""
            print(f"| {address.partition(':')[0]} | {len(some) / first:,.0f} | {len(some) / again:,.0f} | {fast} | {how} |", flush=True)


if __name__ == "__main__":
    main()
