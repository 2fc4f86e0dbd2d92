"""Addresses that wait are counted as they stand in the state, whatever comes in while a turn is under way."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from copydesk.services.fetcher.brake import LagBrake
from copydesk.services.fetcher.ends import Ends
from copydesk.services.fetcher.equipment import Equipment, waiting_gauge
from copydesk.services.fetcher.outcomes import FetchOutcome, Later, Moved, Unchanged
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.shard import FetchShard
from copydesk.services.fetcher.turns import RequestSlots
from copydesk.services.fetcher.waiting import QUEUE, Waiting, added, decoded, first_due, stored
from copydesk.shared.kafka import Sender
from copydesk.shared.records.feeding import ArticleUrl
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import load
from copydesk.shared.web.answers import WebAnswer
from copydesk.shared.web.client import WebClient

URL = "https://example.org/a"


class State:
    """A shard's state in memory, that lets others run while it writes."""

    def __init__(self) -> None:
        self.entries: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.entries.get(key)

    def scan(self, prefix: str, first: str = "") -> Iterator[tuple[str, bytes]]:
        return iter(sorted((key, value) for key, value in self.entries.items() if key.startswith(prefix) and key >= first))

    async def write(self, changes: Mapping[str, bytes | None]) -> None:
        await asyncio.sleep(0)
        self.entries = {key: value for key, value in {**self.entries, **changes}.items() if value is not None}

    async def prove(self, fresh_s: float) -> None: ...

    @property
    def queued(self) -> list[Waiting]:
        return [decoded(key, value) for key, value in self.scan(QUEUE)]


def equipment() -> Equipment:
    metrics = Metrics("fetcher")
    unused: Any = None
    return Equipment(
        load(FetcherSettings), cast(Sender, unused), metrics, cast(WebClient, unused), RequestSlots(1), cast(LagBrake, unused), waiting_gauge(metrics)
    )


def waits(offset: int, title: str, url: str = URL) -> Waiting:
    return Waiting(ArticleUrl(url=url, title=title), 1_790_000_000_000 + offset, offset, 1_789_000_000_000, {})


async def comes_in(state: State, address: Waiting) -> int:
    changes, more = added(state, {}, address)
    await state.write(changes)
    return more


OUTCOMES: dict[str, FetchOutcome] = {
    "unchanged": Unchanged(WebAnswer(URL, 304, {})), "later": Later("timeout", "no answer"), "moved": Moved("https://example.org/b"),
}  # fmt: skip


@pytest.mark.parametrize("outcome", OUTCOMES.values(), ids=OUTCOMES)
@pytest.mark.parametrize("again", [False, True])
async def test_what_comes_again_during_its_turn_is_counted_once(outcome: FetchOutcome, again: bool) -> None:
    state = State()
    count = await comes_in(state, waits(1, "Old"))
    (underway,) = state.queued
    if again:
        count += await comes_in(state, waits(2, "New"))
    count -= await Ends(0, state, equipment()).of(underway, outcome, {})
    assert count == len(state.queued)
    if again:
        assert {one.record.title for one in state.queued if one.record.url == URL} == {"New"}
        assert first_due(state, "example.org", 2_000_000_000_000, ()) is not None
    while (found := first_due(state, "example.org", 9_000_000_000_000, ())) is not None:
        assert isinstance(found, Waiting)
        count -= await Ends(0, state, equipment()).of(found, OUTCOMES["unchanged"], {})
    assert (count, state.queued) == (0, [])


async def test_turns_that_end_together_are_all_counted() -> None:
    state = State()
    shard = FetchShard(0, state, equipment())
    addresses = [waits(number, "T", f"{URL}{number}") for number in range(5)]
    for address in addresses:
        await state.write(stored(address))
    await shard.open()
    visit: Any = type("Visit", (), {"outcome": OUTCOMES["unchanged"], "errand": None, "remembered": {}})
    await asyncio.gather(*(shard._done(address, visit) for address in addresses))
    assert (shard._waiting, state.queued) == (0, [])
