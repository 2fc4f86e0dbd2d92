"""Which record was in hand when a replica died: counted over restarts and replicas, so that data cannot make a crash loop.

The metadata of a committed offset says how many replicas in a row have had the record at that offset in hand without saying good-bye.
A replica adds itself when a partition comes to it and takes itself back when it goes in good order; every commit of a later offset begins
anew. After SUSPECT deaths records are done one by one, each committed, so that the next death points at one record (`exact`).
After SUSPECT deaths over that one it is put among the dead letters (`crashed`) and the partition moves on.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from copydesk.shared.topics import Partition

SUSPECT = 2
KNOWN_S = 15.0


@dataclass(frozen=True, slots=True)
class Note:
    """The metadata of a commit. `holders`: replicas that had the record there in hand and have not said good-bye, the present one included."""

    holders: int = 1
    exact: bool = False

    def __str__(self) -> str:
        return f"held {self.holders}{' exact' if self.exact else ''}"

    @classmethod
    def parse(cls, text: str) -> Note:
        """Of what is no note, nothing is known: a commit by another version, or none yet."""
        words = text.split()
        if len(words) in (2, 3) and words[0] == "held" and words[1].isdecimal():
            return cls(int(words[1]), words[2:] == ["exact"])
        return cls(0)


class Commits(Protocol):
    """The group's offsets with their notes (see transport.py)."""

    async def noted(self) -> Mapping[Partition, tuple[int, str]]:
        """Of each partition that is assigned: the next offset, and the metadata that was committed with it."""

    async def note(self, notes: Mapping[Partition, tuple[int, str]]) -> None:
        """Commit these."""


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
        self._held: dict[Partition, _PartitionInHand] = {}
        self._known = asyncio.Event()

    async def take(self, commits: Commits) -> None:
        """Partitions have come: read who held them before, and say that they are here."""
        self._held = {partition: self._taken(offset, Note.parse(text)) for partition, (offset, text) in (await commits.noted()).items()}
        await commits.note({partition: (held.offset, str(held.note)) for partition, held in self._held.items()})
        self._known.set()

    def _taken(self, offset: int, before: Note) -> _PartitionInHand:
        if before.exact:
            condemned = before.holders >= SUSPECT
            return _PartitionInHand(offset, Note(before.holders + 1, exact=True), offset + self._ahead, condemned)
        if before.holders >= SUSPECT:
            return _PartitionInHand(offset, Note(1, exact=True), offset + self._ahead)
        return _PartitionInHand(offset, Note(before.holders + 1))

    async def leave(self, commits: Commits) -> None:
        """This replica goes in good order: what it has in hand is not to blame."""
        self._known.clear()
        held, self._held = self._held, {}
        notes = {partition: (one.offset, str(Note(one.note.holders - 1, one.note.exact))) for partition, one in held.items()}
        if notes:
            await commits.note(notes)

    async def known(self) -> None:
        """Wait until it is known who held what. Not for ever: a note that cannot be read stops nothing."""
        try:
            await asyncio.wait_for(self._known.wait(), KNOWN_S)
        except TimeoutError:
            self._known.set()

    def is_condemned(self, partition: Partition) -> bool:
        """Whether the next record of a partition has ended too many replicas. True once."""
        held = self._held.get(partition)
        found = held is not None and held.condemned
        if held is not None:
            held.condemned = False
        return found

    def is_careful(self, partition: Partition, offset: int) -> bool:
        """Whether a record is to be done and committed by itself."""
        held = self._held.get(partition)
        return held is not None and offset < held.careful_until

    def metadata(self, partition: Partition, offset: int) -> str:
        """What to commit with an offset. Called by whoever commits, from any thread."""
        held = self._held.get(partition)
        if held is None:
            return str(Note())
        if offset > held.offset:
            held.offset, held.note = offset, Note(1, exact=offset < held.careful_until)
        return str(held.note)
