"""One address's turn: its host is asked for what its site says of itself, where that is not known, else for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from copydesk.services.fetcher import pages
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.errands import WANTED, Errand, Onward, brought, errand_of
from copydesk.services.fetcher.hosts import HostBook
from copydesk.services.fetcher.outcomes import FetchFailed, FetchOutcome, Later, Page, of_answer, of_error, of_passing
from copydesk.services.fetcher.reserved import reservation
from copydesk.services.fetcher.robots import Rules
from copydesk.services.fetcher.schedule import Host
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.site_files import NotBrought, Unknown, kept, moved_to, not_brought, origin_of, said, said_nothing
from copydesk.services.fetcher.site_rules import ROBOTS, FileToAsk, SiteRules, SiteRulesBook
from copydesk.services.fetcher.turns import Turns
from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.keeping import ShardState
from copydesk.shared.web.answers import FetchError, WebAnswer
from copydesk.shared.web.freshness import conditions

ROOM = 19_000  # bytes, for the rest of a record
SMALLEST = 10_000  # bytes that whatever is unconfirmed counts for


@dataclass(frozen=True, slots=True)
class Visit:
    """What a turn brought; no outcome: the address keeps its place. `remembered`: of the page, from the last time. `errand`: what another host
    is to be asked for meanwhile."""

    outcome: FetchOutcome | Onward | None
    remembered: Mapping[str, Any] = field(default_factory=dict)
    errand: Onward | None = None

    @property
    def size(self) -> int:
        """Bytes that it holds, more or less."""
        answer = getattr(self.outcome, "answer", None)
        return SMALLEST + (len(answer.body) if answer is not None else 0)


Purpose = SiteRules | FileToAsk | Errand


class Visits:
    """The turns of a shard's hosts. Each tells the host book what the host said, or that it said nothing."""

    def __init__(self, state: ShardState, turns: Turns, hosts: HostBook, settings: FetcherSettings) -> None:
        self.state, self._turns, self._hosts, self._settings = state, turns, hosts, settings
        self._book = SiteRulesBook(state, settings.web_agent)

    def wanted(self, found: Waiting) -> Purpose:
        """What the address's turn is for: another site's file, a file of its own site, or the page under its site's rules."""
        return errand_of(found.headers) or self._book.look(found.record.url, now_ms())

    async def of(self, host: Host, found: Waiting, wanted: Purpose) -> Visit:
        """Raises what `ShardState` raises."""
        if isinstance(wanted, Errand):
            return Visit(await self._run_errand(host, found, wanted))
        if isinstance(wanted, FileToAsk):
            return await self._ask_file(host, found, wanted)
        if not wanted.robots.allow(found.record.url):
            disallowed = f"{origin_of(found.record.url)}/robots.txt disallows it for {wanted.robots.agent}"
            return Visit(FetchFailed("robots_disallowed", disallowed))
        return await self._ask_page(host, found, wanted)

    async def _ask_file(self, host: Host, found: Waiting, asked: FileToAsk) -> Visit:
        """The address's turn comes once the file is known. A robots.txt that cannot be had costs it this turn, a tdmrep.json does not."""
        now = datetime.now(UTC)
        if not isinstance(asked.stands, Unknown):
            detail = asked.stands.detail if isinstance(asked.stands, NotBrought) else ""
            await self.state.write({asked.key: None})
            return Visit(await self._unavailable(host, asked, Later("not_brought", detail), now))
        answer = await self._file(host, asked.stands.url, asked.file.most_bytes, now)
        if isinstance(answer, Later | FetchFailed):
            return Visit(await self._unavailable(host, asked, answer, now))
        value = kept(answer, asked.stands, now, self._settings.fetcher_robots_s)
        await self.state.write({asked.key: orjson.dumps(value)})
        if asked.file.kind == ROBOTS:
            await self.learned(host, found)
        errand = Errand(asked.file.kind, asked.origin, value["hops"]) if "elsewhere" in value else None
        return Visit(None, errand=Onward(value["elsewhere"], errand.headers, {}) if errand else None)

    async def _run_errand(self, host: Host, found: Waiting, errand: Errand) -> FetchOutcome | Onward:
        """Another site's file, or where it leads to from here. One try: whoever asked asks again."""
        if (file := self._book.file(errand.kind)) is None:
            return FetchFailed("invalid_record", f"there is no file of kind {errand.kind!r}: let the fetcher set the header {WANTED}")
        now = datetime.now(UTC)
        answer = await self._file(host, found.record.url, file.most_bytes, now)
        if isinstance(answer, Later | FetchFailed):
            await self._tell(host, answer)
            return brought(errand, file.path, not_brought(f"{found.record.url}: {answer.detail}", now))
        if (target := moved_to(answer, errand.hops)) is not None:
            return Onward(target, replace(errand, hops=errand.hops + 1).headers, {})
        value = said(answer, now, self._settings.fetcher_robots_s)
        return brought(errand, file.path, {**value, "text": _fitting(value["text"], self._settings.raw_limit)})

    async def _file(self, host: Host, url: str, most_bytes: int, now: datetime) -> WebAnswer | Later | FetchFailed:
        """The answer, of what is too large its beginning; or that it cannot be had at present."""
        try:
            answer = await self._turns.ask(host, url, most_bytes)
        except FetchError as error:
            if error.reason != "too_large" or error.answer is None:
                return of_error(error)
            answer = error.answer
        return of_passing(answer, now) if answer.status == 429 or answer.status >= 500 else answer

    async def learned(self, host: Host, found: Waiting) -> None:
        """A file of the host's site has come from elsewhere."""
        robots = self._book.robots(found.record.url, now_ms())
        if isinstance(robots, Rules):
            await self._hosts.slow_down(host, robots.delay_s)

    async def _unavailable(self, host: Host, asked: FileToAsk, failure: Later | FetchFailed, now: datetime) -> FetchOutcome | None:
        await self._tell(host, failure)
        if asked.file.kind != ROBOTS:
            await self.state.write({asked.key: orjson.dumps(said_nothing(now))})
            return None
        if failure.answer is None and isinstance(asked.stands, Unknown):
            return failure
        return replace(failure, reason="robots_unavailable", detail=f"{asked.origin}{asked.file.path}: {failure.detail}")

    async def _ask_page(self, host: Host, found: Waiting, rules: SiteRules) -> Visit:
        record = found.record
        remembered = orjson.loads(self.state.get(pages.key_of(record.url)) or b"{}")
        asked = {} if pages.knows_more(record, remembered) else conditions(remembered)
        try:
            answer = await self._turns.ask(host, record.url, self._settings.raw_limit, self._settings.types, asked)
        except FetchError as error:
            outcome: FetchOutcome = of_error(error)
        else:
            outcome = of_answer(record, answer, remembered, bool(asked), datetime.now(UTC))
            if isinstance(outcome, Page):
                outcome = Page(answer, tuple(reservation(answer.headers, answer.body, self._settings.web_agent, rules.mining.reserved(record.url))))
        await self._tell(host, outcome)
        return Visit(outcome, remembered)

    async def _tell(self, host: Host, outcome: FetchOutcome) -> None:
        """What the host has to do with it."""
        if isinstance(outcome, Later):
            await self._hosts.hold_back(host, outcome)
        elif not (isinstance(outcome, FetchFailed) and outcome.answer is None):
            await self._hosts.answered(host)


def _fitting(text: str, limit: int) -> str:
    """As much of a text as has room in a record."""
    while len(orjson.dumps(text)) > limit - ROOM:
        text = text[: len(text) // 2]
    return text
