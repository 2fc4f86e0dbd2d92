"""The webhook: signed, in order, patient, and what is refused for good; JSON lines: rotated, packed, whole after a crash."""

from __future__ import annotations

import fcntl
import gzip
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import orjson
import pytest
from pydantic import SecretStr

from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.webhook.breaker import Breaker
from copydesk.services.sink.webhook.request import headers, is_signed
from copydesk.services.sink.webhook.settings import WebhookSettings
from copydesk.services.sink.webhook.sink import WebhookSink
from copydesk.shared.errors import CopydeskError, UnavailableError
from copydesk.shared.stage import Written
from copydesk.shared.topics import ENRICHED
from tests.samples import enriched
from tests.sinks.receiver import SECRET, Receiver
from tests.sinks.streams import stream
from tests.sinks.targets import lines_of


def articles(*names: str) -> list[Written]:
    return [Written(ENRICHED, orjson.dumps(enriched(name, revision=f"r{number}")), number) for number, name in enumerate(names)]


def hook(receiver: Receiver, **settings: object) -> WebhookSink:
    given = {"webhook_url": receiver.url, "webhook_secret": SecretStr(SECRET), "retry_base_s": 0.001, "webhook_pause_s": 0.0, **settings}
    sink = WebhookSink(WebhookSettings.model_validate(given))
    sink.open()
    return sink


def taken(receiver: Receiver) -> list[str]:
    return [orjson.loads(body)["record"]["revision"] for body in receiver.taken]


def test_records_of_an_article_go_in_order_also_when_some_are_tried_again(receiver: Receiver) -> None:
    receiver.answers.extend([503, 500, 200, 429, 200, 503])
    sink = hook(receiver, webhook_tries=7, webhook_failures=50)
    assert sink.write(articles(*"abababab")) == [None] * 8
    for article in (0, 1):
        mine = [revision for revision in taken(receiver) if int(revision[1:]) % 2 == article]
        assert mine == sorted(mine, key=lambda revision: int(revision[1:])) and len(mine) == 4
    sink.close()


def test_what_is_refused_for_good_is_a_dead_letter_and_the_rest_passes(receiver: Receiver) -> None:
    receiver.answers.extend([200, 422, 200])
    sink = hook(receiver, webhook_concurrency=1)
    answers = sink.write(articles("a", "b", "c"))
    assert [answer and answer.reason for answer in answers] == [None, "refused", None]
    assert answers[1] is not None and "422: 422 so be it" in answers[1].detail
    sink.close()


def test_a_batch_that_is_tried_again_sends_what_was_not_taken(receiver: Receiver) -> None:
    receiver.answers.extend([200, *[503] * 3])
    sink = hook(receiver, webhook_concurrency=1)
    with pytest.raises(UnavailableError, match="503"):
        sink.write(articles("a", "b", "b"))
    assert sink.write(articles("a", "b", "b")) == [None] * 3
    assert taken(receiver) == ["r0", "r1", "r2"]
    sink.close()


def test_the_breaker_lets_one_record_through_to_see_whether_it_works_again(receiver: Receiver) -> None:
    receiver.answers.extend([503] * 3)
    sink = hook(receiver, webhook_concurrency=1, webhook_failures=3, webhook_pause_s=3600.0)
    for _ in range(4):
        with pytest.raises(UnavailableError):
            sink.write(articles("a", "b"))
    assert receiver.requests == 3, "an open breaker sends nothing"
    sink.close()


def test_the_breaker_by_the_clock() -> None:
    now = [0.0]
    breaker = Breaker(2, 10.0, lambda: now[0])

    def states(*steps: tuple[float, bool]) -> Iterator[str]:
        for at, works in steps:
            now[0] = at
            yield breaker.state
            (breaker.succeeded if works else breaker.failed)()
        yield breaker.state

    assert list(states((0, False), (0, False))) == ["closed", "closed", "open"]
    assert list(states((11, False))) == ["half_open", "open"]
    assert list(states((22, True))) == ["half_open", "closed"]


