"""The deduplicator as a service: `python -m copydesk.services.deduplicator`, settings in the environment (--help).

The shards of its index are a service of their own: `python -m copydesk.services.deduplicator.index`.
"""

from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.stage import create
from copydesk.shared.computing import InThisProcess
from copydesk.shared.runner.asker import KafkaAsker
from copydesk.shared.runner.policy import TRANSIENT
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler


def make(service: Service, settings: DeduplicatorSettings) -> StageHandler:
    asker = KafkaAsker(settings, service.sender, service.metrics.asked_seconds.observe)
    return StageHandler(InThisProcess(create(settings, asker), TRANSIENT), settings, service.metrics, service.sender, needs=[asker])


if __name__ == "__main__":
    main("deduplicator", DeduplicatorSettings, make, __doc__ or "")
