"""What is taken back leaves every sink, with all that rests on it, in whatever order it comes; and the files with it."""

from __future__ import annotations

import gzip
import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import orjson
import pytest

from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED, RETRACTIONS
from tests.samples import enriched
from tests.sinks.conftest import KINDS
from tests.sinks.streams import stream
from tests.sinks.targets import feed, opened, says, tidied

STREAM = stream(60, seed=5)
GONE = ("a0", "a3", "a10")
SOURCE = "paper-2.example"
DATABASES = [kind for kind in KINDS if kind in ("sqlite", "postgres", "opensearch")]


def said(article_id: str | None = None, source: str | None = None, state: str = "retracted", second: int = 0) -> Written:
    at = f"2026-01-06T00:00:{second:02d}.000Z"
    found = Retraction.model_validate({"article_id": article_id, "source": source, "state": state, "reason": "court order\0", "at": at})
    return Written(RETRACTIONS, found.value(), 5)


TAKEN_BACK = [*(said(name) for name in GONE), said(source=SOURCE), said("a5", second=2), said("a5", state="restored", second=3)]


def without_what_is_gone() -> Iterator[Written]:
    """The stream as if what is taken back had never been."""
    records = [orjson.loads(one.value) for one in STREAM if one.topic is ENRICHED]
    gone = {*GONE, *(one["article_id"] for one in records if one["source"] == SOURCE)}
    for one in STREAM:
        record = orjson.loads(one.value)
        if {record.get("article_id"), record.get("later_article_id"), record.get("earlier_article_id")} & gone:
            continue
        if one.topic is ENRICHED:
            verdict = record["duplicate"]
            record["duplicate"] = {**verdict, "matches": [match for match in verdict["matches"] if match["article_id"] not in gone]}
        yield Written(one.topic, orjson.dumps(record), one.written_ms)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    address = f"sqlite:{tmp_path_factory.mktemp('expected') / 'expected.sqlite'}"
    feed(address, list(without_what_is_gone()), 50)
    rows = says(address)
    assert 30 < sum(row.startswith("articles ") for row in rows) < 150
    return rows


def test_in_any_order_what_is_taken_back_leaves_with_all_that_rests_on_it(address: str, expected: list[str]) -> None:
    before = [one for one in TAKEN_BACK if b"a5" not in one.value]  # what is let in again is not, until it comes again
    everything = random.Random(1).sample([*STREAM, *before], len(STREAM) + len(before))
    feed(address, everything, 60)
    tidied(address)
    assert says(address) == expected
    feed(address, everything[:80], 40)
    tidied(address)
    assert says(address) == expected


@pytest.mark.parametrize("address", DATABASES, indirect=True)
def test_what_is_let_in_again_is_in_when_it_comes_again(address: str, expected: list[str]) -> None:
    feed(address, [*STREAM, *TAKEN_BACK], 40)
    tidied(address)
    feed(address, [one for one in STREAM if b'"a5"' in one.value], 40)
    assert says(address) == expected


@pytest.mark.parametrize("address", ["sqlite", "parquet", "jsonl"], indirect=True)
def test_no_file_holds_its_text_any_more(address: str) -> None:
    words = "Unmistakable words of the withdrawn article"
    told = enriched("gone", body=words, title=words, content=words, source="s")
    kept = enriched("kept", body="Other words", source="t")
    feed(address, [Written(ENRICHED, orjson.dumps(told)), Written(ENRICHED, orjson.dumps(kept)), said("gone")], 1)
    if address.startswith("sqlite"):
        with closing(sqlite3.connect(address.partition(":")[2])) as file:
            file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    tidied(address)
    place = Path(address.partition(":")[2])
    contents = [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in (place, *place.rglob("*")) if path.is_file()
    ]
    assert contents and not any(b"Unmistakable" in one for one in contents)
    assert sum(row.startswith("articles ") for row in says(address)) == 1


@pytest.mark.parametrize("first", ["article", "retraction"])
def test_an_article_that_names_no_source_goes_with_its_address(address: str, first: str) -> None:
    came = [Written(ENRICHED, orjson.dumps(enriched(host, url=f"https://www.{host}.example/a"))) for host in ("gone", "kept")]
    both = [came, [said(source="gone.example")]]
    for batch in both if first == "article" else reversed(both):
        feed(address, batch, 10)
        tidied(address)
    assert [orjson.loads(row.split(" ", 1)[1])["article_id"] for row in says(address) if row.startswith("articles ")] == ["kept"]


@pytest.mark.parametrize("address", DATABASES, indirect=True)
def test_a_source_leaves_in_small_steps(address: str) -> None:
    many = [Written(ENRICHED, orjson.dumps(enriched(f"m{number}", source="many.example"))) for number in range(230)]
    other = Written(ENRICHED, orjson.dumps(enriched("other", source="other.example")))
    feed(address, [*many, other], 250)
    with opened(address) as sink:
        assert list(sink.write([said(source="many.example")])) == [None]
    tidied(address)
    assert [orjson.loads(row.split(" ", 1)[1])["article_id"] for row in says(address) if row.startswith("articles ")] == ["other"]
    with opened(address) as sink:
        sink.write(many[:3])
    assert sum(row.startswith("articles ") for row in says(address)) == 1


def test_what_is_no_retraction_is_refused(address: str) -> None:
    with opened(address) as sink:
        answers = sink.write([Written(RETRACTIONS, value) for value in (b"{}", b"nonsense", b'{"article_id": "a", "at": "yesterday"}')])
    assert [one.reason if one else None for one in answers] == ["invalid_record", "not_json", "invalid_record"]
