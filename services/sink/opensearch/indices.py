"""The indices: their mapping by a template, and the aliases under which they are asked and written to.

copydesk-articles          what people ask: the documents that are articles
copydesk-articles-write    what the sink writes to
copydesk-articles-000001   the index behind both; a later form of the mapping is copied into the next one, and the aliases move to it
copydesk-retractions       what was taken back
"""

from __future__ import annotations

from typing import Any

from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.plain import JsonObject

FORM = 1  # of the mapping
LONGEST_COPY_S = 3_600
LONGEST_KEYWORD = 8_000  # characters: Lucene takes 32,766 bytes

KEYWORD: JsonObject = {"type": "keyword", "ignore_above": LONGEST_KEYWORD}
NOT_SEARCHED: JsonObject = {"type": "keyword", "index": False, "doc_values": False}
TEXT: JsonObject = {"type": "text"}
DATE: JsonObject = {"type": "date", "format": "strict_date_time"}
ENTITY: JsonObject = {
    **dict.fromkeys(("canonical", "type", "link_id"), KEYWORD), "count": {"type": "long"}, "salience": {"type": "double"},
}  # fmt: skip
MAPPING: JsonObject = {
    "dynamic": False,
    "_meta": {"form": FORM},
    "properties": {
        "node_article_id": KEYWORD, "node_revision": KEYWORD,
        **dict.fromkeys(("article_id", "revision", "published_at", "author", "source", "url", "language", "status", "kind"), KEYWORD),
        **dict.fromkeys(("duplicate_of", "copy_group", "matched", "dateline_place", "dateline_date", "dateline_agency"), KEYWORD),
        "ingested_at": DATE, "fetched_at": DATE, "title": TEXT, "body": TEXT, "characters": TEXT, "capped": {"type": "boolean"},
        "entities": {"type": "nested", "properties": ENTITY},
        "record": NOT_SEARCHED, "came": NOT_SEARCHED, "written_ms": {"type": "long", "index": False},
        "facts": {"type": "object", "enabled": False},
    },
}  # fmt: skip
RETRACTIONS: JsonObject = {
    "dynamic": False, "properties": {**dict.fromkeys(("key", "article_id", "source", "state"), KEYWORD), "reason": NOT_SEARCHED, "at": DATE},
}  # fmt: skip


class Indices:
    """Their names."""

    def __init__(self, prefix: str) -> None:
        self.articles = f"{prefix}-articles"
        self.write = f"{prefix}-articles-write"
        self.retractions = f"{prefix}-retractions"

    def number(self, number: int) -> str:
        return f"{self.articles}-{number:06d}"

    def prepare(self, client: Any, shards: int, replicas: int) -> None:
        """Make what is missing, and bring an index of an earlier form up to date. Raises CopydeskError for one of a later version."""
        settings = {"number_of_shards": shards, "number_of_replicas": replicas, "mapping": {"nested_objects": {"limit": 1_000_000}}}
        template = {"index_patterns": [f"{self.articles}-0*"], "template": {"settings": {"index": settings}, "mappings": MAPPING}}
        client.indices.put_index_template(name=self.articles, body=template)
        if not client.indices.exists(index=self.retractions):
            _create(client, self.retractions, {"settings": {"number_of_replicas": replicas}, "mappings": RETRACTIONS})
        if not client.indices.exists_alias(name=self.write):
            _create(client, self.number(1), {"aliases": self._aliases()})
        # what another replica has just made may not have its shards yet: whoever asked it would be told that there are none
        client.cluster.health(index=f"{self.write},{self.retractions}", params={"wait_for_status": "yellow"})
        self._renew(client)

    def _aliases(self) -> JsonObject:
        return {self.articles: {"filter": {"exists": {"field": "article_id"}}}, self.write: {"is_write_index": True}}

    def _renew(self, client: Any) -> None:
        """Copy an index of an earlier form into the next one, and move the aliases. No sink of the earlier version may run meanwhile."""
        ((name, found),) = client.indices.get_mapping(index=self.write).items()
        form = found["mappings"].get("_meta", {}).get("form", 0)
        if form > FORM:
            raise CopydeskError(f"{name} has form {form}, this program knows {FORM}", "upgrade Copydesk or set COPYDESK_OPENSEARCH_PREFIX")
        if form == FORM:
            return
        new = self.number(int(name.rpartition("-")[2]) + 1)
        _create(client, new, {})
        copying = {"source": {"index": name}, "dest": {"index": new}}
        client.reindex(body=copying, params={"request_timeout": LONGEST_COPY_S, "refresh": "true"})
        actions = [{"remove": {"index": name, "alias": alias}} for alias in (self.articles, self.write)]
        actions += [{"add": {"index": new, "alias": alias, **options}} for alias, options in self._aliases().items()]
        client.indices.update_aliases(body={"actions": actions})


def _create(client: Any, name: str, body: JsonObject) -> None:
    """Another replica may be first."""
    from opensearchpy.exceptions import RequestError

    try:
        client.indices.create(index=name, body=body)
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise
