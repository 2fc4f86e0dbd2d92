"""Which records a replay puts onto their topic again, and what it remembers."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import orjson
import pytest

from copydesk.services.console import exits
from copydesk.services.console.__main__ import run
from copydesk.services.console.replaying.choice import COPY, DISCARDED, EMPTY, NOT_ASKED_FOR, TAKEN_BACK, LogChoice, by_place
from copydesk.services.console.replaying.memory import ReplayMemory
from copydesk.services.console.replaying.stretch import LogRequest, Stretch
from copydesk.shared.again import once_more
from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.errors import CopydeskError, TooLargeError
from copydesk.shared.headers import INGESTED_MS, REPLAYED, again, trace_id
from copydesk.shared.kafka import Message
from copydesk.shared.letters import Listed
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.retractions import StandingRetractions
from copydesk.shared.subscribing.conditions import condition
from copydesk.shared.topics import DEDUPLICATED, RAW, Topic

AT = 1_716_023_400_000
TOPIC = DEDUPLICATED.name
STARTS = {(TOPIC, 0): 10, (TOPIC, 1): 0}
RECORD = {"article_id": "a", "body": "b", "language": "de", "url": "https://news.example/a", "versions": {"cleaner": "3.1"}}


def message(record: Any = RECORD, offset: int = 12, topic: Topic = DEDUPLICATED) -> Message:
    return Message(topic.name, 0, offset, AT, b"a", orjson.dumps(record), {})


def letter(settled: str | None, offset: int = 12) -> Listed:
    one = DeadLetter.model_validate(
        {"stage": "tagger", "reason": "crashed", "time": "2024-05-18T09:00:00Z", "topic": TOPIC, "partition": 0, "offset": offset, "original": ""}
    )
    return Listed(one, one.model_copy(update={"settled": settled}) if settled else None)


def retracted() -> StandingRetractions:
    standing = StandingRetractions()
    standing.take(Retraction.model_validate({"article_id": "a", "state": "retracted", "reason": "", "at": "2026-11-28T06:09:42.567Z"}))
    return standing


def test_a_record_goes_unless_there_is_a_reason() -> None:
    assert LogChoice(STARTS).left_out(message()) is None
    assert LogChoice(STARTS).left_out(replace(message(), value=None)) == EMPTY
    assert LogChoice(STARTS, standing=retracted()).left_out(message()) == TAKEN_BACK
    assert LogChoice(STARTS, letters=by_place([letter("discarded")])).left_out(message()) == DISCARDED
    assert LogChoice(STARTS, letters=by_place([letter("replayed")])).left_out(message()) is None
    assert LogChoice(STARTS).left_out(replace(message(), value=b"{")) is None, "it becomes a dead letter again, or a mended stage reads it"


def test_what_waits_among_the_dead_letters_is_known() -> None:
    choice = LogChoice(STARTS, letters=by_place([letter(None), letter("replayed", 13)]))
    assert [choice.open_letter(message(offset=offset)) is not None for offset in (12, 13, 14)] == [True, False, False]


@pytest.mark.parametrize(
    ("place", "reason"),
    [
        (f"{TOPIC}/0/10", COPY),  # its original goes
        (f"{TOPIC}/0/9", None),  # lies before the stretch, and may be gone
        (f"{TOPIC}/7/3", None),  # of a partition that the stretch does not know
        (f"{RAW.name}/0/11", None),  # an earlier stage was replayed: this is its new result
        (f"{TOPIC}/0/x", None),  # any client may write headers
        ("", None),
    ],
)
def test_of_a_record_and_its_replays_one_goes(place: str, reason: str | None) -> None:
    assert LogChoice(STARTS).left_out(replace(message(), headers={REPLAYED: place})) == reason


@pytest.mark.parametrize(
    ("source", "where", "goes"),
    [
        ("news.example", [], True),
        ("example", [], True),
        ("other.example", [], False),
        (None, ["language=de"], True),
        (None, ["language=de", "versions.cleaner!=3.1"], False),
        ("news.example", ["url~/A"], True),
    ],
)
def test_source_and_conditions(source: str | None, where: list[str], goes: bool) -> None:
    choice = LogChoice(STARTS, source, [condition(text) for text in where])
    assert choice.left_out(message()) == (None if goes else NOT_ASKED_FOR)
    assert choice.left_out(replace(message(), value=b"{")) == NOT_ASKED_FOR


@pytest.mark.parametrize(
    ("text", "admits"),
    [
        ("a=1", True), ("a=2", True), ("a!=1", False), ("a!=3", True), ("b.c=true", True), ("b.c=True", False), ("b~x", False), ("b=", False),
        ("d=", True), ("d!=", False), ("d!=x", True), ("n=", True), ("e.t=ORG", True), ("e.t=PERSON", True), ("e.t!=GPE", True), ("e.t~org", True),
        ("s=two words", True), ("s = two words", True), ("s=x=y", False), ("x.y=1", False),
    ],
)  # fmt: skip
def test_a_condition(text: str, admits: bool) -> None:
    record = {"a": [1, "2"], "b": {"c": True}, "n": None, "e": [{"t": "ORG"}, {"t": "PERSON"}], "s": "two words"}
    assert condition(text).admits(record) is admits


@pytest.mark.parametrize("text", ["", "language", "=de", "a..b=c", "a b", ".a=b"])
def test_what_is_no_condition_is_told(text: str) -> None:
    with pytest.raises(CopydeskError, match="is no condition — say FIELD=TEXT"):
        condition(text)


def test_a_raw_record_stays_the_article_that_it_was() -> None:
    sent = once_more(replace(message({"content": "A text"}, topic=RAW), key=None), 1_000, AT + 5)
    record = orjson.loads(sent.value)
    assert (record["ingested_at"], sent.key) == ("2024-05-18T09:10:00.000Z", record["article_id"].encode())
    again_later = once_more(replace(message({"content": "A text"}, topic=RAW), timestamp_ms=AT + 77_000), 1_000, AT)
    assert orjson.loads(again_later.value)["article_id"] == record["article_id"]
    whole = orjson.dumps({"content": "A text", "article_id": "given", "ingested_at": "2024-05-18T09:10:00Z"})
    assert once_more(replace(message(topic=RAW), value=whole), 1_000, AT).value.count(b"given") == 1
    for odd in (b"{", b"[]"):
        assert once_more(replace(message(topic=RAW), value=odd), 1_000, AT).value == odd
    with pytest.raises(TooLargeError, match=r"articles\.raw/0/12.*COPYDESK_RAW_LIMIT"):
        once_more(message({"content": "x" * 980}, topic=RAW), 1_000, AT)


def test_headers_say_where_it_lay_and_count_from_now() -> None:
    before = {"traceparent": f"00-{'ab' * 16}-{'cd' * 8}-01", INGESTED_MS: "5", "origin": "a.txt"}
    made = again(before, "articles.raw/0/1", 77)
    assert (made[REPLAYED], made[INGESTED_MS], made["origin"], trace_id(made)) == ("articles.raw/0/1", "77", "a.txt", "ab" * 16)


def test_the_memory_tells_replays_apart_by_their_words(tmp_path: Path) -> None:
    memory = ReplayMemory(tmp_path / "run" / "replays.sqlite")
    one, other = LogRequest("tagger", "2h"), LogRequest("tagger", "2h", where=("language=de",))
    stretch = Stretch(5, {(TOPIC, 0): 1, (TOPIC, 1): 0}, {(TOPIC, 0): 9, (TOPIC, 1): 4})
    memory.begin(one, stretch)
    assert (memory.begun(one), memory.begun(other)) == ((stretch, stretch.starts), None)
    memory.reach(one, {(TOPIC, 0): 7, (TOPIC, 1): 0})
    memory.close()
    found = ReplayMemory(memory.path).begun(one)
    assert found is not None
    assert (found[1], stretch.left(found[1])) == ({(TOPIC, 0): 7, (TOPIC, 1): 0}, 6)


@pytest.mark.parametrize("kept", [b"junk" * 999, b"SQLite format 3\0" + b"\xff" * 8_000])
def test_a_damaged_memory_is_set_aside_and_begun_anew(tmp_path: Path, kept: bytes) -> None:
    (tmp_path / "replays.sqlite").write_bytes(kept)
    memory = ReplayMemory(tmp_path / "replays.sqlite")
    assert memory.damaged == tmp_path / "replays.sqlite.damaged"
    assert memory.damaged.read_bytes() == kept
    asked, stretch = LogRequest("tagger", "2h"), Stretch(5, {(TOPIC, 0): 1}, {(TOPIC, 0): 9})
    memory.begin(asked, stretch)
    assert memory.begun(asked) == (stretch, stretch.starts)
    memory.close()
    with contextlib.closing(sqlite3.connect(memory.path, isolation_level=None)) as file:
        file.execute("UPDATE replays SET reached = 'x'")
    assert ReplayMemory(memory.path).begun(asked) is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--stage", "sink", "--since", "2h"], "there is no stage sink: name one of"),
        (["--stage", "tagger"], "Missing option"),
        (["--stage", "tagger", "--since", "soon"], "is no time"),
        (["--stage", "tagger", "--since", "2h", "--until", "3h"], "is not after"),
        (["--stage", "tagger", "--since", "2h", "--where", "language"], "is no condition"),
    ],
)
def test_wrong_usage_is_told_before_any_broker_is_asked(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["replay", *words]) == exits.USAGE
    assert told in " ".join(capsys.readouterr().err.replace("│", "").split())
