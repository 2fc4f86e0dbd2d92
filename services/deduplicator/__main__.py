"""The deduplicator as a service: `python -m services.deduplicator`, settings in the environment (--help).

The shards of its index are a service of their own: `python -m services.deduplicator.index`.
"""

from services.deduplicator.settings import DeduplicatorSettings
from services.deduplicator.stage import create
from shared.runner.asker import KafkaAsker
from shared.runner.service import Service, main
from shared.runner.stages import StageHandler


def make(service: Service, settings: DeduplicatorSettings) -> StageHandler:
    asker = KafkaAsker(settings, service.sender)
    return StageHandler(create(settings, asker), settings, service.metrics, service.sender, needs=[asker])


if __name__ == "__main__":
    main("deduplicator", DeduplicatorSettings, make, __doc__ or "")
