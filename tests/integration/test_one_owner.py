"""Two replicas that both take a shard for theirs: only the later owner answers. And what an asker does with late and with recovering shards."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from copydesk.shared.asking import Answered, Store
from copydesk.shared.errors import UnavailableError
from copydesk.shared.kafka import Message, Sender, consume, producer
from copydesk.shared.keeping import EntryRules
from copydesk.shared.runner import asker as asking
from copydesk.shared.runner.asker import KafkaAsker
from copydesk.shared.runner.exchange import CORRELATION, RECOVERING, REPLY_PARTITION, STATE
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.runner.responders import ResponderHandler
from copydesk.shared.runner.store import LostShardError
from copydesk.shared.settings import ServiceSettings, Settings
from copydesk.shared.topics import INDEX, REPLIES, Topic
from tests.pipeline import PATIENCE_S, fresh_topics

SHARD = 1


class Ledger:
    """Remembers every request and answers with all that it knows."""

    name = "ledger"
    source: Topic = INDEX
    target: Topic = REPLIES
    rules = EntryRules("", lambda key, value: None)

    def __init__(self) -> None:
        self.known: dict[int, set[bytes]] = {}

    def open(self, shard: int, store: Store) -> None:
        self.known[shard] = {value for _, value in store.items()}

    def close(self, shard: int) -> None:
        del self.known[shard]

    def answer(self, shard: int, requests: Sequence[bytes]) -> Answered:
        new = {request for request in requests if request.startswith(b"put ")}
        self.known[shard] |= new
        return Answered([b",".join(sorted(self.known[shard]))] * len(requests), {request.decode(): request for request in new})

    def forget(self, shard: int, article_ids: frozenset[str]) -> dict[str, bytes | None]:
        return {}

    def check(self, shard: int) -> None:
        assert shard in self.known


def handler(name: str, kafka: Settings, home: Path, sender: Sender) -> ResponderHandler:
    settings = ServiceSettings(bootstrap_servers=kafka.bootstrap_servers, home=home, replica=name, session_timeout_s=2)
    return ResponderHandler(Ledger(), settings, Metrics("ledger"), sender)


def request(value: bytes, correlation: str) -> Message:
    return Message(INDEX.name, SHARD, 0, 0, b"", value, {CORRELATION: correlation, REPLY_PARTITION: "0"})


async def replies(kafka: Settings) -> dict[str, bytes]:
    found = [message async for message in consume(kafka, [REPLIES], since="beginning", follow=False)]
    return {message.headers[CORRELATION]: message.value or b"" for message in found if STATE not in message.headers}


async def test_an_owner_that_has_lost_its_shard_answers_nothing_and_the_new_one_misses_nothing(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as one, producer(kafka) as other:
        old, new = handler("old", kafka, tmp_path, one), handler("new", kafka, tmp_path, other)
        await old.assigned({SHARD}, 1)
        await old.handle([request(b"put a", "a")])
        await new.assigned({SHARD}, 2)  # the old one sleeps through this
        await new.handle([request(b"put b", "b")])
        waking = asyncio.create_task(old.handle([request(b"put stray", "stray")]))
        await new_answers(new, request(b"put c", "c"))
        await old.assigned(set(), 3)  # the group tells it
        with pytest.raises(LostShardError):
            await waking
        await old.handle([request(b"put stray", "stray")])
        await new_answers(new, request(b"get", "c"))
        found = await replies(kafka)
        await old.stop()
        await new.stop()
    assert "stray" not in found
    assert found["b"] == b"put a,put b"
    assert {b"put a", b"put b", b"put c"} <= set(found["c"].split(b","))


async def new_answers(new: ResponderHandler, message: Message) -> None:
    """What the runner does: again, until the shard is its own."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            try:
                return await new.handle([message])
            except LostShardError:
                await asyncio.sleep(0.1)


@pytest.fixture
async def asker(kafka: Settings, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[KafkaAsker]:
    await fresh_topics(kafka)
    monkeypatch.setattr(asking, "TRY_S", 0.5)
    monkeypatch.setattr(asking, "PATIENCE_S", 600)
    async with producer(kafka) as sender:
        asker = KafkaAsker(ServiceSettings(bootstrap_servers=kafka.bootstrap_servers), sender)
        await asker.start()
        yield asker
        await asker.stop()


async def asked(kafka: Settings, count: int) -> list[Message]:
    """So many requests, as they lie in the topic."""
    async with asyncio.timeout(PATIENCE_S):
        while len(found := [message async for message in consume(kafka, [INDEX], since="beginning", follow=False)]) < count:
            await asyncio.sleep(0.05)
    return found


async def reply(kafka: Settings, to: Message, value: bytes, state: str | None = None) -> None:
    headers = {CORRELATION: to.headers[CORRELATION], **({STATE: state} if state else {})}
    async with producer(kafka) as sender:
        await (await sender.send(REPLIES, "", value, headers, int(to.headers[REPLY_PARTITION])))


async def test_a_reply_to_the_first_try_counts_after_the_second(kafka: Settings, asker: KafkaAsker) -> None:
    asking_now = asyncio.create_task(asker.ask({2: b"request"}))
    first, second = (await asked(kafka, 2))[:2]
    assert first.headers[CORRELATION] == second.headers[CORRELATION]
    await reply(kafka, first, b"late")
    assert await asking_now == {2: b"late"}


async def test_a_reply_that_comes_after_the_last_try_answers_the_same_request_later(
    kafka: Settings, asker: KafkaAsker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "PATIENCE_S", 1.0)
    with pytest.raises(UnavailableError, match=r"shard 2 of dedup\.index does not answer"):
        await asker.ask({2: b"request"})
    sent = await asked(kafka, 1)
    await reply(kafka, sent[0], b"very late")
    async with asyncio.timeout(PATIENCE_S):
        while not any(question.reply.done() for question in asker._questions.values()):
            await asyncio.sleep(0.05)
    assert await asker.ask({2: b"request"}) == {2: b"very late"}
    assert len(await asked(kafka, 1)) == len(sent), "it was not sent again"


async def test_a_shard_that_says_that_it_recovers_is_waited_for(kafka: Settings, asker: KafkaAsker, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr(asking, "time", SimpleNamespace(monotonic=lambda: now[0]))
    asking_now = asyncio.create_task(asker.ask({2: b"request"}))
    (first, *_) = await asked(kafka, 1)
    (question,) = asker._questions.values()
    for _ in range(8):  # together far longer than the patience with a silent one
        now[0] += asking.PATIENCE_S * 0.8
        await reply(kafka, first, b"", RECOVERING)
        async with asyncio.timeout(PATIENCE_S):
            while question.heard_at < now[0]:
                await asyncio.sleep(0.01)
    assert not asking_now.done()
    await reply(kafka, first, b"recovered")
    assert await asking_now == {2: b"recovered"}
