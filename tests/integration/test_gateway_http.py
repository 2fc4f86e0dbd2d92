"""POST /articles in every form, the archive over HTTP, dead letters and traces, keys, and what attacks it: a real gateway on a real broker."""

# ruff: noqa: ASYNC212 - nothing else runs in the loop of these tests

from __future__ import annotations

import asyncio
import base64
import contextlib
import hashlib
import resource
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import orjson
import pytest

from copydesk.services.gateway.keys import Keyring
from copydesk.shared.archive.postgres.writer import PostgresSink
from copydesk.shared.archive.sqlite.writer import SqliteSink
from copydesk.shared.deadletters import Cause, dead_letters
from copydesk.shared.followed_sources import STANDING, Standing, followed
from copydesk.shared.kafka import Message, consume, producer
from copydesk.shared.records.content_ref import reference_of
from copydesk.shared.records.retraction import Retraction
from copydesk.shared.records.story import NearestArticle, StoryTold
from copydesk.shared.settings import Settings
from copydesk.shared.stage import Written
from copydesk.shared.topics import DEADLETTERS, ENRICHED, FEEDER_STATE, RAW, RETRACTIONS, STORIES, URLS, Topic
from tests.data import ROOT
from tests.gateway import PATIENCE_S, Running, gateway
from tests.pipeline import fresh_topics
from tests.postgres import LocalPostgres
from tests.samples import enriched

DOCS = ROOT / "docs"
FRIEND = "https://desk.example"
LETTER = Message(RAW.name, 0, 7, 1_716_022_800_000, b"broken", b'{"content": 5}', {})


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("gateway")


def stored_in(sink: SqliteSink | PostgresSink) -> None:
    sink.open()
    sink.write([Written(ENRICHED, orjson.dumps(enriched(name, second=second, source="agency.example")), 1) for second, name in enumerate("ab")])
    near = NearestArticle(article_id="a", published_s=1.5, score=0.9, copied=False, names=["Tokyo"], terms=["harbour"], hours=2.5)
    told = {"a": StoryTold(article_id="a", story="a", role="opens", version="1", at="2026-01-05T10:00:00.000Z")}
    told["b"] = told["a"].model_copy(update={"article_id": "b", "role": "joins", "nearest": near})
    sink.write([Written(STORIES, one.value()) for one in told.values()])
    sink.close()


@pytest.fixture(scope="module")
def running(kafka: Settings, home: Path) -> Iterator[Running]:
    asyncio.run(fresh_topics(kafka))
    stored_in(SqliteSink(home / "copydesk.sqlite"))
    limits = {"COPYDESK_RAW_LIMIT": "1000000", "COPYDESK_GATEWAY_PATIENCE_S": "5", "COPYDESK_GATEWAY_BODY_LIMIT": "100000"}
    with gateway(kafka, home, **limits, COPYDESK_GATEWAY_ORIGINS=FRIEND) as one:
        yield one


@pytest.fixture
def client(running: Running) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=running.url, timeout=PATIENCE_S) as one:
        yield one


async def stored(kafka: Settings, topic: Topic) -> list[dict[str, Any]]:
    return [orjson.loads(message.value or b"{}") async for message in consume(kafka, (topic,), since="beginning", follow=False)]


def post(client: httpx.Client, content: bytes, media_type: str, **query: str) -> httpx.Response:
    return client.post("/articles", content=content, headers={"Content-Type": media_type}, params=query)


async def test_one_article_is_stored_when_its_id_comes_back(client: httpx.Client, kafka: Settings) -> None:
    answer = post(client, b'{"content": "One text.", "source": "http"}', "application/json")
    assert (answer.status_code, answer.json()["counts"]) == (202, {"accepted": 1, "refused": 0})
    again = post(client, b'{"content": "One text.", "source": "http"}', "application/json; charset=utf-8")
    assert again.json()["accepted"] == answer.json()["accepted"], "the same article has the same id"
    found = [record for record in await stored(kafka, RAW) if record["content"] == "One text."]
    assert [record["article_id"] for record in found] == [answer.json()["accepted"][0]["id"]] * 2


