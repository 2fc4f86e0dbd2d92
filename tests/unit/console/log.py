"""Topics in memory, for the commands that read and publish what is learned."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Awaitable, Mapping, Sequence
from typing import Any

from copydesk.shared.kafka import Message, Since
from copydesk.shared.topics import Topic


class Log:
    """Topics in memory that one can read and write."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    async def send(self, topic: Topic, key: str | None, value: bytes | None, headers: Mapping[str, str] | None = None) -> Awaitable[Any]:
        async def stored() -> None:
            self.messages.append(Message(topic.name, 0, len(self.messages), 0, key.encode() if key else None, value, {}))

        return stored()

    async def read(self, topics: Sequence[Topic], *, since: Since, follow: bool) -> AsyncGenerator[Message, None]:
        assert not follow
        for message in self.messages:
            if message.topic in {topic.name for topic in topics}:
                yield message
