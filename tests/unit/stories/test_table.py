"""What is told of stories depends on which articles there are: not on the order in which things came, how often, or who told what before."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.services.stories.live.table import StoryTable
from copydesk.services.stories.settings import StoriesSettings
from copydesk.shared.errors import CopydeskError
from copydesk.shared.records.base import timestamp
from copydesk.shared.records.story import StoryTold
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, STORIES
from tests.told_stories import Folded, folded
from tests.unit.stories.test_threads import NEWS, QUAKE

BEGIN = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
NOW = BEGIN + timedelta(days=3)
DAY_MS = 86_400_000


def at(hours: float) -> str:
    return timestamp(BEGIN + timedelta(hours=hours))


def ms(hours: float) -> int:
    return int((BEGIN + timedelta(hours=hours)).timestamp() * 1000)


def record(name: str, hours: float, title: str, body: str, came: float | None = None, **more: Any) -> Written:
    value = {
        "article_id": name, "title": title, "body": body, "published_at": at(hours), "ingested_at": at(hours + 1), "fetched_at": at(hours + 1),
        "source": "wire.example", "revision": "1", "duplicate": {"status": "unique", "matches": []},
        "versions": {"cleaner": "1", "deduplicator": "1", "tagger": "1"}, **more,
    }  # fmt: skip
    return Written(ENRICHED, orjson.dumps(value), ms(hours + 1 if came is None else came))


def copy_fact(later: str, earlier: str) -> Written:
    match = {"article_id": earlier, "revision": "1", "ingested_at": at(0), "kind": "near", "resemblance": 0.9, "containment": 0.9,
             "containment_of_other": 0.9, "shared": 30}  # fmt: skip
    value = {"fact_id": f"{later} {earlier}", "later_article_id": later, "later_revision": "1", "later_ingested_at": at(9), "version": "1",
             "earlier_article_id": earlier, "earlier_revision": "1", "earlier_ingested_at": at(0), "match": match}  # fmt: skip
    return Written(CORRECTIONS, orjson.dumps(value), ms(10))


def said(state: str, hours: float, **about: str) -> Written:
    return Written(RETRACTIONS, orjson.dumps({**about, "state": state, "at": at(hours)}), ms(hours))


RECORDS = [record(one.article_id, one.time_s / 3600, one.title or "", one.body) for one in NEWS]
REVISED = record("talks", 3, "Earthquake off Samos kills 12 in Izmir", QUAKE, came=12, revision="2", fetched_at=at(11))
CORRECTION = copy_fact("blank", "vote")
LATE = record("late", -3, "Earthquake off Samos", QUAKE.replace("12 people", "people"), came=14)
GONE = said("retracted", 20, article_id="quake-1")
EVERYTHING = [*RECORDS, REVISED, CORRECTION, LATE, GONE, said("retracted", 21, source="elsewhere.example")]


class Log:
    """What a service has told, folded as sinks do."""

    def __init__(self) -> None:
        self.told: list[StoryTold] = []

    def table(self, arrived: Iterable[Written] = ()) -> StoryTable:
        """One that begins now: it reads what there is."""
        made = StoryTable()
        for one in [*arrived, *(Written(STORIES, told.value()) for told in self.told)]:
            made.take(one)
        made.settle()
        return made

    def tell(self, table: StoryTable, now: datetime = NOW, most: int | None = None) -> list[StoryTold]:
        """Send what is due; with `most` it dies after so many."""
        due = table.due(now)
        self.told += due[:most]
        if most is None:
            table.confirmed(due)
        return due

    def folded(self) -> Folded:
        return folded(self.told)


def after(arrived: Sequence[Written], gone: Iterable[str] = ("quake-1",)) -> Folded:
    """Told one by one."""
    log = Log()
    table = log.table()
    for one in arrived:
        table.take(one)
        log.tell(table)
    return {name: told for name, told in log.folded().items() if name not in gone}


ORDERLY = after(EVERYTHING)


def test_what_is_told() -> None:
    stories = {name: story for name, (story, _, _) in ORDERLY.items()}
    assert stories == {"late": "late", "quake-2": "late", "quake-3": "late", "talks": "late", "strike": "strike", "strike-copy": "strike",
                       "vote": "vote", "blank": "vote"}  # fmt: skip
    assert ORDERLY["late"][1] == "opens"
    near = orjson.loads(ORDERLY["blank"][2] or "")
    assert (near["article_id"], near["copied"], near["score"]) == ("vote", True, 1.0)
    assert "Samos" in orjson.loads(ORDERLY["quake-2"][2] or "")["names"]


@settings(max_examples=5, deadline=None)
@given(st.permutations(EVERYTHING), st.randoms(use_true_random=False))
def test_told_is_the_same_in_any_order_twice_fed_and_through_crashes(arrived: list[Written], chance: random.Random) -> None:
    log, read = Log(), list[Written]()
    table = log.table()
    for one in [*arrived, *chance.sample(arrived, 4)]:
        read.append(one)
        table.take(one)
        if chance.random() < 0.3:
            log.tell(table, most=chance.choice([None, None, 0, 1]))
        if chance.random() < 0.2:  # kill -9: another one begins
            table = log.table(read)
    log.tell(table)
    log.tell(log.table(read))
    assert {name: told for name, told in log.folded().items() if name != "quake-1"} == ORDERLY
    assert log.tell(log.table(chance.sample(read, len(read)))) == [], "whoever begins again has nothing to add"


@pytest.mark.parametrize("seed", range(5))
def test_who_waits_longer_than_articles_are_late_tells_of_each_once(seed: int) -> None:
    chance = random.Random(seed)
    table, told = StoryTable(StoriesSettings(stories_wait_s=3600)), list[StoryTold]()
    came = sorted((one.time_s / 3600 + chance.random(), one) for one in NEWS)
    for hours, one in came:
        table.take(record(one.article_id, one.time_s / 3600, one.title or "", one.body, came=hours))
        if hours == came[0][0]:
            table.settle()
        told += (due := table.due(BEGIN + timedelta(hours=hours)))
        table.confirmed(due)
    assert len(told) < len(NEWS)
    told += (due := table.due(BEGIN + timedelta(hours=came[-1][0] + 1)))
    table.confirmed(due)
    assert sorted(one.article_id for one in told) == sorted(one.article_id for one in NEWS), "none is told again"
    assert folded(told) == after(RECORDS, gone=())


def test_one_that_is_dated_ahead_waits_no_longer_than_others() -> None:
    table = StoryTable(StoriesSettings(stories_wait_s=3600))
    table.take(record("ahead", 0, "Earthquake", QUAKE, came=99_999))
    table.settle()
    assert [len(table.due(BEGIN + timedelta(minutes=minutes))) for minutes in (0, 30, 59, 60)] == [0, 0, 0, 1]


def test_what_an_owner_of_old_tells_is_told_again_as_it_should_be() -> None:
    log = Log()
    table = log.table(RECORDS)
    log.tell(table)
    right = log.folded()
    stale = StoryTold(article_id="quake-2", story="quake-2", role="opens", version="0", at=timestamp(NOW + timedelta(seconds=5)))
    log.told.append(stale)
    table.take(Written(STORIES, stale.value()))
    assert log.tell(table) == []
    table.tidy(int(NOW.timestamp() * 1000))
    assert [one.article_id for one in log.tell(table)] == ["quake-2"]
    assert log.folded() == right


def test_let_in_again_counts_what_comes_from_then_on() -> None:
    gone, back = said("retracted", 20, article_id="strike"), said("restored", 30, article_id="strike")
    again = record("strike", 8, NEWS[5].title or "", NEWS[5].body, came=31)
    assert after([*RECORDS, gone], ["strike"])["strike-copy"][0] == "strike-copy"
    assert after([*RECORDS, gone, back], ["strike"])["strike-copy"][0] == "strike-copy"
    assert after([*RECORDS, gone, back, again])["strike-copy"][0] == "strike"
    assert after([gone, back, again, *RECORDS])["strike-copy"][0] == "strike"


def test_articles_of_a_source_that_is_taken_back_leave() -> None:
    other = record("quake-0", -1, NEWS[0].title or "", NEWS[0].body, source="tabloid.example")
    assert after([other, *RECORDS], ())["quake-1"][0] == "quake-0"
    assert after([other, *RECORDS, said("retracted", 20, source="tabloid.example")], ["quake-0"])["quake-1"][0] == "quake-1"


def test_what_is_over_keeps_its_story_and_so_do_those_who_begin_later() -> None:
    log = Log()
    table = log.table(RECORDS)
    log.tell(table)
    before = log.folded()
    when = NOW + timedelta(days=6)
    table.tidy(ms(5.5) + 8 * DAY_MS)  # quake-1 came at 1 h, quake-2 at 6 h
    assert len(table) == len(NEWS) - 2, "talks went too"
    later = record("quake-4", 40, NEWS[2].title or "", NEWS[2].body)
    table.take(later)
    log.tell(table, when)
    assert log.folded()["quake-4"][0] == "quake-1"
    assert {name: told for name, told in log.folded().items() if name != "quake-4"} == before
    left = [one for one in [*RECORDS, later] if one.written_ms >= ms(5.5)]
    assert log.tell(log.table(left), when) == [], "what was told before stands, though its articles are not read any more"


@pytest.mark.parametrize("topic", [ENRICHED, CORRECTIONS, RETRACTIONS, STORIES])
@pytest.mark.parametrize("value", [b"", b"null", b"[]", b'{"article_id": 5}', b'{"article_id": "a", "body": null}', b"\xff\xfe", b"[" * 5000])
def test_what_is_no_record_is_refused_and_changes_nothing(topic: Any, value: bytes) -> None:
    log = Log()
    table = log.table(RECORDS)
    log.tell(table)
    with pytest.raises(CopydeskError):
        table.take(Written(topic, value, 0))
    assert log.tell(table) == []


def test_texts_of_any_kind_have_a_story() -> None:
    odd = [
        record("huge", 1, "wörd " * 50_000, "Wort " * 100_000), record("nul", 1, "\x00", "\x00"), record("surrogate", 1, "😀", "é" * 9),
        record("letters", 1, "a b c", "x y z"), record("no-date", 1, "", "", published_at=None),
    ]  # fmt: skip
    assert {name: story for name, (story, _, _) in after(odd).items()} == {name: name for name in ("huge", "nul", "surrogate", "letters", "no-date")}


def test_settings_are_part_of_the_version() -> None:
    assert StoryTable().version != StoryTable(StoriesSettings(stories_threshold=0.6)).version