async def test_an_array_and_lines_are_accepted_in_part_and_each_refusal_is_named(client: httpx.Client, kafka: Settings) -> None:
    answer = post(client, b'[{"content": "Two."}, {"content": 5}, 7, {"url": "ftp://x"}]', "application/json")
    assert (answer.status_code, answer.json()["counts"]) == (202, {"accepted": 1, "refused": 3})
    assert [(one["record"], one["status"]) for one in answer.json()["refused"]] == [(2, 422), (3, 422), (4, 422)]
    assert all(one["detail"] and one["remedy"] for one in answer.json()["refused"])
    lines = (
        b'{"content": "Three."}\n\nnot json\n{"content": "' + b"x" * 1_200_000 + b'"}\n{"content": "' + b"y" * 2_500_000 + b'"}\n{"content": "Four."}'
    )
    answer = post(client, lines, "application/x-ndjson")
    assert [one["record"] for one in answer.json()["accepted"]] == [1, 6]
    assert [(one["record"], one["status"]) for one in answer.json()["refused"]] == [(3, 422), (4, 413), (5, 413)]
    assert {"Two.", "Three.", "Four."} <= {record["content"] for record in await stored(kafka, RAW)}


async def test_lines_of_any_length_are_taken_as_they_come(client: httpx.Client, kafka: Settings) -> None:
    def lines() -> Iterator[bytes]:
        for number in range(2_000):
            yield b'{"content": "Line %d.", "source": "long"}\n' % number

    answer = client.post("/articles", content=lines(), headers={"Content-Type": "application/x-ndjson"})
    assert answer.json()["counts"] == {"accepted": 2_000, "refused": 0}
    assert len([record for record in await stored(kafka, RAW) if record.get("source") == "long"]) == 2_000


async def test_a_page_comes_as_it_is_with_what_is_known_of_it_in_query_or_headers(client: httpx.Client, kafka: Settings) -> None:
    page = "<html><head><meta charset='iso-8859-1'></head><body>Caf\xe9</body></html>".encode("latin-1")
    headers = {"Content-Type": "text/html", "Copydesk-Published-At": "2026-01-05", "Copydesk-Title": "Caf%C3%A9"}
    answer = client.post("/articles", content=page, headers=headers, params={"url": "https://example.com/a?b=c", "source": "example.com"})
    assert answer.status_code == 202
    (record,) = [one for one in await stored(kafka, RAW) if one["article_id"] == answer.json()["accepted"][0]["id"]]
    assert (record["encoding"], record["content_type"], record["title"], record["published_at"]) == ("base64", "text/html", "Café", "2026-01-05")
    assert post(client, b"Ein Text.", "text/plain").status_code == 202


async def test_addresses_go_to_the_fetcher(client: httpx.Client, kafka: Settings) -> None:
    assert post(client, b'{"url": "https://one.example/a"}', "application/json").json()["accepted"][0]["topic"] == URLS.name
    assert post(client, b"# a list\r\nhttps://two.example/b\r\nhttps://three.example/c\r\n", "text/uri-list").json()["counts"]["accepted"] == 2
    assert {record["url"] for record in await stored(kafka, URLS)} >= {
        f"https://{name}" for name in ("one.example/a", "two.example/b", "three.example/c")
    }


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        (b"{", "application/json", 422), (b"5", "application/json", 422), (b'{"content": null}', "application/json", 422),
        (b"[1, 2]", "application/json", 422), (b"{}\n{}", "application/x-ndjson", 422), (b"x", "", 415),
        (b"a=b", "application/x-www-form-urlencoded", 415),
        (b"%PDF-1.7", "text/plain", 415), (b"", "text/html", 422), (b"x" * 200_000, "application/json", 413), (b"x" * 200_000, "text/plain", 413),
        (b"[" * 90_000, "application/json", 422), (b'{"content": "x", "ingested_at": "9999-01-01T00:00:00Z"}', "application/json", 422),
    ],
    ids=lambda value: str(value)[:20],
)  # fmt: skip
def test_what_is_refused_is_told_with_its_remedy(client: httpx.Client, content: bytes, media_type: str, status: int) -> None:
    answer = post(client, content, media_type)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert {"type", "title", "status", "detail", "remedy"} <= answer.json().keys()


