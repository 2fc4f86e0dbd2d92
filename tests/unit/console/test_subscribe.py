"""copydesk subscribe: filters, limits, and verdicts that corrections complete."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import orjson
import pytest

from copydesk.services.console import __main__ as entry
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import Message, Since
from copydesk.shared.records.story import StoryTold
from copydesk.shared.subscribing import points_in_time
from copydesk.shared.subscribing.filters import Filter, PublishedBetween
from copydesk.shared.subscribing.records import SubscribedRecord, Wanted, subscribe
from copydesk.shared.subscribing.verdicts import Verdicts
from copydesk.shared.topics import CLEANED, CORRECTIONS, DEADLETTERS, ENRICHED, RAW, RETRACTIONS, STORIES, Topic
from tests.samples import enriched, entity, fact

START = datetime(2024, 5, 18, 9, tzinfo=UTC)


class Log:
    """Topics in memory; what is appended is one millisecond later than what was there. The first `old` messages are the past."""

    def __init__(self, *messages: tuple[Topic, Any], old: int = 0) -> None:
        start = int(START.timestamp() * 1000)
        self.messages = [
            Message(topic.name, 0, number, start + number, b"k", value if isinstance(value, bytes) else orjson.dumps(value), {})
            for number, (topic, value) in enumerate(messages)
        ]
        self.old = old

    async def read(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]:
        first = 0 if since == "beginning" else self.old
        if isinstance(since, datetime):
            first = next((n for n, message in enumerate(self.messages) if message.timestamp_ms >= since.timestamp() * 1000), len(self.messages))
        for message in self.messages[first : None if follow else max(self.old, first)]:
            if message.topic in {topic.name for topic in topics}:
                yield message


def correction(*arguments: Any) -> tuple[Topic, Any]:
    return CORRECTIONS, fact(*arguments).model_dump(mode="json")


async def seen(log: Log, **wanted: Any) -> list[SubscribedRecord]:
    return [each async for each in subscribe(log.read, Wanted(**{"since": "beginning", **wanted}))]


def told(found: list[SubscribedRecord]) -> list[tuple[str, Any, Any]]:
    return [(each.kind, each.record["article_id"], each.record["duplicate"].get("duplicate_of")) for each in found]


async def test_records_come_with_their_very_bytes() -> None:
    value = b' {"article_id" : "a"}'
    assert [each.value for each in await seen(Log((ENRICHED, value)))] == [value]


async def test_a_correction_before_its_article_is_folded_in() -> None:
    log = Log(correction("b", "a", 2, 1), (ENRICHED, enriched("b", second=2)))
    assert told(await seen(log)) == [("record", "b", "a")]


async def test_a_correction_after_its_article_shows_it_again() -> None:
    log = Log((ENRICHED, enriched("b", second=2)), correction("b", "a", 2, 1), correction("b", "a", 2, 1), correction("x", "a", 2, 1))
    found = await seen(log)
    assert told(found) == [("record", "b", None), ("correction", "b", "a")]
    assert orjson.loads(found[1].value)["duplicate"]["status"] == "duplicate"


async def test_the_past_is_shown_with_all_corrections_known_by_now() -> None:
    log = Log((ENRICHED, enriched("b", second=2)), correction("b", "a", 2, 1), old=2)
    assert told(await seen(log)) == [("record", "b", "a")]


async def test_a_copy_by_correction_is_left_out_where_copies_are() -> None:
    log = Log(correction("b", "a", 2, 1), (ENRICHED, enriched("b", second=2)), (ENRICHED, enriched("a", second=1)))
    assert told(await seen(log, filter=Filter(no_duplicates=True))) == [("record", "a", None)]


def said(state: str = "retracted", at: str = "2026-01-05T00:00:00.000Z", **about: str) -> tuple[Topic, Any]:
    return RETRACTIONS, {"state": state, "at": at, "reason": "court order", **about}


async def test_what_is_taken_back_by_now_is_not_shown_wherever_it_stands_on_the_log() -> None:
    records = [(ENRICHED, enriched(name, source=f"{name}.example")) for name in ("a", "b", "c", "d")]
    let_in = said("restored", "2026-01-06T00:00:00.000Z", article_id="c")
    log = Log(*records, said(article_id="a"), said(source="b.example"), said(article_id="c"), let_in, old=8)
    assert [(one.kind, one.record["article_id"]) for one in await seen(log, follow=False)] == [("record", "c"), ("record", "d")]
    assert await seen(Log((CLEANED, {"article_id": "a"}), said(article_id="a"), old=2), topic=CLEANED) == []


async def test_what_is_taken_back_while_somebody_reads_is_told_once() -> None:
    after = [said(article_id="a"), said(article_id="a"), (ENRICHED, enriched("a", "r2")), correction("b", "a", 2, 1), (RETRACTIONS, b"?")]
    found = await seen(Log((ENRICHED, enriched("a")), *after))
    assert [(one.kind, one.record["article_id"]) for one in found] == [("record", "a"), ("retraction", "a")]
    assert found[1].record["reason"] == "court order"


def of_story(name: str, story: str, minute: int = 0) -> tuple[Topic, Any]:
    one = StoryTold(article_id=name, story=story, role="opens", version="1", at=f"2026-01-05T10:{minute:02d}:00.000Z")
    return STORIES, one.model_dump(exclude_none=True)


async def test_articles_of_a_story_are_shown_once_they_are_told_to_be_of_it() -> None:
    news = [(ENRICHED, enriched(name)) for name in ("a", "b", "c", "d")]
    log = Log(
        of_story("a", "a"), *news, of_story("b", "a"), of_story("c", "x"), said(article_id="d"), of_story("d", "a"), of_story("c", "a", 1), old=1
    )
    found = [(one.kind, one.record["article_id"]) for one in await seen(log, since=None, story="a")]
    assert found == [("record", "a"), ("record", "b"), ("retraction", "d"), ("record", "c")]
    assert [one.record["article_id"] for one in await seen(log, story="b", limit=2)] == ["a", "b"]
    assert [one.record["article_id"] for one in await seen(log, story="a", filter=Filter(title="of b"))] == ["b", "d"]
    assert await seen(log, story="nobody", filter=Filter(title="x"), follow=False) == []


async def test_a_story_that_becomes_part_of_another_is_followed_and_one_that_leaves_is_told() -> None:
    news = [(ENRICHED, enriched(name)) for name in ("a", "b", "c")]
    moved = [of_story("c", "c"), of_story("b", "b"), of_story("a", "c", 1), of_story("b", "c", 1), of_story("c", "z", 2), of_story("c", "y", 3)]
    found = [(one.kind, one.record.get("article_id")) for one in await seen(Log(*news, of_story("a", "a"), *moved, (STORIES, b"?")), story="a")]
    assert found == [("record", "a"), ("record", "c"), ("record", "b"), ("left", "c"), ("unreadable", None)]


async def test_limit_counts_what_is_shown() -> None:
    log = Log(*((ENRICHED, enriched(f"a{number}", source=f"s{number % 2}")) for number in range(10)))
    assert [key for _, key, _ in told(await seen(log, limit=3, filter=Filter(source="s1")))] == ["a1", "a3", "a5"]


async def test_from_now_and_from_a_time() -> None:
    log = Log(*((ENRICHED, enriched(f"a{number}")) for number in range(4)), old=2)
    assert [key for _, key, _ in told(await seen(log, since=None))] == ["a2", "a3"]
    assert [key for _, key, _ in told(await seen(log, since=datetime.fromtimestamp(START.timestamp() + 0.0005, UTC)))] == ["a1", "a2", "a3"]
    assert [key for _, key, _ in told(await seen(log, follow=False))] == ["a0", "a1"]


async def test_what_is_no_record_is_told_and_passed_over() -> None:
    log = Log((ENRICHED, b"nonsense"), (ENRICHED, b"[1]"), (ENRICHED, {"entities": 7}), (CORRECTIONS, b"{}"), (ENRICHED, enriched("a")))
    found = await seen(log, filter=Filter(kind="PERSON"))
    assert [each.kind for each in found] == ["unreadable"] * 4 + ["record"]
    assert [each.record["offset"] for each in found[:4]] == [0, 1, 2, 3]


async def test_a_record_of_a_newer_schema_is_told_by_name_and_passed_over() -> None:
    log = Log((ENRICHED, enriched("a")), correction("b", "a", 2, 1), (ENRICHED, enriched("b", second=2)))
    newer = {"schema-version": "2", "producer": "tagger", "producer-version": "7.0"}
    log.messages[:2] = [replace(message, headers=newer) for message in log.messages[:2]]
    first, second, shown = await seen(log)
    assert [(one.kind, one.record["topic"]) for one in (first, second)] == [("unreadable", ENRICHED.name), ("unreadable", CORRECTIONS.name)]
    assert "written by tagger 7.0 with schema 2" in first.record["why"]
    assert told([shown]) == [("record", "b", None)], "the correction was not folded in"


async def test_other_topics_are_read_as_they_are() -> None:
    log = Log((ENRICHED, enriched("a")), (DEADLETTERS, {"reason": "x"}), correction("b", "a", 2, 1))
    assert [each.record["reason"] for each in await seen(log, topic=DEADLETTERS)] == ["x"]
    assert [each.record["later_article_id"] for each in await seen(log, topic=CORRECTIONS)] == ["b"]


def test_memory_of_verdicts_is_bounded() -> None:
    verdicts = Verdicts(facts=2, shown=2)
    for number in range(3):
        verdicts.shown(enriched(f"a{number}", second=9))
    assert [verdicts.take(fact(f"a{number}", "z", 9, 1)) is not None for number in range(3)] == [False, True, True]
    assert [verdicts.complete(enriched(f"a{number}", second=9))["duplicate"]["status"] for number in range(3)] == ["unique", "duplicate", "duplicate"]


BIDEN = Filter(entity="biden")


@pytest.mark.parametrize(
    ("wanted", "admitted"),
    [
        (Filter(), True),
        (BIDEN, True),
        (Filter(entity="joe b", kind="person"), True),
        (Filter(entity="biden", kind="GPE"), False),
        (Filter(kind="GPE"), True),
        (Filter(kind="ORG"), False),
        (Filter(entity="geonames:1850147"), True),
        (Filter(entity="geonames:185"), False),
        (Filter(source="Feed"), True),
        (Filter(source="example.org"), True),
        (Filter(source="news.example.org"), True),
        (Filter(source="ample.org"), False),
        (Filter(source="feed", entity="Kishida"), False),
        (Filter(no_duplicates=True), True),
        (Filter(language="EN"), True),
        (Filter(language="e"), False),
        (Filter(language="de"), False),
        (Filter(title="ITLE OF"), True),
        (Filter(title="titel"), False),
        (Filter(published=PublishedBetween("2024-05-18", "2024-05-18")), True),
        (Filter(published=PublishedBetween("2024")), True),
        (Filter(published=PublishedBetween("2024-05-19")), False),
        (Filter(published=PublishedBetween(None, "2024-04")), False),
        (Filter(salience=0.0), True),
        (Filter(salience=1.0, entity="biden"), False),
    ],
)
def test_filters(wanted: Filter, admitted: bool) -> None:
    record = enriched("a", source="feed", url="https://news.example.org/a", published_at="2024-05-18T09:00:00Z")
    assert wanted.admits(record) is admitted


@pytest.mark.parametrize(
    ("first", "last", "admitted"),
    [
        ("2024-05-18", None, ["2024-05-18", "2024-05-18T23:00", "2024-05", "2024", "2025"]),
        (None, "2024-05", ["2024-05-18", "2024-05-18T23:00", "2024-05", "2024", "2023-12-31"]),
        ("2024-05-19", "2024", ["2024-05", "2024"]),
    ],
)
def test_days_of_publication(first: str | None, last: str | None, admitted: list[str]) -> None:
    published = PublishedBetween.between(first, last)
    assert published is not None
    known = ["2024-05-18", "2024-05-18T23:00", "2024-05", "2024", "2025", "2023-12-31"]
    assert [moment for moment in known if published.admits(moment)] == admitted


@pytest.mark.parametrize(("first", "last"), [("yesterday", None), (None, "2024-13"), ("2024-02-30", None), ("2024-05", "2024-04"), ("24", None)])
def test_days_that_are_none(first: str | None, last: str | None) -> None:
    with pytest.raises(CopydeskError):
        PublishedBetween.between(first, last)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--since", "1h", "--from-beginning"], "not both"),
        (["--since", "yesterday"], "is no time"),
        (["--since", "2999-01-01"], "lies ahead"),
        (["--from", "soon"], "is no day"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_read(arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert entry.run(["subscribe", *arguments]) == 2
    assert words in " ".join(capsys.readouterr().err.split())


def test_filters_bear_records_that_lack_parts() -> None:
    assert not BIDEN.admits({"entities": None})
    assert not Filter(source="x").admits({"url": "http://[bad"})
    assert BIDEN.admits({"entities": [entity("X", "MISC", [(0, 5, "BIDEN")])]})
    assert not Filter(no_duplicates=True).admits({"duplicate": {"status": "duplicate"}})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("90s", "2024-05-18T08:58:30+00:00"),
        ("15m", "2024-05-18T08:45:00+00:00"),
        ("2h", "2024-05-18T07:00:00+00:00"),
        ("1d", "2024-05-17T09:00:00+00:00"),
        ("1w", "2024-05-11T09:00:00+00:00"),
        ("2024-05-18", "2024-05-18T00:00:00+00:00"),
        ("2024-05-18T09:30:00+02:00", "2024-05-18T07:30:00+00:00"),
    ],
)
def test_moments(text: str, expected: str) -> None:
    assert points_in_time.point_in_time(text, START).isoformat() == expected


@pytest.mark.parametrize(
    "text", ["yesterday", "", "5 parsecs", "99999999999999d", "999999w", "0001-01-01T00:00:00+14:00", "9999-12-31T23:00:00-14:00"]
)
def test_moments_that_are_none(text: str) -> None:
    with pytest.raises(CopydeskError, match="is no time"):
        points_in_time.point_in_time(text, START)


async def test_of_an_article_that_is_taken_back_no_dead_letter_shows_what_it_was() -> None:
    """By its key or, where another client wrote the record under no key, by the original; that it was taken back is told as before."""

    def letter(article_id: str | None, record: Any, **more: Any) -> tuple[Topic, Any]:
        message = Message(RAW.name, 0, 7, 1_716_022_800_000, article_id.encode() if article_id else None, orjson.dumps(record), {})
        value = next(dead_letters(message, Cause("cleaner", "too_slow", time=START), 1_000_000))
        return DEADLETTERS, {**orjson.loads(value), **more}

    by_source = {"content": "Text.", "source": "wire.example"}
    said = [{"article_id": "gone", "at": "2024-05-18T00:00:00.000Z"}, {"source": "wire.example", "at": "2024-05-18T00:00:00.000Z"}]
    told_of_it = letter("gone", {}, reason="retracted", original="")
    kept = letter("stays", {"content": "Text.", "source": "other.example"})
    letters = [letter("gone", 5), letter(None, by_source), told_of_it, kept, (DEADLETTERS, {"original": 5, "topic": []})]
    log = Log(*letters, *[(RETRACTIONS, one) for one in said], old=7)
    found = await seen(log, topic=DEADLETTERS)
    assert [(each.record.get("article_id"), each.record.get("reason")) for each in found if each.kind == "record"] == [
        ("gone", "retracted"), ("stays", "too_slow"), (None, None)
    ]  # fmt: skip
