"""Files in a lake: whole, bounded, compacted without a change of what they say, read by pandas, on another file system."""

from __future__ import annotations

import random
from pathlib import Path

import fsspec
import pandas as pd
import pytest

from copydesk.services.sink.parquet.compaction import compact
from copydesk.services.sink.parquet.sink import ParquetSink
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.stage import Written
from tests.sinks.lake import dump_parquet
from tests.sinks.streams import stream
from tests.sinks.targets import feed, says


def files(url: Path) -> list[Path]:
    return sorted(url.glob("articles/day=2*/*.parquet"))


def test_compaction_makes_few_files_and_changes_nothing(tmp_path: Path) -> None:
    lake, some = tmp_path / "lake", stream(60, seed=5)
    feed(f"parquet:{lake}", some, 10)
    feed(f"parquet:{lake}", [Written(one.topic, one.value, one.written_ms + 5) for one in random.Random(1).sample(some, len(some))], 30)
    before, many = says(f"parquet:{lake}"), len(files(lake))
    done = list(compact(str(lake), 10_000_000))
    assert says(f"parquet:{lake}") == before
    assert len(files(lake)) == 3 < many and {one.table for one in done} == {"articles", "corrections"}
    assert all(one.rows_after * 2 == one.rows_before for one in done)
    assert list(compact(str(lake), 10_000_000)) == []
    assert not list(lake.rglob("*.partial"))


def test_files_are_of_bounded_size_and_pandas_reads_them(tmp_path: Path) -> None:
    sink = ParquetSink(str(tmp_path / "lake"), 20_000)
    sink.open()
    sink.write(stream(90))
    assert len(files(tmp_path / "lake")) > 6
    frame = pd.read_parquet(tmp_path / "lake" / "articles")
    assert set(frame["article_id"]) == {f"a{number}" for number in range(90)}
    assert {"title", "entities", "matches", "day"} <= set(frame.columns)


def test_another_file_system_by_fsspec(tmp_path: Path) -> None:
    some = stream(40, seed=6)
    sink = ParquetSink("memory://lake/a", 1_000_000)
    sink.open()
    sink.write(some)
    feed(f"sqlite:{tmp_path / 'a.sqlite'}", some, 100)
    assert [row for row in dump_parquet("memory://lake/a") if not row.startswith("articles")] == [
        row for row in says(f"sqlite:{tmp_path / 'a.sqlite'}") if not row.startswith("articles")
    ]
    list(compact("memory://lake/a", 1_000_000))
    fsspec.filesystem("memory").rm("/lake", recursive=True)


def test_a_place_that_cannot_be_written_is_waited_for(tmp_path: Path) -> None:
    sink = ParquetSink(str(tmp_path / "lake"), 1_000_000)
    sink.open()
    (tmp_path / "lake").rename(tmp_path / "away")
    (tmp_path / "lake").write_text("a file where a folder was")
    with pytest.raises(UnavailableError, match="cannot be used"):
        sink.write(stream(3))
    (tmp_path / "lake").unlink()
    (tmp_path / "away").rename(tmp_path / "lake")
    assert not any(sink.write(stream(3)))


def test_an_address_of_no_file_system_is_named(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match="nosuch"):
        ParquetSink("nosuch://bucket", 1_000_000).open()
    with pytest.raises(CopydeskError, match="no Parquet files"):
        list(compact(str(tmp_path), 1_000_000))
