"""A node as a document: what is searched as fields, the record as it is, and what both are folded from."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import orjson

from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import FoldedArticle
from copydesk.shared.archive.matches import matches_of
from copydesk.shared.archive.rows import COLUMNS, article_row
from copydesk.shared.archive.spacing import unspaced_only
from copydesk.shared.records.plain import JsonObject, NodeKey

NOT_FIELDS = {"record", "verdict", "releases", "common_version", "capped"}


def id_of(*names: str) -> str:
    """An id of fixed length: OpenSearch takes 512 bytes."""
    return sha256(orjson.dumps(names)).hexdigest()


def waiting(node: NodeKey, facts: JsonObject) -> JsonObject:
    """A document of corrections whose article has not come: the alias for readers leaves it out."""
    return {"node_article_id": node[0], "node_revision": node[1], "facts": facts}


def document(article: FoldedArticle, facts: JsonObject) -> JsonObject:
    """`facts`: id → value of the corrections about the node."""
    record, verdict = article.record, article.record["duplicate"]
    row = dict(zip(COLUMNS, article_row(record, article.came), strict=True))
    characters = "\n".join(filter(None, (unspaced_only(record.get("title") or ""), unspaced_only(record["body"]))))
    return {
        **waiting(article.node, facts),
        **{name: value for name, value in row.items() if name not in NOT_FIELDS and value is not None},
        "capped": bool(row["capped"]), "copy_group": verdict.get("duplicate_of") or record["article_id"],
        "matched": sorted({match["article_id"] for match in matches_of(record)}),
        "entities": [_entity(entity) for entity in record.get("entities") or ()], **({"characters": characters} if characters else {}),
        "record": row["record"], "came": orjson.dumps(article.came.record["duplicate"]).decode(),
    }  # fmt: skip


def came_of(source: JsonObject) -> Came | None:
    """What stands for the node of a document; None where only corrections have come."""
    if "record" not in source:
        return None
    return Came({**orjson.loads(source["record"]), "duplicate": orjson.loads(source["came"])}, source["written_ms"])


def _entity(entity: JsonObject) -> dict[str, Any]:
    link = entity.get("link") or {}
    return {**{name: entity[name] for name in ("canonical", "type", "count", "salience")}, **({"link_id": link["id"]} if link.get("id") else {})}
