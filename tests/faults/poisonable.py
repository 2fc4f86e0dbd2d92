"""A service whose records say what they do to the process that computes them: the stage of the workers' own tests, on topics that exist."""

from __future__ import annotations

from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler, in_workers
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.topics import CLEANED, DEDUPLICATED
from tests.unit.shared.workers.poison import Poisonable


class Poisoned(Poisonable):
    source, target = CLEANED, DEDUPLICATED


def create(settings: ServiceSettings) -> Poisoned:
    return Poisoned()


def make(service: Service, settings: ServiceSettings) -> StageHandler:
    return StageHandler(in_workers("tests.faults.poisonable:create", settings, service.metrics), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("poisonable", ServiceSettings, make, __doc__ or "")