def test_the_archive_is_asked_over_http(client: httpx.Client) -> None:
    found = client.get("/articles", params={"q": "kishida", "limit": "1"}).json()
    assert [record["article_id"] for record in found["articles"]] == ["b"]
    assert [record["article_id"] for record in client.get("/articles", params={"cursor": found["next"]}).json()["articles"]] == ["a"]
    brief = client.get("/articles", params={"q": "kishida", "brief": "true"}).json()
    assert brief.keys() == {"articles", "next"}
    assert [(record["article_id"], record["title"], "content" in record) for record in brief["articles"]] == [
        ("b", "Title of b", False), ("a", "Title of a", False),
    ]  # fmt: skip
    assert client.get("/articles/a").json()["article"]["title"] == "Title of a"
    assert client.get("/entities", params={"q": "tok"}).json()["entities"][0]["link"] == "geonames:1850147"
    assert client.get("/entities/geonames:1850147").json()["entity"]["name"] == "Tokyo"
    assert client.get("/sources").json()["sources"][0]["source"] == "agency.example"
    assert client.get("/sources/agency.example").json()["furniture"] is None
    (story,) = client.get("/stories", params={"q": "kishida"}).json()["stories"]
    assert (story["story"], story["articles"], story["outlets"]) == ("a", 2, 1)
    whole = client.get("/stories/b").json()
    assert (whole["story"], whole["people"], whole["articles"][1]["nearest"]["names"]) == ("a", ["Joe Biden"], ["Tokyo"])
    assert [record["article_id"] for record in client.get("/articles", params={"story": "b"}).json()["articles"]] == ["b", "a"]
    assert client.get("/session").json()["scopes"] == ["read", "write", "admin"]
    answer = client.get("/stats")
    assert {"cleaner", "sink"} <= {service["name"] for service in answer.json()["services"]}, answer.text
    assert answer.json()["counts"]["articles"] == 2
    for path in ("/articles/none", "/entities/none", "/sources/none", "/stories/none", "/nothing", "/deadletters/x/0/1"):
        missing = client.get(path)
        assert missing.status_code in (404, 405), path
        assert missing.json()["remedy"]


def test_postgresql_answers_the_same(client: httpx.Client, kafka: Settings, postgres: LocalPostgres, tmp_path: Path) -> None:
    url = postgres.database("gateway")
    asked = ("articles", "articles?q=kishida -nobody&limit=1", "articles/a", "entities", "entities/joe biden", "sources", "sources/agency.example",
             "stories", "stories/b", "stories?entity=tokyo&least=1", "articles?story=a&limit=1")  # fmt: skip
    with (
        gateway(kafka, tmp_path, COPYDESK_GATEWAY_ARCHIVE="postgres", COPYDESK_POSTGRES_URL=url) as other,
        httpx.Client(base_url=other.url, timeout=PATIENCE_S) as on_postgres,
    ):
        assert on_postgres.get("/articles").status_code == 503, "the sink has not made the tables yet"
        stored_in(PostgresSink(url))
        for address in asked:
            answers = [one.get(f"/{address}") for one in (client, on_postgres)]
            assert [one.status_code for one in answers] == [200, 200], address
            assert answers[0].json() == answers[1].json(), address
        assert on_postgres.get("/articles?cursor=WyJ4IiwieSJd").status_code == 422


