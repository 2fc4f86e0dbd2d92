"""`copydesk replay`: a stretch of a stage's input is put onto its topic again, beside what comes in, at a pace, and on from where it stopped.

A batch goes: 1. its records are sent, 2. the brokers confirm them, 3. letters that waited for them are marked, 4. the memory keeps the place.
Killed before 4, the batch is sent again, which changes nothing downstream.
"""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Sequence
from contextlib import aclosing, closing
from dataclasses import dataclass, field
from typing import Any

from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.console.printing.words import counted
from copydesk.services.console.replaying.choice import COPY, LogChoice, chosen_by
from copydesk.services.console.replaying.memory import ReplayMemory
from copydesk.services.console.replaying.stretch import LogRequest, Offsets, Stretch, batches, found, read
from copydesk.services.console.topics.holding_back import held_back
from copydesk.shared import letters
from copydesk.shared.again import once_more, place_of
from copydesk.shared.errors import CopydeskError, TooLargeError
from copydesk.shared.kafka import Message, Sender, producer
from copydesk.shared.settings import Settings


@dataclass(frozen=True, slots=True)
class ReplayManner:
    """How to send: on from where the last run of the same words stopped, at most so many records (a second), held back by consumers' lag."""

    resume: bool = False
    limit: int | None = None
    rate: float | None = None
    max_lag: int | None = None


@dataclass
class Replayed:
    """What became of the records, also where the run was interrupted. `settled` counts letters."""

    sent: int = 0
    refused: int = 0
    settled: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    @property
    def seen(self) -> int:
        return self.sent + self.refused + self.left_out.total()

    def summary(self, sent: str = "sent again") -> str:
        """`12 sent again, 3 left out (taken back 3), 0 refused, 1 dead letter marked as replayed`"""
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.left_out.most_common())
        left = f"{self.left_out.total():,} left out" + (f" ({reasons})" if reasons else "")
        marked = f", {counted(self.settled, 'dead letter')} marked as replayed" if self.settled else ""
        return f"{self.sent:,} {sent}, {left}, {self.refused:,} refused{marked}"


async def dry_run(asked: LogRequest, settings: Settings, outcome: Replayed) -> AsyncGenerator[Message, None]:
    """The records that would be sent now, counted into `outcome` with those that would not; nothing is."""
    stretch = await found(asked, settings)
    choice = await chosen_by(asked, settings, stretch)
    async with aclosing(read(settings, asked.topic, stretch, stretch.starts)) as messages:
        async for message in messages:
            if (reason := choice.left_out(message)) is None:
                outcome.sent += 1
                yield message
            else:
                outcome.left_out[reason] += 1


async def replay(asked: LogRequest, settings: Settings, manner: ReplayManner | None = None, outcome: Replayed | None = None) -> Replayed:
    """Send each chosen record of the stretch again, counting into `outcome`; those that are too large are named on standard error.

    Raises CopydeskError for a --resume of what was not begun, when a topic is missing, and when the brokers do not confirm.
    """
    manner, outcome = manner or ReplayManner(), outcome or Replayed()
    async with producer(settings) as sender:
        # of this cluster: the offsets of another one say nothing of it
        with closing(ReplayMemory(settings.home / "run" / f"replays-{await sender.cluster_id()}.sqlite")) as memory:
            stretch, reached = await _begun(asked, settings, memory, manner.resume)
            choice = await chosen_by(asked, settings, stretch)
            with ProgressBar("replaying", stretch.left(reached)) as progress:
                await _Run(asked, settings, manner, sender, memory, choice, progress, outcome).over(stretch, reached)
    return outcome


async def _begun(asked: LogRequest, settings: Settings, memory: ReplayMemory, resume: bool) -> tuple[Stretch, Offsets]:
    if not resume:
        stretch = await found(asked, settings)
        memory.begin(asked, stretch)
        return stretch, stretch.starts
    begun = memory.begun(asked)
    if begun is None:
        lost = "" if memory.damaged is None else f": what was remembered of replays is damaged, and set aside as {memory.damaged}"
        raise CopydeskError(f"no replay in these words was begun here{lost}", "leave --resume out, or give the other options as they were")
    return begun


@dataclass
class _Run:
    """One run over a stretch."""

    asked: LogRequest
    settings: Settings
    manner: ReplayManner
    sender: Sender
    memory: ReplayMemory
    choice: LogChoice
    progress: ProgressBar
    outcome: Replayed
    copies: list[Message] = field(default_factory=list)  # of records that go, whose letters are still to be marked

    async def over(self, stretch: Stretch, reached: Offsets) -> None:
        done = dict(reached)
        async with aclosing(self._chosen(stretch, reached)) as chosen:
            sending = batches(chosen, self.manner.limit)
            async for batch in held_back(sending, self.settings, self.manner.rate, self.manner.max_lag, self.progress.say):
                await self._send(batch)
                done |= {(message.topic, message.partition): message.offset + 1 for message in batch}
                self.memory.reach(self.asked, done)
                self.progress.reached(self.outcome.seen, self.outcome.sent, self.outcome.refused)
        if self.manner.limit is None or self.outcome.sent + self.outcome.refused < self.manner.limit:
            await self._settle([])
            self.memory.reach(self.asked, stretch.ends)

    async def _chosen(self, stretch: Stretch, reached: Offsets) -> AsyncGenerator[Message, None]:
        """The records that go; the others are counted."""
        async with aclosing(read(self.settings, self.asked.topic, stretch, reached)) as messages:
            async for message in messages:
                if (reason := self.choice.left_out(message)) is None:
                    yield message
                    continue
                self.outcome.left_out[reason] += 1
                if reason == COPY:
                    self.copies.append(message)

    async def _send(self, batch: Sequence[Message]) -> None:
        """In their order, all of them confirmed."""
        now_ms = int(time.time() * 1000)
        queued = [await self._queued(message, now_ms) for message in batch]
        stored = []
        for message, outcome in zip(batch, await asyncio.gather(*queued, return_exceptions=True), strict=True):
            if isinstance(outcome, TooLargeError):
                self.outcome.refused += 1
                self.progress.say(f"refused {place_of(message)}: {outcome}")
            elif isinstance(outcome, BaseException):
                told = f"{place_of(message)} was not confirmed after {self.outcome.sent:,} records were ({outcome})"
                raise CopydeskError(told, "see to the brokers and run the command again with --resume") from outcome
            else:
                self.outcome.sent += 1
                stored.append(message)
        await self._settle(stored)

    async def _queued(self, message: Message, now_ms: int) -> Awaitable[Any]:
        try:
            record = once_more(message, self.settings.raw_limit, now_ms)
            return await self.sender.send(record.topic, record.key, record.value, record.headers)
        except TooLargeError as error:
            return _raised(error)

    async def _settle(self, stored: Sequence[Message]) -> None:
        """Note on the letters of what was sent, or had its original sent, that they are dealt with."""
        done, self.copies = [*stored, *self.copies], []
        for letter in [letter for message in done if (letter := self.choice.open_letter(message)) is not None]:
            await letters.settle(letter.letter, "replayed", self.sender)
            self.outcome.settled += 1


async def _raised(error: Exception) -> None:
    raise error
