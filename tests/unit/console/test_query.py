"""`copydesk query` on a file: whatever is asked, in whatever form, with bounded memory, and Ctrl-C ends it within SQLite too."""

from __future__ import annotations

import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import Any

import orjson
import pytest
from rich.console import Console

from copydesk.services.console import exits
from copydesk.services.console.archive import shown
from copydesk.services.console.archive.query import QueryRows, ask_sqlite
from copydesk.shared.errors import CopydeskError

ODD = "SELECT 1 AS a, 1.5 AS b, NULL AS c, x'00ff' AS d, 9e999 AS e, 2 AS a, CAST(x'41ff' AS TEXT) AS f, char(27) || '[31m' AS g"
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "


@pytest.fixture
def path(tmp_path: Path) -> Path:
    with closing(sqlite3.connect(tmp_path / "archive.sqlite")) as file:
        file.execute("CREATE TABLE articles (article_id TEXT)")
    return tmp_path / "archive.sqlite"


def test_odd_values_and_names_come_in_each_form(path: Path) -> None:
    written: dict[str, str] = {}
    for form, write in shown.WRITERS.items():
        for answered in ask_sqlite(path, ODD):
            write(answered, out := StringIO())
            written[form] = out.getvalue()
    assert orjson.loads(written["json"]) == {"a": 1, "b": 1.5, "c": None, "d": "AP8=", "e": None, "a_2": 2, "f": "A\ufffd", "g": "\x1b[31m"}
    assert written["csv"].splitlines() == ["a,b,c,d,e,a_2,f,g", "1,1.5,,AP8=,inf,2,A\ufffd,\x1b[31m"]
    for answered in ask_sqlite(path, ODD):
        shown.show_table(answered, Console(file=(table := StringIO()), width=150))
    assert "\x1b" not in table.getvalue()


@pytest.mark.parametrize(
    "query",
    ["", "nonsense", "SELECT 1; SELECT 2", "INSERT INTO articles VALUES ('x')", "ATTACH '/tmp/x' AS x", "VACUUM INTO '/tmp/x'",
     "PRAGMA writable_schema=1",
     "WITH x AS (SELECT 1) DELETE FROM articles", "SELECT * FROM nowhere", "CREATE TEMP TABLE t AS SELECT 1", "SELECT ?", "SELECT \0"],
)  # fmt: skip
def test_what_is_wrong_or_would_write_is_refused(path: Path, query: str) -> None:
    with pytest.raises(CopydeskError):
        next(ask_sqlite(path, query))


def test_parquet_is_written_a_part_at_a_time_with_the_types_of_all_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    monkeypatch.setattr(shown, "SPOOLED", 2)
    rows = [(1, None, 1), (2, None, 1.5), (3, "late", None), (4, {"a": 1}, 2)]
    shown.write_parquet(QueryRows(["n", "text", "number"], iter(rows)), tmp_path / "a.parquet")
    file = pq.ParquetFile(tmp_path / "a.parquet")
    assert file.num_row_groups == 2
    assert [list(row.values()) for row in file.read().to_pylist()] == [[1, None, 1.0], [2, None, 1.5], [3, "late", None], [4, '{"a":1}', 2.0]]
    shown.write_parquet(QueryRows(["a"], iter(())), tmp_path / "none.parquet")
    assert pq.read_table(tmp_path / "none.parquet").num_rows == 0
    with pytest.raises(CopydeskError, match="several types"):
        shown.write_parquet(QueryRows(["a"], iter([(1,), (2,), ("x",)])), tmp_path / "b.parquet")


def test_a_table_of_any_length_is_shown_a_part_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shown, "SHOWN", 2)
    taken: list[int] = []

    def rows() -> Iterator[tuple[Any, ...]]:
        for number in range(5):
            taken.append(len(out.getvalue().splitlines()))
            yield (number,)

    shown.show_table(QueryRows(["n"], rows()), Console(file=(out := StringIO()), width=20))
    assert out.getvalue().split() == ["n", "0", "1", "n", "2", "3", "n", "4"]
    assert taken[0] == 0 < taken[3]


@pytest.mark.parametrize("query", [f"{ENDLESS}SELECT count(*) FROM n", f"{ENDLESS}SELECT i FROM n WHERE i < 3"])
def test_ctrl_c_ends_a_query_that_runs_within_sqlite(path: Path, query: str) -> None:
    def interrupt(*_: object) -> None:
        raise SystemExit(exits.INTERRUPTED)

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, 0.3)
    try:
        with pytest.raises(SystemExit) as ended:
            for answered in ask_sqlite(path, query):
                list(answered.rows)
        assert ended.value.code == exits.INTERRUPTED
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
