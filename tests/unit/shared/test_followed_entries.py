"""Entries of topics that processes follow: what is no good is told apart by who decodes it, and changes nothing."""

from __future__ import annotations

import contextlib

import numpy as np
import orjson
import pytest
from hypothesis import given, settings

from copydesk.services.cleaner.sources import Furniture
from copydesk.services.cleaner.sources.furniture import RepeatedLine, SourceFurniture
from copydesk.services.deduplicator.index.in_process import MemoryStore
from copydesk.services.deduplicator.index.messages import Insert, Places, encode_message
from copydesk.services.deduplicator.index.nodes import Node, table_of
from copydesk.services.deduplicator.index.responder import IndexResponder
from copydesk.services.deduplicator.settings import DeduplicatorSettings
from copydesk.services.deduplicator.sketch.common_text import common_text, from_record, to_record
from copydesk.services.deduplicator.sketch.sampling import sketch_rule
from copydesk.services.deduplicator.stage import create as deduplicator
from copydesk.services.gateway.reading.followed import FollowedTopics
from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.topics import FURNITURE
from tests.odd_entries import ODD_VALUES, YEAR_3000, with_any_field

RULE = sketch_rule(DeduplicatorSettings())
COMMON = to_record(common_text([1, 2, 3], RULE, "2026-01-05T08:00:00.000Z"), RULE)[1]
LEARNED = SourceFurniture("coast", 40, (RepeatedLine("0123456789abcdef", "Read more", 30),))
SAID = b'{"article_id": "a", "state": "retracted", "at": "2026-01-05T08:00:00.000Z"}'
ODD = pytest.mark.parametrize("value", ODD_VALUES.values(), ids=ODD_VALUES)


@ODD
def test_odd_values_leave_what_was_known(value: bytes) -> None:
    furniture, retractions, stage = Furniture([LEARNED]), StandingRetractions(), deduplicator()
    retractions.learned("article:a", SAID)
    stage.learned("common", COMMON)
    known = stage.common_version
    for follower, key in ((furniture, "coast"), (retractions, "article:a"), (stage, "common")):
        with pytest.raises(CopydeskError):
            follower.learned(key, value)
    assert furniture.for_source("coast") == LEARNED
    assert retractions.of("a") is not None
    assert stage.common_version == known


@settings(max_examples=40)
@given(with_any_field(orjson.loads(LEARNED.dump())))
def test_furniture_that_passes_can_be_shown(value: bytes) -> None:
    furniture = Furniture([LEARNED])
    with contextlib.suppress(CopydeskError):
        furniture.learned("other", value)
    for one in furniture:
        assert SourceFurniture.load(one.dump()) == one


@settings(max_examples=40)
@given(with_any_field(orjson.loads(COMMON)))
def test_common_text_that_passes_is_not_newer_than_now(value: bytes) -> None:
    try:
        found = from_record(value, RULE)
    except CopydeskError:
        return
    assert found.made_at in ("", "2026-01-05T08:00:00.000Z")


@pytest.mark.parametrize("at", ["3000-01-01T00:00:00.000Z", "0000-01-01T00:00:00.000Z", "9999-12-31T23:59:59.999Z", "zzz"])
def test_nothing_is_said_ahead_of_the_clock(at: str) -> None:
    with pytest.raises(CopydeskError):
        StandingRetractions().learned("article:a", orjson.dumps({"article_id": "a", "at": at}))
    with pytest.raises(CopydeskError):
        from_record(orjson.dumps({**orjson.loads(COMMON), "made_at": at}), RULE)


def segment(at_ms: int, count: int = 16) -> bytes:
    nodes = table_of([Node(f"a{at_ms}-{n}", "0", at_ms, tokens=20, prose=20, characters=9, kept=1, lede=0, identity=n) for n in range(count)])
    places = Places(np.zeros(count, np.uint32), np.zeros(count, np.uint32), np.full(count, 30, np.uint16))
    return encode_message(Insert(nodes, np.ones(count, np.int64), np.arange(count, dtype=np.uint64), places))


def test_the_index_leaves_out_what_is_no_segment_and_a_time_that_lies_ahead_expires_nothing() -> None:
    good, ahead = segment(1_767_600_000_000), segment(YEAR_3000)
    IndexResponder.rules.check("1", good)
    for value in ODD_VALUES.values():
        with pytest.raises(ValueError):
            IndexResponder.rules.check("1", value)
    store, responder = MemoryStore(), IndexResponder()
    store.values = {"000001767600000-a": good, "9" * 5_000: ahead, "032503680000000-b": ahead, "-": b"junk"}
    responder.open(0, store)
    assert responder.articles == 32
    assert responder.shard(0).watermark == 1_767_600_000_000


@ODD
def test_a_gateway_shows_the_last_good_lines_of_a_source(value: bytes) -> None:
    followed = FollowedTopics(GatewaySettings())
    for offset, one in enumerate((LEARNED.dump(), value)):
        followed._take(Message(FURNITURE.name, 0, offset, 0, b"coast", one, {}))
    assert followed.furniture("coast")["documents"] == 40
