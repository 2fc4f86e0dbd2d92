"""Locks on nodes, also on those that are not there yet: in one order for everybody, so that two wait for each other and never both.

First retractions, then nodes, then articles, each kind sorted; who holds an article asks for no node any more. Last what is told of stories: one lock
for all of it (`hold_stories`, a function of the database, since the trigger that deletes a story with its article takes it as well).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from hashlib import blake2b
from typing import Any

import orjson

from copydesk.shared.records.plain import NodeKey

RETRACTING = 0x636F7072  # the advisory lock of who takes articles back
LOCK = "SELECT pg_advisory_xact_lock(key) FROM unnest(%s::bigint[]) AS key"


def lock_nodes(connection: Any, nodes: Collection[NodeKey | Sequence[str]]) -> None:
    """Hold these nodes until the transaction ends."""
    connection.execute(LOCK, (sorted({_key(node) for node in nodes}),))


def lock_articles(connection: Any, articles: Collection[str]) -> None:
    """Hold what is said of these articles over all their revisions until the transaction ends."""
    connection.execute(LOCK, (sorted({_key(article) for article in articles}),))


def hold_all(connection: Any, alone: bool) -> None:
    """Keep retractions out until the transaction ends; `alone`: keep everybody out, for one that takes back: it touches whatever matches."""
    connection.execute(f"SELECT pg_advisory_xact_lock{'' if alone else '_shared'}(%s)", (RETRACTING,))


def _key(held: NodeKey | Sequence[str] | str) -> int:
    return int.from_bytes(blake2b(orjson.dumps(held), digest_size=8).digest(), "big", signed=True)
