"""What all shards of this process share."""

from __future__ import annotations

from dataclasses import dataclass

from prometheus_client import Gauge

from copydesk.services.fetcher.brake import LagBrake
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.turns import RequestSlots
from copydesk.shared.kafka import Sender
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.web.client import WebClient


@dataclass(frozen=True, slots=True)
class Equipment:
    """Settings, ways out, and what is shared out."""

    settings: FetcherSettings
    sender: Sender
    metrics: Metrics
    client: WebClient
    slots: RequestSlots
    brake: LagBrake
    gauge: Gauge

    def waiting(self, shard: int, count: int) -> None:
        """Show how many addresses wait in a shard."""
        self.gauge.labels(self.metrics.service, str(shard)).set(count)


def waiting_gauge(metrics: Metrics) -> Gauge:
    return Gauge("copydesk_waiting_addresses", "Addresses that wait in a shard.", ("service", "partition"), registry=metrics.registry)
