"""The same stages driven by what one would write, or take, in place of Copydesk's runner: `python -m tests.benchmarks.runners` measures them.

Each rival is a program of one process: batches from the stage's source, `copydesk.shared.envelope.compute`, everything stored on its target
by an idempotent producer before the offsets are committed, once a second.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib import import_module

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.tagger.settings import TaggerSettings
from copydesk.shared.envelope import Passed, Payload, compute
from copydesk.shared.settings import ServiceSettings, load
from copydesk.shared.stage import Stage

SESSION_MS = 6_000
HEARTBEAT_MS = 1_200
BATCH = 64
LARGEST = 8_000_000


@dataclass(frozen=True, slots=True)
class DrivenStage:
    """Where a stage comes from: the module of its service, what makes it, and its settings."""

    service: str
    factory: str
    settings: type[ServiceSettings]

    def make(self) -> Stage:
        module, _, name = self.factory.partition(":")
        stage: Stage = getattr(import_module(module), name)(load(self.settings))
        return stage


STAGES = {
    "hop": DrivenStage("tests.benchmarks.hop", "tests.benchmarks.hop:create", ServiceSettings),
    "cleaner": DrivenStage("copydesk.services.cleaner", "copydesk.services.cleaner.stage:create", CleanerSettings),
    "tagger": DrivenStage("copydesk.services.tagger", "copydesk.services.tagger.stage:create", TaggerSettings),
}


def brokers() -> str:
    return os.environ["COPYDESK_BOOTSTRAP_SERVERS"]


def values(stage: Stage, payloads: list[Payload]) -> list[bytes]:
    """What goes on; a record that the stage refuses ends the program, which is not what is measured."""
    results = compute(stage, payloads)
    assert all(isinstance(result, Passed) for result in results), results
    return [result.value for result in results if isinstance(result, Passed)]
