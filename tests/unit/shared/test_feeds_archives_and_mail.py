"""Feeds, web archives and mail are articles: with what they say of them, whatever they are called, and what is broken costs itself."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import cramjam
import orjson
import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from copydesk.shared.inputs import BROKEN, Item, Reading, expand, read
from copydesk.shared.inputs.items import Form
from copydesk.shared.unpacking import Bounds

RSS = """<?xml version="1.0" encoding="iso-8859-1"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Häfen</title><link>https://h.example/</link><language>de-AT</language>
<item><title>Fähre &amp; Wind</title><link>/a</link><dc:creator>Ann Lee</dc:creator><pubDate>Mon, 05 Jan 2026 08:00:00 +0200</pubDate>
<description>Kurz.</description><content:encoded><![CDATA[<p>Die Fähre fährt wieder.</p>]]></content:encoded></item>
<item><title>Mehr</title><link>https://h.example/b</link><description>Nur ein Anriss.</description></item>
<item><title>Leer</title><link>https://h.example/c</link></item></channel></rss>""".encode("iso-8859-1")
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>H</title><entry><title>T</title><link href="https://h.example/d"/>
<author><name>B</name></author><updated>2026-01-06T08:00:00Z</updated><content type="html">&lt;p&gt;Bonjour&lt;/p&gt;</content></entry></feed>"""
JSON_FEED = b"""{"version":"https://jsonfeed.org/version/1.1","title":"J","items":[{"id":"1","url":"https://h.example/e","title":"E",
"content_text":"Words.","date_published":"2026-01-05T08:00:00Z"}]}"""
PAGE = "<html><body><p>Grüße aus dem Hafen, und mehr als genug davon.</p></body></html>"


def items(path: Path, data: bytes, **how: Any) -> list[Item]:
    path.write_bytes(data)
    return list(read([str(path)], Reading(**how)))


def records(path: Path, data: bytes, **how: Any) -> list[dict[str, Any]]:
    return [orjson.loads(item.value) for item in items(path, data, **how) if item.refused is None]


def archive(*pages: bytes, packed: bool = True, **headers: str) -> tuple[bytes, list[int]]:
    """A WARC of these pages, with a request before each, and where each begins."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    begins = []
    for number, page in enumerate(pages):
        url = f"https://example.org/{number}"
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "example.org")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
        begins.append(out.tell())
        given = [("Content-Type", "Text/HTML ; charset=ISO-8859-1"), ("Set-Cookie", "a=b"), *((k.replace("_", "-"), v) for k, v in headers.items())]
        dated = {"WARC-Date": f"2026-01-0{number + 1}T08:00:00Z"}
        answer = StatusAndHeaders("200 OK", given, protocol="HTTP/1.1")
        writer.write_record(writer.create_warc_record(url, "response", io.BytesIO(page), warc_headers_dict=dated, http_headers=answer))
    return out.getvalue(), begins


@pytest.mark.parametrize("name", ["a.xml", "a.rss", "a.txt", "a.json", "a"])
def test_items_of_a_feed_are_articles(tmp_path: Path, name: str) -> None:
    first, second, third = items(tmp_path / name, RSS)
    assert orjson.loads(first.value) == {
        "url": "https://h.example/a", "title": "Fähre & Wind", "author": "Ann Lee", "published_at": "2026-01-05T06:00:00+00:00",
        "content": "<p>Die Fähre fährt wieder.</p>", "content_type": "text/html", "language": "de-AT",
    }  # fmt: skip
    assert orjson.loads(second.value)["content"] == "Nur ein Anriss."
    assert third.refused is not None
    assert "fetch the page https://h.example/c" in third.refused.detail


def test_feeds_of_other_kinds(tmp_path: Path) -> None:
    (atom,) = records(tmp_path / "a", ATOM)
    assert (atom["content"], atom["language"], atom["published_at"]) == ("<p>Bonjour</p>", "fr", "2026-01-06T08:00:00+00:00")
    (json,) = records(tmp_path / "b", JSON_FEED, source="desk")
    assert (json["content"], json["content_type"], json["url"], json["source"]) == ("Words.", "text/plain", "https://h.example/e", "desk")


def test_broken_feeds_are_read_as_far_as_they_go(tmp_path: Path) -> None:
    assert [one["title"] for one in records(tmp_path / "a.rss", RSS[:-30])] == ["Fähre & Wind", "Mehr"]
    (item,) = items(tmp_path / "b.rss", b"<rss><")
    assert item.refused is not None
    assert item.refused.reason == BROKEN


LENGTHS = [b"0", b"-1", b"7", b"200", b"99999", b"99999999999", b"9" * 30, b"", b"1e3"]


