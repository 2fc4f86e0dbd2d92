"""A stage in worker processes: batches in, one result for each record out, in order."""

from __future__ import annotations

import asyncio
import signal
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Self

from copydesk.shared.envelope import Passed, Payload, Result
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import Topic
from copydesk.shared.workers.batch import Batch
from copydesk.shared.workers.facts import LearnedEntries, Unlearned
from copydesk.shared.workers.failure import BrokenStageError, Failed, decided
from copydesk.shared.workers.limits import Limits
from copydesk.shared.workers.recipe import StageRecipe
from copydesk.shared.workers.template import Described, Template, WorkerProcess, teach
from copydesk.shared.workers.wire import FrameKind, dump_payloads, load_results, receive, send

RECORDS_PER_WORKER = 20_000  # what a parser leaks ends with its process
SHARES = 4  # parts that a batch is cut into for each worker, so that all end at about the same time
EARLY_ENDS = 5
TRIES = 2  # a worker may have been killed from outside


class ClosedError(RuntimeError):
    """The pool was closed while a batch was computed."""


class StagePool:
    """Implements `copydesk.shared.computing.Computing`. The stage begins to load with the constructor; `open` waits for it.

    A batch is cut into parts that idle workers take one after the other. A worker is forked when there is work for it, and serves
    until it dies or has done RECORDS_PER_WORKER records.
    """

    def __init__(self, recipe: StageRecipe, limits: Limits, workers: int = 1, unlearned: Unlearned = lambda key, error: None) -> None:
        """`unlearned` is told the key of each entry of the followed topic that the stage could not take over, and why."""
        self.computed, self.pace_s = 0, 0.0
        self._limits, self._workers = limits, workers
        self._facts = LearnedEntries(unlearned)
        self._template = Template(recipe, limits, self._facts)
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="workers")
        self._lock = threading.Lock()
        self._idle: list[WorkerProcess] = []
        self._busy: set[WorkerProcess] = set()
        self._closed = False
        self._early_ends = 0
        self.died: Callable[[str], object] = lambda reason: None
        """Is told of each worker that ended over a record: too_slow or crashed."""

    @classmethod
    def of(cls, factory: str, settings: ServiceSettings, workers: int, unlearned: Unlearned = lambda key, error: None) -> Self:
        """The stage that `factory` ("module:function") makes of the settings, within the limits that they set."""
        limits = Limits(settings.record_cpu_s, settings.record_memory_mb, settings.record_wall_s)
        return cls(StageRecipe(factory, settings), limits, workers, unlearned)

    def open(self) -> Self:
        """Wait until the stage is loaded. Raises what `Template.ready` raises."""
        try:
            self._described: Described = self._template.ready()
        except BaseException:
            self.close()
            raise
        return self

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def name(self) -> str:
        return self._described.name

    @property
    def source(self) -> Topic:
        return self._described.source

    @property
    def target(self) -> Topic:
        return self._described.target

    @property
    def follows(self) -> Topic | None:
        return self._described.follows

    async def apply(self, payloads: Sequence[Payload]) -> list[Result]:
        began = time.monotonic()
        results = await self._results(payloads)
        self.pace_s = (time.monotonic() - began) / max(1, len(payloads))
        return await decided(self.name, results, self._probe)

    async def _results(self, payloads: Sequence[Payload]) -> list[Result | Failed]:
        batch = Batch(payloads, SHARES * self._workers if self._workers > 1 else 1)
        loop = asyncio.get_running_loop()
        threads = min(self._workers, len(batch.parts))
        done = await asyncio.gather(*(loop.run_in_executor(self._threads, self._drain, batch) for _ in range(threads)), return_exceptions=True)
        for error in done:
            if error is not None:
                raise error
        return batch.all()

    async def _probe(self) -> Failed | None:
        """How a record known to be good fails, if it does."""
        for result in await self._results([Payload(value, 0) for value in self._described.known_good]):
            if not isinstance(result, Passed):
                return result if isinstance(result, Failed) else Failed(f"{result.reason}, {result.detail}")
        return None

    def _drain(self, batch: Batch) -> None:
        """Take parts of a batch until none is left. Runs in a thread."""
        while (part := batch.take()) is not None:
            while part:
                worker = self._take()
                try:
                    part = self._part(worker, batch, part)
                except BaseException:
                    self._drop(worker)  # what it still sends is not of the next batch
                    raise
                self._give(worker)

    def _part(self, worker: WorkerProcess, batch: Batch, numbers: list[int]) -> list[int]:
        """Let a worker do these records; the numbers of those that are left when it has ended."""
        got = 0
        late = False
        try:
            worker.learned = teach(worker.connection, self._facts, worker.learned)
            send(worker.connection, FrameKind.BATCH, dump_payloads(batch.payloads[number] for number in numbers))
            while got < len(numbers):
                results = self._receive(worker)
                if results is None:
                    break
                batch.put(numbers[got : got + len(results)], results)
                got += len(results)
                worker.records += len(results)
                self._early_ends = 0
                self.computed += len(results)
        except TimeoutError:
            late = True
        except OSError:
            pass  # it ended before it had read the batch
        if got == len(numbers):
            return []
        hand = worker.in_hand
        worker.kill()
        status = worker.wait()
        if self._closed:
            raise ClosedError(f"{self.name} was closed")
        left = numbers[got:]
        if got <= hand < len(numbers):
            self._blame(batch, numbers[hand], left, late, status)
        elif not worker.records:
            self._count_early_end(status)
        return left

    def _count_early_end(self, status: int) -> None:
        """A new worker has ended before its first record. Raises BrokenStageError when that comes again and again."""
        self._early_ends += 1
        if self._early_ends >= EARLY_ENDS:
            raise BrokenStageError(f"workers of the {self.name} end before their first record ({_named(status)})")

    def _blame(self, batch: Batch, number: int, left: list[int], late: bool, status: int) -> None:
        """A worker has ended over a record: it is that record's end, or its next try is the first thing that the next worker does."""
        reason, why = self._reason(late, status)
        self.died(reason)
        batch.deaths[number] = batch.deaths.get(number, 0) + 1
        left.remove(number)
        if reason == "crashed" and batch.deaths[number] < TRIES:
            left.insert(0, number)
            return
        batch.put([number], [Failed(why, reason=reason)])
        self.computed += 1

    def _reason(self, late: bool, status: int) -> tuple[str, str]:
        if late:
            return "too_slow", f"takes more than {self._limits.wall_s:g} s"
        if status == -signal.SIGPROF:
            return "too_slow", f"takes more than {self._limits.cpu_s:g} s of CPU time"
        return "crashed", f"ended {TRIES} workers ({_named(status)})"

    def _receive(self, worker: WorkerProcess) -> list[Result | Failed] | None:
        while (frame := receive(worker.connection)) is not None:
            kind, body = frame
            if kind is FrameKind.RESULTS:
                return load_results(body)
        return None

    def _take(self) -> WorkerProcess:
        with self._lock:
            worker = self._idle.pop() if self._idle else None
        if worker is None:
            worker = self._template.worker()
            worker.connection.settimeout(self._limits.wall_s)
        with self._lock:
            self._busy.add(worker)
            if self._closed:
                worker.kill()
        return worker

    def _give(self, worker: WorkerProcess) -> None:
        """A worker is idle again, or has ended, or has done enough."""
        with self._lock:
            if worker.is_open and worker.records < RECORDS_PER_WORKER and not self._closed:
                self._busy.discard(worker)
                self._idle.append(worker)
                return
        self._drop(worker)

    def _drop(self, worker: WorkerProcess) -> None:
        with self._lock:
            self._busy.discard(worker)
        if worker.is_open:
            worker.kill()
            worker.wait()

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over one entry of the followed topic: workers know it with their next batch."""
        self._facts.add(key, value)

    def close(self) -> None:
        with self._lock:
            self._closed = True
            workers, self._idle = [*self._idle, *self._busy], []
        for worker in workers:
            worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._template.close()


def _named(status: int) -> str:
    return signal.Signals(-status).name if status < 0 else f"exit status {status}"
