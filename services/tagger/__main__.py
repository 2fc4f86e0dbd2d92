"""The tagger as a service: `python -m services.tagger`, settings in the environment (--help)."""

from services.tagger.settings import TaggerSettings
from services.tagger.stage import create
from shared.runner.service import Service, main
from shared.runner.stages import StageHandler


def make(service: Service, settings: TaggerSettings) -> StageHandler:
    return StageHandler(create(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("tagger", TaggerSettings, make, __doc__ or "")
