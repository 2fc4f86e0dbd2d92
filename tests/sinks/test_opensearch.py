"""OpenSearch: the same documents in any order, killed and fed again; what people search; full, gone and back; an index of an earlier form."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import orjson
import pytest
from opensearchpy import OpenSearch

from copydesk.services.sink.opensearch import indices
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.opensearch import LocalOpenSearch
from tests.samples import enriched, entity
from tests.sinks.streams import stream
from tests.sinks.targets import feed, opened, save, says
from tests.sinks.test_retraction_of_sinks import said


def test_in_any_order_killed_and_fed_again_it_says_what_sqlite_says(opensearch: LocalOpenSearch, tmp_path: Path) -> None:
    some = [*stream(60, seed=4), *(said(name) for name in ("a0", "a3"))]
    feed(f"sqlite:{tmp_path / 'expected.sqlite'}", some, 50)
    address = f"opensearch:{opensearch.url}/killed"
    save(random.Random(1).sample(some, len(some)), tmp_path / "stream")
    command = [sys.executable, "-m", "tests.sinks.targets", address, str(tmp_path / "stream"), "9"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None and process.stdout.readline() and process.stdout.readline()
        process.kill()
    feed(address, random.Random(2).sample(some, len(some)), 30)
    assert says(address) == says(f"sqlite:{tmp_path / 'expected.sqlite'}")


def found(opensearch: LocalOpenSearch, alias: str, query: dict[str, Any], **more: Any) -> list[str]:
    client = OpenSearch(hosts=[opensearch.url])
    client.indices.refresh(index=alias)
    hits = client.search(index=alias, body={"query": query, "sort": ["article_id"], **more})["hits"]["hits"]
    client.close()
    return [hit["_source"]["article_id"] for hit in hits]


def test_what_people_search(opensearch: LocalOpenSearch) -> None:
    verdict = {"status": "duplicate", "kind": "near", "duplicate_of": "a", "capped": False, "matches": []}
    hostile = enriched("c", title="x" * 40_000, body="nul \0", source="s" * 1_000, given={"": {".": 2**64 - 1}, "a.b": [1e300 / 1e290]}, entities=[])
    japanese = enriched("d", body="東京の港で火災があった。", entities=[entity("東京", "GPE", [(0, 2, "東京")])])
    match = {
        "article_id": "a", "revision": "r1", "ingested_at": "2024-05-18T09:00:00.000Z", "kind": "near", "resemblance": 0.8, "containment": 0.9,
        "containment_of_other": 0.8, "shared": 9, "passages": [],
    }  # fmt: skip
    copy = enriched("b", second=5, duplicate={**verdict, "matches": [match]})
    with opened(f"opensearch:{opensearch.url}/asked") as sink:
        assert list(sink.write([Written(ENRICHED, orjson.dumps(one)) for one in (enriched("a"), copy, hostile, japanese)])) == [None] * 4
    alias = "asked-articles"
    assert found(opensearch, alias, {"match": {"body": "kishida"}}) == ["a", "b"]
    assert found(opensearch, alias, {"match": {"body": "kishida"}}, collapse={"field": "copy_group"}) == ["a"]
    assert found(opensearch, alias, {"match_phrase": {"characters": "東 京"}}) == ["d"]
    joint = {"bool": {"must": [{"term": {"entities.canonical": "Tokyo"}}, {"term": {"entities.type": "GPE"}}]}}
    assert found(opensearch, alias, {"nested": {"path": "entities", "query": joint}}) == ["a", "b"]
    assert found(opensearch, alias, {"term": {"source": "s" * 1_000}}) == ["c"]


def test_a_cluster_that_takes_nothing_is_waited_for(opensearch: LocalOpenSearch) -> None:
    record = [Written(ENRICHED, orjson.dumps(enriched("a")))]
    client = OpenSearch(hosts=[opensearch.url])
    with opened(f"opensearch:{opensearch.url}/full") as sink:
        client.indices.put_settings(index="full-articles-000001", body={"index.blocks.read_only_allow_delete": True})  # what a full disk does
        with pytest.raises(UnavailableError):
            sink.write(record)
        client.indices.put_settings(index="full-articles-000001", body={"index.blocks.read_only_allow_delete": None})
        assert list(sink.write(record)) == [None]
    client.close()
    with pytest.raises(UnavailableError), opened("opensearch:http://127.0.0.1:9/gone"):
        pass


def test_an_index_of_an_earlier_form_is_copied_and_a_later_one_refused(opensearch: LocalOpenSearch, monkeypatch: pytest.MonkeyPatch) -> None:
    address, some = f"opensearch:{opensearch.url}/renewed", stream(20, seed=2)
    feed(address, some, 50)
    expected = says(address)
    monkeypatch.setattr(indices, "FORM", indices.FORM + 1)
    monkeypatch.setitem(indices.MAPPING, "_meta", {"form": indices.FORM})
    feed(address, some[:5], 50)
    assert says(address) == expected
    client = OpenSearch(hosts=[opensearch.url])
    assert list(client.indices.get_alias(name="renewed-articles")) == ["renewed-articles-000002"]
    client.close()
    monkeypatch.setattr(indices, "FORM", 1)
    with pytest.raises(CopydeskError, match="upgrade Copydesk"), opened(address):
        pass
