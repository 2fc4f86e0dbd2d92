"""The sink into OpenSearch as a service: `python -m copydesk.services.sink.opensearch`, settings in the environment (--help)."""

from copydesk.services.sink.opensearch.settings import OpensearchSettings
from copydesk.services.sink.opensearch.sink import OpenSearchSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: OpensearchSettings) -> SinkHandler:
    return SinkHandler(OpenSearchSink(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-opensearch", OpensearchSettings, make, __doc__ or "")
