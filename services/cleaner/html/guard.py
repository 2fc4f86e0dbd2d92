"""The service's side of extraction: a process that is kept for the next page, killed by its limits, and started anew."""

from __future__ import annotations

import atexit
import contextlib
import signal
import subprocess
import sys
import threading
from typing import BinaryIO, cast

from copydesk.services.cleaner.html.article import HtmlArticle, Limits
from copydesk.services.cleaner.html.wire import load, receive, send
from copydesk.shared.stage import Rejected

PAGES_PER_PROCESS = 5_000  # what a parser leaks ends with its process
PATIENCE_S = 5.0
START_S = 120.0


class ExtractionUnavailableError(RuntimeError):
    """The extraction process cannot be started: the installation is broken, not the page."""


class Guard:
    """One extraction process. Safe to use from any thread; calls wait for each other."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._pages = 0

    def extract(self, html: str, url: str | None) -> HtmlArticle | Rejected:
        """Extract one page. A process that dies for no limit's sake gets the page a second time, since it may have been killed from outside."""
        page = html.encode("utf-8", "replace")
        with self._lock:
            for _ in range(2):
                outcome = self._once(page, (url or "").encode("utf-8", "replace"))
                if not isinstance(outcome, int):
                    return outcome
        return Rejected("extraction_failed", f"the extraction process died twice on this page (exit status {outcome})")

    def close(self) -> None:
        """End the process. The next page starts another."""
        with self._lock:
            self._stop()

    def _once(self, page: bytes, url: bytes) -> HtmlArticle | Rejected | int:
        """The result, or the exit status of a process that died without one."""
        process = self._ready()
        with _Deadline(process, self.limits.wall_s) as deadline:
            frame = _ask(process, url, page)
        if frame is not None:
            self._pages += 1
            return load(frame)
        status = process.wait()
        self._stop()
        if deadline.passed:
            return Rejected("extraction_limit", f"extraction took more than {self.limits.wall_s:g} s")
        if status == -signal.SIGXCPU:
            return Rejected("extraction_limit", f"extraction took more than {self.limits.cpu_s} s of CPU time")
        return status

    def _ready(self) -> subprocess.Popen[bytes]:
        if self._process is not None and (self._process.poll() is not None or self._pages >= PAGES_PER_PROCESS):
            self._stop()
        if self._process is None:
            self._process, self._pages = self._start(), 0
        return self._process

    def _start(self) -> subprocess.Popen[bytes]:
        limits = (str(self.limits.cpu_s), str(self.limits.memory_mb))
        process = subprocess.Popen(
            [sys.executable, "-P", "-m", "copydesk.services.cleaner.html.worker", *limits],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            start_new_session=True,  # the service's signals are not for it: it ends when its input does
        )
        with _Deadline(process, START_S):
            ready = receive(cast(BinaryIO, process.stdout))
        if ready != b"ready":
            process.kill()
            raise ExtractionUnavailableError(f"the HTML worker ended with status {process.wait()} before its first page")
        return process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        for pipe in (process.stdin, process.stdout):
            with contextlib.suppress(OSError):
                cast(BinaryIO, pipe).close()
        try:
            process.wait(PATIENCE_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class _Deadline:
    """Kills the process unless the block ends in time, whatever it waits for."""

    def __init__(self, process: subprocess.Popen[bytes], seconds: float) -> None:
        self.passed = False
        self._process = process
        self._timer = threading.Timer(seconds, self._kill)
        self._timer.daemon = True

    def _kill(self) -> None:
        self.passed = True
        self._process.kill()

    def __enter__(self) -> _Deadline:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()


def _ask(process: subprocess.Popen[bytes], url: bytes, page: bytes) -> bytes | None:
    try:
        send(cast(BinaryIO, process.stdin), url, page)
        return receive(cast(BinaryIO, process.stdout))
    except OSError:
        return None


_guards: dict[Limits, Guard] = {}
_guards_lock = threading.Lock()


def extract(html: str, url: str | None = None, limits: Limits | None = None) -> HtmlArticle | Rejected:
    """The article of a page, extracted in this program's extraction process (started on first use, ended with the program).

    Rejects with `too_large`, `empty`, `binary`, `extraction_limit`, `extraction_failed`, or what kind of page it is instead of an article:
    `error_page`, `login_wall`, `listing_page`, `video_page`, `no_article`. Raises ExtractionUnavailableError when no process can be started.
    """
    limits = limits or Limits()
    if len(html) > limits.max_chars:
        return Rejected("too_large", f"the page has {len(html):,} characters; at most {limits.max_chars:,} are extracted")
    with _guards_lock:
        guard = _guards.setdefault(limits, Guard(limits))
    return guard.extract(html, url)


@atexit.register
def close() -> None:
    """End all extraction processes of this program."""
    with _guards_lock:
        guards = list(_guards.values())
        _guards.clear()
    for guard in guards:
        guard.close()
