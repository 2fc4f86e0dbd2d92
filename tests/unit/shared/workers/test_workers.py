"""What a record may do to a worker, and what it may not do to the records beside it."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import orjson
import psutil
import pytest
from pydantic import SecretStr

from copydesk.shared.envelope import Passed, Payload, Result, apply
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Rejected
from copydesk.shared.workers.facts import LearnedEntries
from copydesk.shared.workers.failure import BrokenStageError, StageUnavailableError
from copydesk.shared.workers.limits import Limits
from copydesk.shared.workers.pool import EARLY_ENDS, StagePool
from copydesk.shared.workers.recipe import StageRecipe
from copydesk.shared.workers.template import Template
from tests.unit.shared.workers import poison

QUICK = ServiceSettings(record_cpu_s=0.5, record_memory_mb=150)
REASONS = {
    "loop": "too_slow",
    "memory": "out_of_memory",
    "exit": "crashed",
    "segfault": "crashed",
    "recurse": "stage_failed",
    "raise": "stage_failed",
    "file": "stage_failed",
    "leave": "stage_failed",
}


@contextmanager
def pool(factory: str = "create", workers: int = 1, settings: ServiceSettings = QUICK) -> Iterator[StagePool]:
    with StagePool.of(f"{poison.__name__}:{factory}", settings, workers).open() as opened:
        yield opened


@pytest.fixture(scope="module")
def stage() -> Iterator[StagePool]:
    with pool() as opened:
        yield opened


def payloads(*orders: str) -> list[Payload]:
    return [Payload(orjson.dumps({"article_id": str(number), "do": do}), 0) for number, do in enumerate(orders)]


def told(results: Sequence[Result]) -> list[str]:
    return [result.reason if isinstance(result, Rejected) else orjson.loads(result.value)["did"] for result in results]


@pytest.mark.parametrize("place", [0, 3, 7])
@pytest.mark.parametrize("kind", REASONS)
async def test_a_poison_costs_its_own_record_wherever_it_stands(stage: StagePool, kind: str, place: int) -> None:
    orders = ["nothing"] * 8
    orders[place] = kind
    assert told(await stage.apply(payloads(*orders))) == [REASONS.get(order, order) for order in orders]


async def test_a_record_that_waits_for_ever_is_given_up_by_the_clock() -> None:
    with pool(settings=QUICK.model_copy(update={"record_wall_s": 4})) as opened:
        assert told(await opened.apply(payloads("sleep"))) == ["too_slow"]


async def test_poison_upon_poison(stage: StagePool) -> None:
    orders = [*REASONS, "nothing", *REASONS, "reject", "nothing"]
    assert told(await stage.apply(payloads(*orders))) == [{"reject": "refused", **REASONS}.get(order, order) for order in orders]


@pytest.mark.parametrize("kind", ["exit", "raise"])
async def test_the_same_poison_more_often_than_workers_may_end_early(stage: StagePool, kind: str) -> None:
    count = 4 * EARLY_ENDS
    orders = ["nothing", *[kind] * count, "nothing"]
    assert told(await stage.apply(payloads(*orders))) == ["nothing", *[REASONS[kind]] * count, "nothing"]


async def test_what_raises_keeps_its_traceback(stage: StagePool) -> None:
    (rejected,) = await stage.apply(payloads("raise"))
    assert isinstance(rejected, Rejected)
    assert rejected.detail == "ValueError: cannot do this one"
    assert "in _raise" in str(rejected.traceback)


async def test_results_are_those_of_this_process_whatever_the_number_of_workers() -> None:
    given = [*payloads(*["nothing", "reject", "correct"] * 30), Payload(b"nonsense", 0), Payload(b"[]", 0)]
    here = await apply(poison.create(QUICK), given)
    for workers in (1, 3):
        with pool(workers=workers) as opened:
            there = await opened.apply(given)
            assert [_plain(result) for result in there] == [_plain(result) for result in here]


def _plain(result: Result) -> object:
    if isinstance(result, Rejected):
        return result
    return result.article_id, result.value, [(record.topic, record.key, record.part.model_dump(exclude_none=True)) for record in result.side]


async def test_several_workers_share_a_batch() -> None:
    with pool(workers=3) as opened:
        results = await opened.apply(payloads(*["process"] * 200))
        assert len({orjson.loads(result.value)["process"] for result in results if isinstance(result, Passed)}) > 1


async def test_broken_code_is_told_from_broken_records() -> None:
    with pool("broken") as opened, pytest.raises(StageUnavailableError, match="the disk is gone"):
        await opened.apply(payloads("raise"))


async def test_a_stage_that_cannot_be_loaded_says_why() -> None:
    with pytest.raises(StageUnavailableError, match="the model is not there"), pool("stillborn"):
        pass
    with pytest.raises(BrokenStageError, match="no attribute 'nowhere'"), pool("nowhere"):
        pass


async def test_what_is_followed_reaches_every_worker_and_its_successors(stage: StagePool) -> None:
    refused: list[tuple[str, str]] = []
    with StagePool.of(f"{poison.__name__}:create", QUICK, 2, lambda key, error: refused.append((key, error))).open() as opened:
        await opened.apply(payloads(*["nothing"] * 50))
        opened.learned("a", b"1")
        opened.learned("b", b"2")
        opened.learned("b", None)
        opened.learned("a", b"bad")
        assert set(told(await opened.apply(payloads("exit", *["facts"] * 50)))[1:]) == {repr({"a": b"1"})}
        opened.learned("a", b"3")
        assert set(told(await opened.apply(payloads("exit", *["facts"] * 50)))[1:]) == {repr({"a": b"3"})}
    assert refused == [("a", "this is no fact")]


async def test_a_worker_knows_no_secret_has_no_network_and_starts_no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COPYDESK_SASL_PASSWORD", "hunter2")
    settings = QUICK.model_copy(update={"sasl_password": SecretStr("hunter2")})
    with pool(settings=settings) as opened:
        environment, files, connected, ran = await opened.apply(payloads("environment", "files", "connect", "run"))
        assert "hunter2" not in str(environment) and "SASL" not in str(environment)
        assert int(told([files])[0]) < 12
        for refused in (connected, ran):
            assert isinstance(refused, Rejected) and "Operation not permitted" in refused.detail


async def test_the_event_loop_goes_on_while_a_record_is_computed(stage: StagePool) -> None:
    computing = asyncio.create_task(stage.apply(payloads("loop")))
    turns = 0
    while not computing.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert turns > 1


async def test_results_are_counted_as_they_come(stage: StagePool) -> None:
    before = stage.computed
    computing = asyncio.create_task(stage.apply(payloads("loop", "loop", "loop")))
    seen = set()
    while not computing.done():
        seen.add(stage.computed - before)
        await asyncio.sleep(0.01)
    assert {0, 1, 2} <= seen


async def test_closing_ends_every_process_although_a_batch_runs() -> None:
    others = set(psutil.Process().children(recursive=True))
    with pool(settings=ServiceSettings()) as opened:
        computing = asyncio.create_task(opened.apply(payloads("loop")))
        while len(mine := set(psutil.Process().children(recursive=True)) - others) < 2:  # the process that loads the stage, and its worker
            await asyncio.sleep(0.05)
    with pytest.raises(RuntimeError, match="closed"):
        await computing
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in mine)


async def test_a_worker_killed_from_outside_costs_nothing_but_time(stage: StagePool) -> None:
    (before,) = await stage.apply(payloads("process"))
    assert isinstance(before, Passed)
    os.kill(orjson.loads(before.value)["process"], signal.SIGKILL)
    assert told(await stage.apply(payloads(*["nothing"] * 3))) == ["nothing"] * 3


async def test_processes_outlive_the_thread_that_asked_for_them() -> None:
    others = set(psutil.Process().children(recursive=True))
    with ThreadPoolExecutor(1) as caller:
        opened = caller.submit(lambda: StagePool.of(f"{poison.__name__}:create", QUICK, 1).open()).result()
    with opened:
        loaded = set(psutil.Process().children()) - others
        assert told(await opened.apply(payloads("nothing"))) == ["nothing"]
        assert loaded
        assert loaded <= set(psutil.Process().children()), "it is not loaded a second time"


def test_a_worker_whose_template_is_gone_is_no_harm_to_the_next_one() -> None:
    template = Template(StageRecipe(f"{poison.__name__}:create", QUICK), Limits(1, 150, 60), LearnedEntries(lambda key, error: None))
    try:
        template.ready()
        old = template.worker()
        forker = psutil.Process(old.pid).parent()
        assert forker
        forker.kill()
        forker.wait()
        new = template.worker()
        assert old.wait() == -signal.SIGKILL
        newer = template.worker()
        assert psutil.Process(new.pid).parent() == psutil.Process(newer.pid).parent()
    finally:
        template.close()
