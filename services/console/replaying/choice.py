"""Which records of a stretch of the log are put onto their topic again, and why the others are not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from copydesk.services.console.replaying.stretch import LogRequest, Stretch
from copydesk.shared import letters
from copydesk.shared.again import has_its_original, place_of
from copydesk.shared.edge import admitted
from copydesk.shared.kafka import Message, Positions
from copydesk.shared.letters import Listed, identifier
from copydesk.shared.retractions import StandingRetractions, standing
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Rejected
from copydesk.shared.subscribing.conditions import Condition, condition
from copydesk.shared.subscribing.filters import Filter
from copydesk.shared.topics import named

NOT_ASKED_FOR, EMPTY, COPY, TAKEN_BACK, DISCARDED = "not asked for", "empty", "a copy of one that goes", "taken back", "discarded"


@dataclass(frozen=True, slots=True)
class LogChoice:
    """What decides over a record: the conditions of a person, what is taken back, and what was done about the letters of the stage."""

    starts: Positions
    source: str | None = None
    where: Sequence[Condition] = ()
    standing: StandingRetractions = field(default_factory=StandingRetractions)
    letters: Mapping[str, Listed] = field(default_factory=dict)  # by the place of their originals

    def left_out(self, message: Message) -> str | None:
        """Why a record does not go; None for one that does."""
        letter = self.letters.get(place_of(message))
        if message.value is None:
            return EMPTY
        if letter is not None and letter.settled is not None and letter.settled.settled == "discarded":
            return DISCARDED
        if not self._is_asked_for(message, message.value):
            return NOT_ASKED_FOR
        if self.standing.of_record(named(message.topic), message.value, message.timestamp_ms):
            return TAKEN_BACK
        return COPY if has_its_original(message, self.starts) else None

    def open_letter(self, message: Message) -> Listed | None:
        """The letter that waits for this record to be done again."""
        letter = self.letters.get(place_of(message))
        return letter if letter is not None and letter.settled is None else None

    def _is_asked_for(self, message: Message, value: bytes) -> bool:
        if self.source is None and not self.where:
            return True
        record = admitted(value, named(message.topic), message.timestamp_ms)
        if isinstance(record, Rejected):
            return False
        return Filter(source=self.source).admits(record) and all(one.admits(record) for one in self.where)


def by_place(known: Sequence[Listed]) -> dict[str, Listed]:
    """Letters by where their originals lie."""
    return {identifier(one.letter): one for one in known}


async def chosen_by(asked: LogRequest, settings: Settings, stretch: Stretch) -> LogChoice:
    """What decides over a stretch, as the topics say now. Raises as `consume` does."""
    known = await letters.listed(letters.from_topic(settings, stretch.since), letters.Choice(stage=asked.stage))
    where = [condition(text) for text in asked.where]
    return LogChoice(stretch.starts, asked.source, where, await standing(settings), by_place(known))
