"""GET /stream and /stream/ws on a real broker: filters, corrections, exact resuming, slow clients, more clients than readers."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, quote

import httpx
import orjson
import pytest
from aiokafka import TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, RecordsToDelete
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

import copydesk
from copydesk.services.gateway.keys import Keyring
from copydesk.shared.kafka import Positions, Sender, positions, producer
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.story import StoryTold
from copydesk.shared.settings import Settings
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RAW, RETRACTIONS, STORIES
from tests.gateway import PATIENCE_S, Received, Running, gateway, stream
from tests.pipeline import fresh_topics
from tests.samples import enriched, fact


@pytest.fixture(scope="module")
def running(kafka: Settings, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    asyncio.run(fresh_topics(kafka))
    env = {"COPYDESK_GATEWAY_BUFFER": "100000", "COPYDESK_GATEWAY_HEARTBEAT_S": "0.5", "COPYDESK_GATEWAY_PATIENCE_S": "6"}
    with gateway(kafka, tmp_path_factory.mktemp("gateway"), **env) as one:
        yield one


@pytest.fixture
async def sender(kafka: Settings) -> AsyncIterator[Sender]:
    async with producer(kafka) as one:
        yield one


async def written(sender: Sender, *names: str, **fields: object) -> None:
    for name in names:
        await (await sender.send(ENRICHED, name, orjson.dumps(enriched(name, **fields))))  # type: ignore[arg-type]


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE_S):
        while not holds():
            await asyncio.sleep(0.05)


async def corrected(sender: Sender, found: PairFact) -> None:
    await (await sender.send(CORRECTIONS, found.later_article_id, found.model_dump_json(exclude_none=True).encode()))


async def test_articles_come_as_they_are_written_and_each_client_gets_what_its_filter_admits(running: Running, sender: Sender) -> None:
    async with stream(running.url) as everything, stream(running.url, source="b.example") as some, stream(running.url, entity="nobody") as none:
        await written(sender, "a", source="a.example")
        await written(sender, "b", source="b.example")
        assert sorted([one.data["article_id"] for one in await everything.next(2)]) == ["a", "b"]
        assert [one.data["article_id"] for one in await some.next()] == ["b"]
        await written(sender, "end", entities=[{"canonical": "Nobody Inc", "type": "ORG", "mentions": [], "count": 1, "salience": 0.1}])
        assert [one.data["article_id"] for one in await none.next()] == ["end"]


async def of_story(sender: Sender, name: str, story: str, minute: int = 0) -> None:
    one = StoryTold(article_id=name, story=story, role="opens", version="1", at=f"2026-01-05T10:{minute:02d}:00.000Z")
    await (await sender.send(STORIES, name, one.value()))


async def test_who_follows_a_story_is_told_of_its_articles_and_of_those_that_leave_it(running: Running, sender: Sender) -> None:
    def told(events: list[Received]) -> list[tuple[str, str, str, str]]:
        return [(one.event, one.data["article_id"], one.data["story"], one.data.get("article", {}).get("title")) for one in events]

    async with stream(running.url, limit="1") as everything, stream(running.url, story="quake-1") as quake:
        await written(sender, "quake-2", title="Houses fall", source="a.example")
        assert [one.event for one in await everything.next()] == ["article"], "what is told of stories is for who asks for it"
        await of_story(sender, "quake-2", "quake-1")
        (first,) = await quake.next()
        assert told([first]) == [("story", "quake-2", "quake-1", "Houses fall")]
        await of_story(sender, "another", "another")
        await of_story(sender, "quake-2", "quake-0", 5)
        assert told(await quake.next()) == [("story", "quake-2", "quake-0", "Houses fall")]
    async with stream(running.url, last_id=first.id, story="quake-1") as again:
        assert told(await again.next()) == [("story", "quake-2", "quake-0", "Houses fall")]
    async with stream(running.url, since="beginning", story="quake-2", follow="false") as whole:
        assert [one[2] for one in told(await whole.next(2))] == ["quake-1", "quake-0"]


async def test_a_correction_is_an_event_of_its_own_and_comes_to_whoever_was_shown_the_article(running: Running, sender: Sender) -> None:
    async with stream(running.url, no_duplicates="true", title="Title of late") as about, stream(running.url, title="Title of other") as other:
        await written(sender, "late", second=9)
        assert [one.data["article_id"] for one in await about.next()] == ["late"]
        await corrected(sender, fact("late", "early", 9, 2))
        found = (await about.next())[0]
        assert (found.event, found.data["later_article_id"], found.data["match"]["article_id"]) == ("correction", "late", "early")
        await written(sender, "other")
        assert [(one.event, one.data.get("article_id")) for one in await other.next()] == [("article", "other")]


async def test_a_verdict_is_shown_as_it_is_known(running: Running, sender: Sender) -> None:
    async with stream(running.url) as events:
        await corrected(sender, fact("known", "before", 8, 1))
        assert [one.event for one in await events.next()] == ["correction"]
        await written(sender, "known", second=8)
        assert (await events.next())[0].data["duplicate"]["duplicate_of"] == "before"


@pytest.mark.parametrize("query", [{}, {"source": "even.example"}], ids=["all", "filtered"])
async def test_a_stream_goes_on_exactly_where_it_was_also_when_the_buffer_has_moved_on(
    running: Running, sender: Sender, query: dict[str, str]
) -> None:
    async def numbered(begin: int, end: int) -> None:
        for number in range(begin, end):
            await written(sender, f"{query or 'n'}-{number}", source="even.example" if number % 2 == 0 else "odd.example", extra="x" * 4_000)

    wanted = [number for number in range(200) if not query or number % 2 == 0]
    seen: list[Received] = []
    last_id = None
    async with stream(running.url, **query) as events:
        await numbered(0, 20)
        while len(seen) < 6:
            seen += await events.next()
        last_id = events.last_id
    await numbered(20, 200)  # the buffer holds about twenty
    while len(seen) < len(wanted):
        async with stream(running.url, last_id, **query) as events:
            seen += await events.next(min(17, len(wanted) - len(seen)))
            last_id = events.last_id
    assert sorted(int(one.data["article_id"].rpartition("-")[2]) for one in seen) == wanted


async def test_heartbeats_move_the_position_of_a_client_whose_filter_admits_nothing(running: Running, sender: Sender) -> None:
    async with stream(running.url, source="nobody.example", limit="1") as events:
        waiting = asyncio.create_task(events.next())
        await until(lambda: events.last_id)
        await written(sender, "passed over", source="somebody.example")
        while await following(running, events.last_id):
            await asyncio.sleep(0.1)
        waiting.cancel()


async def following(running: Running, last_id: str) -> list[Received]:
    """What there is behind a position, at most one."""
    async with stream(running.url, last_id, follow="false") as events:
        return await events.next()


async def test_since_and_limit_and_no_follow_read_the_past(running: Running, sender: Sender) -> None:
    await written(sender, "past")
    async with stream(running.url, since="beginning", title="Title of past", follow="false") as events:
        assert [one.data["article_id"] for one in await events.next(9)] == ["past"]
    async with stream(running.url, since="0001-01-01T00:00:00Z", title="Title of past", follow="false") as events:
        assert [one.data["article_id"] for one in await events.next(9)] == ["past"], "before 1970 is the beginning"
    async with stream(running.url, since="1h", limit="1") as events:
        assert len([one for one in await events.next(9) if one.event == "article"]) == 1


async def test_a_position_of_another_cluster_is_told_and_the_stream_begins_now(running: Running, sender: Sender) -> None:
    async with stream(running.url, "9999999.0.0.0_0.0.0.0") as events:
        reading = asyncio.create_task(events.next())
        await until(lambda: events.notices)
        await written(sender, "new")
        assert [one.data["article_id"] for one in await reading] == ["new"]
        assert [one.data["type"] for one in events.notices] == ["unknown_position"]


async def test_what_is_taken_back_is_told_and_is_not_sent_again(running: Running, sender: Sender) -> None:
    """Also where the stream goes on from before it was: from the buffer, from Kafka, at another time and by a position of the older form."""
    async with stream(running.url, title="Title of gone") as live:
        await written(sender, "gone")
        assert [one.data["article_id"] for one in await live.next()] == ["gone"]
        before = live.last_id
        said = Retraction(article_id="gone", reason="court order", at="2026-01-05T00:00:00.000Z")
        await (await sender.send(RETRACTIONS, said.key, said.value()))
        assert [(one.event, one.data["article_id"], one.data["state"]) for one in await live.next()] == [("retraction", "gone", "retracted")]
        after = live.last_id
        await written(sender, "stays", title="Title of gone, but not that one")
        assert [one.data["article_id"] for one in await live.next()] == ["stays"]  # so that the gateway has read it
    for last_id, told in ((before, ["retraction"]), (after, []), (before.rsplit("_", 2)[0], ["retraction"])):
        async with stream(running.url, last_id, title="Title of gone", follow="false") as again:
            assert sorted(one.event for one in await again.next(9)) == sorted([*told, "article"]), last_id
    async with stream(running.url, since="beginning", title="Title of gone", follow="false") as everything:
        assert [one.data["article_id"] for one in await everything.next(9) if one.event == "article"] == ["stays"]


async def test_records_that_kafka_keeps_no_more_are_told_as_a_gap(kafka: Settings, running: Running, sender: Sender) -> None:
    """Lost past retention between Last-Event-ID and now: the stream says how many, and goes on with what is left."""
    async with stream(running.url, source="gap.example") as events:
        await written(sender, "before the gap", source="gap.example")
        await events.next()
        last_id = events.last_id
    await written(sender, *(f"lost-{number}" for number in range(8)), source="gap.example", extra="x" * 20_000)  # more than the buffer holds
    lost = await positions(kafka, (ENRICHED,))
    await written(sender, *(f"kept-{number}" for number in range(8)), source="gap.example", extra="x" * 20_000)
    await deleted_before(kafka, lost)
    async with stream(running.url, last_id, source="gap.example") as events:
        seen = [one.data["article_id"] for one in await events.next(8)]
        assert sorted(seen) == [f"kept-{number}" for number in range(8)]
        (notice,) = events.notices
        assert notice.data["type"] == "gap"
        assert int(notice.data["detail"].partition(" ")[0]) >= 8
        again = events.last_id
    async with stream(running.url, again, source="gap.example", follow="false") as events:
        assert await events.next() == []
        assert events.notices == []


async def deleted_before(kafka: Settings, offsets: Positions) -> None:
    """Let Kafka forget all records before these, and see that it has."""
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka.bootstrap_servers)
    await admin.start()
    try:
        await admin.delete_records({TopicPartition(*place): RecordsToDelete(before_offset=offset) for place, offset in offsets.items()})
    finally:
        await admin.close()
    while await positions(kafka, (ENRICHED,), "beginning") != dict(offsets):
        await asyncio.sleep(0.1)


async def test_a_client_that_takes_nothing_is_ended_and_others_get_all(running: Running, sender: Sender) -> None:
    host, port = running.url.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port))) as deaf:
        deaf.sendall(b"GET /stream HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        async with stream(running.url, title="Title of loud") as events:
            for number in range(30):
                await written(sender, f"loud-{number}", extra="x" * 500_000)
                assert [one.data["article_id"] for one in await events.next()] == [f"loud-{number}"]
        while running.metrics()['copydesk_streams_dropped{service="gateway"}'] < 1:
            await asyncio.sleep(0.2)


async def test_a_websocket_tells_the_same(running: Running, sender: Sender) -> None:
    """The same events, ids and data as server-sent events, live and of the past, with each filter; and what is wrong by the same words."""
    query = "source=ws.example&no_duplicates=true"
    async with stream(running.url, source="ws.example", no_duplicates="true") as events, websocket(running, query) as messages:
        assert (await anext(messages)).event == "heartbeat", "it is open now"
        live: list[Received] = []

        async def told() -> None:
            """The next event, by both: of one topic before the next is written to, since nothing orders topics."""
            live.extend(await events.next())
            assert await anext(messages) == live[-1]

        await written(sender, "by socket", source="ws.example")
        await told()
        await written(sender, "passed over", source="elsewhere.example")
        await written(sender, "gone from socket", source="ws.example")
        await told()
        await corrected(sender, fact("by socket", "before socket", 9, 2))
        await told()
        said = Retraction(article_id="gone from socket", at="2026-01-05T00:00:00.000Z")
        await (await sender.send(RETRACTIONS, said.key, said.value()))
        await told()
        assert [one.event for one in live] == ["article", "article", "correction", "retraction"]
    for past in ("since=beginning&follow=false", f"since={quote(live[1].id)}&follow=false&{query}", "since=1h&limit=2&follow=false"):
        async with stream(running.url, **dict(parse_qsl(past))) as events, websocket(running, past) as messages:
            found = [(one.event, one.data) for one in await events.next(1_000_000)]
            assert found
            assert in_any_order([(one.event, one.data) async for one in messages]) == in_any_order(found) or "limit" in past
    for wrong in ("sauce=x", "salience=2", "since=yesterday", "entity=a&entity=b"):
        async with connect(f"{running.url.replace('http', 'ws')}/stream/ws?{wrong}") as refused:
            with pytest.raises(ConnectionClosed):
                await refused.recv()
        async with httpx.AsyncClient(timeout=PATIENCE_S) as client:
            detail = (await client.get(f"{running.url}/stream?{wrong}")).json()["detail"]
        assert (refused.close_code, refused.close_reason) == (1008, detail[:100])


@contextlib.asynccontextmanager
async def websocket(running: Running, query: str) -> AsyncIterator[AsyncIterator[Received]]:
    """The messages of a socket; of its heartbeats only the first, if it comes before all else."""
    async with connect(f"{running.url.replace('http', 'ws')}/stream/ws?{query}", max_size=None) as opened:

        async def told() -> AsyncIterator[Received]:
            first = True
            async for message in opened:
                one = orjson.loads(message)
                if first or one["event"] != "heartbeat":
                    yield Received(one["event"], one["id"], one["data"])
                first = False

        yield told()


def in_any_order(events: list[tuple[str, Any]]) -> list[bytes]:
    """Kafka keeps the order within a partition alone."""
    return sorted(orjson.dumps(one) for one in events)


@pytest.mark.parametrize("query", ["sauce=x", "salience=2", "since=yesterday", "from=2024-13", "limit=0", "entity=a&entity=b", "title=%00"])
def test_a_query_that_is_wrong_is_refused_by_name(running: Running, query: str) -> None:
    answer = httpx.get(f"{running.url}/stream?{query}", timeout=PATIENCE_S)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")
    assert answer.json()["detail"]
    assert answer.json()["remedy"]


async def test_python_reads_the_stream_and_goes_on_from_its_position(running: Running, sender: Sender) -> None:
    await written(sender, *(f"py-{number}" for number in range(6)), source="py.example")
    seen: list[str] = []
    position = "beginning"
    while len(seen) < 6:
        part = copydesk.subscribe(url=running.url, since=position, source="py.example", limit=4, follow=False)
        seen += [article.article_id for article in part]
        position = part.position
    assert sorted(seen) == [f"py-{number}" for number in range(6)]
    with pytest.raises(copydesk.CopydeskError, match="is no time"):
        [article async for article in copydesk.subscribe(url=running.url, since="yesterday")]
    with pytest.raises(copydesk.CopydeskError, match="no gateway answers"):
        list(copydesk.subscribe(url="http://127.0.0.1:9"))


async def test_two_gateways_are_one_to_their_clients(kafka: Settings, tmp_path: Path, sender: Sender) -> None:
    """What is posted at one the other traces; a stream goes on exactly from one to the other and back, also when one stops; a revoked key
    is refused by both, and its streams end."""
    keyring = Keyring(tmp_path / "keys.json")
    closed = {"COPYDESK_GATEWAY_OPEN": "false", "COPYDESK_GATEWAY_KEYS": str(keyring.path)}
    key = {"Authorization": f"Bearer {keyring.create('desk', ['read', 'write'])}"}
    async with contextlib.AsyncExitStack() as ends:
        other = ends.enter_context(gateway(kafka, tmp_path / "other", **closed))
        client = await ends.enter_async_context(httpx.AsyncClient(headers=key, timeout=PATIENCE_S))
        with gateway(kafka, tmp_path / "one", **closed) as one:
            posted = await client.post(f"{one.url}/articles", content=b"Posted at one.", headers={"Content-Type": "text/plain"})
            trace = await client.get(f"{other.url}/articles/{posted.json()['accepted'][0]['id']}/trace")
            assert [step["topic"] for step in trace.json()["steps"]] == [RAW.name]
            seen: list[str] = []
            async with stream(one.url, headers=key, source="two.example") as here, stream(other.url, headers=key, source="two.example") as there:
                await written(sender, *(f"two-{number}" for number in range(4)), source="two.example")
                seen += [found.data["article_id"] for found in await here.next(2)]
                assert {found.data["article_id"] for found in await there.next(4)} == {f"two-{number}" for number in range(4)}
                last_id = here.last_id
            async with stream(other.url, last_id, key, source="two.example") as there:
                seen += [found.data["article_id"] for found in await there.next(2)]
                last_id = there.last_id
            async with stream(one.url, last_id, key, source="two.example") as here:
                await written(sender, "two-4", source="two.example")
                seen += [found.data["article_id"] for found in await here.next()]
                os.kill(one.pid, signal.SIGTERM)
                assert await here.next() == []
                assert [notice.data["type"] for notice in here.notices] == ["closing"]
                last_id = here.last_id
        await written(sender, "two-5", source="two.example")
        async with stream(other.url, last_id, key, source="two.example") as there:
            seen += [found.data["article_id"] for found in await there.next()]
            assert sorted(seen) == [f"two-{number}" for number in range(6)]
            keyring.revoke("desk")
            assert await there.next() == [], "the stream of a key that is revoked ends"
        refused = await client.get(f"{other.url}/stream")
        assert (refused.status_code, refused.json()["type"]) == (401, "urn:copydesk:problem:unknown_key")
