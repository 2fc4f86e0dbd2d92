"""`copydesk produce`: inputs onto articles.raw, with progress, at a pace, and on from where it stopped."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.console.printing.words import counted
from copydesk.services.console.topics.holding_back import held_back
from copydesk.services.producer.files import Batches, FilePublisher, Pace
from copydesk.services.producer.inbox import FileState, Inbox, state_of
from copydesk.services.producer.memory import Memory
from copydesk.services.producer.pace import stamped_as_they_go
from copydesk.services.producer.publish import ReadyToSend, Tally, prepared
from copydesk.shared.arrivals import Arrival, stamped
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Reading, expand, is_file, read, total_bytes
from copydesk.shared.kafka import Sender, producer
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected

POLL_S = 1.0  # between two looks into folders that are watched
SHOWN = 3  # records of a dry run


@dataclass(frozen=True, slots=True)
class Manner:
    """How to send: on from where the last run stopped, at most so many records (a second), held back by consumers' lag, watching folders."""

    resume: bool = False
    limit: int | None = None
    rate: float | None = None
    max_lag: int | None = None
    follow: bool = False


@dataclass
class Sending:
    """What became of the records, also where the run was interrupted. `skipped` were sent by an earlier run."""

    tally: Tally = field(default_factory=Tally)
    skipped: int = 0

    def summary(self) -> str:
        refused = self.tally.refusals.total()
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.tally.refusals.most_common())
        skipped = f", {self.skipped:,} sent before" if self.skipped else ""
        addresses = f" ({counted(self.tally.addresses, 'address', 'addresses')} for the fetcher)" if self.tally.addresses else ""
        return f"{self.tally.sent:,} sent{addresses}, {refused:,} refused" + (f" ({reasons})" if reasons else "") + skipped


def dry_run(inputs: Sequence[str], reading: Reading, settings: Settings, limit: int | None) -> Iterator[tuple[Arrival, ReadyToSend | Rejected]]:
    """The first records as they would be sent, or why they would be refused. Asks no broker. Raises CopydeskError as `expand` does."""
    for arrival in islice(stamped(read(expand(inputs, reading.tell), reading)), limit or SHOWN):
        yield arrival, prepared(arrival, settings.raw_limit)


async def produce(
    inputs: Sequence[str], reading: Reading, settings: Settings, manner: Manner | None = None, outcome: Sending | None = None
) -> Sending:  # fmt: skip
    """Send every record of the inputs, counting into `outcome`; refused ones are named on standard error.

    Raises CopydeskError as `expand` and `publish_records` do.
    """
    manner, outcome = manner or Manner(), outcome or Sending()
    files = [] if manner.follow else expand(inputs, reading.tell)
    with ProgressBar("sending", None if manner.follow else total_bytes(files)) as progress:
        async with producer(settings) as sender:
            memory = await _memory(sender, settings, manner)
            try:
                publisher = FilePublisher(sender, memory, reading, settings.raw_limit, _pace(settings, manner, progress))
                publisher.tally = outcome.tally
                async with _counted(publisher, outcome):
                    await _publish(publisher, inputs, files, manner, progress)
            finally:
                memory.close()
    return outcome


async def _publish(publisher: FilePublisher, inputs: Sequence[str], files: Sequence[str], manner: Manner, progress: ProgressBar) -> None:
    def refused(arrival: Arrival, rejected: Rejected) -> None:
        progress.say(f"refused {arrival.name}: {rejected.reason}, {rejected.detail}")

    def reached(last: Arrival, tally: Tally) -> None:
        progress.reached(last.consumed, tally.sent, tally.refusals.total())

    await publisher.publish([(name, _state(name)) for name in files], refused, reached, manner.limit)
    if manner.follow:
        inboxes = [Inbox(Path(given), progress.say) for given in _watchable(inputs)]
        while (left := _left(manner.limit, publisher.tally)) != 0:
            found = {name: state for inbox in inboxes for name, state in inbox.look()[0].items() if not publisher.memory.knows(name, state)}
            await publisher.publish(found.items(), refused, reached, left)
            await asyncio.sleep(POLL_S)


def _left(limit: int | None, tally: Tally) -> int | None:
    return None if limit is None else max(0, limit - tally.sent - tally.refusals.total())


def _state(name: str) -> FileState | None:
    if not is_file(name):
        return None
    with suppress(OSError):  # reading says what is wrong
        return state_of(name)
    return None


def _watchable(inputs: Sequence[str]) -> Sequence[str]:
    for given in inputs:
        if not Path(given).exists():
            raise CopydeskError(f"{given} is no folder or file, and nothing else is watched", "name a folder, or leave --follow out")
    return inputs


async def _memory(sender: Sender, settings: Settings, manner: Manner) -> Memory:
    """How far files came on this cluster: what another one has says nothing of it."""
    name = f"produced-{await sender.cluster_id()}.sqlite"
    return Memory(settings.home / "run" / name, not manner.resume)


def _pace(settings: Settings, manner: Manner, progress: ProgressBar) -> Pace:
    def paced(batches: Batches) -> Batches:
        found = held_back(batches, settings, manner.rate, manner.max_lag, progress.say)
        return found if manner.rate is None else stamped_as_they_go(found)

    return paced


@asynccontextmanager
async def _counted(publisher: FilePublisher, outcome: Sending) -> AsyncIterator[None]:
    try:
        yield
    finally:
        outcome.skipped = publisher.skipped
