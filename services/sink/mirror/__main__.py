"""The sink into another topic as a service: `python -m copydesk.services.sink.mirror`, settings in the environment (--help)."""

from copydesk.services.sink.mirror.settings import MirrorSettings
from copydesk.services.sink.mirror.sink import MirrorSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: MirrorSettings) -> SinkHandler:
    return SinkHandler(MirrorSink(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-mirror", MirrorSettings, make, __doc__ or "")
