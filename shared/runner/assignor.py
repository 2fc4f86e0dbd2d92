"""The balanced assignment (balance.py) as Faust and aiokafka ask for it. What a member holds travels with its request to join.

Replicas of release 0.1.0 know Faust's own assignment only. While one of them is in the group all go by that (`AssignorOfBefore`), and by the
balanced one as soon as the last of them has left: Kafka takes the first protocol that all members offer.
"""

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
    """For apps without tables."""

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
        self.hold(_decoded(assignment.user_data), ClientAssignment(actives=dict(assignment.assignment), standbys={}))

    def hold(self, claim: Claim, assignment: ClientAssignment) -> None:
        """This is what the member was given, by whatever protocol."""
        self._claim, self._assignment, self._active_tps = claim, assignment, assignment.active_tps


class AssignorOfBefore(PartitionAssignor):  # type: ignore[misc]
    """Faust's own, in a group with replicas of 0.1.0. What it gives is held as if it had been given by the other."""

    def __init__(self, app: Any, balanced: BalancedAssignor) -> None:
        super().__init__(app)
        self._balanced = balanced

    def on_assignment(self, assignment: Any) -> None:
        super().on_assignment(assignment)
        given = self._assignment
        self._balanced.hold(Claim(next_round({}, time.time_ns() // 1_000_000), given.actives), given)


def _encoded(claim: Claim) -> bytes:
    return orjson.dumps([claim.round, claim.partitions])


def _decoded(data: bytes | None) -> Claim:
    """Nothing is claimed by a member that has not been given anything yet."""
    if not data:
        return Claim()
    number, partitions = orjson.loads(data)
    return Claim(number, partitions)
