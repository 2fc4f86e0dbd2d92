"""The service's side of the process that loads a stage, and of the workers that come from it. Everything here blocks: call it in threads."""

from __future__ import annotations

import contextlib
import mmap
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import orjson

from copydesk.shared.errors import CopydeskError
from copydesk.shared.topics import Topic
from copydesk.shared.workers import sandbox
from copydesk.shared.workers.facts import LearnedEntries
from copydesk.shared.workers.failure import Failed, as_error
from copydesk.shared.workers.limits import Limits
from copydesk.shared.workers.recipe import StageRecipe
from copydesk.shared.workers.wire import FrameKind, pack, receive, send, topic_of
from copydesk.shared.workers.worker import HAND, NONE

START_S = 180.0
END_S = 5.0


@dataclass(frozen=True, slots=True)
class Described:
    """What a stage said of itself when it was loaded, in its own process."""

    name: str
    source: Topic
    target: Topic
    follows: Topic | None
    known_good: tuple[bytes, ...]


class WorkerProcess:
    """A worker: its connection, and the number of the record that it has in hand."""

    def __init__(self, pid: int, connection: socket.socket, hand: mmap.mmap, end: Any) -> None:
        self.pid, self.connection = pid, connection
        self.learned = 0  # number of the last of `LearnedEntries` that it knows
        self.records = 0
        self._hand, self._end = hand, end

    @property
    def is_open(self) -> bool:
        """Whether it has not been waited for."""
        return self.connection.fileno() >= 0

    @property
    def in_hand(self) -> int:
        """Number of a record in its batch, or NONE."""
        number: int = HAND.unpack_from(self._hand)[0]
        return number

    def kill(self) -> None:
        """End it at once. Its id is its own until `wait`."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Its exit status once it has ended; that of a signal is negative, as in `subprocess`."""
        self.connection.close()
        status: int = self._end()
        return status


class Template:
    """Starts with the constructor; `ready` waits until the stage is loaded."""

    def __init__(self, recipe: StageRecipe, limits: Limits, facts: LearnedEntries) -> None:
        self._recipe, self._limits, self._facts = recipe, limits, facts
        self._lock = threading.Lock()
        self._learned = 0
        self._process: subprocess.Popen[bytes] | None
        self._spawner = ThreadPoolExecutor(1, "spawner")  # what a thread starts ends with that thread (`end_with`), and callers' threads come and go
        self._forks = True
        self._process, self._control = self._spawn()
        self._described: Described | None = None

    def ready(self) -> Described:
        """Raises CopydeskError as the stage's factory does, and BrokenStageError or StageUnavailableError where it cannot work."""
        if self._described is None:
            self._described = self._await()
        return self._described

    def worker(self) -> WorkerProcess:
        """A new worker."""
        with self._lock:
            if self._process is None or self._process.poll() is not None:
                self._stop()
                self._process, self._control = self._spawn()
                self._await()
            self._learned = teach(self._control, self._facts, self._learned)
            worker = self._forked() if self._forks else self._turned()
            worker.learned = self._learned
            return worker

    def close(self) -> None:
        with self._lock:
            self._stop()
        self._spawner.shutdown()

    def _spawn(self) -> tuple[subprocess.Popen[bytes], socket.socket]:
        self._learned = 0
        ours, theirs = socket.socketpair()
        path = os.pathsep.join(entry for entry in sys.path if entry and Path(entry).is_dir())
        with theirs:
            process = self._spawner.submit(
                subprocess.Popen[bytes],
                [sys.executable, "-P", "-m", "copydesk.shared.workers", str(theirs.fileno()), str(os.getpid())],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                env=sandbox.environment(os.environ, path),
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            ).result()
        send(ours, FrameKind.SETUP, orjson.dumps({"recipe": self._recipe.dump(), "limits": asdict(self._limits)}))
        return process, ours

    def _await(self) -> Described:
        self._control.settimeout(START_S)
        frame = receive(self._control)
        self._control.settimeout(None)
        if frame is None:
            status = self._process.wait() if self._process else None
            raise RuntimeError(f"the worker of {self._recipe.factory} ended with status {status} before its first record")
        kind, body = frame
        facts = orjson.loads(body)
        if kind is FrameKind.ERROR:
            raise _error(self._recipe.factory, facts)
        self._forks = facts["forks"]
        follows = topic_of(facts["follows"]) if facts["follows"] else None
        known_good = tuple(value.encode() for value in facts["known_good"])
        return Described(facts["name"], topic_of(facts["source"]), topic_of(facts["target"]), follows, known_good)

    def _forked(self) -> WorkerProcess:
        ours, theirs = socket.socketpair()
        hand, file = _word()
        with theirs:
            send(self._control, FrameKind.FORK, b"", [theirs.fileno(), file])
        os.close(file)
        pid = int(self._answer(FrameKind.FORKED))
        forker = self._process
        return WorkerProcess(pid, ours, hand, lambda: self._reaped(pid, forker))

    def _reaped(self, pid: int, forker: subprocess.Popen[bytes] | None) -> int:
        with self._lock:
            if self._process is not forker:
                return -signal.SIGKILL  # as below: the one in its place has no such child, and would end over the question
            try:
                send(self._control, FrameKind.WAIT, str(pid).encode())
                return int(self._answer(FrameKind.ENDED))
            except OSError:
                return -signal.SIGKILL  # the process that forked it is gone, and it has gone with that

    def _answer(self, wanted: FrameKind) -> bytes:
        while (frame := receive(self._control)) is not None:
            if frame[0] is wanted:
                return frame[1]
        raise ConnectionResetError("the process that loads the stage has ended")

    def _turned(self) -> WorkerProcess:
        """The process itself as a worker; the next one is started anew."""
        process, control = self._process, self._control
        assert process is not None
        hand, file = _word()
        send(control, FrameKind.SERVE, b"", [file])
        os.close(file)
        self._process = None
        return WorkerProcess(process.pid, control, hand, process.wait)

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        self._control.close()
        if self._described is None:
            process.kill()  # it is loading, and would only find out when it has
        try:
            process.wait(END_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def teach(connection: socket.socket, facts: LearnedEntries, known: int) -> int:
    """Tell a process what it does not know yet; what it knows then. Raises OSError when it is gone."""
    last, frames = facts.since(known)
    if frames:
        send(connection, FrameKind.LEARN, pack(frames))
        answer = receive(connection)  # before anything else is sent: two that send at a time wait for each other
        if answer is None or answer[0] is not FrameKind.LEARNED:
            raise ConnectionResetError("the process that was told ended")
        facts.judged(last, {number: (key, error) for number, key, error in orjson.loads(answer[1])})
    return last


def _word() -> tuple[mmap.mmap, int]:
    """A word of memory to share, and the open file that it is in."""
    file = os.memfd_create("in hand") if sys.platform == "linux" else os.dup(tempfile.TemporaryFile().fileno())  # noqa: SIM115 - without a name
    os.write(file, HAND.pack(NONE))
    return mmap.mmap(file, HAND.size), file


def _error(factory: str, facts: dict[str, Any]) -> Exception:
    if "message" in facts:
        return CopydeskError(facts["message"], facts["remedy"])
    return as_error(f"stage {factory}", Failed(facts["error"], facts["traceback"], facts["unavailable"]), facts["what"])
