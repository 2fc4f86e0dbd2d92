"""One look into one source: its document, or that it has not changed."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.services.feeder.documents import SourceDocument, read_document
from copydesk.services.feeder.memory import document_mark
from copydesk.shared.followed_sources import Standing
from copydesk.shared.records.feeding import fetchable, host_of
from copydesk.shared.unpacking import BrokenFileError
from copydesk.shared.web.answers import FetchError, WebAnswer
from copydesk.shared.web.client import WebClient, WebRequest
from copydesk.shared.web.freshness import conditions, lifetime_s, seconds_until, validators

MOST_REDIRECTS = 5
MOST_HOSTS = 10_000  # whose turns are remembered


class HostPace:
    """Requests to a host leave at least `delay_s` after one another, from this process."""

    def __init__(self, delay_s: float, rested: bool = True) -> None:
        """Not `rested`: somebody may have asked any host a moment ago."""
        self._delay_s = delay_s
        self._next: dict[str, float] = {}
        self._first = 0.0 if rested else asyncio.get_running_loop().time() + delay_s

    async def turn(self, url: str) -> None:
        """Wait for the turn of the address's host."""
        now, host = asyncio.get_running_loop().time(), host_of(url)
        at = max(now, self._next.get(host, self._first))
        if len(self._next) >= MOST_HOSTS:
            self._next = {name: time for name, time in self._next.items() if time > now}
        self._next[host] = at + self._delay_s
        await asyncio.sleep(at - now)


@dataclass(frozen=True, slots=True)
class Look:
    """What a look brought: the document, None where it is as it was; and what to remember for the next one."""

    document: SourceDocument | None
    content: str
    validators: Mapping[str, str]
    lifetime_s: float | None


async def look(client: WebClient, pace: HostPace, url: str, standing: Standing, most_bytes: int, now: datetime) -> Look:
    """Look into the source at this address. Raises FetchError, with the answer where there was one, for what brings no document."""
    answer = await fetched(client, pace, url, most_bytes, conditions(standing.validators))
    fresh = lifetime_s(answer.headers, now)
    if answer.status == 304:
        return Look(None, standing.content, {**standing.validators, **validators(answer.headers)}, fresh)
    if answer.status != 200:
        raise FetchError(f"http_{answer.status}", f"the server answered {answer.status}", answer=answer)
    mark = document_mark(answer.body)
    if mark == standing.content:
        return Look(None, mark, validators(answer.headers), fresh)
    try:
        document = await asyncio.to_thread(read_document, answer.body, answer.url)
    except BrokenFileError as error:
        raise FetchError("no_feed", str(error), answer=answer) from error
    except Exception as error:  # parsers raise what they like for what strangers wrote
        raise FetchError("no_feed", f"it cannot be read ({error!r})"[:500], answer=answer) from error
    return Look(document, mark, validators(answer.headers), fresh)


async def fetched(client: WebClient, pace: HostPace, url: str, most_bytes: int, headers: Mapping[str, str] | None = None) -> WebAnswer:
    """The answer behind a few redirects. Raises FetchError."""
    for _ in range(MOST_REDIRECTS + 1):
        await pace.turn(url)
        answer = await client.get(url, WebRequest(most_bytes, headers=headers or {}))
        if answer.location is None:
            return answer
        try:
            url = fetchable(answer.location)
        except ValueError as error:
            raise FetchError("invalid_redirect", f"it leads to {answer.location[:200]!r}, which {error}", lasting=True, answer=answer) from error
    raise FetchError("too_many_redirects", f"more than {MOST_REDIRECTS}", lasting=True, answer=answer)


def asked_pause_s(error: FetchError, now: datetime) -> float | None:
    """How long the server asks to be left alone, in seconds."""
    told = error.answer.headers.get("retry-after") if error.answer else None
    seconds = seconds_until(told, now) if told else None
    return None if seconds is None else min(seconds, 86_400.0)
