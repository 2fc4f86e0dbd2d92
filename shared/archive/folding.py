"""A batch of records and corrections, folded into the nodes of a database: the same fold for all of them.

A node (article_id, revision) has one row, which is a fold of everything that came for it (docs/decisions/0005-sink-rows-are-a-fold.md).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from pydantic import ValidationError

from copydesk.shared.archive.choice import Came, choose_record
from copydesk.shared.archive.reads import SinkReads
from copydesk.shared.archive.withdrawing import Withdrawing, matched, of_sources, take_back, taken_back, without
from copydesk.shared.archive.withdrawing import admitted as admitted_of
from copydesk.shared.edge import admitted, explain, fact, retraction
from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.cleaned import revision_of
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, RETRACTIONS


class FoldedArticle(NamedTuple):
    """A node's record with its verdict completed by all facts about it, and what it is folded from."""

    record: JsonObject
    came: Came

    @property
    def node(self) -> NodeKey:
        return self.record["article_id"], self.record["revision"]


class StoredFact(NamedTuple):
    """A correction as it is kept: of two with one id the one with the smaller bytes."""

    fact_id: str
    article_id: str
    revision: str
    value: bytes


class Nodes(Withdrawing, Protocol):
    """What a database keeps of nodes, within one transaction that nobody else's work on the same nodes can interleave with."""

    def begin(self, nodes: Collection[NodeKey], takes_back: bool) -> None:
        """Hold these nodes; with `takes_back` all nodes, since it is not known yet which ones are touched."""

    def stored(self, nodes: Collection[NodeKey]) -> Mapping[NodeKey, Came]:
        """What stands for each node, with the verdict that came; nodes that are not there are left out."""

    def keep(self, facts: Collection[StoredFact]) -> None:
        """Keep facts, each id once in the call; of one that is there already the smaller value stays."""

    def facts(self, nodes: Collection[NodeKey]) -> Iterable[bytes]:
        """The values of all facts about these nodes."""

    def replace(self, articles: Sequence[FoldedArticle]) -> None:
        """Write these nodes with all that belongs to them, each once in the call, in place of what is there."""


def _as_it_is(record: JsonObject) -> JsonObject:
    return record


def fold_batch(records: Sequence[Written], nodes: Nodes, as_given_back: Callable[[JsonObject], JsonObject] = _as_it_is) -> list[Rejected | None]:
    """Store a batch: one answer for each record, in order, None where it is stored. A fact without its article waits for it.

    `as_given_back`: a record as the database gives it back, where that is not as it was given.
    """
    found = [sorted_out(written, as_given_back) for written in records]
    came = [one for one in found if isinstance(one, Came)]
    facts = [one for one in found if isinstance(one, PairFact)]
    retractions = [one for one in found if isinstance(one, Retraction)]
    nodes.begin(sorted(_touched(came, facts)), takes_back=bool(retractions))
    again = {*take_back(retractions, nodes), *take_back(of_sources(came, nodes), nodes)}
    came, facts = admitted_of(came, facts, nodes)
    nodes.keep(_smallest(map(stored_fact, facts)))
    fold_nodes(sorted({*_touched(came, facts), *again}), nodes, came)
    return [one if isinstance(one, Rejected) else None for one in found]


def fold_without(retractions: Iterable[Retraction], nodes: Nodes) -> None:
    """Take these articles back, and fold the nodes of others that match them anew."""
    fold_nodes(sorted(take_back(retractions, nodes)), nodes)


def fold_nodes(touched: Sequence[NodeKey], nodes: Nodes, came: Iterable[Came] = ()) -> None:
    """Fold these nodes anew, of what is stored and what came for them."""
    standing = dict(nodes.stored(touched))
    for one in came:
        before = standing.get(_node(one))
        standing[_node(one)] = one if before is None else choose_record(one, before)
    nodes.replace(_folded([standing[node] for node in touched if node in standing], nodes))


def _folded(standing: Sequence[Came], nodes: Nodes) -> list[FoldedArticle]:
    read = [one for value in nodes.facts([_node(came) for came in standing]) if isinstance(one := fact(value), PairFact)]
    gone = taken_back(matched(standing) | {one.earlier_article_id for one in read}, nodes)
    nodes.forget_facts([one.fact_id for one in read if one.earlier_article_id in gone])
    about: dict[NodeKey, list[PairFact]] = {}
    for one in read:
        if one.earlier_article_id not in gone:
            about.setdefault((one.later_article_id, one.later_revision), []).append(one)
    kept = [without(came, gone) for came in standing]
    return [FoldedArticle(complete_verdict(came.record, about.get(_node(came), ())), came) for came in kept]


def _touched(came: Iterable[Came], facts: Iterable[PairFact]) -> set[NodeKey]:
    return {_node(one) for one in came} | {(one.later_article_id, one.later_revision) for one in facts}


def stored_fact(found: PairFact) -> StoredFact:
    return StoredFact(found.fact_id, found.later_article_id, found.later_revision, found.model_dump_json(exclude_none=True).encode())


def sorted_out(written: Written, as_given_back: Callable[[JsonObject], JsonObject] = _as_it_is) -> Came | PairFact | Retraction | Rejected:
    """What came in these bytes, or why it is refused: the contract that every sink asks for."""
    if written.topic is CORRECTIONS:
        return fact(written.value)
    if written.topic is RETRACTIONS:
        return retraction(written.value)
    record = admitted(written.value, written.topic, written.written_ms)
    if isinstance(record, Rejected):
        return record
    try:
        SinkReads.model_validate(record)
    except ValidationError as error:
        return Rejected("invalid_record", explain(error))
    return Came(as_given_back({**record, "revision": revision_of(record.get("revision"), record["body"])}), written.written_ms)


def _smallest(facts: Iterable[StoredFact]) -> list[StoredFact]:
    kept: dict[str, StoredFact] = {}
    for one in facts:
        kept[one.fact_id] = min(one, kept.get(one.fact_id, one), key=lambda fact: fact.value)
    return list(kept.values())


def _node(came: Came) -> NodeKey:
    return came.record["article_id"], came.record["revision"]
