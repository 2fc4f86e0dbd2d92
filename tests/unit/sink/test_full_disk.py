"""Files of sinks where there is no room, or room for a part: no half line stays, nothing is lost, and what makes room comes first."""

from __future__ import annotations

import contextlib
import gzip
import os
import resource
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.parquet.compaction import compact
from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.sink import ParquetSink
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED, RETRACTIONS
from tests.samples import enriched

NOW = timestamp(datetime.now(UTC))


@contextlib.contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """As on a disk with little room, a write takes what fits and says how much that was; the next one fails."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def article(name: str, **fields: Any) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(name, **fields)))


def lines(folder: Path) -> list[str]:
    contents = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in folder.glob("enriched-*")]
    return sorted(orjson.loads(line)["article_id"] for content in contents for line in content.splitlines())


def opened(folder: Path, days_kept: float | None = None) -> JsonlSink:
    sink = JsonlSink(folder, 1, 3600, gzip=True, days_kept=days_kept)  # each batch has a file of its own
    sink.open()
    return sink


def test_of_lines_that_half_fit_none_is_kept_and_none_is_lost(tmp_path: Path) -> None:
    sink = JsonlSink(tmp_path, 10_000_000, 3600, gzip=True)
    sink.open()
    sink.write([article("a")])
    (path,) = tmp_path.glob("enriched-*")
    with files_of_at_most(path.stat().st_size + 2_000), pytest.raises(UnavailableError):
        sink.write([article("b"), article("c", body="x" * 3_000)])
    assert lines(tmp_path) == ["a"]
    sink.write([article("b"), article("c")])
    sink.close()
    assert lines(tmp_path) == ["a", "b", "c"]


def test_what_there_is_no_room_to_pack_is_packed_later(tmp_path: Path) -> None:
    sink = opened(tmp_path)
    sink.write([article("a")])
    with files_of_at_most(100):
        sink.close()
    assert [path.suffix for path in tmp_path.iterdir()] == [".jsonl"]
    assert lines(tmp_path) == ["a"]
    sink.tidy()
    assert [path.suffix for path in tmp_path.iterdir()] == [".gz"]
    assert lines(tmp_path) == ["a"]


def test_lines_that_are_too_old_go_where_there_is_no_room_to_erase_others(tmp_path: Path) -> None:
    sink = opened(tmp_path, days_kept=7)
    sink.write([article("old")])
    sink.write([article("gone"), article("kept")])
    sink.write([Written(RETRACTIONS, Retraction(article_id="gone", at=NOW).value())])
    (old,) = (path for path in tmp_path.glob("enriched-*") if path.suffix == ".gz")
    os.utime(old, (time.time() - 8 * 86_400,) * 2)
    with files_of_at_most(0):
        assert sink.tidy() == 1
    sink.close()
    assert lines(tmp_path) == ["gone", "kept"]


def test_days_that_are_over_go_where_there_is_no_room_to_erase_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = ParquetSink(str(tmp_path), 1_000_000, days_kept=7)
    sink.open()
    sink.write([article("old"), article("gone", ingested_at=NOW), article("kept", ingested_at=NOW)])
    sink.write([Written(RETRACTIONS, Retraction(article_id="gone", at="2026-01-06T00:00:00.000Z").value())])
    with files_of_at_most(0):
        assert sink.tidy() == 1
        with pytest.raises(UnavailableError):
            sink.tidy()
    while sink.tidy():
        pass
    assert articles(tmp_path) == ["kept"]


def test_compaction_leaves_out_what_was_taken_back(tmp_path: Path) -> None:
    sink = ParquetSink(str(tmp_path), 1_000_000)
    sink.open()
    for name in ("gone", "kept"):
        sink.write([article(name, source=name)])
    now = timestamp(datetime.now(UTC))  # not when this file was imported, which may be minutes ago
    sink.write([Written(RETRACTIONS, Retraction(source="gone", at=now).value())])
    assert sink.tidy() == 0, "it waits until nobody writes what he took before he heard of it"
    assert articles(tmp_path) == ["gone", "kept"]
    list(compact(str(tmp_path), 1_000_000))
    assert articles(tmp_path) == ["kept"]


def test_a_file_that_went_while_it_was_compacted_costs_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = ParquetSink(str(tmp_path), 1_000_000)
    sink.open()
    for name in ("a", "b", "c"):
        sink.write([article(name)])
    first, *_ = sorted(tmp_path.glob("articles/day=2024*/*"))
    listed = Lake.names

    def names(lake: Lake, table: str) -> Iterator[tuple[str, str, int]]:
        found = list(listed(lake, table))
        if table == "articles":
            first.unlink(missing_ok=True)
        yield from found

    monkeypatch.setattr(Lake, "names", names)
    list(compact(str(tmp_path), 1_000_000))
    assert len(articles(tmp_path)) == 2 and len(list(tmp_path.glob("articles/day=2024*/*"))) == 1


def test_a_file_that_cannot_be_opened_for_want_of_room_is_waited_for(tmp_path: Path) -> None:
    sink = SqliteSink(tmp_path / "a.sqlite")
    with files_of_at_most(2_000), pytest.raises(UnavailableError, match="cannot be opened"):
        sink.open()
    sink.open()
    assert sink.write([article("a")]) == [None]
    sink.close()


def test_a_service_waits_as_long_as_one_of_its_loops_does() -> None:
    metrics, first, second = Metrics("sink"), object(), object()
    seen = []
    for loop, does in ((first, True), (second, True), (second, False), (first, False)):
        metrics.waits(loop, does)
        seen.append(metrics.registry.get_sample_value("copydesk_waiting", {"service": "sink"}))
    assert seen == [1, 1, 1, 0]


def articles(folder: Path) -> list[str]:
    import pyarrow.parquet as pq

    return sorted(
        row["article_id"] for path in folder.glob("articles/day=*/*.parquet") for row in pq.ParquetFile(path).read(columns=["article_id"]).to_pylist()
    )
