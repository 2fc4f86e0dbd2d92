"""A stage whose records say what they do to the process that computes them."""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from pydantic import BaseModel

from copydesk.shared.records.base import Envelope, Part
from copydesk.shared.settings import ServiceSettings
from copydesk.shared.stage import Enriched, Outcome, Rejected, SideRecord
from copydesk.shared.topics import COMMON, CORRECTIONS, ENRICHED, Topic

FINISHED = Topic("articles.finished")


class Order(Envelope):
    do: str = "nothing"


class Done(Part):
    did: str
    process: int | None = None


def _loop() -> None:
    while True:
        pass


def _take_memory() -> None:
    """More and more of it, untouched: on a busy machine touching it takes so much CPU time that the other limit comes first."""
    held = []
    while True:
        held.append(bytes(10_000_000))


def _recurse(depth: int = 0) -> int:
    return _recurse(depth + 1) + 1


def _raise() -> None:
    raise ValueError("cannot do this one")


def _raise_of_a_file() -> None:
    Path("x" * 5_000).stat()


POISONS: dict[str, Callable[[], object]] = {
    "loop": _loop,
    "memory": _take_memory,
    "exit": lambda: os._exit(7),
    "segfault": lambda: ctypes.string_at(0),
    "recurse": _recurse,
    "raise": _raise,
    "file": _raise_of_a_file,
    "leave": sys.exit,
    "sleep": lambda: time.sleep(600),
    "nap": lambda: time.sleep(0.6),
}
PRIVATE: dict[str, Callable[[], object]] = {
    "connect": lambda: socket.create_connection(("127.0.0.1", 9)),
    "run": lambda: subprocess.run(["true"], check=True),
    "environment": lambda: dict(os.environ),
    "files": lambda: len(list(Path("/proc/self/fd").iterdir())),
}


class Poisonable:
    """`broken`: fails on whatever it reads, once it has been loaded."""

    name, version, source, target, follows = "poisonable", "1", ENRICHED, FINISHED, COMMON
    reads: type[BaseModel] = Order

    def __init__(self, broken: bool = False) -> None:
        self._broken = broken
        self._seen = 0
        self._facts: dict[str, bytes] = {}

    def learned(self, key: str, value: bytes | None) -> None:
        if value == b"bad":
            raise ValueError("this is no fact")
        if value is None:
            self._facts.pop(key, None)
        else:
            self._facts[key] = value

    def process(self, batch: Sequence[Order]) -> list[Outcome]:
        return [self._one(order.do) for order in batch]

    def _one(self, do: str) -> Outcome:
        self._seen += 1
        if self._broken and self._seen > 2:  # it passes when it is loaded and tried out
            raise OSError("the disk is gone") if do == "nothing" else ValueError(do)
        if do == "reject":
            return Rejected("refused", "as it asked for")
        if do == "correct":
            return Enriched(Done(did=do), (SideRecord(CORRECTIONS, "k", Done(did="aside")),))
        if do == "facts":
            return Enriched(Done(did=repr(self._facts)))
        if do == "process":
            return Enriched(Done(did=do, process=os.getpid()))
        if do in PRIVATE:
            return Enriched(Done(did=repr(PRIVATE[do]())))
        if do in POISONS:
            POISONS[do]()
        return Enriched(Done(did=do))


def create(settings: ServiceSettings) -> Poisonable:
    return Poisonable()


def broken(settings: ServiceSettings) -> Poisonable:
    return Poisonable(broken=True)


def stillborn(settings: ServiceSettings) -> Poisonable:
    raise OSError("the model is not there")
