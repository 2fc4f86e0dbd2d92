"""The sink into JSON lines as a service: `python -m copydesk.services.sink.jsonl`, settings in the environment (--help)."""

from copydesk.services.sink.jsonl.settings import JsonlSettings
from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: JsonlSettings) -> SinkHandler:
    sink = JsonlSink(settings.folder, settings.jsonl_bytes, settings.jsonl_age_s, settings.jsonl_gzip, settings.days_kept)
    return SinkHandler(sink, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-jsonl", JsonlSettings, make, __doc__ or "")
