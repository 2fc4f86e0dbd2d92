"""What the sink holds depends on the articles alone: not on replicas, nor on whether Kafka was there at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.articles import news, with_copies
from tests.pipeline import enrich, fresh_topics, pipeline, write_lines


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_lines(tmp_path_factory.mktemp("articles") / "articles.jsonl", with_copies(news(240), copies=60))


@pytest.fixture(scope="module")
def expected(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The tables that the records of `copydesk enrich` make."""
    path = tmp_path_factory.mktemp("expected") / "expected.sqlite"
    sink = SqliteSink(path)
    sink.open()
    assert not any(sink.write([Written(ENRICHED, line) for line in enrich(articles)]))
    sink.close()
    rows = list(dump(path))
    assert sum('"status":"duplicate"' in row for row in rows) >= 48, "most copies are found"
    return rows


@pytest.mark.parametrize("replicas", [1, 3])
async def test_the_tables_equal_those_of_enrich(replicas: int, articles: Path, expected: list[str], kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    scale = dict.fromkeys(("cleaner", "deduplicator", "index", "tagger", "sink"), replicas)
    async with pipeline(kafka, tmp_path, scale) as services:
        services.produce(articles)
        await services.drained()
        assert services.rows() == expected
        taken = [services.metrics("tagger", number + 1)['copydesk_records_in_total{service="tagger"}'] for number in range(replicas)]
        assert sum(count > 0 for count in taken) >= min(2, replicas), f"replicas share the partitions, they took {taken}"
