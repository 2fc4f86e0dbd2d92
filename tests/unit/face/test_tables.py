"""copydesk.frames: five tables that join, whatever the records hold."""

from __future__ import annotations

import sys

import pytest

import copydesk
from tests.samples import enriched, match

RECORDS = [
    enriched("a", title="One", url="https://example.com/a"),
    enriched("b", duplicate={"status": "duplicate", "kind": "near", "duplicate_of": "a", "matches": [match("a")], "capped": False}),
    {"article_id": "c", "body": "Not tagged."},
]


def test_articles_have_a_row_each_with_their_verdict() -> None:
    articles = copydesk.frames(RECORDS).articles
    assert articles["article_id"].tolist() == ["a", "b", "c"]
    assert articles["duplicate_of"].fillna("").tolist() == ["", "a", ""]
    assert articles["characters"].tolist() == [len(record["body"]) for record in RECORDS]


def test_mentions_are_places_in_the_body() -> None:
    tables = copydesk.frames(RECORDS)
    bodies = dict(zip(tables.articles["article_id"], tables.articles["body"], strict=True))
    assert len(tables.mentions) > 0
    for row in tables.mentions.to_dict(orient="records"):
        assert bodies[row["article_id"]][row["start"] : row["end"]] == row["text"]
    assert tables.entities["count"].sum() == len(tables.mentions)


def test_copies_name_both_articles() -> None:
    (copy,) = copydesk.frames(RECORDS).copies.to_dict(orient="records")
    assert (copy["article_id"], copy["of"], copy["kind"]) == ("b", "a", match("a")["kind"])


@pytest.mark.parametrize("form", ["pandas", "arrow"])
def test_no_records_are_tables_with_the_same_columns(form: str) -> None:
    empty, full = copydesk.frames([], form), copydesk.frames(RECORDS, form)  # type: ignore[arg-type]
    for name in ("articles", "entities", "mentions", "quotes", "copies"):
        names = [list(table.columns if form == "pandas" else table.column_names) for table in (getattr(empty, name), getattr(full, name))]
        assert names[0] == names[1]


def test_arrow_tables_hold_the_same() -> None:
    tables = copydesk.frames(RECORDS, "arrow")
    assert tables.articles.column("article_id").to_pylist() == ["a", "b", "c"]


def test_what_is_missing_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(copydesk.CopydeskError, match=r"pip install 'copydesk\[frames\]'"):
        copydesk.frames(RECORDS)
