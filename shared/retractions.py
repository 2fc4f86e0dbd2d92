"""What is taken back at present, in memory: for whoever passes records on and keeps no database."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Iterable
from contextlib import aclosing

from copydesk.shared.deadletters import RETRACTED
from copydesk.shared.edge import admitted, json_object, retraction
from copydesk.shared.errors import CopydeskError
from copydesk.shared.kafka import consume
from copydesk.shared.records.plain import JsonObject
from copydesk.shared.records.retraction import Retraction, article_key, covering, of_article, source_key
from copydesk.shared.records.sources import source_of
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import CORRECTIONS, DEADLETTERS, RAW, RETRACTIONS, Topic, named


class StandingRetractions:
    """The latest that was said of each article and source. Follows its topic (`copydesk.shared.stage.Following`)."""

    follows: Topic = RETRACTIONS

    def __init__(self) -> None:
        self._said: dict[str, Retraction] = {}
        self.version = 0  # grows with each change

    @property
    def any_gone(self) -> bool:
        """Whether anything is taken back."""
        return any(one.state == "retracted" for one in self._said.values())

    def __len__(self) -> int:
        return len(self._said)

    def learned(self, key: str, value: bytes | None) -> None:
        """Take over one entry; None forgets it. Raises CopydeskError for what is no retraction."""
        if value is None:
            self._said.pop(key, None)
            self.version += 1
            return
        found = retraction(value)
        if isinstance(found, Rejected):
            raise CopydeskError(f"no retraction: {found.detail}", "see docs/retraction.md for its form")
        self.take(found)

    def take(self, found: Retraction) -> None:
        before = self._said.get(found.key)
        if before is None or found.order > before.order:
            self._said[found.key] = found
            self.version += 1

    def articles(self) -> set[str]:
        """Articles that are taken back one by one; those of a source are not known here."""
        return {one.article_id for one in self._said.values() if one.article_id is not None and one.state == "retracted"}

    def latest(self, key: str) -> Retraction | None:
        """What was said last under this key."""
        return self._said.get(key)

    def all(self) -> list[Retraction]:
        """All that was said last."""
        return list(self._said.values())

    def said(self, article_id: str, source: str) -> list[Retraction]:
        """The latest that was said of an article and of its source, whatever it is."""
        found = (self._said.get(article_key(article_id)), self._said.get(source_key(source)))
        return [one for one in found if one is not None]

    def of(self, article_id: str, source: str = "") -> Retraction | None:
        """What takes this article back."""
        return covering(self._said.get(article_key(article_id)), self._said.get(source_key(source)))

    def of_its_source(self, article_id: str, source: str) -> Retraction | None:
        """The retraction of one article that follows from its source's and is not said by itself yet: where it goes, its copies have to know."""
        found = self.of(article_id, source)
        return None if found is None or found.article_id is not None else of_article(article_id, found)

    def of_record(self, topic: Topic, value: bytes, written_ms: int) -> Retraction | None:
        """What takes back the article of a record, or one of the two of a correction; None also for what cannot be read."""
        if not self._said:
            return None
        about = (self.of(*one) for one in named_by(topic, value, written_ms))
        return next((found for found in about if found is not None), None)

    def said_of_record(self, topic: Topic, value: bytes, written_ms: int) -> list[Retraction]:
        """All that was said of what a record names."""
        return [one for about in named_by(topic, value, written_ms) for one in self.said(*about)] if self._said else []


async def standing(settings: Settings) -> StandingRetractions:
    """What was said by now. Raises UnavailableError when no broker answers."""
    found = StandingRetractions()
    async with aclosing(consume(settings, (RETRACTIONS,), since="beginning", follow=False)) as messages:
        async for message in messages:
            with contextlib.suppress(CopydeskError):  # any client may write there: what is no good says nothing
                found.learned((message.key or b"").decode("utf-8", "replace"), message.value)
    return found


def named_by(topic: Topic, value: bytes, written_ms: int) -> Iterable[tuple[str, str]]:
    """Article and source that a record is about, both articles of a correction; nothing where it cannot be read, or holds nothing of an article."""
    data = admitted(value, RAW, written_ms) if topic is RAW else json_object(value)
    if isinstance(data, Rejected):
        return []
    if topic is DEADLETTERS:
        return _named_by_letter(data, written_ms)
    if topic is CORRECTIONS:
        return [(str(data.get(name)), "") for name in ("later_article_id", "earlier_article_id")]
    return [(str(data.get("article_id")), source_of(_text(data.get("source")), _text(data.get("url"))))]


def _named_by_letter(letter: JsonObject, written_ms: int) -> list[tuple[str, str]]:
    """By its key and, where all of its original is here, by that. A letter of a retraction, and a note, have none."""
    if letter.get("settled") or letter.get("reason") == RETRACTED:
        return []
    own = [(str(letter.get("article_id")), "")]
    try:
        topic, original = named(letter["topic"]), base64.b64decode(letter["original"])
    except (KeyError, TypeError, ValueError):  # any client may write there
        return own
    return own if topic is DEADLETTERS else [*own, *named_by(topic, original, written_ms)]


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
