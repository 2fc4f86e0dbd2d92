"""The sink as a service: `python -m services.sink`, settings in the environment (--help)."""

from services.sink.settings import SinkSettings
from services.sink.stage import create
from shared.runner.service import Service, main
from shared.runner.sinks import SinkHandler


def make(service: Service, settings: SinkSettings) -> SinkHandler:
    return SinkHandler(create(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink", SinkSettings, make, __doc__ or "")
