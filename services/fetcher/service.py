"""The fetcher on Kafka: what its shards share, made inside the running loop."""

from __future__ import annotations

from copydesk.services.fetcher.brake import LagBrake
from copydesk.services.fetcher.entries import RULES
from copydesk.services.fetcher.equipment import Equipment, waiting_gauge
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.shard import FetchShard
from copydesk.services.fetcher.turns import RequestSlots
from copydesk.shared.keeping import ShardState
from copydesk.shared.runner.keepers import KeeperHandler
from copydesk.shared.runner.service import Service
from copydesk.shared.topics import FETCHER_STATE, URLS
from copydesk.shared.web.running import RunningClient


def make(service: Service, settings: FetcherSettings) -> KeeperHandler:
    client = RunningClient(settings, settings.fetcher_concurrency)
    brake = LagBrake(settings, settings.fetcher_max_lag)
    equipment = Equipment(
        settings, service.sender, service.metrics, client.client, RequestSlots(settings.fetcher_concurrency), brake, waiting_gauge(service.metrics)
    )

    def shard_of(shard: int, state: ShardState) -> FetchShard:
        return FetchShard(shard, state, equipment)

    return KeeperHandler(service.name, (URLS, FETCHER_STATE), shard_of, RULES, service, [client, brake])
