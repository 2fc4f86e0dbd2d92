"""What is taken back leaves the files of a folder that several replicas share, whatever else lies there and whatever fails meanwhile."""

from __future__ import annotations

import fcntl
import gzip
from pathlib import Path

import orjson
import pytest

from copydesk.services.sink.jsonl.files import OPEN
from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.parquet.lake import Lake
from copydesk.services.sink.parquet.sink import FILES_AT_ONCE, ParquetSink
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import ENRICHED, RETRACTIONS
from tests.samples import enriched


def article(name: str, day: int = 1) -> Written:
    return Written(ENRICHED, orjson.dumps(enriched(name, ingested_at=f"2026-01-{day:02d}T00:00:00.000Z")))


def retraction(name: str) -> Written:
    return Written(RETRACTIONS, Retraction(article_id=name, at="2026-01-06T00:00:00.000Z").value())


def lines(folder: Path) -> list[str]:
    """The articles in all files."""
    contents = [gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in sorted(folder.glob("enriched-*"))]
    return sorted(orjson.loads(line)["article_id"] for content in contents for line in content.splitlines() if line.startswith(b"{"))


def replica(folder: Path) -> JsonlSink:
    sink = JsonlSink(folder, 1, 3600, gzip=False)  # each batch has a file of its own
    sink.open()
    return sink


def test_what_is_half_packed_keeps_no_replica_from_starting(tmp_path: Path) -> None:
    first = replica(tmp_path)
    first.write([retraction("gone"), article("gone"), article("kept")])
    first.close()
    (tmp_path / "retractions-20260101T000000-0.jsonl.gz.partial").write_bytes(gzip.compress(b"{}\n" * 1_000)[:20] + b"\n\n")
    (tmp_path / "retractions-20260101T000000-1.jsonl").write_bytes(b"\0\0\n")
    second = replica(tmp_path)
    second.tidy()
    assert lines(tmp_path) == ["kept"]


def test_a_replica_erases_what_another_was_told_since_it_started(tmp_path: Path) -> None:
    staying, leaving = replica(tmp_path), replica(tmp_path)
    leaving.write([article("gone"), article("kept")])
    leaving.write([retraction("gone")])
    leaving.close()
    staying.tidy()
    assert lines(tmp_path) == ["kept"]


def test_a_file_that_another_replica_goes_over_is_left_to_it_and_one_that_is_spoiled_stops_nothing(tmp_path: Path) -> None:
    sink = replica(tmp_path)
    sink.write([article("gone"), article("kept")])
    sink.write([retraction("gone")])
    sink.close()
    (path,) = tmp_path.glob("enriched-*.jsonl")
    (tmp_path / "enriched-0.jsonl.gz").write_bytes(gzip.compress(b"{}\n" * 1_000)[:20])
    (tmp_path / "enriched-1.jsonl").write_bytes(b"\0\0\n")
    with path.open("rb+") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sink.tidy()
        assert sink.tidy() == 0, "it would look again and again"
        assert "gone" in path.read_text()
    sink.tidy()
    assert "gone" not in path.read_text() and (tmp_path / "enriched-1.jsonl").read_bytes() == b"\0\0\n"
    assert not list(tmp_path.glob(f"enriched-*{OPEN}"))


def test_a_full_disk_leaves_no_parquet_file_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = ParquetSink(str(tmp_path), 1_000_000)
    sink.open()
    days = FILES_AT_ONCE + 5
    sink.write([one for day in range(1, days + 1) for one in (article("gone", day), article("kept", day))])
    sink.write([retraction("gone")])
    with monkeypatch.context() as full:
        full.setattr(Lake, "write", _no_room)
        with pytest.raises(UnavailableError):
            sink.tidy()
    while sink.tidy():
        pass
    sink.close()
    contents = [row["article_id"] for path in tmp_path.glob("articles/day=*/*.parquet") for row in _rows(path)]
    assert contents == ["kept"] * days


def test_a_retraction_at_a_time_that_is_none_is_refused(tmp_path: Path) -> None:
    sink = replica(tmp_path)
    (refused,) = sink.write([Written(RETRACTIONS, b'{"article_id": "a", "at": "2026-02-30T00:00:00.000Z"}')])
    assert isinstance(refused, Rejected) and refused.reason == "invalid_record"
    sink.close()


def _no_room(lake: Lake, path: str, content: bytes) -> None:
    raise UnavailableError(f"{path}: no room")


def _rows(path: Path) -> list[dict[str, str]]:
    import pyarrow.parquet as pq

    rows: list[dict[str, str]] = pq.ParquetFile(path).read(columns=["article_id"]).to_pylist()
    return rows
