"""Files that are packed, compacted or freed of what was taken back, by a process that is killed before one of its steps: nothing is lost or twice."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import orjson
import pytest

from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.parquet.compaction import compact
from copydesk.shared.stage import Written
from copydesk.shared.topics import RETRACTIONS
from tests.sinks.killing import MOST, lake, lines, tidy
from tests.sinks.streams import stream
from tests.sinks.targets import lines_of, says
from tests.sinks.test_retraction_of_sinks import said

pytestmark = [pytest.mark.sinks, pytest.mark.timeout(1800)]

STREAM = stream(40, seed=31)
GONE = ("a0", "a3", "a10")


def killed(work: str, source: Path, folder: Path) -> list[Path]:
    """What is left of a folder after each kill, and of one without."""
    folder.mkdir()
    done = subprocess.run([sys.executable, "-m", "tests.sinks.killing", work, str(source), str(folder)], check=True)
    assert done.returncode == 0
    left = sorted(folder.iterdir(), key=lambda path: int(path.name))
    assert len(left) > 5
    return left


def lines_written(folder: Path, records: list[Written], packed: bool) -> None:
    """In some files, all put aside."""
    for first in range(0, len(records), 30):
        sink = JsonlSink(folder, MOST, 3600, gzip=packed)
        sink.open()
        sink.write(records[first : first + 30])
        sink.close()


def lake_written(folder: Path, records: list[Written]) -> None:
    sink = lake(folder)
    sink.open()
    for first in range(0, len(records), 30):
        sink.write(records[first : first + 30])
    sink.close()


def counted(folder: Path) -> Counter[bytes]:
    return Counter(orjson.dumps([one.topic.name, one.value.decode(), one.written_ms]) for one in lines_of(folder))


def names_in(folder: Path) -> set[str]:
    records = [orjson.loads(one.value) for one in lines_of(folder) if one.topic is not RETRACTIONS]
    return {record[name] for record in records for name in ("article_id", "later_article_id", "earlier_article_id") if name in record}


def test_lines_that_are_packed(tmp_path: Path) -> None:
    lines_written(tmp_path / "source", STREAM, packed=False)
    expected = counted(tmp_path / "source")
    assert set(expected.values()) == {1}
    for left in killed("pack", tmp_path / "source", tmp_path / "left"):
        assert counted(left).keys() == expected.keys(), f"{left.name}: lost before anybody came"
        lines(left).open()
        assert counted(left) == expected, left.name
        assert {path.suffix for path in left.iterdir()} == {".gz"}


def test_lines_that_are_erased(tmp_path: Path) -> None:
    lines_written(tmp_path / "source", [*STREAM, *(said(name) for name in GONE)], packed=True)
    before = counted(tmp_path / "source")
    results = []
    for left in killed("erase-lines", tmp_path / "source", tmp_path / "left"):
        tidy(lines(left))
        results.append(counted(left))
        assert not names_in(left) & set(GONE), left.name
        assert {path.suffix for path in left.iterdir()} == {".gz"}
    assert all(one == results[-1] for one in results)
    assert set(results[-1].values()) == {1} and len(before) / 2 < len(results[-1]) < len(before)


def rows_in(folder: Path) -> Counter[str]:
    import pyarrow.parquet as pq

    return Counter(
        orjson.dumps([table, row], default=str).decode()
        for table in ("articles", "corrections")
        for path in folder.glob(f"{table}/day=*/*.parquet")
        for row in pq.ParquetFile(path).read().to_pylist()
    )


def test_a_lake_that_is_compacted(tmp_path: Path) -> None:
    lake_written(tmp_path / "source", STREAM)
    lake_written(tmp_path / "source", STREAM[::2])
    expected, rows = says(f"parquet:{tmp_path / 'source'}"), rows_in(tmp_path / "source").keys()
    for left in killed("compact", tmp_path / "source", tmp_path / "left"):
        assert says(f"parquet:{left}") == expected, left.name
        list(compact(str(left), MOST))
        found = rows_in(left)
        assert found.keys() == rows and set(found.values()) == {1}, left.name


def test_a_lake_that_is_erased(tmp_path: Path) -> None:
    lake_written(tmp_path / "source", [*STREAM, *(said(name) for name in GONE)])
    expected = says(f"parquet:{tmp_path / 'source'}")
    results = []
    for left in killed("erase-rows", tmp_path / "source", tmp_path / "left"):
        assert says(f"parquet:{left}") == expected, left.name
        tidy(lake(left))
        assert says(f"parquet:{left}") == expected, left.name
        list(compact(str(left), MOST))
        results.append(rows_in(left))
    assert all(one == results[-1] for one in results)
    assert set(results[-1].values()) == {1}
    assert not any(f'"article_id":"{name}"' in row for row in results[-1] for name in GONE)
