"""How often sources are looked into, what feeds and sitemaps say, and what becomes of an item."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import orjson
import pytest

from copydesk.services.feeder.discovery import linked
from copydesk.services.feeder.documents import SourceDocument, read_document
from copydesk.services.feeder.files import read_sources
from copydesk.services.feeder.intervals import IntervalBounds, after_failure, as_asked, next_interval
from copydesk.services.feeder.items import Outgoing, is_old, outgoing
from copydesk.services.feeder.memory import Seen, item_key, item_mark
from copydesk.services.feeder.news import depth_of, fresh_items
from copydesk.shared.errors import CopydeskError
from copydesk.shared.followed_sources import Standing
from copydesk.shared.inputs.feeds import FeedItem
from copydesk.shared.records.feeding import FeedSource
from copydesk.shared.stage import Rejected
from copydesk.shared.topics import RAW, URLS
from copydesk.shared.unpacking import BrokenFileError

NOW = datetime(2026, 1, 5, 8, tzinfo=UTC)
BOUNDS = IntervalBounds(60, 600)
SOURCE = FeedSource(url="https://example.org/feed.xml", source="coast", language="en")
ITEM = FeedItem("1", "https://example.org/a", "Ferry stops", "R. Vale", "2026-01-05T07:00:00Z", None, "<p>All of it.</p>")
RSS = b"""<rss version="2.0"><channel><title>Coast</title><link>https://example.org/</link><language>de-AT</language>
<item><title>A</title><link>/a</link><guid>1</guid></item><item><title>B</title><link>javascript:x</link></item></channel></rss>"""
MAP = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
 xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"><url>
<loc> https://example.org/a </loc><image:image><image:loc>https://example.org/i.png</image:loc><image:title>Pier</image:title></image:image>
<news:news><news:publication><news:name>Coast</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-01-05</news:publication_date><news:title>Ferry &amp; pier &e;</news:title></news:news></url>
<url><lastmod>1</lastmod></url></urlset>"""
LIST = b"<sitemapindex><sitemap><loc>https://example.org/1.xml</loc><lastmod>2026-01-05</lastmod></sitemap></sitemapindex>"


def test_a_source_is_looked_into_sooner_while_it_brings_news_and_later_while_it_does_not() -> None:
    assert next_interval(None, 30, BOUNDS) == 60
    assert next_interval(200, 1, BOUNDS) == 100
    assert next_interval(200, 0, BOUNDS) == 300
    assert next_interval(599, 0, BOUNDS) == 600
    assert next_interval(61, 5, BOUNDS) == 60
    assert after_failure(60, None, BOUNDS) == 120
    assert after_failure(60, 7_200, BOUNDS) == 7_200
    assert as_asked(60, 300, BOUNDS) == 300
    assert as_asked(60, 1e9, BOUNDS) == 600


def test_a_feed_is_read_with_its_language_and_addresses_made_whole() -> None:
    found = read_document(RSS, "https://example.org/feed.xml")
    assert (found.kind, found.title, found.language) == ("feed", "Coast", "de-AT")
    assert [(item.id, item.url) for item in found.items] == [("1", "https://example.org/a"), ("javascript:x", None)]


def test_a_news_sitemap_is_read_packed_too_and_gives_nothing_of_this_machine() -> None:
    for data in (MAP, gzip.compress(MAP)):
        (item,) = read_document(data, "https://example.org/sitemap.xml").items
        assert (item.url, item.published_at) == ("https://example.org/a", "2026-01-05")
        assert item.title is not None
        assert item.title.startswith("Ferry & pier")
        assert "root:" not in item.title


def test_a_list_of_sitemaps_names_them() -> None:
    found = read_document(LIST, "https://example.org/sitemap.xml")
    assert [(one.url, one.modified_at) for one in found.maps] == [("https://example.org/1.xml", "2026-01-05")]


@pytest.mark.parametrize("data", [b"", b"<html><body>none</body></html>", b"\x1f\x8bbroken", b"\x00\xff", b"{}", gzip.compress(b" " * 60_000_000)])
def test_what_is_neither_is_refused_or_empty(data: bytes) -> None:
    try:
        assert not read_document(data, "https://example.org/").items
    except BrokenFileError:
        return


def test_an_item_becomes_an_address_with_what_the_feed_says() -> None:
    found = outgoing(ITEM, SOURCE, "de", NOW, 1_000_000)
    assert isinstance(found, Outgoing)
    assert (found.topic, found.key) == (URLS, "example.org")
    assert orjson.loads(found.value) == {
        "url": "https://example.org/a", "title": "Ferry stops", "author": "R. Vale", "published_at": "2026-01-05T07:00:00Z", "language": "de",
        "source": "coast", "feed": "https://example.org/feed.xml",
    }  # fmt: skip


