"""Articles that were taken back, in the fold of a batch: they and all that rests on them leave, and do not come in again.

    [article, copy of it, retraction]  in any order  →  the copy alone, without the match; what was said of the article

What is gone is gone: after a restoration it is in again when it comes again (docs/retraction.md).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Protocol

from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.matches import matches_of, without_matches
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.records.retraction import Retraction, article_key, covering, of_article, source_key
from copydesk.shared.records.sources import source_of

Said = Mapping[str, Retraction]  # by key


AT_ONCE = 200  # articles of a source in one transaction
OF_SOURCES = """
SELECT a.article_id, r.key, r.article_id, r.source, r.state, r.reason, r.at FROM retractions r JOIN articles a ON a.source = r.source
LEFT JOIN retractions o ON o.key = 'article:' || a.article_id
WHERE r.article_id IS NULL AND r.state = 'retracted' AND (o.key IS NULL OR o.at < r.at)
"""  # articles that are still there though their sources were taken back


class Withdrawing(Protocol):
    """What a database does about retractions, within the transaction of a batch."""

    def said(self, keys: Collection[str]) -> Said:
        """What is kept under these keys."""

    def keep_said(self, retractions: Collection[Retraction]) -> None:
        """Keep these in place of what is there under their keys."""

    def withdraw(self, article_ids: Collection[str]) -> Collection[NodeKey]:
        """Delete these articles in all their revisions, with the facts about them; the nodes of others that match any of them."""

    def forget_facts(self, fact_ids: Collection[str]) -> None:
        """Delete facts."""


def newest(retractions: Iterable[Retraction]) -> dict[str, Retraction]:
    """Of each key the one that stands."""
    kept: dict[str, Retraction] = {}
    for one in retractions:
        kept[one.key] = max(one, kept.get(one.key, one), key=lambda found: found.order)
    return kept


def take_back(retractions: Iterable[Retraction], nodes: Withdrawing) -> Collection[NodeKey]:
    """Keep what is newer than what is there, and withdraw what stands as taken back; the nodes of others that have to be folded again.

    What comes again is withdrawn again: a database without transactions may still hold what was written when it came first.
    An article that was let in by itself after its source was taken back stays. A source is withdrawn later, a little at a time.
    """
    given = newest(retractions)
    before = nodes.said(list(given))
    news = [one for key, one in given.items() if key not in before or one.order > before[key].order]
    nodes.keep_said(news)
    standing = {**given, **before, **{one.key: one for one in news}}
    gone = [one.article_id for key in given if (one := standing[key]).article_id is not None and one.state == "retracted"]
    return nodes.withdraw(gone) if gone else ()


def of_sources(came: Collection[Came], nodes: Withdrawing) -> list[Retraction]:
    """The retractions of these articles that follow from those of their sources: each is kept by itself, so that its copies know."""
    sources = {_source(one.record) for one in came} - {""}
    if not nodes.said([source_key(one) for one in sources]):
        return []
    said = nodes.said([*(article_key(one.record["article_id"]) for one in came), *map(source_key, sources)])
    covered = {one.record["article_id"]: found for one in came if (found := _covered(one.record, said)) is not None}
    return [of_article(name, found) for name, found in covered.items() if found.article_id is None]


def admitted(came: Collection[Came], facts: Collection[PairFact], nodes: Withdrawing) -> tuple[list[Came], list[PairFact]]:
    """Of records and facts those that nothing takes back."""
    about = {one.record["article_id"] for one in came} | {name for fact in facts for name in (fact.later_article_id, fact.earlier_article_id)}
    gone = taken_back(about, nodes)
    kept = [fact for fact in facts if not {fact.later_article_id, fact.earlier_article_id} & gone]
    return [one for one in came if one.record["article_id"] not in gone], kept


def taken_back(article_ids: Collection[str], nodes: Withdrawing) -> set[str]:
    """Which of these articles are taken back."""
    said = nodes.said([article_key(one) for one in article_ids]) if article_ids else {}
    return {one.article_id for one in said.values() if one.article_id is not None and one.state == "retracted"}


def without(came: Came, gone: Collection[str]) -> Came:
    """A record whose verdict has no match with these articles."""
    record = without_matches(came.record, gone.__contains__)
    return came if record is came.record else Came(record, came.written_ms)


def matched(came: Collection[Came]) -> set[str]:
    """The articles that some records' verdicts name."""
    return {match["article_id"] for one in came for match in matches_of(one.record)}


def _covered(record: JsonObject, said: Said) -> Retraction | None:
    return covering(said.get(article_key(record["article_id"])), said.get(source_key(_source(record))))


def _source(record: JsonObject) -> str:
    return source_of(record.get("source"), record.get("url"))
