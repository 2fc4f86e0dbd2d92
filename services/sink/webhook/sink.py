"""WebhookSink: a request for each record, those of one article in order, several articles at once."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

import aiohttp

from copydesk.services.sink.edge import Passing, passing
from copydesk.services.sink.webhook.breaker import Breaker
from copydesk.services.sink.webhook.request import ID, Taking, body, headers, meaning
from copydesk.services.sink.webhook.settings import WebhookSettings
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.runner.policy import pause_s
from copydesk.shared.stage import Rejected, Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS, Topic

MOST_DETAIL = 300  # characters of a refusal that a dead letter tells
LONGEST_WAIT_S = 30.0  # that an answer may ask for


class WebhookSink:
    """A record that was taken is not sent again with the rest of its batch, unless the process ends before the batch does."""

    name = "sink-webhook"
    sources: tuple[Topic, ...] = (ENRICHED, CORRECTIONS, RETRACTIONS)

    def __init__(self, settings: WebhookSettings) -> None:
        self._settings = settings
        self._secret = settings.webhook_secret.get_secret_value() if settings.webhook_secret else None
        self._breaker = Breaker(settings.webhook_failures, settings.webhook_pause_s)
        self._ended: dict[str, Rejected | None] = {}  # records of a batch that is tried again, by the id of their request
        self._runner: asyncio.Runner | None = None
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Raises CopydeskError for an address that is none."""
        if urlsplit(self._settings.webhook_url).scheme not in ("http", "https"):
            raise CopydeskError(f"{self._settings.webhook_url!r} is no address of a webhook", "set COPYDESK_WEBHOOK_URL")
        self._runner = asyncio.Runner()
        self._session = self._runner.run(_session(self._settings))

    def close(self) -> None:
        if self._runner is not None:
            if self._session is not None:
                self._runner.run(self._session.close())
            self._runner.close()
        self._runner = self._session = None

    def check(self) -> None:
        """The code is sound if a request can be made; nothing is sent."""

    def write(self, records: Sequence[Written]) -> list[Rejected | None]:
        """Send a batch and return when all of it was taken, or refused for good. Raises UnavailableError while it is neither."""
        if self._runner is None:
            raise RuntimeError("the sink is not open")
        found = [passing(written) for written in records]
        outcomes = self._runner.run(self._send([one for one in found if isinstance(one, Passing)]))
        self._ended.clear()
        return [one if isinstance(one, Rejected) else next(outcomes) for one in found]

    async def _send(self, found: list[Passing]) -> Iterator[Rejected | None]:
        chains: dict[str, list[tuple[bytes, str]]] = {}
        payloads = [body(one) for one in found]
        ids = [headers(payload, None, 0)[ID] for payload in payloads]
        for one, payload, id_ in zip(found, payloads, ids, strict=True):
            if id_ not in self._ended:
                chains.setdefault(one.article_id, []).append((payload, id_))
        if chains:
            await self._probe(chains)
            room = asyncio.Semaphore(self._settings.webhook_concurrency)
            failed = await asyncio.gather(*(self._chain(chain, room) for chain in chains.values()), return_exceptions=True)
            for error in failed:
                if isinstance(error, BaseException):
                    raise error
        return iter([self._ended[id_] for id_ in ids])

    async def _probe(self, chains: dict[str, list[tuple[bytes, str]]]) -> None:
        """Where the breaker is not closed: wait, or send a single record, the first one."""
        if self._breaker.state == "open":
            raise UnavailableError(f"{self._settings.webhook_url} has failed too often in a row: nothing is sent for a while")
        if self._breaker.state == "half_open":
            first = next(iter(chains.values()))
            await self._deliver(*first[0], tries=1)
            del first[0]

    async def _chain(self, chain: Sequence[tuple[bytes, str]], room: asyncio.Semaphore) -> None:
        async with room:
            for payload, id_ in chain:
                if id_ not in self._ended:  # the same record may be there twice
                    await self._deliver(payload, id_, self._settings.webhook_tries)

    async def _deliver(self, payload: bytes, id_: str, tries: int) -> None:
        """Send one record until it is taken or refused. Raises UnavailableError when the tries are used up or others have failed too often."""
        why = "it has failed too often in a row"
        for attempt in range(tries):
            if self._breaker.state == "open":
                break
            status, why, wait_s = await self._request(payload)
            answer = meaning(status)
            if answer is Taking.LATER:
                self._breaker.failed()
                await asyncio.sleep(max(wait_s, pause_s(attempt, self._settings.retry_base_s)) if attempt + 1 < tries else 0)
                continue
            self._breaker.succeeded()
            self._ended[id_] = None if answer is Taking.TAKEN else Rejected("refused", f"{self._settings.webhook_url} answers {status}: {why}")
            return
        raise UnavailableError(f"{self._settings.webhook_url} does not take records: {why}")

    async def _request(self, payload: bytes) -> tuple[int, str, float]:
        """Status (0 where none came), what was answered, and the seconds that one is asked to wait."""
        assert self._session is not None
        try:
            sent = headers(payload, self._secret, int(time.time()))
            async with self._session.post(self._settings.webhook_url, data=payload, headers=sent, allow_redirects=False) as answer:
                text = (await answer.content.read(4 * MOST_DETAIL)).decode("utf-8", "replace")
                return answer.status, f"{answer.status} {text}"[:MOST_DETAIL], _wait_s(answer.headers.get("retry-after", ""))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return 0, repr(error), 0.0


def _wait_s(retry_after: str) -> float:
    return min(LONGEST_WAIT_S, float(retry_after)) if retry_after.isascii() and retry_after.isdigit() else 0.0


async def _session(settings: WebhookSettings) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=settings.webhook_timeout_s), cookie_jar=aiohttp.DummyCookieJar())
