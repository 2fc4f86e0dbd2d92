"""A stage that is ready to compute, wherever it does: what the runner and `copydesk enrich` know of it."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, Self

from copydesk.shared.envelope import Passed, Payload, Result, apply
from copydesk.shared.errors import UnavailableError
from copydesk.shared.known_good import known_good
from copydesk.shared.stage import Stage
from copydesk.shared.topics import Topic
from copydesk.shared.workers.failure import Failed, decided

AWAY: tuple[type[Exception], ...] = (UnavailableError, OSError, TimeoutError)


class Computing(Protocol):
    """One batch at a time. `computed` counts the records that have a result, and grows while a batch is computed."""

    @property
    def name(self) -> str: ...

    @property
    def source(self) -> Topic: ...

    @property
    def target(self) -> Topic: ...

    @property
    def follows(self) -> Topic | None: ...

    @property
    def computed(self) -> int: ...

    @property
    def pace_s(self) -> float:
        """Seconds a record in the last batch; 0 where a batch waits for others, so that its records do not tell how long it takes."""

    def open(self) -> Self:
        """Wait until the stage is loaded."""

    async def apply(self, payloads: Sequence[Payload]) -> list[Result]:
        """One result each, in order. A record that makes the stage fail is rejected.

        Raises BrokenStageError or StageUnavailableError where a record known to be good fails as well, and what a port raises that is away.
        """

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over one entry of the topic that the stage follows."""

    def close(self) -> None:
        """Give back threads and processes."""


class InThisProcess:
    """A stage whose `process` is async, since it asks a port: what it computes itself is bounded by the size of its records and runs in threads."""

    def __init__(self, stage: Stage, away: tuple[type[Exception], ...] = AWAY) -> None:
        """`away`: what a port raises that is not there at present."""
        self.name, self.source, self.target = stage.name, stage.source, stage.target
        self.follows: Topic | None = getattr(stage, "follows", None)
        self.computed, self.pace_s = 0, 0.0
        self._stage, self._away = stage, away
        self._executor = ThreadPoolExecutor(1, thread_name_prefix=stage.name)

    def open(self) -> Self:
        return self

    async def apply(self, payloads: Sequence[Payload]) -> list[Result]:
        return await decided(self.name, await self._results(payloads), self._probe)

    async def _results(self, payloads: Sequence[Payload]) -> list[Result | Failed]:
        """The batch; where it fails, record by record."""
        try:
            found = await apply(self._stage, payloads, self._executor)
        except self._away:
            raise
        except Exception as error:
            if len(payloads) == 1:
                return [Failed.of(error)]
            return [result for payload in payloads for result in await self._results([payload])]
        self.computed += len(payloads)
        return list(found)

    async def _probe(self) -> Failed | None:
        for value in known_good(self._stage):
            (result,) = await self._results([Payload(value, 0)])
            if not isinstance(result, Passed):
                return result if isinstance(result, Failed) else Failed(f"{result.reason}, {result.detail}")
        return None

    def learned(self, key: str, value: bytes | None) -> None:
        self._stage.learned(key, value)  # type: ignore[attr-defined]

    def close(self) -> None:
        self._executor.shutdown(wait=False, cancel_futures=True)
