"""Tables as spreadsheets and statistics programs write them, feeds as strangers do: what is odd in one row or item costs that one."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import orjson
import pytest

from copydesk.shared.inputs import Item, PageAddress, Reading, read
from copydesk.shared.inputs.feeds import feed_document
from copydesk.shared.inputs.plain_words import plain_words
from copydesk.shared.stage import Rejected


def items(path: Path, data: bytes) -> list[Item]:
    path.write_bytes(data)
    return list(read([str(path)], Reading(addresses=True)))


def titled(path: Path, data: bytes) -> list[tuple[str | None, str | None]]:
    found = [orjson.loads(bytes(item.value)) for item in items(path, data) if item.refused is None]
    return [(record.get("title"), record.get("content")) for record in found]


def refusal(item: Item) -> Rejected:
    assert item.refused is not None
    return item.refused


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("first", ["", "sep=;"])
def test_tables_of_spreadsheets(tmp_path: Path, charset: str, end: str, first: str) -> None:
    stream = io.StringIO()
    csv.writer(stream, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator=end).writerows([["title", "text"], ["Brücke", "Auf; zu"], ["B", "c"]])
    assert titled(tmp_path / "a.csv", ((first + end if first else "") + stream.getvalue()).encode(charset)) == [("Brücke", "Auf; zu"), ("B", "c")]


def test_a_quote_that_is_not_closed_costs_its_row_and_is_named(tmp_path: Path) -> None:
    for charset in ("utf-8", "utf-16"):
        sound, broken = items(tmp_path / "a.csv", 'title,text\nA,b\nC,"open\nD,e\n'.encode(charset))
        assert sound.refused is None
        assert broken.name.endswith(":3")
        assert "a quote is not closed" in refusal(broken).detail
    assert titled(tmp_path / "a.csv", b"title,text\nA,b") == [("A", "b")]
    assert refusal(*items(tmp_path / "a.csv", b"")).reason == "empty"


def test_what_r_leaves_out_is_absent_and_a_country_is_not(tmp_path: Path) -> None:
    (record,) = (orjson.loads(bytes(item.value)) for item in items(tmp_path / "a.csv", b'"title","text","country"\nNA,"Words.","NA"\n'))
    assert record == {"content": "Words.", "content_type": "text/plain", "country": "NA"}


def test_an_odd_item_of_a_json_feed_costs_itself(tmp_path: Path) -> None:
    odd = [None, 5, {"id": "2", "url": 7, "content_text": ["x"], "authors": "x", "title": {}}]
    sound = {"id": 1, "url": "https://h.example/1", "content_html": "<p>Words.", "authors": [{"name": "Ann Lee"}, 3], "date_published": "2026-01-05"}
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [*odd, sound]}
    *refused, last = items(tmp_path / "a.json", orjson.dumps(feed))
    assert [refusal(item).reason for item in refused] == ["empty"] * 3
    assert orjson.loads(last.value) == {
        "url": "https://h.example/1", "author": "Ann Lee", "published_at": "2026-01-05", "content": "<p>Words.", "content_type": "text/html",
    }  # fmt: skip
    for wrong in (b"null", b'"x"', b"[]"):
        (none,) = items(tmp_path / "a.json", b'{"version":"https://jsonfeed.org/version/1.1","items":%s}' % wrong)
        assert refusal(none).reason == "empty"


RSS = """<?xml version="1.0" encoding="{charset}"?><rss version="2.0"><channel><title>H</title><link>https://h.example/</link>
<item><title>Fähre</title><guid isPermaLink="false">123</guid><description>Words without a place.</description></item>
<item><title>More</title><guid>2011</guid><description>Other words.</description></item><item/>
<item><guid>https://h.example/own</guid><title>It&amp;#8217;s &lt;em&gt;here&lt;/em&gt; &amp;amp; now</title></item></channel></rss>"""


@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_an_item_without_a_link_has_not_that_of_its_feed(tmp_path: Path, charset: str) -> None:
    found = items(tmp_path / "a.xml", RSS.format(charset=charset).encode(charset))
    records = [orjson.loads(bytes(item.value)) for item in found if item.refused is None]
    assert records == [
        {"title": "Fähre", "content": "Words without a place.", "content_type": "text/plain"},
        {"title": "More", "content": "Other words.", "content_type": "text/plain"},
        {"url": "https://h.example/own", "title": "It’s here & now"},
    ]
    assert isinstance(found[3].value, PageAddress)
    assert len({item.id for item in feed_document(RSS.format(charset=charset).encode(charset), "https://h.example/feed").items}) == len(found)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("AT&T", "AT&T"), ("AT&amp;T", "AT&T"), ("x < y > z", "x < y > z"), ("a<br/>b", "a b"), ("&copyright", "&copyright"),
        ("&#x27;<B class='a'>x</B>", "'x"),
        ("&#9999999;", "\ufffd"), ("<script>", "<script>"), ("", ""), (None, None),
    ],
)  # fmt: skip
def test_titles_are_words(text: str | None, plain: str | None) -> None:
    assert plain_words(text) == plain


@pytest.mark.parametrize("name", ["a", "a.txt"])
def test_lines_of_addresses_are_a_list_of_pages(tmp_path: Path, name: str) -> None:
    first, second = items(tmp_path / name, b"https://h.example/1\n\n https://h.example/2?a=b \r\n")
    assert [orjson.loads(bytes(item.value)) for item in (first, second)] == [{"url": "https://h.example/1"}, {"url": "https://h.example/2?a=b"}]
    (text,) = items(tmp_path / name, b"https://h.example/1\nThe ferry sails again.\n")
    assert "content" in orjson.loads(text.value)
