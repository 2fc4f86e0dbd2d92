"""Verdicts of the stage: kinds, passages, revisions, short texts; learning common text; groups."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from copydesk.services.deduplicator.groups import NamedText, groups_of_copies
from copydesk.services.deduplicator.index.in_process import InProcessAsker
from copydesk.services.deduplicator.sketch.common_text import (
    KEY,
    SHIPPED_AT,
    common_text,
    from_record,
    shipped_common_text,
    to_record,
    union,
    withdrawn,
)
from copydesk.services.deduplicator.sketch.learning import CommonTextLearner, LearningRule
from copydesk.services.deduplicator.sketch.sampling import SketchRule
from copydesk.services.deduplicator.stage import DeduplicatorReads, create
from copydesk.shared.fold import complete_verdict
from copydesk.shared.records.base import timestamp
from tests.data import ROOT
from tests.unit.deduplicator.newsroom import DENSE, START, Desk, article, passage, sequential, stage_over


def verdicts(*articles: DeduplicatorReads) -> list[dict[str, Any]]:
    table = asyncio.run(sequential(articles))
    return [table[one.article_id, str(one.revision)] for one in articles]


def test_kinds_and_passages() -> None:
    original = article("original", [1, 2, 3, 4], 0)
    exact, excerpt, wrapped, near = (
        article("exact", [1, 2, 3, 4], 1),
        article("excerpt", [2, 3], 2),
        article("wrapped", [7, 8, 9, 10, 11, 1, 2, 3], 3),
        article("near", [1, 2, 3, 12], 4),
    )
    kinds = {one.article_id: verdicts(original, one)[1] for one in (exact, excerpt, wrapped, near)}
    assert {name: verdict["kind"] for name, verdict in kinds.items()} == {
        "exact": "exact",
        "excerpt": "excerpt",
        "wrapped": "expansion",
        "near": "near",
    }
    (match,) = kinds["excerpt"]["matches"]
    assert match["containment"] > 0.9 and 0.4 < match["containment_of_other"] < 0.55
    for shared in match["passages"]:
        mine, theirs = excerpt.body[shared["start"] : shared["end"]], original.body[shared["other_start"] : shared["other_end"]]
        assert mine == theirs and len(mine) > 400


def test_stories_that_share_background_are_no_copies_of_each_other() -> None:
    first = article("first", [1, 2, 3, 4], 0)
    behind, between, opened_alike = article("behind", [5, 6, 7, 3], 1), article("between", [5, 3, 6, 7], 2), article("alike", [1, 5, 6, 7], 3)
    assert verdicts(first, opened_alike)[1]["status"] == "unique"
    for other in (behind, between):
        verdict = verdicts(first, other)[1]
        assert (verdict["status"], verdict["matches"], verdict.get("kind")) == ("unique", [], None)
        (match,) = verdict["background"]
        assert (match["article_id"], match["kind"]) == ("first", "shared_background")
        assert other.body[match["passages"][0]["start"] : match["passages"][0]["end"]] in passage(3)


def test_a_story_whose_head_stands_inside_another_is_copied_there() -> None:
    first, quoting = article("first", [1, 2, 3, 4], 0), article("quoting", [5, 6, 1, 7], 1)
    verdict = verdicts(first, quoting)[1]
    assert (verdict["duplicate_of"], verdict["background"]) == ("first", [])


def test_background_that_came_first_is_told_by_a_correction() -> None:
    later, earlier = article("later", [1, 2, 3, 4], 9), article("earlier", [5, 6, 7, 3], 1)

    async def run() -> Desk:
        desk, stage = Desk(), stage_over(InProcessAsker(2))
        for one in (later, earlier):
            desk.take([one], await stage.process([one]))
        return desk

    desk = asyncio.run(run())
    assert desk.records["later", "r"]["duplicate"]["background"] == []
    assert desk.table()["later", "r"]["background"][0]["article_id"] == "earlier"
    assert desk.table() == asyncio.run(sequential([later, earlier]))


def test_strangers_revisions_and_very_short_texts_are_unique() -> None:
    for articles in (
        (article("a", [1, 2]), article("b", [3, 4], 1)),
        (article("a", [1, 2], revision="r1"), article("a", [1, 2], 1, revision="r2")),
        tuple(DeduplicatorReads(article_id=name, body="Video: the match.", ingested_at=START, revision="r") for name in "ab"),
        tuple(DeduplicatorReads(article_id=name, body="", ingested_at=START, revision="r") for name in "ab"),
    ):
        assert {verdict["status"] for verdict in verdicts(*articles)} == {"unique"}


def test_the_two_seeds_are_no_copies_of_each_other() -> None:
    seeds = [
        DeduplicatorReads(article_id=path.name, body=path.read_text("utf-8"), ingested_at=START) for path in sorted((ROOT / "seeds").glob("*.txt"))
    ]
    outcomes: Any = asyncio.run(create().process(seeds))
    assert len(seeds) == 2
    assert {outcome.part.duplicate.status for outcome in outcomes} == {"unique"}


def test_a_merged_wire_does_not_glue_its_stories() -> None:
    first, second, merged, third = verdicts(
        article("one", [1, 2], 0), article("two", [3, 4], 1), article("merged", [1, 2, 3, 4], 2), article("copy", [3, 4], 3)
    )
    assert first["status"] == second["status"] == "unique"
    assert [match["article_id"] for match in merged["matches"]] == ["one", "two"]
    assert third["duplicate_of"] == "two"


def test_folding_is_free_of_order_and_repetition() -> None:
    async def run() -> Desk:
        desk, stage = Desk(), stage_over(InProcessAsker(2))
        for one in (article("c", [1, 2], 9), article("b", [1, 2, 3], 5), article("a", [1, 2], 0)):
            desk.take([one], await stage.process([one]))
        return desk

    desk = asyncio.run(run())
    record = desk.records["c", "r"]
    facts = [fact for found in desk.facts.values() for fact in found]
    whole = complete_verdict(record, facts)
    assert [match["article_id"] for match in whole["duplicate"]["matches"]] == ["a", "b"]
    assert complete_verdict(record, facts[::-1] * 2) == whole == complete_verdict(complete_verdict(record, facts[1:]), facts[:1])
    assert complete_verdict(whole, facts) == whole


def test_common_text_is_learned_but_not_a_wire() -> None:
    notes = [passage(1) + "\n\n" + passage(100 + number, 150) for number in range(20)]
    wires = [passage(2, 200) + "\n\n" + passage(200 + number, 30) for number in range(20)]
    learner = CommonTextLearner(DENSE, LearningRule(least=8))
    for body in notes + wires:
        learner.add(body)
    learned = learner.common()
    ((text, articles),) = learner.examples(learned)
    assert articles == 20
    assert text in " ".join(passage(1).split())
    assert len(text) > 0.8 * len(passage(1))
    key, value = to_record(learned, DENSE)
    assert key == KEY
    assert len(learned.hashes) > 10
    assert from_record(value, DENSE).hashes.tolist() == learned.hashes.tolist()
    assert from_record(value, DENSE).version == learned.version
    stage = stage_over(InProcessAsker(1))
    stage.learned(key, value)
    batch = [
        DeduplicatorReads(article_id=str(number), body=body, ingested_at=START)
        for number, body in enumerate([notes[0], notes[1], wires[0], wires[1]])
    ]
    outcomes: Any = asyncio.run(stage.process(batch))
    assert [outcome.part.duplicate.status for outcome in outcomes] == ["unique", "unique", "unique", "duplicate"]
    assert {outcome.part.duplicate.common_version for outcome in outcomes} == {union(learned, shipped_common_text(DENSE), DENSE).version}


def after_the_shipped_one(milliseconds: int) -> str:
    return timestamp(datetime.fromisoformat(SHIPPED_AT) + timedelta(milliseconds=milliseconds))


def test_versions_of_common_text_stand_in_the_order_of_their_times() -> None:
    stage = stage_over(InProcessAsker(1))
    hashes = range(1, 4)
    seen = [common_text(hashes, DENSE).version or "", stage.common_version or ""]
    for common in (
        common_text(hashes, DENSE, after_the_shipped_one(1)),
        common_text([9], DENSE, after_the_shipped_one(2)),
        withdrawn(after_the_shipped_one(3)),
    ):
        stage.learned(*to_record(common, DENSE))
        seen.append(stage.common_version or "")
    assert seen == sorted(set(seen))


def test_the_shipped_common_text_has_the_time_of_its_last_change() -> None:
    """When this fails: set SHIPPED_AT to the present time, then the version here."""
    assert shipped_common_text(SketchRule()).version == "v2026-11-27T00:00:00.000Z-e12d379708f18ff3"


NO_TIMES = (0, "0", 1.5, None, "2026-01-01T00:00:00", "1969-12-31T23:59:59Z", "9999-01-01T00:00:00+14:00")


@pytest.mark.parametrize("bad", NO_TIMES)
def test_a_time_of_ingestion_that_cannot_be_is_refused(bad: object) -> None:
    ahead = (datetime.now(UTC) + timedelta(days=40)).isoformat()
    for value in (bad, ahead):
        with pytest.raises(ValidationError, match="ingested_at"):
            DeduplicatorReads.model_validate({"article_id": "a", "body": "b", "ingested_at": value})
    assert DeduplicatorReads.model_validate({"article_id": "a", "body": "b", "ingested_at": "1970-01-01T00:00:00.000Z"}).ingested_at.year == 1970


def test_groups_of_given_texts() -> None:
    texts = [NamedText(name, "\n\n".join(passage(number) for number in numbers)) for name, numbers in {"a": [1, 2], "b": [5], "c": [1, 2, 3]}.items()]
    (group,) = groups_of_copies(texts)
    assert group.names == ["a", "c"]
    assert [(one.name, one.match.article_id) for one in group.evidence] == [("c", "a")]
