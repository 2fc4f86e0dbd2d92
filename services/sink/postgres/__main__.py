"""The sink into PostgreSQL as a service: `python -m copydesk.services.sink.postgres`, settings in the environment (--help)."""

from copydesk.services.sink.postgres.settings import PostgresSettings
from copydesk.shared.archive.postgres.writer import PostgresSink
from copydesk.shared.runner.service import Service, main
from copydesk.shared.runner.sinks import SinkHandler


def make(service: Service, settings: PostgresSettings) -> SinkHandler:
    sink = PostgresSink(settings.postgres_url.get_secret_value(), settings.days_kept, settings.postgres_timeout_s)
    return SinkHandler(sink, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("sink-postgres", PostgresSettings, make, __doc__ or "")
