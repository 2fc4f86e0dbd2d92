"""Shards of the deduplicator's index as a service: `python -m copydesk.services.deduplicator.index`, settings in the environment (--help)."""

from copydesk.services.deduplicator.index import create
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.shared.runner.responders import ResponderHandler
from copydesk.shared.runner.service import Service, main


def make(service: Service, settings: DeduplicatorSettings) -> ResponderHandler:
    return ResponderHandler(create(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("index", DeduplicatorSettings, make, __doc__ or "")
