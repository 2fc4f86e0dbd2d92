"""The tagger as a service: `python -m copydesk.services.tagger`, settings in the environment (--help)."""

from copydesk.services.tagger.settings import TaggerSettings
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.stages import StageHandler, in_workers


def make(service: Service, settings: TaggerSettings) -> StageHandler:
    return StageHandler(in_workers("copydesk.services.tagger.stage:create", settings, service.metrics), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("tagger", TaggerSettings, make, __doc__ or "")