def test_an_item_of_a_feed_that_holds_whole_articles_is_one_unless_it_has_no_text() -> None:
    whole = SOURCE.model_copy(update={"content": "feed"})
    found = outgoing(ITEM, whole, None, NOW, 1_000_000)
    assert isinstance(found, Outgoing)
    assert found.topic is RAW
    assert (record := orjson.loads(found.value))["content"] == "<p>All of it.</p>"
    assert (record["content_type"], record["language"], record["article_id"]) == ("text/html", "en", found.key)
    bare = outgoing(FeedItem("1", ITEM.url, None, None, None, None, " "), whole, None, NOW, 1_000_000)
    assert isinstance(bare, Outgoing)
    assert bare.topic is URLS


@pytest.mark.parametrize("url", [None, "javascript:x", "https://user:word@example.org/"])
def test_an_item_that_cannot_be_fetched_is_refused(url: str | None) -> None:
    assert isinstance(outgoing(FeedItem("1", url, "A", None, None, None, ""), SOURCE, None, NOW, 1_000_000), Rejected)


def test_an_item_is_old_by_the_latest_time_that_it_says() -> None:
    assert is_old(FeedItem("1", "u", None, None, "2025-01-01", None, ""), NOW, 7)
    assert not is_old(FeedItem("1", "u", None, None, "2025-01-01", "2026-01-04", ""), NOW, 7)
    assert not is_old(FeedItem("1", "u", None, None, "2025-01-01", None, ""), NOW, 0)
    assert not is_old(FeedItem("1", "u", None, None, None, "soon", ""), NOW, 7)


def test_a_new_title_makes_an_item_a_new_one_and_its_place_stays() -> None:
    changed = FeedItem("1", ITEM.url, "Ferry stops for weeks", None, None, None, "")
    assert item_key(SOURCE.url, changed) == item_key(SOURCE.url, ITEM)
    assert item_mark(changed) != item_mark(ITEM)


def fresh(ids: dict[str, str], kept: dict[str, Seen], content: Literal["fetch", "feed"] = "fetch") -> list[str]:
    """Ids of the items that are new, given all items' titles by id; then they are seen."""
    items = tuple(FeedItem(id_, f"https://example.org/{title[0]}", title, None, None, None, "") for id_, title in ids.items())
    source = FeedSource(url=SOURCE.url, content=content)
    found = list(fresh_items(source, SourceDocument("feed", None, None, items), kept))
    kept |= {key: Seen(item_mark(item), 0) for key, item in found}
    return [item.id for _, item in found]


def test_an_item_is_new_once_also_where_its_site_gives_it_another_id_each_time() -> None:
    kept: dict[str, Seen] = {}
    assert fresh({"1": "A", "2": "B"}, kept) == ["1", "2"]
    assert fresh({"1": "A", "3": "B", "4": "C", "2": "B again"}, kept) == ["4", "2"]
    assert fresh({"9": "A", "8": "C"}, kept) == []
    assert fresh({"7": "A"}, kept, "feed") == ["7"]


def test_lists_of_sitemaps_that_name_lists_end_somewhere() -> None:
    state = {f"d\t{number}": Standing(of=str(number - 1)).encoded() for number in range(1, 9)}
    state["d\ta"], state["d\tb"] = Standing(of="b").encoded(), Standing(of="a").encoded()
    assert [depth_of(url, state.get) for url in ("0", "1", "2", "8", "a")] == [0, 1, 2, 3, 3]


def test_a_news_sitemap_that_declares_no_namespace_is_read() -> None:
    data = b"<urlset><url><loc>https://example.org/a</loc><news:news><news:title>Pier</news:title></news:news></url></urlset>"
    assert [(item.url, item.title) for item in read_document(data, "https://example.org/map.xml").items] == [("https://example.org/a", "Pier")]


def test_a_standing_of_another_version_is_read_as_far_as_it_is_known() -> None:
    assert Standing.decoded(b'{"found": 3, "newer": 1}') == Standing(found=3)
    assert Standing.decoded(Standing(due_ms=5, error="x").encoded()) == Standing(due_ms=5, error="x")


def test_files_name_sources(tmp_path: Path) -> None:
    toml = tmp_path / "feeds.toml"
    toml.write_text('[[feed]]\nurl = "https://example.org/feed.xml"\nsource = "coast"\ncontent = "feed"\n')
    assert read_sources(toml)["https://example.org/feed.xml"].content == "feed"
    opml = tmp_path / "feeds.opml"
    opml.write_text('<opml><body><outline text="Coast"><outline title="A" xmlUrl="https://example.org/a.xml"/></outline></body></opml>')
    assert [(one.url, one.title) for one in read_sources(opml).values()] == [("https://example.org/a.xml", "A")]
    for wrong in ('[[feed]]\nurl = "nowhere"', "feed = 3", "[[feed]", "<html/>"):
        toml.write_text(wrong)
        with pytest.raises(CopydeskError, match=r"feeds\.toml"):
            read_sources(toml)


def test_a_page_names_its_feeds() -> None:
    page = b'<link rel="alternate" type="application/rss+xml" href="/f"><link rel=alternate hreflang=de href=/de><link rel="stylesheet" href="x.css">'
    assert list(linked(page, "https://example.org/a")) == ["https://example.org/f"]
    assert list(linked(b"", "https://example.org/a")) == []
