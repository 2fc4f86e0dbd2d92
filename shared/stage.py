"""The contract of a stage: a function from a batch of records to one outcome each. No Kafka here.

    class Stage:            name, version, source, target, reads
        process(batch)      -> one Outcome for each record, in order

`reads` is a pydantic model of the fields that the stage needs: they are validated at its edge and trusted inside.
An outcome is the part that the stage adds, or a rejection with its reason. Raising means that the infrastructure or the
code is broken: the batch is tried again, and at last the service stops with its offset uncommitted.
"""

from __future__ import annotations

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from pydantic import BaseModel

from copydesk.shared.records.base import Part
from copydesk.shared.topics import Topic


class Written(NamedTuple):
    """A record as a sink gets it: its topic, its bytes, and when it was written to the log, in milliseconds since 1970."""

    topic: Topic
    value: bytes
    written_ms: int = 0


@dataclass(frozen=True, slots=True)
class SideRecord:
    """A record for another topic than the target, such as a correction."""

    topic: Topic
    key: str
    part: Part


@dataclass(frozen=True, slots=True)
class Enriched:
    """The part to add to the envelope. `counts` go to the stage's own metric, by name: {"dates_inferred": 2}; only a service has metrics."""

    part: Part
    side: tuple[SideRecord, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rejected:
    """A record that this stage cannot process. `reason` is a stable snake_case code, `detail` is for a person; where code raised, its traceback."""

    reason: str
    detail: str = ""
    traceback: str | None = None


Outcome = Enriched | Rejected


class Stage(Protocol):
    """One step of the pipeline. `process` may be async when it asks a port that is given to it."""

    name: str
    source: Topic
    target: Topic

    @property
    def version(self) -> str:
        """RELEASE or RELEASE+BUILD of what made the last batch; `copydesk.shared.records.versions` says how they are ordered."""

    @property
    def reads(self) -> type[BaseModel]: ...

    def process(self, batch: Sequence[Any]) -> Sequence[Outcome] | Awaitable[Sequence[Outcome]]: ...


class Leaving(Protocol):
    """A stage that does not carry on all fields of its records: later ones need them no more."""

    leaves: frozenset[str]


class Following(Protocol):
    """A stage that also follows a compacted topic of what was learned: all of it before the first record, then as it comes."""

    follows: Topic

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over one entry; None means that it was withdrawn."""
