"""What a site says of itself, as far as it is known: what may be fetched, how fast, and where mining is reserved."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from copydesk.services.fetcher.reserved import MiningRules, mining_rules
from copydesk.services.fetcher.robots import Rules, parsed
from copydesk.services.fetcher.site_files import Elsewhere, NotBrought, NotKnown, SiteFile, SiteFileBook, Unknown, origin_of
from copydesk.shared.keeping import ShardState

T = TypeVar("T")
ROBOTS, MINING = "r", "t"  # kinds of files in the state
ROBOTS_BYTES = 512_000  # RFC 9309 asks for 500 KiB at least
MINING_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class SiteRules:
    """All that a site says of itself."""

    robots: Rules
    mining: MiningRules


@dataclass(frozen=True, slots=True)
class FileToAsk:
    """A file of the site has to be known first: which, under which key of the state it is kept, and how it stands with it."""

    file: SiteFile[Any]
    origin: str
    key: str
    stands: NotKnown


class SiteRulesBook:
    """The rules of all sites of a shard."""

    def __init__(self, state: ShardState, agent: str) -> None:
        self._state = state
        self._robots = SiteFileBook(SiteFile(ROBOTS, "/robots.txt", ROBOTS_BYTES, partial(parsed, agent=agent)))
        self._mining = SiteFileBook(SiteFile(MINING, "/.well-known/tdmrep.json", MINING_BYTES, mining_rules))

    def look(self, url: str, now_ms: int) -> SiteRules | FileToAsk:
        """The rules of the address's site. A tdmrep.json that robots.txt forbids to fetch says nothing."""
        robots = self.robots(url, now_ms)
        if isinstance(robots, FileToAsk):
            return robots
        if not robots.allow(origin_of(url) + self._mining.file.path):
            return SiteRules(robots, MiningRules())
        mining = self._known(self._mining, origin_of(url), now_ms)
        return mining if isinstance(mining, FileToAsk) else SiteRules(robots, mining)

    def robots(self, url: str, now_ms: int) -> Rules | FileToAsk:
        """What its robots.txt says."""
        return self._known(self._robots, origin_of(url), now_ms)

    def _known(self, book: SiteFileBook[T], origin: str, now_ms: int) -> T | FileToAsk:
        key = book.key_of(origin)
        found = book.look(origin, self._state.get(key), now_ms)
        return FileToAsk(book.file, origin, key, found) if isinstance(found, Unknown | Elsewhere | NotBrought) else found

    def file(self, kind: str) -> SiteFile[Any] | None:
        """The kind of file of that letter."""
        return next((book.file for book in (self._robots, self._mining) if book.file.kind == kind), None)
