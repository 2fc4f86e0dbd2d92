"""An account of every record that goes through stages here, for `copydesk enrich` and the commands beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import IO

from copydesk.services.console.offline.pipeline import RecordUnderway
from copydesk.services.console.printing.terminal import Say
from copydesk.services.console.printing.words import counted, duration
from copydesk.shared.computing import Computing
from copydesk.shared.stage import Rejected, SideRecord


@dataclass
class Account:
    """What became of the records. `refusals` counts reasons, as in `clean: no_article`."""

    written: int = 0
    refusals: Counter[str] = field(default_factory=Counter)

    @property
    def refused(self) -> int:
        return self.refusals.total()

    @property
    def read(self) -> int:
        return self.written + self.refused

    def summary(self, where: str, seconds: float) -> str:
        """`3 records read, 1 written to x.jsonl, 2 refused (cleaner: no_article 2), 0.4 s`."""
        reasons = ", ".join(f"{reason} {count:,}" for reason, count in self.refusals.most_common())
        refused = f", {self.refused:,} refused ({reasons})" if self.refusals else ""
        return f"{counted(self.read, 'record')} read, {self.written:,} written to {where}{refused}, {duration(seconds)}"


class Recorder:
    """Listens to the pipeline: counts, tells a person of each refusal, keeps the letters. `reached` is told of bytes read and both counts."""

    def __init__(
        self, say: Say, raw_limit: int, rejected: IO[bytes] | None = None, reached: Callable[[int, int, int], None] = lambda *_: None
    ) -> None:
        self.account = Account()
        self.refused_by: Counter[str] = Counter()
        self._say, self._raw_limit, self._rejected, self._reached = say, raw_limit, rejected, reached

    def passed(self, entry: RecordUnderway) -> None:
        self.account.written += 1
        self._reached(entry.arrival.consumed, self.account.written, self.account.refused)

    def refused(self, entry: RecordUnderway, stage: Computing, rejected: Rejected) -> None:
        self.account.refusals[f"{stage.name}: {rejected.reason}"] += 1
        self.refused_by[stage.name] += 1
        self._say(f"refused {entry.arrival.name} by {stage.name}: {rejected.reason}" + (f", {rejected.detail}" if rejected.detail else ""))
        if self._rejected is not None:
            for letter in _letters(entry, stage, rejected, self._raw_limit):
                self._rejected.write(letter + b"\n")
        self._reached(entry.arrival.consumed, self.account.written, self.account.refused)

    def aside(self, record: SideRecord) -> None:
        """Nothing: of several stages `final_records` takes what they correct, one alone corrects nothing that is shown here."""


def _letters(entry: RecordUnderway, stage: Computing, rejected: Rejected, raw_limit: int) -> Iterator[bytes]:
    """The same letters as on Kafka; the place of the original is its number in the input, its name is in the headers."""
    from copydesk.shared.deadletters import Cause, dead_letters  # with a client of Kafka, for whoever keeps letters
    from copydesk.shared.kafka import Message

    key = entry.article_id.encode() or None
    arrival = entry.arrival
    message = Message(stage.source.name, 0, arrival.number, arrival.timestamp_ms, key, entry.value, {"input": arrival.name})
    time = datetime.fromtimestamp(arrival.timestamp_ms / 1000, UTC)
    return dead_letters(message, Cause(stage.name, rejected.reason, rejected.detail, rejected.traceback, time), raw_limit)