def test_a_wrong_secret_a_silent_and_an_absent_receiver_are_waited_for(receiver: Receiver) -> None:
    with pytest.raises(UnavailableError, match="401"):
        hook(receiver, webhook_secret=SecretStr("wrong")).write(articles("a"))
    with pytest.raises(UnavailableError, match="does not take"):
        hook(receiver, webhook_url="http://127.0.0.1:1/").write(articles("a"))
    with pytest.raises(CopydeskError, match="COPYDESK_WEBHOOK_URL"):
        hook(receiver, webhook_url="")


def test_a_signature_is_of_this_body_this_secret_and_this_hour() -> None:
    signed = headers(b"body", "secret", 1_000)
    assert is_signed(b"body", signed, "secret", 1_100)
    assert not is_signed(b"other", signed, "secret", 1_100)
    assert not is_signed(b"body", signed, "other", 1_100)
    assert not is_signed(b"body", signed, "secret", 5_000)
    assert not is_signed(b"body", {"copydesk-signature": "t=x,v1="}, "secret", 1_000)
    assert headers(b"body", None, 1) == headers(b"body", None, 2)


def jsonl(folder: Path, most_bytes: int = 10_000_000, age_s: float = 3600) -> JsonlSink:
    sink = JsonlSink(folder, most_bytes, age_s, gzip=True)
    sink.open()
    return sink


def test_files_are_put_aside_when_they_are_large_and_packed(tmp_path: Path) -> None:
    sink = jsonl(tmp_path, 5_000)
    for one in stream(30):
        sink.write([one])
    packed = sorted(tmp_path.glob("*.jsonl.gz"))
    assert len(packed) > 3
    assert all(gzip.decompress(path.read_bytes()).endswith(b"\n") for path in packed)
    sink.close()
    assert not list(tmp_path.glob("*.open")) and len(list(lines_of(tmp_path))) == len(stream(30))


def test_what_a_process_that_died_has_left_is_cut_to_whole_lines_and_put_aside(tmp_path: Path) -> None:
    first = jsonl(tmp_path)
    first.write(articles("a", "b"))
    (left,) = tmp_path.glob("*.open")
    second = jsonl(tmp_path)
    assert left.exists(), "one that is written to is left alone"
    file = first._files[ENRICHED]._file
    assert file is not None
    file.write(b'{"article_id": "half of a l')
    fcntl.flock(file, fcntl.LOCK_UN)
    third = jsonl(tmp_path)
    assert not left.exists()
    assert [orjson.loads(one.value)["article_id"] for one in lines_of(tmp_path)] == ["a", "b"]
    second.close()
    third.close()


@pytest.mark.parametrize("turn", range(20))
def test_replicas_that_start_and_end_at_once_lose_nothing_to_each_other(tmp_path: Path, turn: int) -> None:
    def replica(number: int) -> None:
        sink = JsonlSink(tmp_path, 10_000, 3600, gzip=True)
        sink.open()
        sink.write(articles(f"a{number}", f"b{number}"))
        sink.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(replica, range(6)))
    found = sorted(orjson.loads(one.value)["article_id"] for one in lines_of(tmp_path))
    assert found == sorted(f"{letter}{number}" for letter in "ab" for number in range(6))
    assert [path.name for path in tmp_path.iterdir() if not path.name.endswith(".gz")] == []


def test_no_room_is_waited_for_and_leaves_no_half_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sink = jsonl(tmp_path)
    sink.write(articles("a"))
    file = sink._files[ENRICHED]

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("os.fsync", full)
        with pytest.raises(UnavailableError, match="No space"):
            sink.write(articles("b"))
    assert sink.write(articles("c")) == [None]
    assert file._file is not None
    assert [orjson.loads(one.value)["article_id"] for one in lines_of(tmp_path)] == ["a", "c"]
    sink.close()
