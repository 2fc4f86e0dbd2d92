"""One story followed by a reader that keeps no database: records wait until it is told which story their articles tell."""

from __future__ import annotations

from collections import OrderedDict
from typing import NamedTuple

from copydesk.shared.kafka import Message
from copydesk.shared.records.story import StoryTold

TOLD = 500_000  # articles of which it is known what was told last
WAITING = 5_000  # records that may be told to be of the story later


class ToldStory(NamedTuple):
    """The larger one stands."""

    at: str
    story: str


class FollowedStory:
    """`name`: a story's id, or that of an article in it. Where that story becomes a part of another, the other one is followed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._told: OrderedDict[str, ToldStory] = OrderedDict()
        self._waiting: OrderedDict[str, Message] = OrderedDict()
        self._shown: set[str] = set()

    def has(self, article_id: str) -> bool:
        """Whether the article is of the story, as far as was told."""
        known = self._told.get(article_id)
        return known is not None and known.story == self._story

    def wait(self, article_id: str, message: Message) -> None:
        """Keep a record until its story is told."""
        self._waiting[article_id] = message
        self._waiting.move_to_end(article_id)
        while len(self._waiting) > WAITING:
            self._waiting.popitem(last=False)

    def take(self, told: StoryTold) -> list[Message]:
        """Keep what was told; the records that are of the story now, and waited for that."""
        before, now = self._told.get(told.article_id), ToldStory(told.at, told.story)
        if before is not None and now <= before:
            return []
        self._told[told.article_id] = now
        self._told.move_to_end(told.article_id)
        while len(self._told) > TOLD:
            self._told.popitem(last=False)
        looked_at = list(self._waiting) if told.article_id == self._name else [told.article_id]
        return [self._waiting.pop(name) for name in looked_at if name in self._waiting and self.has(name)]

    def shown(self, article_id: str) -> None:
        """A reader has seen the article as one of the story."""
        self._shown.add(article_id)

    def left(self, told: StoryTold) -> bool:
        """Whether an article that was shown is of another story now; said once."""
        gone = told.article_id in self._shown and not self.has(told.article_id)
        if gone:
            self._shown.discard(told.article_id)
        return gone

    @property
    def _story(self) -> str:
        known = self._told.get(self._name)
        return self._name if known is None else known.story
