"""Shards of the deduplicator's index as a service: `python -m copydesk.services.deduplicator.index`, settings in the environment (--help)."""

from prometheus_client import Gauge

from copydesk.services.deduplicator.index import create
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.shared.runner.responders import ResponderHandler
from copydesk.shared.runner.service import Service, main


def make(service: Service, settings: DeduplicatorSettings) -> ResponderHandler:
    responder = create(settings)
    held = Gauge("copydesk_index_articles", "Revisions of articles in the shards that are here.", ("service",), registry=service.metrics.registry)
    held.labels(service.name).set_function(lambda: responder.articles)
    return ResponderHandler(responder, settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("index", DeduplicatorSettings, make, __doc__ or "")
