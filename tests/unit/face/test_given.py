"""What may be handed over from Python, and what it becomes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import numpy
import orjson
import pandas
import pytest

from copydesk.given import items
from copydesk.shared.errors import CopydeskError


def records(given: Any, **options: Any) -> list[dict[str, Any]]:
    return [orjson.loads(item.value) for item in items(given, **options)]


def test_texts_paths_and_records_mix(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("From a file.\n", "utf-8")
    found = records(["A text.", tmp_path, {"content": "A record.", "own": 1}], source="x.example")
    assert [record["content"] for record in found] == ["A text.", "From a file.\n", "A record."]
    assert {record["source"] for record in found} == {"x.example"}
    assert found[2]["own"] == 1


@pytest.mark.parametrize("given", ["A text.", {"content": "A text."}])
def test_one_alone_is_one(given: Any) -> None:
    assert [record["content"] for record in records(given)] == ["A text."]


def test_rows_of_a_table_leave_out_what_is_no_value() -> None:
    table = pandas.DataFrame(
        {"content": ["One.", "Two."], "n": numpy.array([1, 2]), "title": ["T", None], "x": [1.5, float("nan")],
         "fetched_at": [pandas.Timestamp("2024-05-18T09:00Z"), pandas.NaT]}
    )  # fmt: skip
    first, second = records(table)
    assert first == {"content": "One.", "n": 1, "title": "T", "x": 1.5, "fetched_at": "2024-05-18T09:00:00+00:00"}
    assert second == {"content": "Two.", "n": 2}


def test_a_path_given_as_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(CopydeskError, match=r"is taken as text, and is a path — give pathlib\.Path"):
        records(str(tmp_path))


@pytest.mark.parametrize("given", [5, [5], [b"bytes"], object()])
def test_anything_else_is_refused_by_its_type(given: Any) -> None:
    with pytest.raises(TypeError, match="cannot read"):
        records(given)


def test_times_have_a_form_in_json() -> None:
    (record,) = records({"content": "x", "published_at": datetime.date(2024, 5, 18)})
    assert record["published_at"] == "2024-05-18"
