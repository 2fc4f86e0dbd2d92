"""What rewrites files of a sink, killed with -9 before one of its steps: `python -m tests.sinks.killing WORK SOURCE TARGETS`.

Each time it works on a copy of SOURCE, which stays below TARGETS by the number of that step; the last one was not killed.
"""

from __future__ import annotations

import itertools
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import fsspec.implementations.local  # noqa: F401 - once, not in each child
import pandas  # noqa: F401
import pyarrow.parquet  # noqa: F401

from copydesk.services.sink.jsonl.sink import JsonlSink
from copydesk.services.sink.parquet.compaction import compact
from copydesk.services.sink.parquet.sink import ParquetSink
from copydesk.shared.runner.sinks import Sink, Tidying

STEPS = {"open", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
MOST = 100_000  # bytes of a file


def lines(folder: Path) -> JsonlSink:
    return JsonlSink(folder, MOST, 3600, gzip=True)


def lake(folder: Path) -> ParquetSink:
    return ParquetSink(str(folder), MOST)


def tidy(sink: Sink) -> None:
    """What it has to erase."""
    sink.open()
    while isinstance(sink, Tidying) and sink.tidy():
        pass


WORKS: dict[str, Callable[[Path], object]] = {
    "pack": lambda folder: lines(folder).open(),
    "erase-lines": lambda folder: tidy(lines(folder)),
    "compact": lambda folder: list(compact(str(folder), MOST)),
    "erase-rows": lambda folder: tidy(lake(folder)),
}
STRIDES = {"compact": 5, "erase-rows": 5}  # a lake takes seconds to be looked at; a file takes four steps or so, so none is always left out


def kill_before(number: int, folder: Path) -> None:
    """End this process before so many steps within a folder are done."""
    numbers = itertools.count(1)

    def look(event: str, arguments: tuple[object, ...]) -> None:
        if event in STEPS and arguments and str(arguments[0]).startswith(str(folder)) and next(numbers) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(look)


def main(work: Callable[[Path], object], source: Path, targets: Path, stride: int) -> None:
    for number in itertools.count(1, stride):
        folder = targets / str(number)
        shutil.copytree(source, folder)
        if not (child := os.fork()):
            kill_before(number, folder)
            work(folder)
            os._exit(0)
        if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
            return


if __name__ == "__main__":
    main(WORKS[sys.argv[1]], Path(sys.argv[2]), Path(sys.argv[3]), STRIDES.get(sys.argv[1], 1))
