"""A stage that does next to nothing, as a service: what is left is the runner's own cost."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import BaseModel

from copydesk.shared.records.base import Envelope, Part
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler, in_workers
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Enriched, Outcome
from copydesk.shared.topics import CLEANED, DEDUPLICATED


class Read(Envelope):
    article_id: str


class Nothing(Part):
    hop: int = 1


class Hop:
    """Reads a cleaned record and passes it on with one field more."""

    name, version, source, target = "hop", "1", CLEANED, DEDUPLICATED
    reads: type[BaseModel] = Read

    def process(self, batch: Sequence[Read]) -> Sequence[Outcome]:
        return [Enriched(Nothing()) for _ in batch]


def create(settings: ServiceSettings) -> Hop:
    return Hop()


def make(service: Service, settings: ServiceSettings) -> StageHandler:
    return StageHandler(in_workers("tests.benchmarks.hop:create", settings, service.metrics), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("hop", ServiceSettings, make, __doc__ or "")