def with_length(record: bytes, length: bytes) -> bytes:
    """A record that says that it is so long."""
    at = record.index(b"Content-Length: ") + len(b"Content-Length: ")
    return record[:at] + length + record[record.index(b"\r", at) :]


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("length", LENGTHS)
@pytest.mark.parametrize("place", ["page", "request"])
def test_a_record_with_a_wrong_length_costs_itself(tmp_path: Path, place: str, length: bytes, packed: bool) -> None:
    plain, pages = archive(*(PAGE.encode() for _ in range(4)), packed=False)
    begins = [found.start() for found in re.finditer(rb"WARC/1\.", plain)]
    wrong = begins.index(pages[1]) - (place == "request")
    parts = [plain[begin:end] for begin, end in zip(begins, [*begins[1:], None], strict=True)]
    parts[wrong] = with_length(parts[wrong], length)
    found = items(tmp_path / "a.warc", b"".join(gzip.compress(part) if packed else part for part in parts))
    assert [orjson.loads(item.value)["url"][-1] for item in found if item.refused is None] == [*"0", *("1" if place == "request" else ""), *"23"]
    assert [item.refused.reason for item in found if item.refused] == [BROKEN]


@pytest.mark.parametrize("packed", [True, False])
def test_a_page_before_nonsense_is_whole(tmp_path: Path, packed: bool) -> None:
    data, begins = archive(*[PAGE.encode()] * 2, packed=packed)
    at = data.index(data[: 3 if packed else 5], begins[0] + 5)  # behind the first page
    found = items(tmp_path / "a.warc", data[:at] + b"nonsense" + data[at:])
    assert [orjson.loads(item.value)["url"][-1] for item in found if item.refused is None] == ["0", "1"]
    assert [item.refused.reason for item in found if item.refused] == [BROKEN]


@pytest.mark.parametrize("packed", [True, False])
def test_pages_of_a_web_archive_keep_time_and_headers(tmp_path: Path, packed: bool) -> None:
    (found,) = records(tmp_path / "a.bin", archive(PAGE.encode("latin-1"), packed=packed)[0])
    assert (found["url"], found["fetched_at"]) == ("https://example.org/0", "2026-01-01T08:00:00.000Z")
    assert found["headers"] == {"content-type": "Text/HTML ; charset=ISO-8859-1"}
    assert found["encoding"] == "base64"


def test_pages_are_taken_by_the_time_of_their_fetch(tmp_path: Path) -> None:
    data, _ = archive(*[PAGE.encode()] * 3)
    since, until = datetime(2026, 1, 2, tzinfo=UTC), datetime(2026, 1, 3, tzinfo=UTC)
    assert [one["url"] for one in records(tmp_path / "a.warc.gz", data, since=since, until=until)] == ["https://example.org/1"]


@pytest.mark.parametrize("coding", ["gzip", "br", "identity"])
def test_codings_are_undone_also_where_a_crawler_did_so_before(tmp_path: Path, coding: str) -> None:
    page = PAGE.encode()
    packed = {"gzip": gzip.compress(page), "br": bytes(cramjam.brotli.compress(page)), "identity": page}[coding]
    for body in (packed, page):
        (found,) = records(tmp_path / "a.warc.gz", archive(body, Content_Encoding=coding, Transfer_Encoding="chunked")[0])
        assert found["content"] == PAGE


def test_a_broken_record_costs_itself(tmp_path: Path) -> None:
    data, begins = archive(*[PAGE.encode()] * 4)
    broken = data[: begins[1] + 200] + bytes(50) + data[begins[1] + 250 :]
    found = items(tmp_path / "a.warc.gz", broken)
    assert [orjson.loads(item.value)["url"][-1] for item in found if item.refused is None] == ["0", "2", "3"]
    assert [item.refused.reason for item in found if item.refused] == [BROKEN]
    plain, begins = archive(*[PAGE.encode()] * 3, packed=False)
    found = items(tmp_path / "a.warc", plain[: begins[1]] + b"nonsense\r\n" * 3 + plain[begins[1] :])
    assert [orjson.loads(item.value)["url"][-1] for item in found if item.refused is None] == ["0", "1", "2"]
    for end in (begins[2] + 150, begins[2] + len(plain[begins[2] :]) - 40):
        *whole, cut = items(tmp_path / "a.warc", plain[:end])
        assert len(whole) == 2
        assert cut.refused is not None


def test_a_page_that_unpacks_to_too_much_is_refused_by_name(tmp_path: Path) -> None:
    bomb, page = gzip.compress(bytes(5_000_000)), PAGE.encode()
    data, _ = archive(bomb, gzip.compress(page), Content_Encoding="gzip")
    first, second = items(tmp_path / "a.warc.gz", data, bounds=Bounds(free=1_000_000))
    assert first.refused is not None
    assert second.refused is None


