"""`copydesk deadletters`: what failed, why, what was done about it, and back onto its topic.

Reads the topic, or a file that `enrich --rejected` wrote.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from pydantic import ValidationError

from copydesk.shared.deadletters import RETRACTED, DeadLetter, Settled, Whole, assemble, settlement
from copydesk.shared.errors import CopydeskError
from copydesk.shared.headers import again
from copydesk.shared.kafka import RecordSender, Since, consume
from copydesk.shared.settings import Settings
from copydesk.shared.topics import DEADLETTERS, Topic, named

OriginalPlace = tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Choice:
    """Which letters: all conditions hold; none means all. An id is TOPIC/PARTITION/OFFSET of the original."""

    ids: frozenset[str] = frozenset()
    stage: str | None = None
    reason: str | None = None
    open: bool = False  # neither replayed nor discarded

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


@dataclass(frozen=True, slots=True)
class Listed:
    """A letter without its original, and what was done with it last, if anything."""

    letter: DeadLetter
    settled: DeadLetter | None = None


async def listed(values: AsyncIterator[bytes], choice: Choice) -> list[Listed]:
    """Each chosen letter once, the oldest first. Only their first parts are held, without the originals."""
    letters: dict[OriginalPlace, DeadLetter] = {}
    notes: dict[OriginalPlace, DeadLetter] = {}
    async for value in values:
        part = _parse(value)
        if part.settled:
            notes[original_place(part)] = max(notes.get(original_place(part), part), part, key=lambda note: note.time)
        elif part.part == 1 and choice.admits(part):
            letters.setdefault(original_place(part), part.model_copy(update={"original": ""}))
    found = [Listed(letter, notes.get(place)) for place, letter in letters.items()]
    return sorted((one for one in found if not (choice.open and one.settled)), key=lambda one: (one.letter.time, *original_place(one.letter)))


async def whole_letters(values: AsyncIterator[bytes], choice: Choice, settled: frozenset[OriginalPlace] = frozenset()) -> AsyncIterator[Whole]:
    """Each chosen letter once, with its original, but the settled ones and those of retractions, which have none.

    In memory are only letters of which a part is still to come.
    """
    parts: dict[OriginalPlace, list[bytes]] = {}
    done: set[OriginalPlace] = set(settled)
    async for value in values:
        letter = _parse(value)
        place = original_place(letter)
        if place in done or letter.settled or letter.reason == RETRACTED or not choice.admits(letter):
            continue
        parts.setdefault(place, []).append(value)
        for complete in assemble(parts[place]):
            done.add(place)
            del parts[place]
            yield complete


async def settled_places(values: AsyncIterator[bytes]) -> frozenset[OriginalPlace]:
    """Places of the letters that were replayed or discarded."""
    return frozenset({original_place(part) async for part in _parsed(values) if part.settled})


async def _parsed(values: AsyncIterator[bytes]) -> AsyncIterator[DeadLetter]:
    async for value in values:
        yield _parse(value)


def _parse(value: bytes) -> DeadLetter:
    try:
        return DeadLetter.model_validate_json(value)
    except ValidationError as error:
        raise CopydeskError(f"this is not a dead letter: {value[:80].decode('utf-8', 'replace')}", "name a file or topic of dead letters") from error


def original_place(letter: DeadLetter) -> OriginalPlace:
    """Which record a letter is about, and who refused it: what its parts, and the note that settles it, have in common."""
    return letter.stage, letter.topic, letter.partition, letter.offset


async def replay(letters: AsyncIterator[Whole], sender: RecordSender, mark: bool = True) -> int:
    """Put originals back onto the topics that they were on, each delivery awaited; how many. An original goes once, whoever refused it.

    Letters are marked as replayed, unless they come from a file. Raises CopydeskError for a topic that is not Copydesk's, and as `send`
    does. Sending twice changes nothing downstream.
    """
    sent: set[str] = set()
    async for found in letters:
        letter = found.letter
        if identifier(letter) not in sent:
            headers = again(letter.headers, identifier(letter), int(time.time() * 1000))
            stored = await sender.send(_topic(letter), letter.article_id, found.original, headers)
            await stored
            sent.add(identifier(letter))
        if mark:
            await settle(letter, "replayed", sender)
    return len(sent)


async def discard(chosen: Iterable[Listed], sender: RecordSender) -> int:
    """Mark letters as discarded, each delivery awaited; how many. They stay on the topic for as long as it keeps records."""
    count = 0
    for one in chosen:
        await settle(one.letter, "discarded", sender)
        count += 1
    return count


async def settle(letter: DeadLetter, how: Settled, sender: RecordSender) -> None:
    """Note on the topic what was done with a letter; awaited."""
    stored = await sender.send(DEADLETTERS, letter.article_id, settlement(letter, how, datetime.now(UTC)))
    await stored


def _topic(letter: DeadLetter) -> Topic:
    try:
        return named(letter.topic)
    except KeyError:
        raise CopydeskError(f"{identifier(letter)}: {letter.topic} is not a topic of Copydesk", "leave this letter out") from None
