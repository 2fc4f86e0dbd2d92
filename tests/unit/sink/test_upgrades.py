"""Upgrades arrive: each stage is replaced in turn and run over the same log. The new result is everywhere, the old one nowhere."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
import spacy

from copydesk.services.cleaner.settings import CleanerSettings
from copydesk.services.cleaner.stage import CleanerStage
from copydesk.services.deduplicator.evidence.judging import EvidenceRule
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.index.shard import IndexRule
from copydesk.services.deduplicator.sketch.common_text import common_text, to_record
from copydesk.services.deduplicator.sketch.sampling import SketchRule, sketch_all
from copydesk.services.deduplicator.stage import DeduplicatorStage
from copydesk.services.tagger.gazetteer import ReloadedGazetteer
from copydesk.services.tagger.model.cache import ParagraphCache
from copydesk.services.tagger.model.load import Model
from copydesk.services.tagger.model.tagger import Tagger
from copydesk.services.tagger.renewed import Renewed
from copydesk.services.tagger.stage import TaggerStage
from copydesk.shared.archive.dump import dump
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.envelope import Passed, Payload, apply
from copydesk.shared.records.base import content_hash, timestamp
from copydesk.shared.records.cleaned import CleanedPart
from copydesk.shared.records.duplicate import PairFact
from copydesk.shared.stage import Enriched, Outcome, Stage, Written
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import CORRECTIONS, ENRICHED

RULE = SketchRule(scale=2)
AT = 1_716_023_400_000
NOTE = (
    "The office reminds readers that every charge is an accusation and that all accused persons are presumed innocent until and unless they are "
    "proven guilty in a court of law by a jury of their peers, who hear all of the evidence, and that nothing said here may be read in another way."
)
STORIES = (
    "The harbour board said that Mara Quill will lead the repairs of the eastern pier, which storms had damaged twice within one winter.",
    "Councillors voted for a new library roof after Mara Quill had shown them photographs of buckets between shelves of old newspapers.",
    "A ferry that lost its rudder was towed to port by two trawlers, and Mara Quill thanked their crews for eleven hours of hard work.",
)
TIMES = [f"2024-05-18T09:00:0{number}Z" for number in range(len(STORIES))]
TEXTS = [f"Notice number {number} of the port\n\n{story}\n\n{NOTE}\n" for number, story in enumerate(STORIES)]
LOG = [
    Payload(orjson.dumps({"article_id": f"a{number}", "content": text, "ingested_at": time}), AT)
    for number, (text, time) in enumerate(zip(TEXTS, TIMES, strict=True))
]


class NewCleaner(CleanerStage):
    """The next release writes titles in capitals."""

    def __init__(self) -> None:
        super().__init__(CleanerSettings())
        self.version = "99.1"

    def process(self, batch: Sequence[Any]) -> list[Outcome]:
        return [_in_capitals(outcome) for outcome in super().process(batch)]


def _in_capitals(outcome: Outcome) -> Outcome:
    assert isinstance(outcome, Enriched)
    part = outcome.part
    assert isinstance(part, CleanedPart)
    title = (part.title or "").upper()
    return Enriched(part.model_copy(update={"title": title, "revision": content_hash(title, part.body)}))


def tagger(version: str, label: str, *gazetteer: Path) -> TaggerStage:
    """A tagger whose model calls Mara Quill what it is told to."""

    def made() -> Any:
        nlp = spacy.blank("en")
        nlp.add_pipe("entity_ruler").add_patterns([{"label": label, "pattern": "Mara Quill"}])  # type: ignore[attr-defined]
        return nlp

    return TaggerStage({"en": Tagger(Model(Renewed(made), "ruler", version, str), ParagraphCache(0))}, ReloadedGazetteer(gazetteer))


@dataclass
class Desk:
    """The stages as they are now, and all that they ever wrote."""

    cleaner: Stage
    deduplicator: DeduplicatorStage
    tagger: Stage

    async def run(self, at_ms: int) -> list[Written]:
        """The log through all stages, written at that time."""
        values, facts = LOG, []
        for stage in (self.cleaner, self.deduplicator, self.tagger):
            results = await apply(stage, values)
            passed = [result for result in results if isinstance(result, Passed)]
            assert len(passed) == len(LOG), results
            values = [Payload(result.value, at_ms) for result in passed]
            facts += [record.part.model_dump_json(exclude_none=True).encode() for result in passed for record in result.side]
        return [*(Written(ENRICHED, payload.value, at_ms) for payload in values), *(Written(CORRECTIONS, value, at_ms) for value in facts)]


class Tables:
    """A sink's file, and what it says now."""

    def __init__(self, path: Path) -> None:
        self.sink = SqliteSink(path)
        self.sink.open()

    def write(self, written: Sequence[Written]) -> None:
        assert not any(self.sink.write(written))

    def ask(self, query: str) -> set[Any]:
        with sqlite3.connect(self.sink.path) as connection:
            return {row[0] if len(row) == 1 else row for row in connection.execute(query)}


TITLES = "SELECT title FROM articles_current"
TYPES = "SELECT e.type FROM articles_current a JOIN entities e ON e.article = a.id WHERE canonical = 'Mara Quill'"
LINKS = "SELECT link_id FROM links WHERE link_id LIKE 'test:%'"
STATUS = "SELECT article_id, status, common_version FROM articles_current"


