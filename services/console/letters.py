"""`copydesk deadletters`: what failed, why, and back onto its topic. Reads the topic, or a file that `enrich --rejected` wrote."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import aclosing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import ValidationError

from copydesk.shared.deadletters import DeadLetter, Whole, assemble
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import onward
from copydesk.shared.kafka import Since, consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, Topic, named

Place = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters: all conditions hold; none means all. An id is TOPIC/PARTITION/OFFSET of the original."""

    ids: frozenset[str] = frozenset()
    stage: str | None = None
    reason: str | None = None

    def admits(self, letter: DeadLetter) -> bool:
        return (
            (not self.ids or identifier(letter) in self.ids)
            and self.stage in (None, letter.stage)
            and self.reason in (None, letter.reason)
        )  # fmt: skip


def identifier(letter: DeadLetter) -> str:
    """How a letter is named on the command line: where its original was."""
    return f"{letter.topic}/{letter.partition}/{letter.offset}"


async def from_topic(settings: Settings, since: Since = "beginning") -> AsyncIterator[bytes]:
    """Values of the letters that are there now."""
    async with aclosing(consume(settings, (DEADLETTERS,), since=since, follow=False)) as messages:
        async for message in messages:
            yield message.value or b""


async def from_file(path: Path) -> AsyncIterator[bytes]:
    """Values of the letters in a file. Raises CopydeskError when it cannot be read."""
    try:
        with path.open("rb") as lines:
            for line in lines:
                yield line
    except OSError as error:
        raise CopydeskError(f"{path}: cannot be read ({error.strerror})", "name a file that `copydesk enrich --rejected` wrote") from error


async def first_parts(values: AsyncIterator[bytes], choice: Choice) -> AsyncIterator[DeadLetter]:
    """Each chosen letter once, by its first part."""
    seen: set[Place] = set()
    async for value in values:
        letter = _parse(value)
        if letter.part == 1 and choice.admits(letter) and _place(letter) not in seen:
            seen.add(_place(letter))
            yield letter


async def whole(values: AsyncIterator[bytes], choice: Choice) -> AsyncIterator[Whole]:
    """Each chosen letter once, with its original; in memory are only letters of which a part is still to come."""
    parts: dict[Place, list[bytes]] = {}
    done: set[Place] = set()
    async for value in values:
        letter = _parse(value)
        place = _place(letter)
        if place in done or not choice.admits(letter):
            continue
        parts.setdefault(place, []).append(value)
        for complete in assemble(parts[place]):
            done.add(place)
            del parts[place]
            yield complete


def _parse(value: bytes) -> DeadLetter:
    try:
        return DeadLetter.model_validate_json(value)
    except ValidationError as error:
        raise CopydeskError(f"this is not a dead letter: {value[:80].decode('utf-8', 'replace')}", "name a file or topic of dead letters") from error


def _place(letter: DeadLetter) -> Place:
    return letter.stage, letter.topic, letter.partition, letter.offset


class Sending(Protocol):
    async def send(self, topic: Topic, key: str | None, value: bytes, headers: Mapping[str, str] | None = None) -> Awaitable[Any]: ...


async def replay(letters: AsyncIterator[Whole], sender: Sending) -> int:
    """Put originals back onto the topics that they were on, each delivery awaited; how many. An original goes once, whoever refused it.

    Raises CopydeskError for a topic that is not Copydesk's, and as `send` does. Sending twice changes nothing downstream.
    """
    sent: set[str] = set()
    async for found in letters:
        letter = found.letter
        if identifier(letter) not in sent:
            stored = await sender.send(_topic(letter), letter.article_id, found.original, onward(letter.headers, "replay", _written_ms(letter)))
            await stored
            sent.add(identifier(letter))
    return len(sent)


def _topic(letter: DeadLetter) -> Topic:
    try:
        return named(letter.topic)
    except KeyError:
        raise CopydeskError(f"{identifier(letter)}: {letter.topic} is not a topic of Copydesk", "leave this letter out") from None


def _written_ms(letter: DeadLetter) -> int:
    return int(letter.time.timestamp() * 1000)
