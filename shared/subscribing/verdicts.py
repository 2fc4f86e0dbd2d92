"""Verdicts as later facts complete them, for a reader that keeps no database: within the bounds of its memory."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.records.plain import NodeKey, Record

FACTS = 200_000  # facts that wait for their article or may be needed again
SHOWN = 5_000  # records that a later fact may still correct


class Verdicts:
    """Remembers the facts of the latest nodes and the records shown lately; what is older is not corrected any more."""

    def __init__(self, facts: int = FACTS, shown: int = SHOWN) -> None:
        self._facts: OrderedDict[NodeKey, dict[str, PairFact]] = OrderedDict()
        self._shown: OrderedDict[NodeKey, Record] = OrderedDict()
        self._most = (facts, shown)

    def complete(self, record: Record) -> Record:
        """The record with what is known by now."""
        facts = self._facts.get(_node(record))
        return complete_verdict(record, facts.values()) if facts and "duplicate" in record else record

    def shown(self, record: Record) -> None:
        """A reader has seen the record so."""
        _remember(self._shown, _node(record), record, self._most[1])

    def take(self, fact: PairFact) -> Record | None:
        """Keep a fact; the record as it is now, if it was shown lately and the fact changes its verdict."""
        node = fact.later_article_id, fact.later_revision
        facts = self._facts.get(node, {})
        facts[fact.fact_id] = fact
        _remember(self._facts, node, facts, self._most[0])
        before = self._shown.get(node)
        after = before and self.complete(before)
        return after if before and after and after["duplicate"] != before["duplicate"] else None


def _node(record: Record) -> NodeKey:
    return str(record.get("article_id")), str(record.get("revision"))


def _remember(memory: OrderedDict[NodeKey, Any], node: NodeKey, value: object, most: int) -> None:
    memory[node] = value
    memory.move_to_end(node)
    while len(memory) > most:
        memory.popitem(last=False)
