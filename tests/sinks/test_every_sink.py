"""Every sink says what SQLite's says, row by row: in any order, fed again, killed in the middle, after an upgrade, with two at once."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
from pathlib import Path

import orjson
import pytest

from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED
from tests.postgres import LocalPostgres
from tests.samples import enriched
from tests.sinks.streams import stream
from tests.sinks.targets import feed, opened, save, says

ARTICLES = int(os.environ.get("SINK_ARTICLES", "150"))  # `make test-sinks` takes 2,000
STREAM = stream(ARTICLES)
BATCH = ARTICLES // 10


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What SQLite says of the stream, fed once and in its order."""
    address = f"sqlite:{tmp_path_factory.mktemp('expected') / 'expected.sqlite'}"
    feed(address, STREAM, BATCH)
    rows = says(address)
    assert sum('"status":"duplicate"' in row for row in rows) > ARTICLES // 5
    assert {row.split(" ", 1)[0] for row in rows} == {"articles", "entities", "mentions", "matches"}
    return rows


def shuffled(seed: int) -> list[Written]:
    return random.Random(seed).sample(STREAM, len(STREAM))


def test_killed_in_the_middle_fed_again_in_another_order(address: str, expected: list[str], tmp_path: Path) -> None:
    save(shuffled(1), tmp_path / "stream")
    command = [sys.executable, "-m", "tests.sinks.targets", address, str(tmp_path / "stream"), str(BATCH)]
    for batches in (2, 5):
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            for _ in range(batches):
                assert process.stdout.readline(), "it ended before it was killed"
            process.kill()
    feed(address, shuffled(1), BATCH)
    assert says(address) == expected
    feed(address, shuffled(2)[: len(STREAM) // 3], 64)
    assert says(address) == expected


def test_two_at_once_write_the_same_nodes(address: str, tmp_path: Path) -> None:
    some = stream(120, seed=3)
    feed(f"sqlite:{tmp_path / 'expected.sqlite'}", some, BATCH)
    failures: list[BaseException] = []

    def replica(seed: int) -> None:
        try:
            feed(address, random.Random(seed).sample(some, len(some)), 25)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=replica, args=(seed,)) for seed in (1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert says(address) == says(f"sqlite:{tmp_path / 'expected.sqlite'}")


def test_postgres_without_an_encoding_keeps_the_same(postgres: LocalPostgres, expected: list[str]) -> None:
    address = "postgres:" + postgres.database("no_encoding", "ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    feed(address, STREAM, BATCH)
    assert says(address) == expected


def test_bad_records_are_refused_between_good_ones(address: str) -> None:
    no_body = enriched("b")
    del no_body["body"]
    bad = [Written(ENRICHED, b"nonsense"), Written(ENRICHED, orjson.dumps(no_body)), Written(CORRECTIONS, b"{}"), Written(ENRICHED, b"[]")]
    with opened(address) as sink:
        answers = sink.write([Written(ENRICHED, orjson.dumps(enriched("a"))), *bad, Written(ENRICHED, orjson.dumps(enriched("c")))])
    assert [answer.reason if answer else None for answer in answers] == [
        None, "not_json", "invalid_record", "invalid_record", "not_an_object", None,
    ]  # fmt: skip
    assert [orjson.loads(row.split(" ", 1)[1])["article_id"] for row in says(address) if row.startswith("articles ")] == ["a", "c"]


def test_a_check_leaves_nothing(address: str) -> None:
    with opened(address) as sink:
        sink.write([Written(ENRICHED, orjson.dumps(enriched("a")))])
        before = says(address)
        sink.check()
    assert says(address) == before


def test_nothing_at_all_is_a_batch_as_well(address: str) -> None:
    with opened(address) as sink:
        assert list(sink.write([])) == []
    assert says(address) == []
