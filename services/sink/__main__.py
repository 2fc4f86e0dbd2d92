"""The sink as a service: `python -m copydesk.services.sink`, settings in the environment (--help)."""

from copydesk.services.sink.settings import SinkSettings
from copydesk.services.sink.stage import create
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: SinkSettings) -> SinkHandler:
    return SinkHandler(create(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink", SinkSettings, make, __doc__ or "")
