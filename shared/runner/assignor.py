"""The balanced assignment (balance.py) as Faust and aiokafka ask for it. What a member holds travels with its request to join."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from typing import Any

import orjson
from aiokafka.coordinator.protocol import ConsumerProtocolMemberAssignment, ConsumerProtocolMemberMetadata
from faust.assignor.client_assignment import ClientAssignment
from faust.assignor.partition_assignor import PartitionAssignor

from copydesk.shared.runner.balance import Claim, balanced, next_round


class BalancedAssignor(PartitionAssignor):  # type: ignore[misc]
    """For apps without tables. All replicas of a group have to use it: Kafka refuses a group of replicas with nothing in common."""

    name = "copydesk-balanced"
    version = 1

    def __init__(self, app: Any, replicas: int = 0) -> None:
        super().__init__(app, replicas)
        self._claim = Claim()

    def metadata(self, topics: Collection[str]) -> Any:
        """What this member sends when it joins: what it reads, and what it held last."""
        return ConsumerProtocolMemberMetadata(self.version, sorted(topics), _encoded(self._claim))

    def assign(self, cluster: Any, members: Mapping[str, Any]) -> dict[str, Any]:
        """The leader's work: an assignment for each member."""
        subscriptions = {member: list(metadata.subscription) for member, metadata in members.items()}
        claims = {member: _decoded(metadata.user_data) for member, metadata in members.items()}
        topics = {topic: len(cluster.partitions_for_topic(topic) or ()) for wanted in subscriptions.values() for topic in wanted}
        number = next_round(claims, time.time_ns() // 1_000_000)
        return {
            member: ConsumerProtocolMemberAssignment(self.version, sorted(partitions.items()), _encoded(Claim(number, partitions)))
            for member, partitions in balanced(topics, subscriptions, claims).items()
        }

    def on_assignment(self, assignment: Any) -> None:
        """The member's part: remembered, and told to Faust."""
        self._claim = _decoded(assignment.user_data)
        self._assignment = ClientAssignment(actives=dict(assignment.assignment), standbys={})
        self._active_tps = self._assignment.active_tps


def _encoded(claim: Claim) -> bytes:
    return orjson.dumps([claim.round, claim.partitions])


def _decoded(data: bytes | None) -> Claim:
    """Nothing is claimed by a member that has not been given anything yet."""
    if not data:
        return Claim()
    number, partitions = orjson.loads(data)
    return Claim(number, partitions)
