"""What a site's robots.txt allows (RFC 9309, read by protego), and how fast.

No robots.txt (4xx) allows everything; one that cannot be had (5xx, no answer) allows nothing until it can, and the host waits.
"""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

LONGEST_DELAY_S = 3_600.0  # of a Crawl-delay: more is a slip


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one origin, for one agent."""

    parsed: Protego
    agent: str

    def allow(self, url: str) -> bool:
        return bool(self.parsed.can_fetch(url, self.agent))

    @property
    def delay_s(self) -> float:
        """Seconds between two requests that the site asks for."""
        rate = self.parsed.request_rate(self.agent)
        asked = [self.parsed.crawl_delay(self.agent) or 0.0, rate.seconds / rate.requests if rate and rate.requests else 0.0]
        return min(LONGEST_DELAY_S, max(0.0, *asked))


def parsed(text: str, agent: str) -> Rules:
    return Rules(Protego.parse(text), agent)
