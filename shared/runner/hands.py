"""Which record was in hand when a replica died: counted over restarts and replicas, so that data cannot make a crash loop.

The metadata of a committed offset names the replicas (their processes) that have had what lies there in hand and have not said good-bye. A
replica adds itself when a partition comes to it, takes itself back when it goes in good order, and any commit of a later offset begins anew.
One that finds itself there was paused or cut off and lost its partitions meanwhile: it lives, so that was no death.

After SUSPECT replicas records are done one by one (`exact`): who begins one adds itself just before it, and each is committed. So a
partition that has no records blames none, however often its replicas are killed. After SUSPECT replicas over one record it is put among the
dead letters (`crashed`) and the partition moves on.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol, Self

from copydesk.shared.topics import Partition

SUSPECT = 2
KNOWN_S = 15.0
MARK = "r"  # a holder's first letter: releases that wrote a count in this place read none there


@dataclass(frozen=True, slots=True)
class Note:
    """The metadata of a commit. `holders`: replicas that had the record there in hand and have not said good-bye, the present one included."""

    holders: tuple[str, ...] = ()
    exact: bool = False

    def __str__(self) -> str:
        return " ".join(["held", *self.holders, *(["exact"] if self.exact else [])])

    @classmethod
    def parse(cls, text: str) -> Note:
        """Of what is no note, nothing is known: a commit by another version, or none yet."""
        first, *words = text.split() or [""]
        holders = tuple(word for word in words if word.startswith(MARK))
        return cls(holders, words[-1:] == ["exact"]) if first == "held" else cls()

    def with_holder(self, who: str) -> Self:
        return replace(self, holders=(*self.without(who).holders, who))

    def without(self, who: str) -> Self:
        return replace(self, holders=tuple(holder for holder in self.holders if holder != who))


class Commits(Protocol):
    """The group's offsets with their notes (see transport.py)."""

    async def noted(self) -> Mapping[Partition, tuple[int, str]]:
        """Of each partition that is assigned: the next offset, and the metadata that was committed with it."""

    async def note(self, notes: Mapping[Partition, tuple[int, str]]) -> None:
        """Commit these; there may be none."""


@dataclass(slots=True)
class _PartitionInHand:
    offset: int
    note: Note
    careful_until: int = 0  # before this offset, one record after the other
    condemned: bool = False  # the next record


class Hands:
    """What this replica has in hand. `ahead` is how many records may be in hand behind a committed offset."""

    def __init__(self, ahead: int) -> None:
        self._ahead = ahead
        self._me = MARK + secrets.token_hex(4)
        self._held: dict[Partition, _PartitionInHand] = {}
        self._known = asyncio.Event()

    async def take(self, commits: Commits) -> None:
        """Partitions have come: read who held them before, and say that they are here."""
        self._held = {partition: self._taken(offset, Note.parse(text)) for partition, (offset, text) in (await commits.noted()).items()}
        await commits.note({partition: (held.offset, str(held.note)) for partition, held in self._held.items()})
        self._known.set()

    def _taken(self, offset: int, before: Note) -> _PartitionInHand:
        others = before.without(self._me)
        if others.exact:
            return _PartitionInHand(offset, others, offset + self._ahead, condemned=len(others.holders) >= SUSPECT)
        if len(others.holders) >= SUSPECT:
            return _PartitionInHand(offset, Note(exact=True), offset + self._ahead)
        return _PartitionInHand(offset, others.with_holder(self._me))

    async def leave(self, commits: Commits) -> None:
        """This replica goes in good order: what it has in hand is not to blame."""
        self._known.clear()
        held, self._held = self._held, {}
        notes = {partition: (one.offset, str(one.note.without(self._me))) for partition, one in held.items()}
        await commits.note(notes)

    async def known(self) -> None:
        """Wait until it is known who held what. Not for ever: a note that cannot be read stops nothing."""
        try:
            await asyncio.wait_for(self._known.wait(), KNOWN_S)
        except TimeoutError:
            self._known.set()

    def is_condemned(self, partition: Partition, offset: int) -> bool:
        """Whether a record is the one that has ended too many replicas. True once, for the first at or behind the committed offset."""
        held = self._held.get(partition)
        found = held is not None and held.condemned and offset >= held.offset
        if held is not None and found:
            held.condemned = False
        return found

    def is_careful(self, partition: Partition, offset: int) -> bool:
        """Whether a record is to be done and committed by itself, after a commit that says so (`begun`)."""
        held = self._held.get(partition)
        return held is not None and held.offset <= offset < held.careful_until

    def begun(self, partition: Partition) -> str:
        """This replica begins a record where it is careful: what to commit with the record's offset before that."""
        held = self._held.get(partition)
        if held is None:
            return str(Note())
        held.note = held.note.with_holder(self._me)
        return str(held.note)

    def metadata(self, partition: Partition, offset: int) -> str:
        """What to commit with an offset. Called by whoever commits, from any thread."""
        held = self._held.get(partition)
        if held is None:
            return str(Note())
        if offset > held.offset:
            is_careful = offset < held.careful_until
            held.offset, held.note = offset, Note(exact=True) if is_careful else Note((self._me,))
        return str(held.note)
