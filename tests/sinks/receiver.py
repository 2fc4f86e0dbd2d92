"""The other side of a webhook: a small server that looks at signatures and keeps what it takes, in the order in which it came."""

from __future__ import annotations

import base64
import threading
import time
import urllib.request
from collections import deque
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self

import orjson

from copydesk.services.sink.webhook.request import is_signed
from copydesk.shared.stage import Written
from copydesk.shared.topics import CORRECTIONS, ENRICHED, RETRACTIONS

KINDS = {"article": ENRICHED, "correction": CORRECTIONS, "retraction": RETRACTIONS}
SECRET = "of the newsroom"


class Receiver:
    """`answers` are the statuses of the next requests, `status` tells all later ones: 200 takes what is signed. A GET gives all that was taken."""

    def __init__(self, port: int = 0) -> None:
        self.taken: list[bytes] = []
        self.answers: deque[int] = deque()
        self.status: Callable[[bytes], int] = lambda body: 200
        self.requests = 0
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True  # a head and a body are two writes: the second would wait 40 ms for the first to be acknowledged

            def do_POST(self) -> None:
                self._answer(outer.answer(self.rfile.read(int(self.headers["content-length"])), {k.lower(): v for k, v in self.headers.items()}))

            def do_GET(self) -> None:
                self._answer(200, b"\n".join(base64.b64encode(body) for body in outer.taken))

            def _answer(self, status: int, body: bytes = b"so be it") -> None:
                self.send_response(status)
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            request_queue_size = 64

            def handle_error(self, *_: object) -> None:
                """A client that was killed is no error here."""

        self.server = Server(("127.0.0.1", port), Handler)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_address[1]}/"

    def answer(self, body: bytes, headers: dict[str, str]) -> int:
        self.requests += 1
        status = self.answers.popleft() if self.answers else self.status(body)
        if not is_signed(body, headers, SECRET, time.time()):
            return 401
        if status == 200:
            self.taken.append(body)
        return status

    def __enter__(self) -> Self:
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def received(url: str) -> Iterator[Written]:
    """What a receiver has taken, as it was sent to the sink."""
    with urllib.request.urlopen(url, timeout=120) as answer:
        bodies = answer.read().splitlines()
    for body in bodies:
        sent = orjson.loads(base64.b64decode(body))
        yield Written(KINDS[sent["kind"]], orjson.dumps(sent["record"]), sent["written_ms"])