async def test_a_dead_letter_is_shown_replayed_and_marked(client: httpx.Client, kafka: Settings) -> None:
    async with producer(kafka) as sender:
        for value in dead_letters(LETTER, Cause("cleaner", "invalid_record", "content: is a number"), kafka.raw_limit):
            await (await sender.send(DEADLETTERS, "broken", value))
    while not (found := client.get("/deadletters", params={"reason": "invalid_record", "q": "a number"}).json()["deadletters"]):
        await asyncio.sleep(0.1)
    assert (found[0]["id"], found[0]["stage"], "original" in found[0]) == ("articles.raw/0/7", "cleaner", False)
    assert client.post("/deadletters/articles.raw/0/7/replay").status_code == 202
    assert {"content": 5} in await stored(kafka, RAW)
    while "settled" not in client.get("/deadletters").json()["deadletters"][0]:
        await asyncio.sleep(0.1)
    assert client.get("/deadletters", params={"open": "true"}).json()["deadletters"] == []
    assert client.get("/deadletters/articles.raw/0/7").json()["original"]
    said = Retraction(article_id="broken", reason="court order", at="2026-01-05T00:00:00.000Z")
    async with producer(kafka) as sender:
        await (await sender.send(RETRACTIONS, said.key, said.value()))
    while (answer := client.get("/deadletters/articles.raw/0/7")).status_code == 200:
        await asyncio.sleep(0.1)
    assert (answer.status_code, "court order" in answer.json()["detail"]) == (410, True)
    assert client.post("/deadletters/articles.raw/0/999/replay").status_code == 404


async def test_feeds_are_followed_listed_and_ended(client: httpx.Client, kafka: Settings) -> None:
    one, other = "https://coast.example/feed.xml?a=b&c", "https://news.example/sitemap.xml"
    assert (await fed(client, lambda feeds: True)) == []
    assert client.get("/session").json()["feeds"] is False
    sent = client.post("/feeds", json=[{"url": one, "source": "coast.example"}, {"url": other}])
    assert (sent.status_code, sent.json()) == (202, {"followed": [one, other]})
    async with producer(kafka) as sender:
        standing = Standing(succeeded_ms=1_767_600_000_000, items=7, found=9, failures=1, error="timeout")
        await (await sender.send(FEEDER_STATE, f"{STANDING}{one}", standing.encoded()))
    listed = await fed(client, lambda feeds: len(feeds) == 2 and feeds[0]["items"] == 7)
    assert [(feed["url"], feed.get("source"), feed["found"], feed["error"]) for feed in listed] == [
        (one, "coast.example", 9, "timeout"),
        (other, None, 0, ""),
    ]
    assert [found.told()["succeeded_at"] for found in await followed(kafka)] == [listed[0]["succeeded_at"], None], "as `copydesk feeds list` says"
    assert client.post("/feeds", json={"url": one, "paused": True}).status_code == 202
    await fed(client, lambda feeds: feeds[0]["paused"])
    refused = client.post("/feeds", json=[{"url": one}, {"url": "ftp://x"}])
    assert (refused.status_code, refused.json()["record"]) == (422, 2)
    assert [client.post("/feeds", content=body).status_code for body in (b"", b"5", b"[5]", b"{", b"x" * 2_000_000)] == [422, 422, 422, 422, 413]
    assert client.get("/session").json()["feeds"] is True
    assert client.delete(f"/feeds/{quote(one, safe='')}").status_code == 204
    assert [feed["url"] for feed in await fed(client, lambda feeds: len(feeds) == 1)] == [other]
    assert client.delete(f"/feeds/{quote(one, safe='')}").status_code == 404


async def fed(client: httpx.Client, is_so: Callable[[Any], bool], headers: dict[str, str] | None = None) -> Any:
    """GET /feeds once it says so: until its topics were read for the first time it answers that it is not ready."""
    while (answer := client.get("/feeds", headers=headers)).status_code == 503 or not is_so(answer.json()["feeds"]):
        await asyncio.sleep(0.1)
    return answer.json()["feeds"]


def test_how_far_an_article_came_is_told(client: httpx.Client) -> None:
    article_id = post(client, b'{"content": "To be traced."}', "application/json").json()["accepted"][0]["id"]
    trace = client.get(f"/articles/{article_id}/trace").json()
    assert [step["topic"] for step in trace["steps"]] == [RAW.name]


