"""The feeder on Kafka: what its shards share, made inside the running loop."""

from __future__ import annotations

import asyncio

from copydesk.services.feeder.entries import RULES
from copydesk.services.feeder.equipment import FeederEquipment
from copydesk.services.feeder.files import WatchedFile
from copydesk.services.feeder.looks import HostPace
from copydesk.services.feeder.settings import FeederSettings
from copydesk.services.feeder.shard import FeedShard
from copydesk.shared.keeping import ShardState
from copydesk.shared.runner.keepers import KeeperHandler
from copydesk.shared.runner.service import Service
from copydesk.shared.topics import FEEDER_STATE, SOURCES
from copydesk.shared.web.running import RunningClient


def make(service: Service, settings: FeederSettings) -> KeeperHandler:
    client = RunningClient(settings, settings.feeder_concurrency)
    pace = HostPace(settings.web_host_delay_s, rested=False)
    slots = asyncio.Semaphore(settings.feeder_concurrency)
    equipment = FeederEquipment(settings, service.sender, service.metrics, client.client, pace, slots)
    watched = WatchedFile(settings, service.sender, settings.feeder_file)

    def shard_of(shard: int, state: ShardState) -> FeedShard:
        return FeedShard(shard, state, equipment)

    return KeeperHandler(service.name, (SOURCES, FEEDER_STATE), shard_of, RULES, service, [client, watched])
