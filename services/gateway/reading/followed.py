"""Small topics that are kept in memory as they grow: dead letters without their originals, and the lines that sources repeat."""

from __future__ import annotations

import asyncio
from collections import Counter, OrderedDict
from contextlib import aclosing
from typing import Any

from pydantic import ValidationError

from copydesk.services.gateway.settings import GatewaySettings
from copydesk.shared.deadletters import DeadLetter
from copydesk.shared.kafka import Message, consume
from copydesk.shared.letters import Listed
from copydesk.shared.records.furniture import learned_source
from copydesk.shared.runner.logs import logger
from copydesk.shared.topics import DEADLETTERS, FURNITURE

MOST_LETTERS = 20_000  # the newest; older ones are for `copydesk deadletters`
AGAIN_S = 5.0
SeenAt = tuple[str, str, int, int]


class FollowedTopics:
    """What these topics say now."""

    def __init__(self, settings: GatewaySettings) -> None:
        self._settings = settings
        self._letters: OrderedDict[SeenAt, DeadLetter] = OrderedDict()
        self._notes: OrderedDict[SeenAt, DeadLetter] = OrderedDict()
        self._furniture: dict[str, Any] = {}
        self.rejected: Counter[tuple[str, str]] = Counter()  # letters by stage and reason
        self._next: dict[tuple[str, int], int] = {}

    async def run(self) -> None:
        """Read for ever; while the brokers do not answer, it tries again."""
        while True:
            try:
                async with aclosing(consume(self._settings, (DEADLETTERS, FURNITURE), since=self._next or "beginning")) as messages:
                    async for message in messages:
                        self._next[message.topic, message.partition] = message.offset + 1
                        self._take(message)
            except Exception as error:
                logger().warning("dead letters are not followed at present", error=repr(error))
            await asyncio.sleep(AGAIN_S)

    def furniture(self, source: str) -> Any:
        """The lines that a source repeats, as learned; None where nothing was."""
        return self._furniture.get(source)

    def letters(self) -> list[Listed]:
        """Newest first."""
        found = [Listed(letter, self._notes.get(place)) for place, letter in self._letters.items()]
        return sorted(found, key=lambda one: (one.letter.time, one.letter.topic, one.letter.partition, one.letter.offset), reverse=True)

    def _take(self, message: Message) -> None:
        if message.topic == FURNITURE.name:
            self._learn((message.key or b"").decode("utf-8", "replace"), message.value)
            return
        try:
            letter = DeadLetter.model_validate_json(message.value or b"")
        except ValidationError:
            return  # any client may write there
        place = letter.stage, letter.topic, letter.partition, letter.offset
        if letter.settled:
            _keep(self._notes, place, letter)
        elif letter.part == 1 and place not in self._letters:
            self.rejected[letter.stage, letter.reason] += 1
            _keep(self._letters, place, letter.model_copy(update={"original": ""}))

    def _learn(self, source: str, value: bytes | None) -> None:
        if value is None:
            self._furniture.pop(source, None)
            return
        if (found := learned_source(value)) is not None:  # the cleaner says of others that they are no good
            self._furniture[source] = found.model_dump(mode="json")


def _keep(kept: OrderedDict[SeenAt, DeadLetter], place: SeenAt, letter: DeadLetter) -> None:
    kept[place] = letter
    while len(kept) > MOST_LETTERS:
        kept.popitem(last=False)
