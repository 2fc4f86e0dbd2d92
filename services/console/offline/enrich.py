"""`copydesk enrich`: the stages in this process, from files to JSON lines, with an account of every record."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import orjson

from copydesk.services.console.offline.final import final_records
from copydesk.services.console.offline.pipeline import RecordUnderway
from copydesk.services.console.printing.progress import ProgressBar
from copydesk.services.console.printing.terminal import Say
from copydesk.shared.computing import Computing
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import Item
from copydesk.shared.kafka import Message
from copydesk.shared.printable import json_line
from copydesk.shared.stage import Rejected, SideRecord
from copydesk.shared.unpacking import STDIN


@dataclass
class Account:
    """What became of the records. `refusals` counts reasons, as in `clean: no_article`."""

    written: int = 0
    refusals: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        return self.refusals.total()


class Recorder:
    """Listens to the pipeline: counts, tells a person of each refusal, keeps the letters. `reached` is told of bytes read and both counts."""

    def __init__(
        self, say: Say, raw_limit: int, rejected: IO[bytes] | None = None, reached: Callable[[int, int, int], None] = lambda *_: None
    ) -> None:
        self.account = Account()
        self._say, self._raw_limit, self._rejected, self._reached = say, raw_limit, rejected, reached

    def passed(self, entry: RecordUnderway) -> None:
        self.account.written += 1
        self._reached(entry.arrival.consumed, self.account.written, self.account.refused)

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None:
        self.account.refusals[f"{stage.name}: {rejected.reason}"] += 1
        self._say(f"refused {entry.arrival.name} by {stage.name}: {rejected.reason}" + (f", {rejected.detail}" if rejected.detail else ""))
        if self._rejected is not None:
            for letter in _letters(entry, stage, rejected, self._raw_limit):
                self._rejected.write(letter + b"\n")

    def aside(self, record: SideRecord) -> None:
        """Nothing: of several stages `final_records` takes what they correct, one alone corrects nothing that is shown here."""


def _letters(entry: RecordUnderway, stage: Computing, rejected: Rejected, raw_limit: int) -> Iterator[bytes]:
    """The same letters as on Kafka; the place of the original is its number in the input, its name is in the headers."""
    key = entry.article_id.encode() or None
    arrival = entry.arrival
    message = Message(stage.source.name, 0, arrival.number, arrival.timestamp_ms, key, entry.value, {"input": arrival.name})
    time = datetime.fromtimestamp(arrival.timestamp_ms / 1000, UTC)
    return dead_letters(message, Cause(stage.name, rejected.reason, rejected.detail, rejected.traceback, time), raw_limit)


@dataclass(frozen=True, slots=True)
class Targets:
    """Where records go and in which form, and where letters of refused ones go, if anywhere."""

    output: str = STDIN
    rejected: Path | None = None
    pretty: bool = False


async def enrich(stages: Sequence[Computing], items: Iterator[Item], targets: Targets, progress: ProgressBar, raw_limit: int) -> Account:
    """Run all items through the stages. With a deduplicator, records are written when all input is read: then verdicts are final.

    Raises CopydeskError when an input or an output cannot be used, and what a stage raises.
    """
    with _writer(targets) as write, _letterbox(targets.rejected) as rejected:
        recorder = Recorder(progress.say, raw_limit, rejected, progress.reached)
        async for value in final_records(stages, items, recorder):
            write(value)
    return recorder.account


@contextmanager
def _writer(targets: Targets) -> Iterator[Callable[[bytes], None]]:
    """Takes one record at a time; all are written when the context ends."""
    with _target(targets.output) as stream:
        yield _pretty(stream) if targets.pretty else lambda value: _line(stream, value)
        stream.flush()


def _line(stream: IO[bytes], value: bytes) -> None:
    stream.write((json_line(value) if stream is sys.stdout.buffer else value) + b"\n")


def _pretty(stream: IO[bytes]) -> Callable[[bytes], None]:
    from copydesk.services.console.printing import terminal
    from copydesk.services.console.printing.article import print_record

    console = terminal.console(None if stream is sys.stdout.buffer else io.TextIOWrapper(stream, "utf-8", write_through=True))
    return lambda value: print_record(console, orjson.loads(value))


@contextmanager
def _target(output: str) -> Iterator[IO[bytes]]:
    if output == STDIN:
        yield sys.stdout.buffer
        return
    try:
        stream = Path(output).open("wb")  # noqa: SIM115 - closed below; only the opening may be blamed on the path
    except OSError as error:
        raise CopydeskError(f"{output}: cannot be written ({error.strerror})", "check the folder and its permissions") from error
    with stream:
        yield stream


def _letterbox(path: Path | None) -> AbstractContextManager[IO[bytes] | None]:
    return nullcontext(None) if path is None else _target(str(path))
