"""One address's turn: its host is asked for what its site says of itself, where that is not known, else for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import orjson

from copydesk.services.fetcher import pages
from copydesk.services.fetcher.clock import now_ms
from copydesk.services.fetcher.hosts import HostBook
from copydesk.services.fetcher.outcomes import FetchFailed, FetchOutcome, Later, Page, of_answer, of_error, of_passing
from copydesk.services.fetcher.reserved import reservation
from copydesk.services.fetcher.robots import Rules
from copydesk.services.fetcher.schedule import Host
from copydesk.services.fetcher.settings import FetcherSettings
from copydesk.services.fetcher.site_files import kept, kept_empty, origin_of
from copydesk.services.fetcher.site_rules import ROBOTS, FileToAsk, SiteRules, SiteRulesBook
from copydesk.services.fetcher.turns import Turns
from copydesk.services.fetcher.waiting import Waiting
from copydesk.shared.keeping import ShardState
from copydesk.shared.web.answers import FetchError
from copydesk.shared.web.freshness import conditions

SMALLEST = 10_000  # bytes that whatever is unconfirmed counts for


@dataclass(frozen=True, slots=True)
class Visit:
    """What a turn brought; no outcome: the address keeps its place. `remembered`: of the page, from the last time."""

    outcome: FetchOutcome | None
    remembered: Mapping[str, Any] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Bytes that it holds, more or less."""
        answer = getattr(self.outcome, "answer", None)
        return SMALLEST + (len(answer.body) if answer is not None else 0)


class Visits:
    """The turns of a shard's hosts. Each tells the host book what the host said, or that it said nothing."""

    def __init__(self, state: ShardState, turns: Turns, hosts: HostBook, settings: FetcherSettings) -> None:
        self.state, self._turns, self._hosts, self._settings = state, turns, hosts, settings
        self._book = SiteRulesBook(state, settings.web_agent)

    def rules(self, url: str) -> SiteRules | FileToAsk:
        """What is known of the address's site."""
        return self._book.look(url, now_ms())

    async def of(self, host: Host, found: Waiting, rules: SiteRules | FileToAsk) -> Visit:
        """Raises what `ShardState` raises."""
        if isinstance(rules, FileToAsk):
            return Visit(await self._ask_file(host, found, rules))
        if not rules.robots.allow(found.record.url):
            disallowed = f"{origin_of(found.record.url)}/robots.txt disallows it for {rules.robots.agent}"
            return Visit(FetchFailed("robots_disallowed", disallowed))
        return await self._ask_page(host, found, rules)

    async def _ask_file(self, host: Host, found: Waiting, asked: FileToAsk) -> FetchOutcome | None:
        """The address's turn comes once the file is known. A robots.txt that cannot be had costs it this turn, a tdmrep.json does not."""
        now = datetime.now(UTC)
        try:
            answer = await self._turns.ask(host, asked.unknown.url, asked.file.most_bytes)
        except FetchError as error:
            if error.reason != "too_large" or error.answer is None:
                return await self._unavailable(host, asked, of_error(error), now)
            answer = error.answer
        if answer.status == 429 or answer.status >= 500:
            return await self._unavailable(host, asked, of_passing(answer, now), now)
        await self.state.write({asked.key: kept(answer, asked.unknown, now, self._settings.fetcher_robots_s)})
        robots = self._book.robots(found.record.url, now_ms())
        if asked.file.kind == ROBOTS and isinstance(robots, Rules):
            await self._hosts.slow_down(host, robots.delay_s)
        return None

    async def _unavailable(self, host: Host, asked: FileToAsk, failure: Later | FetchFailed, now: datetime) -> FetchOutcome | None:
        await self._tell(host, failure)
        if asked.file.kind == ROBOTS:
            return replace(failure, reason="robots_unavailable", detail=f"{asked.unknown.url}: {failure.detail}") if failure.answer else failure
        await self.state.write({asked.key: kept_empty(now)})
        return None

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
