"""Assignments over histories of joins, leaves, crashes and returns: complete, even, and with as few moves as that allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.shared.runner.balance import Claim, balanced, next_round

TOPICS = st.dictionaries(st.sampled_from(["articles.enriched", "articles.corrections", "dedup.index"]), st.integers(1, 13), min_size=1)
MEMBERS = [f"replica-{number}" for number in range(8)]
EVENTS = st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=25)  # who is in the group leaves it, who is not joins it


class Group:
    """A group as its leader sees it. Who has left remembers what it held and claims it when it comes back awake, not when it is started again."""

    def __init__(self, topics: Mapping[str, int]) -> None:
        self.topics = topics
        self.clock = 0
        self.members: dict[str, Claim] = {}
        self.asleep: dict[str, Claim] = {}

    def toggle(self, member: str, forgets: bool) -> None:
        if member in self.members:
            self.asleep[member] = self.members.pop(member)
        else:
            self.members[member] = Claim() if forgets else self.asleep.get(member, Claim())

    def rebalance(self) -> dict[str, dict[str, list[int]]]:
        given = balanced(self.topics, {member: list(self.topics) for member in self.members}, self.members)
        self.clock += 1
        number = next_round(self.members, self.clock)
        self.members = {member: Claim(number, partitions) for member, partitions in given.items()}
        return given


def spread(numbers: Sequence[int]) -> int:
    return max(numbers) - min(numbers)


@given(TOPICS, EVENTS, st.booleans())
def test_every_partition_has_one_owner_and_the_load_is_within_one(topics: dict[str, int], events: list[str], forgets: bool) -> None:
    group = Group(topics)
    for member in events:
        group.toggle(member, forgets)
        if not group.members:
            continue
        given = group.rebalance()
        for topic, count in topics.items():
            assert sorted(partition for parts in given.values() for partition in parts[topic]) == list(range(count))
            assert spread([len(parts[topic]) for parts in given.values()]) <= 1
        assert spread([sum(map(len, parts.values())) for parts in given.values()]) <= 1


@given(st.integers(1, 24), EVENTS, st.booleans())
def test_no_balanced_assignment_of_a_topic_moves_fewer_partitions(count: int, events: list[str], forgets: bool) -> None:
    group = Group({"t": count})
    owners: dict[int, str] = {}
    for member in events:
        group.toggle(member, forgets)
        if not group.members:
            continue
        held = {name: sum(owner == name for owner in owners.values()) for name in group.members}
        given = {partition: name for name, parts in group.rebalance().items() for partition in parts["t"]}
        kept = sum(owners.get(partition) == name for partition, name in given.items())
        if forgets:
            held[member] = 0  # what it held before is unknown to all
        assert kept >= most_kept(count, list(held.values()))
        owners = given


def most_kept(count: int, held: list[int]) -> int:
    """The most that can stay where it is in a balanced assignment: who holds most gets the larger shares."""
    least, more = divmod(count, len(held))
    return sum(min(number, least + (place < more)) for place, number in enumerate(sorted(held, reverse=True)))


@given(TOPICS, EVENTS)
def test_nothing_moves_when_nothing_has_changed(topics: dict[str, int], events: list[str]) -> None:
    group = Group(topics)
    for member in events:
        group.toggle(member, forgets=True)
    if group.members:
        assert group.rebalance() == group.rebalance()


@pytest.mark.parametrize(("members", "count", "shares"), [(3, 4, [1, 1, 2]), (8, 12, [1, 1, 1, 1, 2, 2, 2, 2]), (5, 3, [0, 0, 1, 1, 1])])
def test_a_replica_that_comes_back_gets_its_share(members: int, count: int, shares: list[int]) -> None:
    group = Group({"t": count})
    for member in MEMBERS[:members]:
        group.toggle(member, forgets=True)
        group.rebalance()
    group.toggle(MEMBERS[0], forgets=True)
    group.rebalance()
    group.toggle(MEMBERS[0], forgets=True)
    assert sorted(len(parts["t"]) for parts in group.rebalance().values()) == shares


def test_of_two_that_claim_a_partition_the_later_round_is_right() -> None:
    claims = {"a": Claim(1, {"t": [0, 1]}), "b": Claim(2, {"t": [1, 2]})}
    assert balanced({"t": 3}, {"a": ["t"], "b": ["t"]}, claims) == {"a": {"t": [0]}, "b": {"t": [1, 2]}}


def test_what_a_member_does_not_read_it_does_not_get() -> None:
    """In the middle of an upgrade some replicas read a topic that the others do not know yet."""
    given = balanced({"old": 2, "new": 2}, {"a": ["old"], "b": ["old", "new"]}, {})
    assert given == {"a": {"old": [0]}, "b": {"old": [1], "new": [0, 1]}}
