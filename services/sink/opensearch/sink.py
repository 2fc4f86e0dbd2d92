"""OpenSearchSink: a batch is read, folded and written back by compare and set; what another replica changed meanwhile is folded again."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator, Sequence
from typing import Any

from copydesk.services.sink.opensearch.indices import Indices
from copydesk.services.sink.opensearch.nodes import ChangedError, OpenSearchNodes
from copydesk.services.sink.opensearch.settings import OpensearchSettings
from copydesk.shared.archive.choice import Came
from copydesk.shared.archive.folding import fold_batch, fold_nodes, sorted_out
from copydesk.shared.archive.retention import oldest_kept
from copydesk.shared.archive.withdrawing import matched, of_sources, taken_back
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.known_good import ENRICHED_RECORD as KNOWN_GOOD
from copydesk.shared.known_good import require_taken
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction, of_article
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, Topic

TRIES = 20  # of a batch whose documents others change
AT_ONCE = 200  # articles that are deleted between two batches


class OpenSearchSink:
    """Any number of replicas may write to one cluster."""

    name = "sink-opensearch"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, RETRACTIONS)
    remembers_retractions = True

    def __init__(self, settings: OpensearchSettings) -> None:
        self._settings = settings
        self._indices = Indices(settings.opensearch_prefix)
        self._client: Any = None

    def open(self) -> None:
        """Connect, and make the indices or bring them up to date. Raises UnavailableError, or CopydeskError where that is not allowed."""
        client = _client(self._settings)
        with unavailable():
            self._indices.prepare(client, self._settings.opensearch_shards, self._settings.opensearch_replicas)
        self._client = client

    def close(self) -> None:
        if self._client is not None:
            self._client.close()
            self._client = None

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Store a batch and return when it is durable: one answer for each record, in order, None where it is stored.

        Raises UnavailableError while the cluster cannot be written to: some of the batch may be stored then, and it may come again whole.
        """
        for attempt in range(TRIES):
            with contextlib.suppress(ChangedError), unavailable():
                return self._written(records)
            time.sleep(random.uniform(0, min(1.0, 0.01 * 2**attempt)))
        raise UnavailableError("other replicas change the same documents again and again")

    def check(self) -> None:
        """Fold a record known to be good, without writing it. Raises what fails."""
        with unavailable():
            require_taken(fold_batch([Written(ENRICHED, KNOWN_GOOD)], self._nodes()))

    def tidy(self) -> int:
        """Delete some articles whose time is over, or whose source was taken back; how many, 0 where none is left.

        Raises UnavailableError like `write`.
        """
        oldest = oldest_kept(self._settings.days_kept)
        if self._client is None:
            return 0
        with unavailable():
            return self._withdraw() or (0 if oldest is None else self._delete({"range": {"ingested_at": {"lt": timestamp(oldest)}}}))

    def _written(self, records: Sequence[Written]) -> list[Rejected | None]:
        nodes = self._nodes()
        outcomes = fold_batch(records, nodes)
        nodes.flush()
        found = [sorted_out(written) for written in records]
        came = [one for one in found if isinstance(one, Came)]
        self._take_back_again(came, nodes)
        return [_refused(one, nodes) or outcome for one, outcome in zip(found, outcomes, strict=True)]

    def _take_back_again(self, came: Sequence[Came], before: OpenSearchNodes) -> None:
        """What was taken back between the look and the write has not seen these articles and their matches: they are looked at once more."""
        nodes = self._nodes()
        of_source = of_sources(came, nodes)
        own = taken_back({one.record["article_id"] for one in came}, nodes)  # also what was known: an earlier try may have written it
        if late := own | (taken_back(matched(came), nodes) - before.gone) | {one.article_id or "" for one in of_source}:
            nodes.keep_said(of_source)
            fold_nodes(sorted(nodes.withdraw(late)), nodes)
            nodes.flush()

    def _withdraw(self) -> int:
        """Articles of sources that were taken back."""
        self._client.indices.refresh(index=f"{self._indices.write},{self._indices.retractions}")
        rules = self._search(
            self._indices.retractions, {"bool": {"must": {"term": {"state": "retracted"}}, "must_not": {"exists": {"field": "article_id"}}}}
        )
        for rule in map(Retraction.model_validate, rules):
            within = {"bool": {"must": {"term": {"source": rule.source}}, "must_not": {"terms": {"article_id": self._let_in(rule)}}}}
            names = sorted({one["article_id"] for one in self._search(self._indices.articles, within)})
            if names:
                self.write([Written(RETRACTIONS, of_article(name, rule).value()) for name in names])
                return len(names)
        return 0

    def _let_in(self, rule: Retraction) -> list[str]:
        """Articles that were let in by themselves since then."""
        query = {"bool": {"must": [{"term": {"state": "restored"}}, {"exists": {"field": "article_id"}}, {"range": {"at": {"gte": rule.at}}}]}}
        return [one["article_id"] for one in self._search(self._indices.retractions, query, 10_000)]

    def _search(self, index: str, query: JsonObject, most: int = AT_ONCE) -> list[JsonObject]:
        answer = self._client.search(index=index, body={"query": query, "size": most, "_source": ["article_id", "source", "state", "at", "reason"]})
        return [{name: value for name, value in hit["_source"].items() if value is not None} for hit in answer["hits"]["hits"]]

    def _delete(self, query: JsonObject) -> int:
        body = {"query": query}
        params = {"max_docs": AT_ONCE, "conflicts": "proceed", "refresh": "true"}
        return int(self._client.delete_by_query(index=self._indices.write, body=body, params=params)["deleted"])

    def _nodes(self) -> OpenSearchNodes:
        if self._client is None:
            self.open()
        return OpenSearchNodes(self._client, self._indices)


def _refused(found: Any, nodes: OpenSearchNodes) -> Rejected | None:
    node = (found.record["article_id"], found.record["revision"]) if isinstance(found, Came) else None
    return Rejected("refused", f"OpenSearch does not take the document: {nodes.refused[node]}") if node in nodes.refused else None


def _client(settings: OpensearchSettings) -> Any:
    """Raises CopydeskError where opensearch-py is not installed, or for an address that is none."""
    try:
        from opensearchpy import OpenSearch
    except ImportError as error:
        raise CopydeskError("opensearch-py, the client for OpenSearch, is not installed", "pip install 'copydesk[opensearch]'") from error
    urls = [url.strip() for url in settings.opensearch_url.get_secret_value().split(",")]
    if not all(url.startswith(("http://", "https://")) for url in urls):
        raise CopydeskError("COPYDESK_OPENSEARCH_URL is no address of OpenSearch", "set it to https://USER:PASSWORD@HOST:PORT")
    return OpenSearch(hosts=urls, timeout=settings.opensearch_timeout_s, max_retries=0, http_compress=True)


@contextlib.contextmanager
def unavailable() -> Iterator[None]:
    """Raise UnavailableError for what is the cluster's state and may pass: it is gone, full, starting, or lets nobody in at present."""
    from opensearchpy.exceptions import OpenSearchException, RequestError

    try:
        yield
    except RequestError:
        raise  # a question that is none: the code's own mistake
    except OpenSearchException as error:
        raise UnavailableError(f"OpenSearch does not answer: {str(error)[:300]}", "check COPYDESK_OPENSEARCH_URL") from error