def test_what_was_fetched_is_there_while_kafka_keeps_it(client: httpx.Client, home: Path) -> None:
    page = "<p>Fähre</p>".encode("cp1252")
    raw = {"article_id": "fetched", "content": base64.b64encode(page).decode(), "encoding": "base64", "url": "https://agency.example/f"}
    assert post(client, orjson.dumps(raw), "application/json").status_code == 202
    known, gone = ({**enriched(name), "content_ref": reference_of(data).model_dump()} for name, data in (("fetched", page), ("gone", b"x")))
    sink = SqliteSink(home / "copydesk.sqlite")
    sink.open()
    sink.write([Written(ENRICHED, orjson.dumps({**one, "content": None}), 1) for one in (known, gone)])
    sink.close()
    there = client.get("/articles/fetched/content")
    assert (there.status_code, there.content, there.headers["content-type"]) == (200, page, "application/octet-stream")
    assert there.headers["content-digest"] == f"sha-256=:{base64.b64encode(hashlib.sha256(page).digest()).decode()}:"
    assert client.get("/articles/a/content").content == enriched("a")["content"].encode(), "a record of before has it itself"
    told = client.get("/articles/gone/content")
    assert (told.status_code, "no longer on articles.raw" in told.json()["detail"]) == (410, True)
    assert client.get("/articles/none/content").status_code == 404


