"""Shards of the deduplicator's index as a service: `python -m services.deduplicator.index`, settings in the environment (--help)."""

from services.deduplicator.index import create
from services.deduplicator.settings import DeduplicatorSettings
from shared.runner.responders import ResponderHandler
from shared.runner.service import Service, main


def make(service: Service, settings: DeduplicatorSettings) -> ResponderHandler:
    return ResponderHandler(create(settings), settings, service.metrics, service.sender)


if __name__ == "__main__":
    main("index", DeduplicatorSettings, make, __doc__ or "")
