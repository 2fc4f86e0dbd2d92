"""copydesk deadletters: list, show, replay."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from copydesk.services.console.printing import printers
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import TRACEPARENT, trace_id
from copydesk.shared.kafka import Message
from copydesk.shared.letters import Choice, discard, from_file, identifier, listed, replay, settled_places, whole_letters
from copydesk.shared.topics import CLEANED, DEADLETTERS, RAW, Topic

TRACE = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
LIMIT = 60_000


def letter(offset: int, topic: str = "articles.raw", reason: str = "not_json", stage: str = "cleaner", original: bytes = b"broken") -> list[bytes]:
    message = Message(topic, 0, offset, 1_716_023_400_000, f"a{offset}".encode(), original, {TRACEPARENT: TRACE})
    return list(dead_letters(message, Cause(stage, reason, "a detail", "Traceback: …"), LIMIT))


async def values(*groups: list[bytes]) -> AsyncIterator[bytes]:
    for group in groups:
        for value in group:
            yield value


class Log:
    def __init__(self) -> None:
        self.records: list[tuple[Topic, str | None, bytes, Mapping[str, str]]] = []

    async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]:
        assert value is not None

        async def stored() -> None:
            self.records.append((topic, key, value, headers or {}))

        return asyncio.ensure_future(stored())


BIG = bytes(range(256)) * 2_000


async def test_each_letter_is_listed_once_although_in_parts_and_repeated() -> None:
    big = letter(1, original=BIG)
    assert len(big) > 1
    found = [identifier(one.letter) for one in await listed(values(big, letter(2), big, letter(2)), Choice())]
    assert found == ["articles.raw/0/1", "articles.raw/0/2"]


@pytest.mark.parametrize(
    ("choice", "offsets"),
    [
        (Choice(), [1, 2, 3]),
        (Choice(frozenset({"articles.raw/0/2"})), [2]),
        (Choice(stage="tagger"), [3]),
        (Choice(reason="not_json", stage="cleaner"), [1]),
    ],
)
async def test_choice(choice: Choice, offsets: list[int]) -> None:
    given = values(letter(1), letter(2, reason="no_article"), letter(3, stage="tagger", topic="articles.deduplicated"))
    assert [one.letter.offset for one in await listed(given, choice)] == offsets


async def test_replay_puts_original_bytes_back_with_key_and_trace() -> None:
    log = Log()
    big = letter(1, original=BIG)
    count = await replay(
        whole_letters(values(big[::-1], letter(2, topic="articles.cleaned"), letter(2, topic="articles.cleaned", stage="other")), Choice()), log
    )
    assert count == 2
    sent = [record for record in log.records if record[0] is not DEADLETTERS]
    assert [(topic, key, value) for topic, key, value, _ in sent] == [(RAW, "a1", BIG), (CLEANED, "a2", b"broken")]
    assert {trace_id(headers) for *_, headers in sent} == {trace_id({TRACEPARENT: TRACE})}


async def test_letters_come_the_oldest_first_whatever_their_partition() -> None:
    old, new = (
        list(dead_letters(Message("articles.raw", 0, n, 0, b"k", b"x", {}), Cause("cleaner", "r", time=datetime(2024, 5, n, tzinfo=UTC)), LIMIT))
        for n in (1, 2)
    )
    assert [one.letter.offset for one in await listed(values(new, old), Choice())] == [1, 2]


async def test_what_was_replayed_or_discarded_is_marked_and_left_out_the_next_time() -> None:
    log = Log()
    there = [*letter(1, original=BIG), *letter(2), *letter(3)]
    await replay(whole_letters(values(there), Choice(frozenset({"articles.raw/0/1"}))), log)
    await discard(await listed(values(there), Choice(frozenset({"articles.raw/0/2"}))), log)
    notes = [value for topic, _, value, _ in log.records if topic is DEADLETTERS]
    there += notes
    found = await listed(values(notes, there), Choice())
    assert [(one.letter.offset, one.settled and one.settled.settled) for one in found] == [(1, "replayed"), (2, "discarded"), (3, None)]
    assert [one.letter.offset for one in await listed(values(there), Choice(open=True))] == [3]
    left = [each.letter.offset async for each in whole_letters(values(there), Choice(), await settled_places(values(there)))]
    assert left == [3]
    assert len([each async for each in whole_letters(values(there), Choice())]) == 3
    assert {key for topic, key, _, _ in log.records if topic is DEADLETTERS} == {"a1", "a2"}
    assert max(map(len, notes)) < 1_000


async def test_letters_of_a_file_are_not_marked() -> None:
    log = Log()
    await replay(whole_letters(values(letter(1)), Choice()), log, mark=False)
    assert [topic for topic, *_ in log.records] == [RAW]


async def test_a_letter_that_lacks_a_part_is_not_replayed() -> None:
    log = Log()
    assert await replay(whole_letters(values(letter(1, original=BIG)[1:], letter(2)), Choice()), log, mark=False) == 1
    assert [key for _, key, _, _ in log.records] == ["a2"]


async def test_foreign_topics_are_refused() -> None:
    with pytest.raises(CopydeskError, match=r"other\.topic/0/1.*not a topic"):
        await replay(whole_letters(values(letter(1, topic="other.topic")), Choice()), Log())


async def test_files_of_letters(tmp_path: Path) -> None:
    (tmp_path / "letters.jsonl").write_bytes(b"\n".join(letter(1) + letter(2)) + b"\n")
    assert [each.original async for each in whole_letters(from_file(tmp_path / "letters.jsonl"), Choice())] == [b"broken"] * 2
    (tmp_path / "wrong.jsonl").write_bytes(b'{"content":"x"}\n')
    with pytest.raises(CopydeskError, match="not a dead letter"):
        [each async for each in whole_letters(from_file(tmp_path / "wrong.jsonl"), Choice())]
    with pytest.raises(CopydeskError, match="nowhere"):
        [each async for each in whole_letters(from_file(tmp_path / "nowhere"), Choice())]


async def test_a_letter_is_shown_with_everything_that_helps() -> None:
    console = Console(width=100, record=True, file=None, quiet=False)
    async for each in whole_letters(values(letter(7)), Choice()):
        with console.capture() as shown:
            console.print(printers.letter(each))
    for words in ("not_json", "a detail", "cleaner", "articles.raw/0/7, 6 bytes", TRACE, "Traceback: …", "broken"):
        assert words in shown.get()
