"""The sink into Parquet as a service: `python -m copydesk.services.sink.parquet`, settings in the environment (--help)."""

from copydesk.services.sink.parquet.settings import ParquetSettings
from copydesk.services.sink.parquet.sink import ParquetSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: ParquetSettings) -> SinkHandler:
    sink = ParquetSink(settings.url, settings.parquet_bytes, settings.days_kept)
    return SinkHandler(sink, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-parquet", ParquetSettings, make, __doc__ or "")
