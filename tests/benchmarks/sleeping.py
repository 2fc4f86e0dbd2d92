"""A stage that takes time and no CPU, as a service: what is left is how replicas share the work, on however few cores."""

from __future__ import annotations

import time
from collections.abc import Sequence

from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler, in_workers
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Enriched, Outcome
from tests.benchmarks.hop import Hop, Nothing, Read

SLEEP_S = 0.1


class Sleeping(Hop):
    """Takes SLEEP_S for each record. It is in the place of the deduplicator: its name is that of the group."""

    name = "deduplicator"

    def process(self, batch: Sequence[Read]) -> Sequence[Outcome]:
        time.sleep(SLEEP_S * len(batch))
        return [Enriched(Nothing()) for _ in batch]


def create(settings: ServiceSettings) -> Sleeping:
    return Sleeping()


def make(service: Service, settings: ServiceSettings) -> StageHandler:
    pool = in_workers("tests.benchmarks.sleeping:create", settings, service.metrics)
    return StageHandler(pool, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("deduplicator", ServiceSettings, make, __doc__ or "")
