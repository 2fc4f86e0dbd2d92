"""What anyone may write on the topics of the index: a message is read whole, or refused; what is read makes neither a shard nor an asker fail."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.services.deduplicator.index.in_process import MemoryStore
from copydesk.services.deduplicator.index.messages import Insert, Places, Query, Refused, decode_message, encode_message
from copydesk.services.deduplicator.index.nodes import Names, Node, table_of
from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.index.shard import Shard

NODES = table_of([Node("a" * 32, "b" * 32, 5, 20, 20, 100, 2, 0, 1), Node("short", "ü", 6, 20, 20, 100, 1, 0, 2)])
PLACES = Places(np.arange(3, dtype=np.uint32), np.arange(3, dtype=np.uint32), np.arange(3, dtype=np.uint16))
SOUND = Insert(NODES, np.array([2, 1]), np.array([1, 2, 3], np.uint64), PLACES)

BROKEN: dict[str, Callable[[], Any]] = {
    "fewer shingles than are counted": lambda: replace(SOUND, hashes=SOUND.hashes[:2]),
    "fewer places than shingles": lambda: replace(SOUND, places=SOUND.places.take(slice(2))),
    "a count below zero": lambda: replace(SOUND, counts=np.array([4, -1])),
    "a count too many": lambda: replace(SOUND, counts=np.array([1, 1, 1])),
    "hashes that are fractions": lambda: replace(SOUND, hashes=SOUND.hashes.astype(np.float64)),
    "hashes in two dimensions": lambda: replace(SOUND, hashes=SOUND.hashes.reshape(1, 3)),
    "a node twice": lambda: replace(SOUND, nodes=NODES.take(np.array([0, 0]))),
    "a key too few": lambda: replace(SOUND, nodes=replace(NODES, keys=NODES.keys[:1])),
    "a name that is cut off": lambda: replace(SOUND, nodes=replace(NODES, names=Names.of([NODES.names[0], b"\x01"]))),
    "a name that is not UTF-8": lambda: replace(SOUND, nodes=replace(NODES, names=Names.of([NODES.names[0], b"\x01\x01\x00\x00\x00\xff\x00"]))),
    "a time before the first date": lambda: replace(SOUND, nodes=replace(NODES, ingested_ms=np.array([-(10**17), 5]))),
    "a time that no date can say": lambda: replace(SOUND, nodes=replace(NODES, ingested_ms=np.array([10**18, 5]))),
    "sizes of another version": lambda: replace(SOUND, nodes=replace(NODES, sizes=np.zeros((2, 9), np.uint32))),
    "a question of fewer hashes": lambda: Query(NODES, SOUND.counts, SOUND.hashes[:1]),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_what_does_not_fit_together_is_refused_and_changes_nothing(kind: str) -> None:
    responder, store = IndexResponder(), MemoryStore()
    responder.open(0, store)
    answered = responder.answer(0, [encode_message(BROKEN[kind]()), encode_message(SOUND)])
    assert [isinstance(decode_message(reply), Refused) for reply in answered.replies] == [True, False]
    assert len(answered.writes) == 1
    assert len(responder.shard(0)) == 2


@pytest.mark.parametrize("kind", BROKEN)
def test_a_segment_that_is_broken_costs_itself(kind: str) -> None:
    responder, store = IndexResponder(), MemoryStore()
    broken, sound = encode_message(BROKEN[kind]()), encode_message(SOUND)
    store.write({"000000000000005-x": broken, "no time": b"", "000000000000006-x": sound})
    responder.open(0, store)
    assert len(responder.shard(0)) == 2


@given(st.recursive(st.none() | st.integers() | st.floats(allow_nan=False) | st.text(), lambda inner: st.lists(inner, max_size=4)))
def test_any_head_is_refused(head: Any) -> None:
    try:
        encoded = orjson.dumps(head)
    except TypeError:  # a number that JSON has not
        return
    with pytest.raises(ValueError, match="not a message of the index"):
        decode_message(b"CDX2" + len(encoded).to_bytes(4, "little") + encoded + bytes(64))


@given(st.integers(0, 400), st.binary(min_size=1, max_size=8))
def test_a_message_with_other_bytes_in_it_is_refused_or_makes_nothing_fail(place: int, other: bytes) -> None:
    data = encode_message(SOUND)
    changed = data[:place] + other + data[place + len(other) :]
    try:
        found = decode_message(changed)
    except ValueError:
        return
    if isinstance(found, Insert):
        shard = Shard(IndexResponder()._rule)
        shard.insert(found)
        nodes = shard.nodes()
        assert all(nodes.node(row).ingested_at for row in range(len(nodes)))
        shard.query(Query(found.nodes, found.counts, found.hashes))