def test_a_mail_message_is_an_article(tmp_path: Path) -> None:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = "Fähre", "Ann Lee <ann@example.org>", "Fri, 5 Jan 2024 08:00:00 +0100"
    mail["Message-ID"], mail["Archived-At"] = "<1@example.org>", "<https://lists.example.org/1>"
    mail.set_content("The ferry runs again.")
    mail.add_alternative("<p>The ferry runs again.</p>", subtype="html")
    (found,) = records(tmp_path / "a.txt", mail.as_bytes())
    assert (found["title"], found["author"], found["published_at"]) == ("Fähre", "Ann Lee", "2024-01-05T08:00:00+01:00")
    assert found["url"] == "https://lists.example.org/1"
    assert found["content"].strip() == "<p>The ferry runs again.</p>"


@pytest.mark.parametrize(("stated", "of_part"), [("Snapshot-Content-Location", ""), ("X-Nothing", "Content-Location: https://example.org/x\r\n")])
def test_a_saved_page_is_a_page(tmp_path: Path, stated: str, of_part: str) -> None:
    head = f"From: <Saved by Blink>\r\n{stated}: https://example.org/x\r\nSubject: T\r\nDate: Fri, 5 Jan 2024 08:00:00 -0000\r\n"
    kind = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="B"\r\n\r\n'
    part = f"--B\r\nContent-Type: text/html\r\n{of_part}Content-Transfer-Encoding: quoted-printable\r\n\r\n<p>Caf=C3=A9</p>\r\n--B--\r\n"
    (found,) = records(tmp_path / "a.mhtml", (head + kind + part).encode())
    assert (found["content"].strip(), found["url"], found["fetched_at"]) == ("<p>Café</p>", "https://example.org/x", "2024-01-05T08:00:00.000Z")
    assert "title" not in found


@pytest.mark.parametrize("name", ["a.jsonl.zst", "a"])
def test_zstd_is_unpacked_and_its_end_missed(tmp_path: Path, name: str) -> None:
    lines = [bytes(cramjam.zstd.compress(b'{"content":"%d"}\n' % number)) for number in range(2)]
    assert records(tmp_path / name, b"".join(lines)) == [{"content": "0"}, {"content": "1"}]
    (item,) = items(tmp_path / name, bytes(cramjam.zstd.compress(RSS))[:-9])
    assert item.refused is not None
    assert item.refused.reason == BROKEN


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress, lambda data: bytes(cramjam.zstd.compress(data))])
def test_what_is_packed_twice_is_no_text(tmp_path: Path, pack: Any) -> None:
    (item,) = items(tmp_path / "a.txt.gz", pack(pack(b"Words.")))
    assert item.refused is not None
    assert "packed more than once" in item.refused.detail


def test_a_form_can_be_said(tmp_path: Path) -> None:
    form: Form = "feed"
    assert len(records(tmp_path / "a", RSS, form=form)) == 2


def test_a_mixture_in_one_folder(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("inner.xml", ATOM)
        file.writestr("inner.warc.gz", archive(PAGE.encode())[0])
    files = {
        "a.xml": RSS, "b.warc.gz": archive(PAGE.encode())[0], "c.eml": b"Subject: T\nFrom: a@b.c\nMIME-Version: 1.0\n\nWords.", "d.txt": b"Words.",
        "e.csv": b"title,text\nT,Words.\n", "deeper/f.zip": packed.getvalue(), "deeper/g.pdf.txt": b"%PDF-1.7", "h.bin": b"unknown",
        "feeds.opml": b"<opml><body/></opml>", "i": b"<!doctype html><p>Words.</p>", "j.dat": b"title;text\nT;Words.\n",
        "report.pdf": b"%PDF-1.7", "other.pdf": b"%PDF-1.7",
        "k.html.part": b"<!doctype html><p>Half", "._d.txt": b"\0\5\x16\7", ".git/l.txt": b"x",
    }  # fmt: skip
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    told: list[str] = []
    found = list(read(expand([str(tmp_path)], told.append)))
    names = [item.name.removeprefix(f"{tmp_path}/") for item in found if item.refused is None]
    assert names == [
        "a.xml:1", "a.xml:2", "b.warc.gz:2", "c.eml", "d.txt", "deeper/f.zip:inner.xml:1", "deeper/f.zip:inner.warc.gz:2", "e.csv:2",
        "i", "j.dat:2",
    ]  # fmt: skip
    words = [line.removeprefix(f"{tmp_path}/") for line in told]
    assert words[0] == "feeds.opml is passed over: it is a list of feeds (OPML): `copydesk feeds import FILE` follows them"
    assert [line.partition(":")[0] for line in words[1:]] == [
        "h.bin is passed over", "k.html.part is passed over", f"other.pdf and 1 more in {tmp_path} are passed over",
    ]  # fmt: skip
