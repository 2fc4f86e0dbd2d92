"""Small real stages, to test the console without models: each does in a few lines what its name says."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pytest
from pydantic import AwareDatetime, BaseModel

from copydesk.services.console.offline import stages
from copydesk.shared.computing import Computing, InThisProcess
from copydesk.shared.records.base import Part, content_hash, timestamp
from copydesk.shared.records.duplicate import Duplicate, DuplicatePart, Match, PairFact
from copydesk.shared.records.raw import RawArticle
from copydesk.shared.settings import ServiceSettings, load
from copydesk.shared.stage import Enriched, Outcome, Rejected, SideRecord
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEDUPLICATED, ENRICHED, RAW
from copydesk.shared.workers.pool import StagePool


class Text(Part):
    title: str
    body: str
    revision: str


class Clean:
    """The first line is the title, the rest is the body; a single line is no article."""

    name, version, source, target, reads = "cleaner", "1", RAW, CLEANED, RawArticle

    def process(self, batch: Sequence[RawArticle]) -> list[Outcome]:
        return [self._one(record.content) for record in batch]

    def _one(self, content: str) -> Outcome:
        title, _, body = content.partition("\n")
        body = body.strip()
        return Enriched(Text(title=title, body=body, revision=content_hash(body))) if body else Rejected("no_article", "there is only one line")


class Node(BaseModel):
    article_id: str
    body: str
    ingested_at: AwareDatetime
    revision: str | None = None

    @property
    def node(self) -> tuple[str, str]:
        return self.article_id, self.revision or content_hash(self.body)


class Dedup:
    """Copies are equal bodies. A record that comes after a later one corrects it, as in the service."""

    name, version, source, target, reads = "deduplicator", "1", CLEANED, DEDUPLICATED, Node

    def __init__(self) -> None:
        self.seen: list[Node] = []

    async def process(self, batch: Sequence[Node]) -> list[Outcome]:
        return [self._one(node) for node in batch]

    def _one(self, node: Node) -> Outcome:
        same = [other for other in self.seen if other.body == node.body and other.article_id != node.article_id]
        self.seen.append(node)
        matches = [_match(other) for other in sorted(same, key=_order) if _order(other) < _order(node)]
        verdict = Duplicate(
            status="duplicate" if matches else "unique", kind="exact" if matches else None,
            duplicate_of=matches[0].article_id if matches else None, matches=matches,
        )  # fmt: skip
        late = tuple(SideRecord(CORRECTIONS, other.article_id, _fact(other, node)) for other in same if _order(other) > _order(node))
        return Enriched(DuplicatePart(duplicate=verdict), late)


def _order(node: Node) -> tuple[str, str, str]:
    return timestamp(node.ingested_at), *node.node


def _match(other: Node) -> Match:
    return Match(
        article_id=other.article_id, revision=other.node[1], ingested_at=timestamp(other.ingested_at), kind="exact",
        resemblance=1, containment=1, containment_of_other=1, shared=9,
    )  # fmt: skip


def _fact(later: Node, earlier: Node) -> PairFact:
    known = {
        "fact_id": f"{later.article_id}-{earlier.article_id}",
        "later_article_id": later.article_id, "later_revision": later.node[1], "later_ingested_at": timestamp(later.ingested_at),
        "earlier_article_id": earlier.article_id, "earlier_revision": earlier.node[1], "earlier_ingested_at": timestamp(earlier.ingested_at),
        "match": _match(earlier),
    }  # fmt: skip
    return PairFact.model_validate({name: value for name, value in known.items() if name in PairFact.model_fields})


class Body(BaseModel):
    body: str


class Count(Part):
    words: int


class Tag:
    """Counts words."""

    name, version, source, target, reads = "tagger", "1", DEDUPLICATED, ENRICHED, Body

    def process(self, batch: Sequence[Body]) -> list[Outcome]:
        return [Enriched(Count(words=len(record.body.split()))) for record in batch]


class Broken(Tag):
    """A stage whose infrastructure is gone."""

    def process(self, batch: Sequence[Any]) -> list[Outcome]:
        raise OSError("the model's disk is gone")


def clean(settings: ServiceSettings) -> Clean:
    return Clean()


def tag(settings: ServiceSettings) -> Tag:
    return Tag()


def broken(settings: ServiceSettings) -> Broken:
    return Broken()


def _in_workers(name: str) -> Callable[[int], Computing]:
    return lambda workers: StagePool.of(f"{__name__}:{name}", load(ServiceSettings), workers)


IN_THIS_PROCESS: dict[str, Callable[[int], Computing]] = {
    "clean": lambda workers: InThisProcess(Clean()),
    "dedup": lambda workers: InThisProcess(Dedup()),
    "tag": lambda workers: InThisProcess(Tag()),
}
IN_WORKERS = {**IN_THIS_PROCESS, "clean": _in_workers("clean"), "tag": _in_workers("tag")}
BROKEN = {**IN_THIS_PROCESS, "tag": _in_workers("broken")}


def install(monkeypatch: pytest.MonkeyPatch, factories: Mapping[str, Callable[[int], Computing]] = IN_THIS_PROCESS) -> None:
    """Let the commands use these in place of the services' stages."""
    for name, factory in factories.items():
        monkeypatch.setitem(stages.FACTORIES, name, factory)
