"""The cleaner as a service: `python -m copydesk.services.cleaner`, settings in the environment (--help)."""

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler, in_workers


def make(service: Service, settings: CleanerSettings) -> StageHandler:
    return StageHandler(in_workers("copydesk.services.cleaner.stage:create", settings, service.metrics), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("cleaner", CleanerSettings, make, __doc__ or "")
