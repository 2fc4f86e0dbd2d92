"""The nodes that a batch touches: read at once, folded in memory, written back where nobody has changed them meanwhile.

OpenSearch has no transactions. A document goes back with the number of the change that was read (`if_seq_no`); one that another replica changed is a
conflict, and the batch is folded again from what is there then. So no old write wins, and the fold stays a fold. External versions could only say
which record is newer: a node is joined from all that came for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import orjson

from copydesk.services.sink.opensearch.documents import came_of, document, id_of, waiting
from copydesk.services.sink.opensearch.indices import Indices
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle, StoredFact
from copydesk.shared.archive.rows import RETRACTION, retraction_of, retraction_row
from copydesk.shared.errors import UnavailableError
from copydesk.shared.records.plain import JsonObject, NodeKey
from copydesk.shared.records.retraction import Retraction

MOST_BYTES = 10_000_000  # of a request
PAGE = 500


class ChangedError(Exception):
    """Another replica has changed a document of this batch meanwhile."""


class ReadDocument(NamedTuple):
    """A document as it was read. `change` is what has to be the latest change when it is written; empty for one that was not there."""

    source: JsonObject
    change: JsonObject


class OpenSearchNodes:
    """Implements `copydesk.shared.archive.folding.Nodes` for one try of one batch. `refused`: nodes whose documents are refused, and why."""

    def __init__(self, client: Any, indices: Indices) -> None:
        self._client, self._indices = client, indices
        self._read: dict[NodeKey, ReadDocument] = {}
        self._changed: dict[NodeKey, JsonObject | None] = {}  # None: to be deleted
        self.refused: dict[NodeKey, str] = {}
        self.gone: set[str] = set()  # articles that this try knew to be taken back

    def begin(self, nodes: Collection[NodeKey], takes_back: bool) -> None:
        self._fetch(nodes)

    def stored(self, nodes: Collection[NodeKey]) -> dict[NodeKey, Came]:
        self._fetch(nodes)
        found = {node: came_of(self._source(node)) for node in nodes}
        return {node: came for node, came in found.items() if came is not None}

    def keep(self, facts: Collection[StoredFact]) -> None:
        for fact in facts:
            node, value = (fact.article_id, fact.revision), fact.value.decode()
            self._fetch([node])
            source = self._source(node)
            about = source.get("facts", {})
            if about.get(fact.fact_id, value + "~") > value:
                self._changed[node] = {**(source or waiting(node, {})), "facts": {**about, fact.fact_id: value}}

    def facts(self, nodes: Collection[NodeKey]) -> Iterator[bytes]:
        self._fetch(nodes)
        for node in nodes:
            yield from (value.encode() for value in self._source(node).get("facts", {}).values())

    def forget_facts(self, fact_ids: Collection[str]) -> None:
        gone = set(fact_ids)
        for node in list(self._read) if gone else ():
            source = self._source(node)
            if gone & source.get("facts", {}).keys():
                self._changed[node] = {**source, "facts": {name: value for name, value in source["facts"].items() if name not in gone}}

    def replace(self, articles: Sequence[FoldedArticle]) -> None:
        for article in articles:
            self._changed[article.node] = document(article, self._source(article.node).get("facts", {}))

    def said(self, keys: Collection[str]) -> dict[str, Retraction]:
        if not keys:
            return {}
        answer = self._client.mget(index=self._indices.retractions, body={"ids": [id_of(key) for key in keys]})
        rows = (tuple(one["_source"].get(name) for name in RETRACTION) for one in answer["docs"] if one.get("found"))
        said = {row[0]: retraction_of(row) for row in rows}
        self.gone |= {one.article_id for one in said.values() if one.article_id and one.state == "retracted"}
        return said

    def keep_said(self, retractions: Collection[Retraction]) -> None:
        """At once, before anything is deleted: who writes such an article afterwards finds it. The version is the time, so the later one wins."""
        lines: list[JsonObject] = []
        for one in retractions:
            self.gone |= {one.article_id} if one.article_id and one.state == "retracted" else set()
            row = dict(zip(RETRACTION, retraction_row(one), strict=True))
            lines += [{"index": {"_id": id_of(one.key), "version": _version(one), "version_type": "external"}}, row]
        for _, status, why in bulk(self._client, self._indices.retractions, lines):
            if status >= 300 and status != 409:
                raise UnavailableError(f"OpenSearch does not keep a retraction: {why}")

    def withdraw(self, article_ids: Collection[str]) -> list[NodeKey]:
        gone = list(article_ids)
        self._client.indices.refresh(index=self._indices.write)
        for node in self._search({"terms": {"node_article_id": gone}}):
            self._changed[node] = None
        return self._search({"bool": {"must": {"terms": {"matched": gone}}, "must_not": {"terms": {"node_article_id": gone}}}})

    def flush(self) -> None:
        """Write what has changed. Raises ChangedError where another replica was faster: nothing is lost, and all of it may be written again."""
        lines: list[JsonObject] = []
        nodes = []
        for node, source in self._changed.items():
            change = self._read[node].change if node in self._read else {}
            if source is None and not change:
                continue
            action = "delete" if source is None else "index" if change else "create"
            lines += [{action: {"_id": id_of(*node), **change}}, *([source] if source is not None else [])]
            nodes.append(node)
        conflict = False
        for node, (action, status, why) in zip(nodes, bulk(self._client, self._indices.write, lines, is_alias=True), strict=True):
            if status == 409 or (action == "delete" and status == 404):
                conflict = True
            elif status >= 500 or status in (403, 404, 429):
                raise UnavailableError(f"OpenSearch cannot be written: {why}", "make room, or see to its state; it goes on by itself")
            elif status >= 300:
                self.refused[node] = why
        if conflict:
            raise ChangedError

    def _source(self, node: NodeKey) -> JsonObject:
        changed = self._changed.get(node, self._read[node].source if node in self._read else {})
        return changed or {}

    def _fetch(self, nodes: Collection[NodeKey]) -> None:
        missing = [node for node in nodes if node not in self._read]
        for first in range(0, len(missing), PAGE):
            part = missing[first : first + PAGE]
            answer = self._client.mget(index=self._indices.write, body={"ids": [id_of(*node) for node in part]})
            self._read |= {node: _read(found) for node, found in zip(part, answer["docs"], strict=True)}

    def _search(self, query: JsonObject) -> list[NodeKey]:
        """The nodes of all documents that a query finds, read."""
        found: list[NodeKey] = []
        body: JsonObject = {"query": query, "size": PAGE, "sort": ["_doc"], "_source": ["node_article_id", "node_revision"]}
        answer = self._client.search(index=self._indices.write, body=body, params={"scroll": "2m"})
        while hits := answer["hits"]["hits"]:
            found += [(hit["_source"]["node_article_id"], hit["_source"]["node_revision"]) for hit in hits]
            answer = self._client.scroll(body={"scroll_id": answer["_scroll_id"], "scroll": "2m"})
        self._client.clear_scroll(body={"scroll_id": [answer["_scroll_id"]]})
        self._fetch(found)
        return found


def _version(said: Retraction) -> int:
    """A number that orders what was said of one thing: milliseconds, and at one time the retraction after the restoration."""
    return round(datetime.fromisoformat(said.at).timestamp() * 1000) * 2 + (said.state == "retracted")


def _read(found: Mapping[str, Any]) -> ReadDocument:
    if "error" in found:  # a shard that is not back yet, or an index that somebody deleted
        raise UnavailableError(f"OpenSearch cannot be asked: {found['error'].get('reason')}", "see to its state; it goes on by itself")
    if not found.get("found"):
        return ReadDocument({}, {})
    return ReadDocument(found["_source"], {"if_seq_no": found["_seq_no"], "if_primary_term": found["_primary_term"]})


def bulk(client: Any, index: str, lines: Sequence[JsonObject], is_alias: bool = False) -> Iterator[tuple[str, int, str]]:
    """Send actions with their documents in requests of bounded size: of each action its name, its status and what was wrong.

    `is_alias`: what is sent to an alias that somebody deleted meanwhile must not make an index of that name, without our mapping.
    """
    request: list[bytes] = []
    size = 0
    for line in lines:
        text = orjson.dumps(line)
        if size + len(text) > MOST_BYTES and len(line) == 1 and next(iter(line)) in ("index", "create", "delete"):
            yield from _sent(client, index, request, is_alias)
            request, size = [], 0
        request.append(text)
        size += len(text)
    if request:
        yield from _sent(client, index, request, is_alias)


def _sent(client: Any, index: str, request: Sequence[bytes], is_alias: bool) -> Iterator[tuple[str, int, str]]:
    params = {"refresh": "false", "require_alias": str(is_alias).lower()}
    answer = client.bulk(index=index, body=b"\n".join(request).decode() + "\n", params=params)
    for item in answer["items"]:
        ((action, outcome),) = item.items()
        yield action, outcome["status"], str((outcome.get("error") or {}).get("reason", ""))[:500]
