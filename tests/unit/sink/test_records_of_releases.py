"""Records as earlier releases wrote them, kept in tests/releases: this one reads them all, in its stages, sinks and readers, and its own win."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import orjson
import pytest

from copydesk.services.deduplicator.stage import VERSION as DEDUPLICATOR
from copydesk.services.deduplicator.stage import DeduplicatorReads
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.services.gateway.streams.hub import Hub
from copydesk.services.tagger.stage import VERSION as TAGGER
from copydesk.services.tagger.stage import TaggerReads
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.deadletters import assemble
from copydesk.shared.edge import admitted, fact
from copydesk.shared.fold import complete_verdict
from copydesk.shared.headers import PRODUCER, PRODUCER_VERSION, SCHEMA, SCHEMA_VERSION
from copydesk.shared.kafka import Message, Sender
from copydesk.shared.newer import newer_schema
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.runner.delivery import Delivery
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.schema import of_known_schema
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, DEDUPLICATED, ENRICHED, RAW, Topic, named

RELEASES = sorted((Path(__file__).parents[2] / "releases").iterdir(), key=lambda path: path.name)
AT = 1_780_000_000_000

each_release = pytest.mark.parametrize("release", RELEASES, ids=lambda path: path.name)


def lines(release: Path, topic: Topic) -> list[bytes]:
    found = (release / f"{topic.name}.jsonl").read_bytes().splitlines()
    assert found
    return found


@each_release
def test_stages_read_them(release: Path) -> None:
    for topic, reads in ((CLEANED, DeduplicatorReads), (DEDUPLICATED, TaggerReads)):
        for line in lines(release, topic):
            record = admitted(line, topic, AT)
            assert not isinstance(record, Rejected), record
            reads.model_validate(record)
            assert record == orjson.loads(line), "nothing is lost or changed"
            again = admitted(orjson.dumps({"content": "x", **record}), RAW, AT)
            assert not isinstance(again, Rejected), "a record that Copydesk made may be fed again"


@each_release
def test_sinks_and_readers_take_them_and_give_way_to_what_is_newer(release: Path, tmp_path: Path) -> None:
    old = [Written(ENRICHED, line, AT) for line in lines(release, ENRICHED)]
    facts = [Written(CORRECTIONS, line, AT) for line in lines(release, CORRECTIONS)]
    made = {"versions": {"cleaner": "99", "deduplicator": DEDUPLICATOR, "tagger": TAGGER}, "entities": []}
    new = [Written(ENRICHED, orjson.dumps({**orjson.loads(one.value), **made}), AT + 1) for one in old]
    sink = SqliteSink(tmp_path / "a.sqlite")
    sink.open()
    assert not any(sink.write([*facts, *old]))
    records = [orjson.loads(one.value) for one in old]
    with sqlite3.connect(sink.path) as file:
        found = dict(file.execute("SELECT article_id, status FROM articles_current"))
        assert found == {record["article_id"]: record["duplicate"]["status"] for record in records}
        assert file.execute("SELECT count(*) FROM entities").fetchone()[0] == sum(len(record["entities"]) for record in records) > 0
        assert not any(sink.write([*new, *old]))
        assert file.execute("SELECT count(*) FROM articles_current a JOIN entities e ON e.article = a.id").fetchone() == (0,)
    sink.close()
    for line in lines(release, CORRECTIONS):
        known = fact(line)
        assert isinstance(known, PairFact)
        later = next(record for record in records if record["article_id"] == known.later_article_id)
        assert complete_verdict({**later, "duplicate": {"status": "unique", "matches": []}}, [known])["duplicate"]["status"] == "duplicate"


@each_release
def test_dead_letters_can_still_be_put_back(release: Path) -> None:
    (letter,) = assemble(lines(release, DEADLETTERS))
    assert named(letter.letter.topic) is RAW
    assert not isinstance(admitted(letter.original, RAW, AT), Rejected)


def message(topic: Topic, **headers: str) -> Message:
    return Message(topic.name, 0, 0, AT, b"a", b"{}", headers)


@pytest.mark.parametrize("version", ["", "0", SCHEMA, "1.5", "-2", "²", "9" * 40, "new"])
def test_a_schema_that_is_known_or_no_number_is_read(version: str) -> None:
    assert newer_schema(message(CLEANED, **{SCHEMA_VERSION: version})) is None


@pytest.mark.parametrize("topic", [CLEANED, DEDUPLICATED, ENRICHED, CORRECTIONS])
def test_a_newer_one_costs_the_record_and_says_what_to_do(topic: Topic) -> None:
    newer = str(int(SCHEMA) + 1)
    one = message(topic, **{SCHEMA_VERSION: newer, PRODUCER: "cleaner", PRODUCER_VERSION: "7.0"})
    settings = ServiceSettings()
    delivery = Delivery("tagger", Sender(settings), Metrics("tagger"))
    assert of_known_schema([one, message(topic)], delivery) == [message(topic)]
    ((_, buried),) = delivery._sent
    letter = orjson.loads(buried.value or b"")
    assert letter["reason"] == "newer_schema"
    for part in ("written by cleaner 7.0", f"schema {newer}", "upgrade this service", "copydesk deadletters replay --reason newer_schema"):
        assert part in letter["detail"]


@pytest.mark.parametrize("topic", [ENRICHED, CORRECTIONS])
def test_the_gateway_tells_its_clients_of_a_newer_one(topic: Topic) -> None:
    hub = Hub(GatewaySettings())
    hub.take(message(topic, **{SCHEMA_VERSION: "2", PRODUCER: "cleaner", PRODUCER_VERSION: "7.0"}))
    event = hub.buffer.event(0)
    assert event.sse().startswith(b"event: notice\nid: ")
    assert orjson.loads(event.json())["data"]["type"] == "newer_schema"
    for part in (f"{topic.name}[0]@0", "written by cleaner 7.0 with schema 2", "upgrade the gateway"):
        assert part in orjson.loads(event.data)["detail"]


def test_a_feed_may_use_that_name_for_its_own() -> None:
    assert newer_schema(message(RAW, **{SCHEMA_VERSION: "77"})) is None
