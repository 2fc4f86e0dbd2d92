"""`copydesk enrich`: the stages in this process, from files to JSON lines or tables, so that an interrupted run can go on."""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, aclosing, nullcontext
from itertools import islice
from pathlib import Path
from typing import IO

from copydesk.services.console.offline.account import Account, Recorder
from copydesk.services.console.offline.final import final_records, provisional_records, verdicts_change
from copydesk.services.console.offline.journal import Journal, Mark
from copydesk.services.console.offline.outputs import Targets, created, printer, second_pass
from copydesk.services.console.offline.spool import Facts
from copydesk.services.console.printing.progress import ProgressBar
from copydesk.shared.computing import Computing
from copydesk.shared.envelope import Passed, Payload
from copydesk.shared.inputs import Item
from copydesk.shared.topics import DEDUPLICATED
from copydesk.shared.unpacking import STDIN

BATCH = 64


async def enrich(
    stages: Sequence[Computing],
    items: Iterator[Item],
    targets: Targets,
    progress: ProgressBar,
    raw_limit: int,
    journal: Journal | None = None,
    interrupted: Callable[[], None] = lambda: None,
) -> Account:
    """Run all items through the stages. With a journal, records are written to the file as they can be, and this goes on behind what it has;
    without one they are printed, with a deduplicator when all input is read: then verdicts are final.

    `interrupted` is called, with the journal saved, when the run is cut short from outside.

    Raises CopydeskError when an input or an output cannot be used, and what a stage raises.
    """
    mark = Mark() if journal is None else journal.mark
    with _letterbox(targets.rejected, mark.rejected) as rejected:
        recorder = Recorder(progress.say, raw_limit, rejected, progress.reached)
        recorder.account = Account(mark.written, Counter(mark.refusals))
        progress.follow(_coming_out(stages[-1], recorder))
        try:
            if journal is None:
                await _printed(stages, items, targets, progress, recorder)
            else:
                facts = await _written(stages, items, targets, journal, recorder, rejected)
                second_pass(targets, facts, journal)
        except (asyncio.CancelledError, SystemExit):
            progress.hide()
            interrupted()
            raise
    return recorder.account


def _coming_out(last: Computing, recorder: Recorder) -> Callable[[], int]:
    """How many records have passed the last stage by now, those on their way to the follower included."""
    before, refused = last.computed - recorder.account.written, recorder.refused_by
    return lambda: last.computed - before - refused[last.name]


async def _printed(stages: Sequence[Computing], items: Iterator[Item], targets: Targets, progress: ProgressBar, recorder: Recorder) -> None:
    with printer(targets) as write:
        async with aclosing(final_records(stages, items, recorder)) as values:
            async for value in values:
                if sys.stdout.isatty():
                    progress.hide()
                write(value)


async def _written(
    stages: Sequence[Computing], items: Iterator[Item], targets: Targets, journal: Journal, recorder: Recorder, rejected: IO[bytes] | None
) -> Facts:
    """Records as they come out, onto the lines; what completes them. The journal is saved whatever ends it."""
    facts, begun = Facts(), journal.mark
    with created(targets.lines, begun.output) as stream:

        def flush() -> None:
            for one in (stream, rejected):
                if one is not None:
                    one.flush()

        def note() -> None:
            account = recorder.account
            letters = rejected.tell() if rejected is not None and rejected.seekable() else 0
            place = Mark(account.read, stream.tell(), letters, account.written, dict(account.refusals))
            journal.note(place, flush)

        if begun.output and verdicts_change(stages):
            await _learned_again(next(stage for stage in stages if stage.target is DEDUPLICATED), targets.lines, begun.output, facts)
        try:
            async with aclosing(provisional_records(stages, islice(items, begun.done, None), recorder, facts, begun.done)) as values:
                async for value in values:
                    stream.write(value + b"\n")
                    note()
            note()
        finally:
            flush()
            journal.save()
    return facts


async def _learned_again(deduplicator: Computing, lines: Path, size: int, facts: Facts) -> None:
    """Show the deduplicator what it saw before the interruption: its index, and the corrections, are as they were."""
    with lines.open("rb") as stream:
        while stream.tell() < size and (batch := [Payload(line.rstrip(b"\n"), 0) for line in islice(iter(stream.readline, b""), BATCH)]):
            for result in await deduplicator.apply(batch):
                for record in result.side if isinstance(result, Passed) else ():
                    facts.aside(record)
            await asyncio.sleep(0)


def _letterbox(path: Path | None, kept: int) -> AbstractContextManager[IO[bytes] | None]:
    return nullcontext(None) if path is None else nullcontext(sys.stdout.buffer) if str(path) == STDIN else created(path, kept)
