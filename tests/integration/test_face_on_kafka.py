"""copydesk.publish and copydesk.subscribe on a real broker, as a notebook or a program uses them."""

from __future__ import annotations

import orjson
import pytest

import copydesk
from copydesk.shared.kafka import producer
from copydesk.shared.records.content_ref import reference_of
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.settings import Settings
from copydesk.shared.topics import ENRICHED, RETRACTIONS
from tests.pipeline import fresh_topics
from tests.samples import enriched


@pytest.fixture
async def servers(kafka: Settings) -> str:
    await fresh_topics(kafka)
    return kafka.bootstrap_servers


def _published(servers: str, *texts: str) -> None:
    done = copydesk.publish(list(texts), servers=servers)
    assert (done.sent, done.refused) == (len(texts), [])


async def test_what_is_published_can_be_read_where_a_loop_runs_already(servers: str) -> None:
    _published(servers, "One.", "Two.", "Three.")  # this test is itself in a loop, as a notebook's cell is
    found = [article["content"] for article in copydesk.subscribe("raw", since="beginning", follow=False, servers=servers)]
    assert sorted(found) == ["One.", "Three.", "Two."]
    assert sorted([article["content"] async for article in copydesk.subscribe("raw", since="1h", follow=False, servers=servers)]) == sorted(found)


async def test_a_subscription_goes_on_where_another_ended(servers: str) -> None:
    _published(servers, *(f"Text {number}." for number in range(20)))
    seen = []
    position: str | None = "beginning"
    for _ in range(5):
        part = copydesk.subscribe("raw", since=position, follow=False, limit=4, servers=servers)
        seen += [article["content"] for article in part]
        position = part.position
    assert sorted(seen) == sorted(f"Text {number}." for number in range(20))
    assert list(copydesk.subscribe("raw", since=position, follow=False, servers=servers)) == []
    _published(servers, "One more.")
    assert [article["content"] for article in copydesk.subscribe("raw", since=position, follow=False, servers=servers)] == ["One more."]


async def test_refused_records_are_named_and_the_others_stored(servers: str) -> None:
    done = copydesk.publish([{"content": "Good."}, {"content": 5}, {"url": "https://example.com"}], servers=servers)
    assert done.sent == 1
    assert [(refusal.name, refusal.reason) for refusal in done.refused] == [("<2>", "invalid_record"), ("<3>", "invalid_record")]


async def test_what_was_fetched_is_there_until_it_is_gone_or_taken_back(servers: str, kafka: Settings) -> None:
    _published(servers, "One.", "Two.")
    raw = {article["content"]: article for article in copydesk.subscribe("raw", since="beginning", follow=False, servers=servers)}
    references = {text: reference_of(text.encode()).model_dump() for text in ("One.", "Two.", "Three.")}
    left = ({name: value for name, value in raw[text].items() if name != "content"} for text in ("One.", "Two."))
    one, two = ({**record, "content_ref": reference} for record, reference in zip(left, references.values(), strict=False))
    assert [copydesk.fetched(record, servers=servers) for record in (one, two, raw["One."])] == [b"One.", b"Two.", b"One."]
    for lost in ({**one, "content_ref": references["Three."]}, {**one, "content_ref": None}, {}):
        with pytest.raises(copydesk.CopydeskError, match="is no longer on"):
            copydesk.fetched(lost, servers=servers)
    async with producer(kafka) as sender:
        said = Retraction(article_id=one["article_id"], at="2026-01-06T00:00:00.000Z")
        await (await sender.send(RETRACTIONS, said.key, said.value()))
    with pytest.raises(copydesk.CopydeskError, match="is taken back"):
        copydesk.fetched(one, servers=servers)
    assert copydesk.fetched(two, servers=servers) == b"Two."


async def test_filters_choose_articles(servers: str, kafka: Settings) -> None:
    async with producer(kafka) as sender:
        for name in "ab":
            await (await sender.send(ENRICHED, name, orjson.dumps(enriched(name, source=f"{name}.example"))))
    found = copydesk.subscribe(since="beginning", follow=False, source="b.example", servers=servers)
    assert [article.article_id for article in found] == ["b"]


def test_what_is_wrong_is_told_at_once() -> None:
    with pytest.raises(copydesk.CopydeskError, match="there is no topic enrich — name one of"):
        copydesk.subscribe("enrich")
    with pytest.raises(copydesk.CopydeskError, match="is no time"):
        copydesk.subscribe(since="yesterday")
    with pytest.raises(copydesk.CopydeskError, match="is no position"):
        copydesk.subscribe(since="articles.raw:0")
    with pytest.raises(copydesk.CopydeskError, match="no Kafka broker answers"):
        copydesk.publish("A text.", servers="127.0.0.1:9")
