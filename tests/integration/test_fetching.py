"""The fetcher crawls a website of the tests' own for real: every kind of answer ends as it should, and hosts are treated politely."""

from __future__ import annotations

import asyncio
import base64
import signal
from itertools import combinations
from pathlib import Path

from copydesk.services.fetcher.pages import key_of
from copydesk.shared.kafka import consume, producer
from copydesk.shared.lag import lags
from copydesk.shared.settings import Settings
from copydesk.shared.topics import FETCHER_STATE, URLS
from copydesk.shared.trace import trace
from tests.feeding import FETCHER, Records, put, reasons, until
from tests.groups import replicas
from tests.pipeline import PATIENCE_S, fresh_topics
from tests.site import Site

ENDS = {
    "trap/loop": "too_many_redirects", "trap/many": "too_many_redirects", "trap/inside": "private_address", "trap/file": "invalid_redirect",
    "slow/1": "timeout", "silent/1": "timeout", "broken/1": "broken_answer", "huge/1": "too_large", "bomb/1": "too_large",
    "pdf/1": "unsupported_type", "missing": "http_404",
}  # fmt: skip
PAGES = ["/article/busy", "/article/failing", "/moved/2", "/away/3", "/latin/1", "/noai/1"]
LATE_S = 0.5  # a busy machine notes one request so much later than it came, or later still: then the next one seems to come at once
HASTE = {
    "COPYDESK_FETCHER_ATTEMPTS": "2",
    "COPYDESK_WEB_READ_TIMEOUT_S": "4",
    "COPYDESK_WEB_TIMEOUT_S": "6",
}  # for pages of `ENDS`


def hurried(site: Site, delay_s: float) -> dict[str, float]:
    """Hosts that were asked sooner than their pace allows, and by how many seconds at most: of any two requests, however far apart."""
    found = {}
    for host, gaps in site.gaps().items():
        ahead = most = 0.0
        for gap in gaps:
            ahead = max(0.0, ahead + delay_s - gap)
            most = max(most, ahead)
        found[host] = most
    return {host: most for host, most in found.items() if most > delay_s + LATE_S}


def urls(raw: Records) -> set[str]:
    return {record["url"] for record in raw}


async def remembered(kafka: Settings, url: str) -> None:
    """Wait until the fetcher knows of a page what spares the next request: killed before, it would ask for it again."""
    async with asyncio.timeout(PATIENCE_S):
        while key_of(url).encode() not in [message.key async for message in consume(kafka, [FETCHER_STATE], since="beginning", follow=False)]:
            await asyncio.sleep(0.2)


