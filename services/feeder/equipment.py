"""What all shards of this process share."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from copydesk.services.feeder.looks import HostPace
from copydesk.services.feeder.settings import FeederSettings
from copydesk.shared.kafka import Sender
from copydesk.shared.runner.metrics import Metrics
from copydesk.shared.web.client import WebClient


@dataclass(frozen=True, slots=True)
class FeederEquipment:
    """Settings, ways out, and what is shared out."""

    settings: FeederSettings
    sender: Sender
    metrics: Metrics
    client: WebClient
    pace: HostPace
    slots: asyncio.Semaphore
