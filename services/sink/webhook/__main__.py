"""The sink into a webhook as a service: `python -m copydesk.services.sink.webhook`, settings in the environment (--help)."""

from copydesk.services.sink.webhook.settings import WebhookSettings
from copydesk.services.sink.webhook.sink import WebhookSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: WebhookSettings) -> SinkHandler:
    return SinkHandler(WebhookSink(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-webhook", WebhookSettings, make, __doc__ or "")