async def test_every_answer_ends_as_it_should(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    mining = {"127.0.1.3": '[{"location": "/article/", "tdm-reservation": 1}]'}
    with Site(robots={"127.0.1.2": "User-agent: *\nDisallow: /private\n"}, mining=mining) as site:
        site.robots |= {
            "127.0.1.6": site.url("/robots.txt", 6),
            "127.0.1.7": site.url("/robots.txt", 1),
        }  # from host to host, and as far as that one's rules
        site.busy["/article/busy"], site.failing["/article/failing"] = 1, 1
        with replicas("fetcher", kafka, tmp_path, {**FETCHER, **HASTE}) as fetchers:
            fetchers.start(1)
            hosts = {path: 10 + number for number, path in enumerate(ENDS)}  # one each, so that no failure holds up another
            refused = [site.url("/private/1", 1), site.url("/private/2", 5), f"http://localhost:{site.port}/inside"]
            await put(
                kafka, *(site.url(path, 1) for path in PAGES), *(site.url(f"/{path}", hosts[path]) for path in ENDS), *refused,
                site.url("/article/5", 5), {"url": site.url("/article/2", 2), "title": "From the feed", "desk": {"name": "coast"}},
            )  # fmt: skip
            async with producer(kafka) as sender:  # as another client may do it: under no key, and what is no address
                await (await sender.send(URLS, None, b'{"url": "%b"}' % site.url("/article/keyless", 3).encode(), partition=0))
                await (await sender.send(URLS, "x", b'{"url": "nowhere"}'))
            raw, letters = await until(kafka, lambda raw, letters: len(urls(raw)) == len(PAGES) + 3 and len(reasons(letters)) == len(ENDS) + 4)
        assert not hurried(site, 0.3)
    at = {"latest": "trap/inside"}  # where that one led
    assert {at.get(path, path).partition("?")[0]: reason for path, reason in reasons(letters).items()} == {
        **ENDS, "private/1": "robots_disallowed", "private/2": "robots_disallowed", "inside": "private_address", "nowhere": "invalid_record",
    }  # fmt: skip
    gone, *_ = [letter for letter in letters if letter["reason"] == "http_404"]
    assert gone["response"]["status"] == 404
    assert base64.b64decode(gone["response"]["body"]) == b"no such page"
    pages = {record["url"].split("/", 3)[3]: record for record in raw}
    assert set(pages) == {"article/busy", "article/failing", "article/2", "article/5", "article/away", "article/keyless", "latin/1", "noai/1"}
    assert pages["article/away"]["requested_url"] == site.url("/away/3", 1)
    assert pages["noai/1"]["text_mining_reserved_by"] == ["header tdm-reservation", "meta robots noai"]
    assert "Ärger".encode("cp1252") in base64.b64decode(pages["latin/1"]["content"])
    told, *_ = [record for record in raw if "desk" in record]
    assert (told["title"], told["desk"], told["text_mining_reserved_by"]) == ("From the feed", {"name": "coast"}, ["tdmrep.json"])


async def test_an_unchanged_page_costs_nothing_and_a_changed_one_is_a_revision(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    with Site() as site:
        url = {"url": site.url("/article/1")}
        with replicas("fetcher", kafka, tmp_path, FETCHER) as fetchers:
            fetchers.start(1)
            await put(kafka, {"url": site.url("/article/later"), "not_before": "2031-01-01T00:00:00Z"}, url)  # which holds nothing up
            await remembered(kafka, url["url"])
            fetchers.kill(1)
            fetchers.start(2)  # another replica, which has nothing but the topics
            await put(kafka, url)
            while site.statuses("/article/1") != [200, 304]:
                await asyncio.sleep(0.1)
            while [(end.state, end.service) for end in (await trace(kafka, url["url"])).ends] != [("done", "fetcher"), ("waiting", "cleaner")]:
                await asyncio.sleep(0.5)
            (kept,) = (await trace(kafka, site.url("/article/later"))).ends
            assert (kept.state, kept.service, kept.behind) == ("waiting", "fetcher", None)
            site.texts["/article/1"] = "The board has found another shaft."
            await put(kafka, url)
            await until(kafka, lambda raw, _: len(raw) == 2)
            await put(kafka, {**url, "title": "A title that the feed has changed"})
            raw, letters = await until(kafka, lambda raw, _: len(raw) == 3)
        assert (site.asked("/robots.txt"), site.asked("/article/later")) == (1, 0)
        assert not hurried(site, 0.3)
    assert not letters
    assert len({record["article_id"] for record in raw}) == 1
    assert [record.get("title") for record in raw] == [None, None, "A title that the feed has changed"]


async def test_a_partition_whose_store_is_full_holds_up_no_other(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    async with producer(kafka) as sender:
        where = await sender.partitioning(URLS)
    full, other = next(pair for pair in combinations(range(20), 2) if len({where(f"127.0.1.{number + 1}") for number in pair}) == 2)
    with Site() as site, replicas("fetcher", kafka, tmp_path, {**FETCHER, "COPYDESK_FETCHER_WAITING": "1", "COPYDESK_BATCH_SIZE": "1"}) as fetchers:
        fetchers.start(1)
        await put(kafka, *({"url": site.url(f"/article/{number}", full), "not_before": "2031-01-01T00:00:00Z"} for number in range(30)))
        pages = {site.url(f"/article/{number}", other) for number in range(6)}  # more than wait at a time: it is full, and has room again
        await put(kafka, *pages)
        raw, letters = await until(kafka, lambda raw, _: len(raw) == len(pages))
        assert {record["url"] for record in raw} == pages
        assert not letters
        assert (await lags(kafka))["fetcher"] > 10, "what has no room waits on the topic"
        assert site.asked("/article/29") == 0


async def test_two_fetchers_share_hosts_and_a_kill_of_either_loses_nothing_and_hurries_nothing(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    hosts, pages = 12, 6
    with Site(robots={f"127.0.1.{number + 1}": "User-agent: *\nCrawl-delay: 0.8\n" for number in range(hosts)}) as site:
        with replicas("fetcher", kafka, tmp_path, FETCHER) as fetchers:
            for number in (1, 2):
                fetchers.start(number)
            await put(kafka, *(site.url(f"/article/{number}", host) for number in range(pages) for host in range(hosts)))
            await until(kafka, lambda raw, _: len(raw) >= hosts)
            fetchers.kill(1)
            fetchers.start(1)
            await until(kafka, lambda raw, _: len(raw) >= 2 * hosts)
            fetchers.signal(2, signal.SIGSTOP)
            await fetchers.settled(lambda shares: len(shares) == 1)
            fetchers.signal(2, signal.SIGCONT)  # its hosts are another's now
            await until(kafka, lambda raw, _: len(raw) >= 4 * hosts)
            fetchers.kill(2)
            fetchers.start(2)
            wanted = {site.url(f"/article/{number}", host) for number in range(pages) for host in range(hosts)}
            await until(kafka, lambda raw, _: urls(raw) == wanted)
        assert set(site.most_open.values()) == {1}
        assert not hurried(site, 0.8)
