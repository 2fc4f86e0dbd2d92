"""Which partitions are read while some of their shards are full, by Faust's consumer."""

from __future__ import annotations

import pytest
from faust.transport.consumer import Consumer
from faust.types import TP

from copydesk.shared.runner.app import build_app
from copydesk.shared.runner.gate import Gate
from copydesk.shared.runner.hands import Hands
from copydesk.shared.runner.keepers import hold
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.settings import ServiceSettings

A, B, C = (TP("articles.urls", number) for number in range(3))


async def nothing(*_: object) -> None: ...


@pytest.fixture
async def consumer(monkeypatch: pytest.MonkeyPatch) -> Consumer:
    """One that was assigned A and B."""
    app = build_app("copydesk-test", ServiceSettings(), Hands(1), Gate(1, 1, Metrics("test").in_flight))
    made = app.transport.create_consumer(nothing, on_partitions_revoked=nothing, on_partitions_assigned=nothing)
    monkeypatch.setattr(type(made), "assignment", lambda self: {A, B})
    made._set_active_tps({A, B})
    return made


async def test_what_is_full_is_read_no_more_and_what_was_fetched_of_it_passes(consumer: Consumer) -> None:
    assert hold(consumer, {A, C}) == {A}
    assert consumer._get_active_partitions() == {B}
    assert A in consumer._buffered_partitions, "by which Faust lets through what was fetched already"
    assert hold(consumer, {A}) == set()


async def test_what_has_room_again_is_read_on_unless_it_is_another_replicas(consumer: Consumer) -> None:
    hold(consumer, {A, B})
    consumer._buffered_partitions.add(C)
    assert hold(consumer, {B}) == set()
    assert consumer._get_active_partitions() == {A}


async def test_a_rebalance_that_leaves_it_here_changes_nothing(consumer: Consumer) -> None:
    hold(consumer, {A})
    consumer._set_active_tps({A, B})
    assert hold(consumer, {A}) == {A}
    assert hold(consumer, set()) == set()
    assert consumer._get_active_partitions() == {A, B}