def test_pages_of_other_sites_may_neither_write_nor_point_their_names_here(client: httpx.Client) -> None:
    article = {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    assert client.post("/articles", content=b"x", headers=article).status_code == 403
    assert client.get("/articles", headers={"Host": "evil.example"}).status_code == 421
    assert client.post("/articles", content=b"A text.", headers={**article, "Origin": str(client.base_url).rstrip("/")}).status_code == 202
    assert "access-control-allow-origin" not in client.get("/articles", headers={"Origin": "https://evil.example"}).headers
    assert client.get("/session").headers["content-security-policy"].startswith("default-src 'self'")


def test_pages_of_a_site_that_a_setting_names_may_ask(client: httpx.Client) -> None:
    asked = {"Origin": FRIEND, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization, content-type"}
    before = client.options("/articles", headers=asked)
    assert (before.status_code, before.headers["access-control-allow-origin"]) == (200, FRIEND)
    assert client.options("/articles", headers={**asked, "Origin": "https://evil.example"}).status_code == 400
    sent = client.post("/articles", content=b"A text.", headers={"Content-Type": "text/plain", "Origin": FRIEND})
    assert (sent.status_code, sent.headers["access-control-allow-origin"]) == (202, FRIEND)


@pytest.mark.parametrize("path", ["/../settings.py", "/..%2f..%2fsettings.py", "/%2e%2e/app.py", "//etc/passwd", "/page/../../app.py", "/.%00./x"])
def test_no_path_leads_out_of_the_page(running: Running, path: str) -> None:
    answer = raw(running, f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode())
    assert answer.split(b" ")[1] in (b"404", b"400", b"405"), answer[:200]
    assert b"Settings" not in answer


def raw(running: Running, request: bytes) -> bytes:
    """What the gateway says to these bytes until it hangs up."""
    host, port = running.url.removeprefix("http://").split(":")
    found = bytearray()
    with socket.create_connection((host, int(port)), timeout=PATIENCE_S) as connection, contextlib.suppress(ConnectionError):
        connection.sendall(request)
        while piece := connection.recv(65_536):
            found += piece
    return bytes(found)


@pytest.mark.parametrize("words", ["' OR '1'='1", '"; DROP TABLE articles_current; --', "*", 'a" NEAR b', "%"])
def test_no_field_takes_sql_or_the_archive_s_own_words(client: httpx.Client, words: str) -> None:
    before = client.get("/articles").json()["articles"]
    assert before
    for path, methods in orjson.loads((DOCS / "openapi.json").read_bytes())["paths"].items():
        fields = [one["name"] for one in methods.get("get", {}).get("parameters", ()) if path != "/stream" and not path.endswith("/trace")]
        address = "/".join(quote(words, safe="") if part.startswith("{") else part for part in path.split("/"))
        for name in fields:
            answer = client.get(address, params={} if f"{{{name}}}" in path else {name: words})
            assert answer.status_code in (200, 404, 422), (address, name, answer.text)
            if path == "/articles" and name in ("source", "entity", "link", "language", "status", "type"):
                assert answer.status_code == 422 or answer.json()["articles"] == [], name
    assert client.get("/articles").json()["articles"] == before


def test_large_heads_slow_heads_and_slow_bodies_are_ended(running: Running) -> None:
    assert raw(running, b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n" + b"X-A: " + b"x" * 60_000 + b"\r\n\r\n").startswith(b"HTTP/1.1 431")
    assert raw(running, b"GET /" + b"x" * 60_000 + b" HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").startswith(b"HTTP/1.1 4")
    body = b"POST /articles HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain\r\nContent-Length: 99\r\n\r\nabc"
    with ThreadPoolExecutor() as clients:
        no_head, half_a_head, half_a_body = clients.map(partial(raw, running), (b"", b"GET / HTTP/1.1\r\nHost: 127.", body))
    assert no_head == half_a_head == b""
    assert half_a_body.startswith(b"HTTP/1.1 408")


def test_ten_thousand_half_open_connections_keep_nobody_out(running: Running, client: httpx.Client) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    host, port = running.url.removeprefix("http://").split(":")
    opened: list[socket.socket] = []
    try:
        for number in range(min(10_000, hard - 1_000)):
            opened.append(socket.create_connection((host, int(port)), timeout=PATIENCE_S))
            with contextlib.suppress(ConnectionError):  # the first ones are ended while the last are opened
                opened[-1].send(b"GET /stream HTTP/1.1\r\n" if number % 2 else b"G")
        assert client.get("/session").status_code == 200
        assert all(_is_ended(connection) for connection in opened)
        assert client.get("/session").status_code == 200
    finally:
        for connection in opened:
            connection.close()
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _is_ended(connection: socket.socket) -> bool:
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_keys_say_what_a_client_may_do(kafka: Settings, tmp_path: Path) -> None:
    keyring = Keyring(tmp_path / "keys.json")
    with gateway(kafka, tmp_path, COPYDESK_GATEWAY_OPEN="false") as closed, httpx.Client(base_url=closed.url, timeout=PATIENCE_S) as client:
        assert [client.get(path).status_code for path in ("/health", "/session", "/articles", "/stream", "/metrics")] == [200, 200, 401, 401, 401]
        reader = keyring.create("reader", ["read"])
        writer = keyring.create("writer", ["write"], rate=0.01, size=1_000)
        assert (tmp_path / "keys.json").stat().st_mode & 0o077 == 0
        assert reader not in (tmp_path / "keys.json").read_text()
        as_reader, as_writer = {"Authorization": f"Bearer {reader}"}, {"Authorization": f"Bearer {writer}", "Content-Type": "text/plain"}
        assert client.get("/deadletters", headers=as_reader).status_code == 200
        assert client.post("/articles", content=b"x", headers={**as_writer, **as_reader}).status_code == 403
        assert client.get("/feeds", headers=as_reader).status_code in (200, 503)  # allowed, though it may not have read them yet
        assert client.post("/feeds", headers=as_reader).status_code == 403
        assert client.delete("/feeds/https%3A%2F%2Fx", headers=as_reader).status_code == 403
        assert client.post("/articles", content=b"x" * 2_000, headers=as_writer).status_code == 413
        limited = client.post("/articles", content=b"A text.", headers=as_writer)
        assert limited.status_code == 429
        assert int(limited.headers["retry-after"]) >= 1
        opened = client.post("/session", json={"key": reader})
        assert "HttpOnly" in opened.headers["set-cookie"]
        assert client.get("/deadletters").status_code == 200, "the cookie is sent by itself"
        keyring.revoke("reader")
        assert client.get("/deadletters").status_code == 401
        assert reader not in closed.log.read_text()
        assert writer not in closed.log.read_text()


def test_no_request_that_the_description_allows_or_forbids_is_a_fault_of_ours(running: Running, tmp_path: Path) -> None:
    bounds = ["--max-examples", "4", "--max-time", "30", "--phases", "fuzzing", "--seed", "1", "--no-color"]
    options = ["--url", running.url, "--exclude-path", "/stream", "--checks", "not_a_server_error", *bounds]
    command = [str(Path(sys.executable).parent / "schemathesis"), "run", str(DOCS / "openapi.json"), *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path)  # it keeps notes where it runs
    assert done.returncode == 0, done.stdout[-5_000:] + done.stderr[-1_000:]
