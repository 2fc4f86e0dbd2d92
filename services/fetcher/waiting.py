"""Addresses that wait, in a shard's state: by host, in the order in which they are due.

q<tab>HOST<tab>DUE<tab>OFFSET → the address with what is known of it       u<tab>ID → its key above, so that an address waits once
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

import orjson

from copydesk.services.fetcher.errands import WANTED
from copydesk.shared.kafka import Message
from copydesk.shared.keeping import Changes, ShardState
from copydesk.shared.records.base import Count, Noted
from copydesk.shared.records.feeding import WAITS, ArticleUrl, encoded, host_of
from copydesk.shared.records.raw import article_id_of
from copydesk.shared.topics import URLS

QUEUE, IDS = "q\t", WAITS
LATEST_MS = 9_999_999_999_999  # thirteen digits, in the year 2286: keys are in the order of their times


class AddressNote(Noted):
    """What is kept of an address that waits."""

    record: ArticleUrl
    offset: Count
    written_ms: int
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An address that waits: due at `due_ms` (milliseconds since 1970), and where and when it came in."""

    record: ArticleUrl
    due_ms: int
    offset: int
    written_ms: int
    headers: Mapping[str, str]

    @property
    def host(self) -> str:
        return host_of(self.record.url)

    @property
    def key(self) -> str:
        return f"{QUEUE}{self.host}\t{self.due_ms:013d}\t{self.offset:012d}"

    @property
    def id_key(self) -> str:
        """By which it waits once. A file that is to be brought for one site is not the same address as for another, nor as the page there."""
        errand = self.headers.get(WANTED)
        return f"{IDS}{identity(self.record.url)}" + (f"\t{errand}" if errand else "")

    def message(self, shard: int) -> Message:
        """The record as it would be read from the topic now."""
        return Message(URLS.name, shard, self.offset, self.written_ms, self.host.encode(), encoded(self.record), self.headers)

    def later(self, due_ms: int, attempts: int) -> Waiting:
        return replace(self, due_ms=due_ms, record=self.record.model_copy(update={"attempts": attempts}))


def identity(url: str) -> str:
    """The article_id that a page at this address gets."""
    return article_id_of(url, None, "")


def first_due(state: ShardState, host: str, now_ms: int, taken: Collection[str]) -> Waiting | int | None:
    """The host's first address that is due; else when the first one will be (milliseconds since 1970); None where none waits.

    What is `taken`, by its key or by that of its id, is passed over: an address that came again waits for the end of what went before.
    """
    for key, value in state.scan(f"{QUEUE}{host}\t"):
        if key in taken:
            continue
        if (due_ms := int(key.split("\t")[2])) > now_ms:
            return due_ms
        if (found := decoded(key, value)).id_key not in taken:
            return found
    return None


def all_hosts(state: ShardState) -> Iterator[tuple[str, int]]:
    """Each address that waits: its host, and when it is due. In the order of hosts."""
    for key, _ in state.scan(QUEUE):
        _, host, due, _ = key.split("\t")
        yield host, int(due)


def added(state: ShardState, before: Mapping[str, bytes | None], waiting: Waiting) -> tuple[Changes, int]:
    """What to write for an address that comes in, and how many more wait then. `before`: changes that are not written yet.

    One that waits already waits on with the newer knowledge, and no sooner than it would if it was tried before.
    """
    known_key = before.get(waiting.id_key, state.get(waiting.id_key))
    known = None if known_key is None else before.get(known_key.decode(), state.get(known_key.decode()))
    if known_key is None or known is None or (old := decoded(known_key.decode(), known)).id_key != waiting.id_key:
        return stored(waiting), 1
    due_ms = max(old.due_ms, waiting.due_ms) if old.record.attempts else waiting.due_ms
    merged = waiting.later(due_ms, max(old.record.attempts, waiting.record.attempts))
    return {old.key: None, **stored(merged)}, 0


def held(state: ShardState, waiting: Waiting) -> int:
    """1 where the address waits in its place; 0 where the same address came in again meanwhile, and waits in another: that goes on waiting."""
    return int(state.get(waiting.key) is not None)


def newest(state: ShardState, waiting: Waiting) -> Waiting:
    """The address as it waits now: what came in again meanwhile has the newer knowledge."""
    key = (state.get(waiting.id_key) or b"").decode()
    value = state.get(key) if key else None
    return waiting if value is None or (found := decoded(key, value)).id_key != waiting.id_key else found


def stored(waiting: Waiting) -> Changes:
    value = {"record": orjson.Fragment(encoded(waiting.record)), "offset": waiting.offset, "written_ms": waiting.written_ms}
    return {waiting.key: orjson.dumps({**value, "headers": dict(waiting.headers)}), waiting.id_key: waiting.key.encode()}


def removed(state: ShardState, waiting: Waiting) -> Changes:
    """What to write when an address waits no longer: another of its kind may have come in meanwhile, and waits on."""
    mine = state.get(waiting.id_key) == waiting.key.encode()
    return {waiting.key: None, **({waiting.id_key: None} if mine else {})}


def decoded(key: str, value: bytes) -> Waiting:
    """Raises ValueError for a value that is none of an address that waits."""
    note = AddressNote.model_validate_json(value)
    return Waiting(note.record, int(key.split("\t")[2]), note.offset, note.written_ms, note.headers)
