"""Inputs that are no files here: addresses on the web, fetched within bounds, and stores that fsspec knows; patterns of names."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import orjson
import pytest

from copydesk.shared.errors import CopydeskError
from copydesk.shared.inputs import BROKEN, Item, Reading, expand, read
from copydesk.shared.unpacking import Bounds

PAGE = "<html><body><p>Grüße aus dem Hafen.</p></body></html>".encode("latin-1")
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/story": (200, {"Content-Type": "text/html; charset=latin-1", "Set-Cookie": "a=b"}, PAGE),
    "/moved": (302, {"Location": "/story"}, b""),
    "/inside": (302, {"Location": "http://127.0.0.2/story"}, b""),
    "/file": (302, {"Location": "file:///etc/hostname"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/news.jsonl.gz": (200, {"Content-Type": "application/gzip"}, gzip.compress(b'{"content":"a"}\n{"content":"b"}\n')),
    "/bomb": (200, {"Content-Encoding": "gzip", "Content-Type": "text/html"}, gzip.compress(bytes(3_000_000))),
}


class Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        status, headers, body = ANSWERS.get(self.path, (404, {}, b""))
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing is logged."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def items(*inputs: str, reading: Reading | None = None) -> list[Item]:
    return list(read(expand(inputs), reading))


@pytest.mark.parametrize("path", ["/story", "/moved"])
def test_a_page_is_fetched_with_address_time_and_headers(site: str, path: str) -> None:
    (item,) = items(site + path)
    found = orjson.loads(item.value)
    assert (found["url"], found["content_type"], found["encoding"]) == (f"{site}/story", "text/html", "base64")
    assert found["headers"]["content-type"] == "text/html; charset=latin-1"
    assert "set-cookie" not in found["headers"]
    assert found["fetched_at"].endswith("Z")
    assert "origin" not in found


def test_files_are_fetched_as_well(site: str) -> None:
    assert [orjson.loads(item.value)["content"] for item in items(f"{site}/news.jsonl.gz")] == ["a", "b"]


@pytest.mark.parametrize(
    ("path", "words"),
    [("/none", "404"), ("/inside", "private address 127.0.0.2"), ("/file", "not fetched"), ("/loop", "leads on"), ("/bomb", "more than")],
)
def test_what_cannot_be_fetched_is_named_and_the_rest_goes_on(site: str, path: str, words: str) -> None:
    refused, page = items(site + path, f"{site}/story", reading=Reading(bounds=Bounds(download=1_000_000)))
    assert refused.refused is not None
    assert refused.refused.reason == BROKEN
    assert words in refused.refused.detail
    assert page.refused is None


def test_a_host_that_does_not_answer_is_named() -> None:
    (item,) = items("http://127.0.0.1:9/")
    assert item.refused is not None
    assert "cannot be fetched" in item.refused.detail


def test_stores_are_read_by_name_folder_and_pattern() -> None:
    fsspec = pytest.importorskip("fsspec")
    store = fsspec.filesystem("memory")
    store.pipe({"/news/a.txt": b"One.", "/news/b.jsonl.gz": gzip.compress(b'{"content":"Two."}'), "/news/c.bin": b"Three."})
    told: list[str] = []
    assert expand(["memory://news/"], told.append) == ["memory:///news/a.txt", "memory:///news/b.jsonl.gz"]
    assert told[0].startswith("memory:///news/c.bin is passed over")
    assert len(expand(["memory://news/*"])) == 3
    (one,) = items("memory://news/*.txt")
    assert orjson.loads(one.value) == {"content": "One.", "content_type": "text/plain", "origin": "memory:///news/a.txt"}
    (two,) = items("memory://news/b.jsonl.gz")
    assert orjson.loads(two.value) == {"content": "Two."}
    (none,) = items("memory://news/d.txt")
    assert none.refused is not None


def test_unknown_stores_are_refused_with_what_to_do() -> None:
    with pytest.raises(CopydeskError, match="nowhere://a/b"):
        expand(["nowhere://a/b"])


def test_patterns_stand_for_files(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("x.txt", "a/y.txt", "a/b/z.txt", "a/b/z.html", "a[1].txt"):
        (tmp_path / name).write_text("Words.")
    assert {Path(name).name for name in expand([f"{tmp_path}/**/*.txt"])} == {"x.txt", "y.txt", "z.txt", "a[1].txt"}
    assert [Path(name).name for name in expand([f"{tmp_path}/a[1].txt"])] == ["a[1].txt"]
    with pytest.raises(CopydeskError, match="no such file"):
        expand([f"{tmp_path}/*.csv"])
