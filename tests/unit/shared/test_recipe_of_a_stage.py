"""The recipe in CONTRIBUTING.md, followed: a stage of one's own is a part, a class with `process`, and nothing of Kafka."""

from __future__ import annotations

from collections.abc import Sequence

import orjson
from pydantic import BaseModel

from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.common import Envelope, Part
from copydesk.shared.stage import Enriched, Outcome, Rejected, Stage
from copydesk.shared.topics import ENRICHED, Topic

SUMMARIES = Topic("articles.summarised")


class SummaryPart(Part):
    summary: str
    keywords: list[str] | None = None


class Text(Envelope):
    body: str


class Summariser:
    """The first sentence; an article without one is rejected."""

    name, version, source, target = "summariser", "1", ENRICHED, SUMMARIES
    reads: type[BaseModel] = Text

    def process(self, batch: Sequence[Text]) -> Sequence[Outcome]:
        return [self._outcome(text.body) for text in batch]

    def _outcome(self, body: str) -> Outcome:
        first, stop, _ = body.partition(". ")
        return Enriched(SummaryPart(summary=first + stop.strip())) if stop else Rejected("no_sentence", "it has no full stop")


async def test_the_recipe() -> None:
    stage: Stage = Summariser()
    record = {"article_id": "a", "body": "One. Two.", "unknown": {"kept": True}, "versions": {"tagger": "1"}}
    payloads = [Payload(orjson.dumps(record), 0), Payload(b'{"body": "none"}', 0), Payload(b'{"text": 1}', 0)]
    passed, rejected, invalid = await apply(stage, payloads)
    assert isinstance(passed, Passed)
    assert orjson.loads(passed.value) == {**record, "summary": "One.", "versions": {"tagger": "1", "summariser": "1"}}
    assert rejected == Rejected("no_sentence", "it has no full stop")
    assert invalid == Rejected("invalid_record", "body: is absent; a record needs it here")
