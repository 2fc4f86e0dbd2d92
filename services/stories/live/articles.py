"""What came of an article, folded: the record that stands, and whose text it shares. The same in whatever order records and corrections come."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import xxhash

from copydesk.services.stories.offline import COPIES
from copydesk.services.stories.profile import READ, Profile, profile_of
from copydesk.shared.archive.choice import Came
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.sources import source_of
from copydesk.shared.records.versions import common_version, is_superseded, releases, what_made
from copydesk.shared.stories.times import published_s

StandingOrder = tuple[datetime, str, str, int, str]


class CopyFact(NamedTuple):
    """Of a correction what stories need: that a revision of an article is a copy of another article."""

    fact: PairFact
    came_ms: int


@dataclass(slots=True)
class StoryNode:
    """An article as it stands. `order` decides between its records, as the view `articles_current` of the sinks does."""

    article_id: str
    order: StandingOrder
    made: JsonObject  # what `is_superseded` looks at
    what: tuple[Any, ...]
    mark: int  # of title and text
    profile: Profile
    published_at: str | None
    ingested_at: str
    source: str
    matches: frozenset[str]
    came_ms: int  # when the latest of its records was written to the log

    @property
    def revision(self) -> str:
        return self.order[-1]

    @property
    def time_s(self) -> float:
        return published_s(self.published_at, self.ingested_at)

    def copies(self, facts: Iterable[CopyFact]) -> frozenset[str]:
        """All whose text it shares, by its own verdict and by corrections of it."""
        return self.matches | {one.fact.earlier_article_id for one in facts if not is_superseded(one.fact, self.made)}


def node_of(came: Came, before: StoryNode | None) -> StoryNode:
    """What stands when a record came, after what stood before it."""
    record = came.record
    found = _order(came)
    if before is not None and found < before.order:
        return _joined(before, record, came.written_ms)
    mark = xxhash.xxh64_intdigest(f"{record.get('title')}\n{record['body'][:READ]}".encode("utf-8", "surrogatepass"))
    duplicate = record["duplicate"]
    node = StoryNode(
        article_id=record["article_id"],
        order=found,
        made={"versions": record.get("versions"), "duplicate": {"common_version": duplicate.get("common_version")}},
        what=what_made(record),
        mark=mark,
        profile=before.profile if before is not None and before.mark == mark else profile_of(record.get("title"), record["body"]),
        published_at=record.get("published_at"),
        ingested_at=record["ingested_at"],
        source=source_of(record.get("source"), record.get("url")),
        matches=_copies(record),
        came_ms=came.written_ms,
    )
    return node if before is None else _joined(node, {**before.made, **_as_record(before)}, before.came_ms, before.matches)


def _joined(node: StoryNode, other: JsonObject, came_ms: int, matches: frozenset[str] | None = None) -> StoryNode:
    """What another record of the article adds: an earlier arrival, and copies that it knows of the same revision, where the same versions made it."""
    node.ingested_at = min(node.ingested_at, other["ingested_at"], key=lambda text: (datetime.fromisoformat(text), text))
    node.came_ms = max(node.came_ms, came_ms)
    if other["revision"] == node.revision and (other.get("what") or what_made(other)) == node.what:
        node.matches |= _copies(other) if matches is None else matches
    return node


def _as_record(node: StoryNode) -> JsonObject:
    return {"ingested_at": node.ingested_at, "revision": node.revision, "what": node.what}


def _order(came: Came) -> StandingOrder:
    record = came.record
    fetched = datetime.fromisoformat(record.get("fetched_at") or record["ingested_at"])
    return fetched, releases(record), common_version(record), came.written_ms, record["revision"]


def _copies(record: JsonObject) -> frozenset[str]:
    return frozenset(match["article_id"] for match in record["duplicate"].get("matches") or () if match["kind"] in COPIES)