@pytest.fixture
def desk() -> Desk:
    asker = InProcessAsker(2, IndexRule())
    return Desk(CleanerStage(CleanerSettings()), DeduplicatorStage(asker, RULE, EvidenceRule()), tagger("1.0", "ORG"))


Step = Callable[[Desk, Path], None]


def new_cleaner(desk: Desk, folder: Path) -> None:
    desk.cleaner = NewCleaner()


def new_model(desk: Desk, folder: Path) -> None:
    desk.tagger = tagger("0.9", "PERSON")  # the number of a model says nothing of its quality: the one that is used now counts


def new_gazetteer(desk: Desk, folder: Path) -> None:
    (folder / "people.jsonl").write_text('{"id": "test:quill", "type": "PERSON", "names": ["Mara Quill"]}\n')
    desk.tagger = tagger("0.9", "PERSON", folder / "people.jsonl")


def common_learned(desk: Desk, folder: Path) -> None:
    (sketch,) = sketch_all([NOTE], RULE)
    desk.deduplicator.learned(*to_record(common_text(sketch.hashes.tolist(), RULE, timestamp(datetime.now(UTC))), RULE))


def settings_changed(desk: Desk, folder: Path) -> None:
    desk.deduplicator = DeduplicatorStage(InProcessAsker(2, IndexRule()), RULE, EvidenceRule(passage=900, share=1.0, least=900))


STEPS: tuple[tuple[Step, str, set[Any], set[Any]], ...] = (
    (new_cleaner, TITLES, {f"Notice number {n} of the port" for n in range(3)}, {f"NOTICE NUMBER {n} OF THE PORT" for n in range(3)}),
    (new_model, TYPES, {"ORG"}, {"PERSON"}),
    (new_gazetteer, LINKS, set(), {"test:quill"}),
)


async def test_each_stage_in_turn(desk: Desk, tmp_path: Path) -> None:
    tables = Tables(tmp_path / "a.sqlite")
    everything = [await desk.run(1_000)]
    tables.write(everything[0])
    for number, (step, query, before, after) in enumerate(STEPS, 2):
        assert tables.ask(query) == before, step.__name__
        step(desk, tmp_path)
        everything.append(await desk.run(number * 1_000))
        tables.write(everything[-1])
        assert tables.ask(query) == after, step.__name__
    tables.write(everything[0])  # a replica of the old version wakes up, or the log is read again
    assert [tables.ask(query) == after for _, query, _, after in STEPS] == [True] * 3
    tables.sink.close()
    assert list(dump(tables.sink.path)) == _in_any_order(everything, tmp_path / "b.sqlite")


def _in_any_order(everything: Sequence[Sequence[Written]], path: Path) -> list[str]:
    mixed = [written for run in everything for written in run] * 2
    random.Random(5).shuffle(mixed)
    tables = Tables(path)
    for at in range(0, len(mixed), 7):
        tables.write(mixed[at : at + 7])
    tables.sink.close()
    return list(dump(path))


@pytest.mark.parametrize("step", [common_learned, settings_changed])
async def test_matches_on_what_is_common_now_are_gone(desk: Desk, tmp_path: Path, step: Step) -> None:
    tables = Tables(tmp_path / "a.sqlite")
    old = await desk.run(1_000)
    tables.write(old)
    assert {status for _, status, _ in tables.ask(STATUS)} == {"unique", "duplicate"}
    step(desk, tmp_path)
    new = await desk.run(2_000)
    late = [PairFact.model_validate_json(written.value) for written in old if written.topic is CORRECTIONS]
    for batch in (new, old, new[::-1]):
        tables.write(batch)
        assert tables.ask("SELECT count(*) FROM matches") == {0}
        assert {(status, common) for _, status, common in tables.ask(STATUS)} == {("unique", desk.deduplicator.common_version)}
    subscriber = Verdicts()
    for fact in late:
        subscriber.take(fact)
    for written in new:
        record = orjson.loads(written.value)
        assert subscriber.complete(record)["duplicate"] == record["duplicate"]


async def test_a_fact_that_newer_common_text_left_standing_counts_for_an_older_record(desk: Desk, tmp_path: Path) -> None:
    first = LOG[0]
    body = orjson.dumps({**orjson.loads(first.value), "article_id": "earlier", "ingested_at": "2024-05-18T08:00:00Z"})
    written = await desk.run(1_000)
    common_learned(desk, tmp_path)
    (cleaned,) = await apply(desk.cleaner, [Payload(body, AT)])
    assert isinstance(cleaned, Passed)
    (earlier,) = await apply(desk.deduplicator, [Payload(cleaned.value, AT)])
    assert isinstance(earlier, Passed)
    facts = [Written(CORRECTIONS, record.part.model_dump_json(exclude_none=True).encode(), 2_000) for record in earlier.side]
    assert facts
    tables = Tables(tmp_path / "a.sqlite")
    tables.write([*written, *facts])
    assert tables.ask("SELECT duplicate_of FROM articles_current WHERE article_id = 'a0'") == {"earlier"}
