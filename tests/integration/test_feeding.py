"""The feeder looks into feeds and sitemaps of a website of the tests' own, for real, and the fetcher brings what it finds."""

from __future__ import annotations

import asyncio
from pathlib import Path

import orjson

from copydesk.shared.kafka import producer
from copydesk.shared.settings import Settings
from copydesk.shared.topics import RAW, SOURCES, URLS
from tests.feeding import FETCHER, records, until
from tests.groups import replicas
from tests.pipeline import copydesk, fresh_topics
from tests.site import Site

FEEDER = {**FETCHER, "COPYDESK_FEEDER_LEAST_INTERVAL_S": "1", "COPYDESK_FEEDER_MOST_INTERVAL_S": "2", "COPYDESK_FEEDER_DAYS": "0"}


async def test_items_go_once_and_again_when_they_change_and_a_kill_loses_none(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    here = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers}
    with Site() as site:
        feed, whole, site_map = site.url("/feed.xml"), site.url("/feed.xml", 1), site.url("/sitemap.xml", 2)
        for number in range(3):
            site.items[site.host(number)] = [f"/article/{number}-{place}" for place in range(3)]
        site.texts["/article/1-0"] = "A whole article in the feed: the ferry between Elwick and Port Averil stops for six weeks."
        opml = tmp_path / "feeds.opml"
        opml.write_text(f'<opml version="2.0"><body><outline text="Map" type="rss" xmlUrl="{site_map}"/></body></opml>')
        copydesk("feeds", "add", feed, "--source", "coast.example", env=here)
        with replicas("feeder", kafka, tmp_path, {**FEEDER, "COPYDESK_FEEDER_FILE": str(opml)}) as feeders:
            feeders.start(1)
            async with producer(kafka) as sender:  # as another client may do it: in whatever partition
                await (await sender.send(SOURCES, whole, orjson.dumps({"url": whole, "content": "feed"}), partition=3))
            while len(await records(kafka, URLS)) < 6 or len(await records(kafka, RAW)) < 3:
                await asyncio.sleep(0.2)
            while not all(site.looks(*source) > 1 for source in ((0, "/feed.xml"), (1, "/feed.xml"), (2, "/sitemap.xml"))):
                await asyncio.sleep(0.2)  # it looks again once it remembers what it has sent: killed before, it would send it again
            feeders.kill(1)
            feeders.start(2)
            site.items[site.host(0)].append("/article/0-3")
            site.titles["/article/0-1"] = "A title that has changed"
            while len(await records(kafka, URLS)) < 8:
                await asyncio.sleep(0.2)
            looks = site.statuses("/feed.xml").count(304)
            while site.statuses("/feed.xml").count(304) < looks + 4:
                await asyncio.sleep(0.2)
            listed = copydesk("feeds", "list", "--format", "jsonl", env=here).stdout
    urls = await records(kafka, URLS)
    found = sorted((record["url"].split("/", 3)[3], record.get("title")) for record in urls if record.get("source") == "coast.example")
    assert found == [
        ("article/0-0", "Ferry /article/0-0 stops"), ("article/0-1", "A title that has changed"), ("article/0-1", "Ferry /article/0-1 stops"),
        ("article/0-2", "Ferry /article/0-2 stops"), ("article/0-3", "Ferry /article/0-3 stops"),
    ]  # fmt: skip
    assert sorted(record["url"] for record in urls if record["feed"] == site_map) == [site.url(f"/article/2-{place}", 2) for place in range(3)]
    raw = {record["url"].rpartition("/")[2]: record for record in await records(kafka, RAW)}
    assert raw.keys() == {"1-0", "1-1", "1-2"}
    assert raw["1-0"]["content"].startswith("A whole article in the feed")
    standing = {line["url"]: line for line in map(orjson.loads, listed.splitlines())}
    assert standing.keys() == {feed, whole, site_map}
    assert standing[feed]["found"] == 5
    assert not any(line["error"] for line in standing.values())


async def test_a_feed_ends_as_raw_records(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    here = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers}
    with (
        Site() as site,
        replicas("feeder", kafka, tmp_path, FEEDER) as feeders,
        replicas("fetcher", kafka, tmp_path, FETCHER) as fetchers,
    ):
        site.items[site.host(0)] = ["/article/1", "/moved/2", "/away/3", "/missing"]
        copydesk("feeds", "add", site.url("/feed.xml"), env=here)
        feeders.start(1)
        fetchers.start(1)
        raw, _ = await until(kafka, lambda raw, letters: len(raw) >= 3 and len(letters) >= 1)
        assert copydesk("feeds", "check", site.url("/feed.xml"), env={**here, **FEEDER}).stdout.count(b"Ferry") == 4
        discovered = copydesk("feeds", "discover", site.url("/article/1"), env={**here, **FEEDER}).stdout.decode()
        assert site.url("/feed.xml") in discovered
        assert site.url("/sitemap.xml") in discovered
    assert {record["title"] for record in raw} == {f"Ferry {path} stops" for path in ("/article/1", "/moved/2", "/away/3")}
    assert {record["feed"] for record in raw} == {site.url("/feed.xml")}


async def test_a_file_says_what_is_followed_until_it_says_otherwise(kafka: Settings, tmp_path: Path) -> None:
    await fresh_topics(kafka)
    here, feeds = {"COPYDESK_BOOTSTRAP_SERVERS": kafka.bootstrap_servers}, tmp_path / "feeds.toml"
    one, other = "https://h.example/feed.xml", "https://h.example/sitemap.xml"
    feeds.write_text(f'[[feed]]\nurl = "{one}"\nsource = "coast"\n\n[[feed]]\nurl = "{other}"\n')
    assert copydesk("feeds", "import", str(feeds), env=here).stdout == b"2 sources written, 0 ended\n"
    feeds.write_text(f'[[feed]]\nurl = "{one}"\nsource = "harbour"\n')
    assert copydesk("feeds", "import", str(feeds), env=here).stdout == b"1 source written, 1 ended\n"
    assert [json["url"] for json in map(orjson.loads, copydesk("feeds", "list", "--format", "jsonl", env=here).stdout.splitlines())] == [one]
    copydesk("feeds", "remove", one, env=here)
    assert b"nothing is followed" in copydesk("feeds", "list", env=here).stdout
