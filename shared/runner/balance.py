"""Who gets which partitions of a group: balanced first, then with as few moves as that allows. No Kafka here.

Faust's own assignor moves nothing while nobody holds more than ceil(partitions / members): of three replicas and four partitions one that
is killed and comes back finds 2 + 2 and is left with none. Here each topic, and the group as a whole, is even but for one partition after
every change.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

Partitions = Mapping[str, Sequence[int]]  # by topic


@dataclass(frozen=True, slots=True)
class Claim:
    """What a member was given, and in which round of assignment: of two that claim a partition the later round is right."""

    round: int = 0
    partitions: Partitions = field(default_factory=dict)


def balanced(topics: Mapping[str, int], subscriptions: Mapping[str, Collection[str]], claims: Mapping[str, Claim]) -> dict[str, dict[str, list[int]]]:
    """The partitions of each member, by topic. `topics` says how many partitions each has, `subscriptions` what each member reads.

    Where all read the same, the members' totals differ by one at most, and so do their parts of each topic. For one topic no assignment
    that is balanced moves fewer partitions; with several, later topics give way to the balance of the whole.
    """
    given: dict[str, dict[str, list[int]]] = {member: {} for member in subscriptions}
    load = dict.fromkeys(subscriptions, 0)
    for topic, count in sorted(topics.items()):
        readers = sorted(member for member, wanted in subscriptions.items() if topic in wanted)
        if not readers:
            continue
        held = _held(topic, count, readers, claims)
        for member, partitions in _shared(count, held, _quotas(count, held, load)).items():
            given[member][topic] = partitions
            load[member] += len(partitions)
    return given


def next_round(claims: Mapping[str, Claim], now_ms: int) -> int:
    """A number above all that the members know of, and by the clock above what members that are not here may know of."""
    return max(now_ms, 1 + max((claim.round for claim in claims.values()), default=0))


def _held(topic: str, count: int, readers: Sequence[str], claims: Mapping[str, Claim]) -> dict[str, list[int]]:
    """What each reader rightly holds now. A member that slept through a round claims what is another's by now."""
    owners: dict[int, tuple[int, str]] = {}
    for member in readers:
        claim = claims.get(member, Claim())
        for partition in claim.partitions.get(topic, ()):
            if 0 <= partition < count and (partition not in owners or owners[partition][0] < claim.round):
                owners[partition] = claim.round, member
    return {member: sorted(partition for partition, (_, owner) in owners.items() if owner == member) for member in readers}


def _quotas(count: int, held: Mapping[str, Sequence[int]], load: Mapping[str, int]) -> dict[str, int]:
    """Even shares. The one more that some must take goes to who has least of the topics before this one, then to who holds most of it already."""
    least, more = divmod(count, len(held))
    order = sorted(held, key=lambda member: (load[member], -len(held[member]), member))
    return {member: least + (place < more) for place, member in enumerate(order)}


def _shared(count: int, held: Mapping[str, Sequence[int]], quotas: Mapping[str, int]) -> dict[str, list[int]]:
    """Each keeps what it holds up to its quota; what is free fills the others up."""
    kept = {member: list(partitions[: quotas[member]]) for member, partitions in held.items()}
    free = sorted(set(range(count)).difference(*kept.values()))
    for member, partitions in kept.items():
        room = quotas[member] - len(partitions)
        partitions += free[:room]
        free = free[room:]
    return {member: sorted(partitions) for member, partitions in kept.items()}
