"""What is too old leaves every sink that keeps anything, in small steps, and nothing else does."""

from __future__ import annotations

import os
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest
from opensearchpy import OpenSearch

from copydesk.shared.archive.postgres.connecting import connect
from copydesk.shared.processes import wait_until
from copydesk.shared.records.base import timestamp
from copydesk.shared.runner.sinks import Tidying
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.opensearch import LocalOpenSearch
from tests.postgres import LocalPostgres
from tests.samples import enriched, fact
from tests.sinks.conftest import KINDS
from tests.sinks.targets import opened, says

OLD = 450


def record(name: str, days_ago: float) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(name, ingested_at=timestamp(datetime.now(UTC) - timedelta(days=days_ago)))))


def correction(later: str) -> Written:
    found = fact(later, "old-0", 2, 1).model_copy(update={"later_ingested_at": timestamp(datetime.now(UTC) - timedelta(days=9))})
    return Written(CORRECTIONS, found.model_dump_json(exclude_none=True).encode())


@pytest.mark.parametrize("address", [kind for kind in KINDS if kind not in ("jsonl", "webhook")], indirect=True)
def test_what_is_too_old_leaves_in_steps(address: str) -> None:
    new = [record(f"new-{number}", number % 6) for number in range(20)]
    with opened(address, days_kept=7) as sink:
        assert isinstance(sink, Tidying)
        sink.write(new)
        expected = says(address)
        sink.write([record(f"old-{number}", 8.5 + number % 40) for number in range(OLD)])
        sink.write([correction(f"old-{number}") for number in range(1, 9)])
        assert len(says(address)) > len(expected) + OLD
        steps = []
        while gone := sink.tidy():
            steps.append(gone)
        assert len(steps) > 1 and max(steps) <= 200
        assert says(address) == expected
        sink.write(new)
        assert says(address) == expected and sink.tidy() == 0


@pytest.mark.parametrize("address", ["sqlite", "postgres", "parquet", "jsonl"], indirect=True)
def test_nothing_leaves_where_nothing_is_set(address: str) -> None:
    with opened(address) as sink:
        assert isinstance(sink, Tidying)
        sink.write([record("ancient", 9_000)])
        assert sink.tidy() == 0
    assert sum(row.startswith("articles ") for row in says(address)) == 1


def test_files_of_lines_leave_whole_once_their_last_line_is_too_old(tmp_path: Path) -> None:
    address = f"jsonl:{tmp_path / 'lines'}"
    for name in ("old", "new"):
        with opened(address) as sink:
            sink.write([record(name, 0)])
    (old, _) = sorted((tmp_path / "lines").glob("enriched-*"), key=lambda path: path.stat().st_mtime_ns)
    os.utime(old, times=(time.time() - 8 * 86_400,) * 2)
    with opened(address, days_kept=7) as sink:
        assert isinstance(sink, Tidying)
        sink.write([record("open", 0)])
        assert (sink.tidy(), sink.tidy()) == (1, 0)
        assert not old.exists()
    assert [orjson.loads(row.split(" ", 1)[1])["article_id"] for row in says(address) if row.startswith("articles ")] == ["new", "open"]


@pytest.mark.sinks
def test_postgresql_uses_again_what_was_freed(postgres: LocalPostgres) -> None:
    url = postgres.database("freed")
    with opened(f"postgres:{url}", days_kept=7) as sink, connect(url) as connection:
        sizes = []
        for turn in range(3):
            sink.write([record(f"{turn}-{number}", 8.5) for number in range(OLD)])
            sizes.append(connection.execute("SELECT pg_total_relation_size('articles')").fetchone()[0])
            while isinstance(sink, Tidying) and sink.tidy():
                pass
            connection.execute("VACUUM articles")  # as autovacuum does
    assert sizes[2] < 1.5 * sizes[0]


@pytest.mark.sinks
def test_opensearch_gives_back_what_was_freed(opensearch: LocalOpenSearch) -> None:
    with opened(f"opensearch:{opensearch.url}/freed", days_kept=7) as sink, closing(OpenSearch(hosts=[opensearch.url], timeout=120)) as client:
        sink.write([record("new", 1), *(record(f"old-{number}", 8.5) for number in range(OLD))])
        full = size_of(client, "freed-articles")
        while isinstance(sink, Tidying) and sink.tidy():
            pass
        # what was deleted is kept until all copies of the index are known to have it
        assert wait_until(lambda: size_of(client, "freed-articles") < full / 2, 120)


def size_of(client: OpenSearch, index: str) -> int:
    """Bytes on disk, once what is deleted is merged away, as OpenSearch does by itself in time."""
    client.indices.flush(index=index)
    client.indices.forcemerge(index=index, params={"max_num_segments": "1"})
    return int(client.indices.stats(index=index)["_all"]["primaries"]["store"]["size_in_bytes"])
