"""One file of lines that grows, and how it is put aside.

    articles-20260105T080000-7f3a.jsonl.new    is about to be locked; left empty by a process that died just then
    articles-20260105T080000-7f3a.jsonl.open   is written to, by one process that holds a lock on it
    articles-20260105T080000-7f3a.jsonl[.gz]   is whole, and never changes again

A process that dies leaves its open file without a lock: the next one cuts off a line that is not whole, and puts it aside. What was confirmed
to Kafka is always whole, since a batch is on disk before its offsets are committed.
"""

from __future__ import annotations

import contextlib
import fcntl
import gzip
import os
import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

OPEN, NEW, LAST = ".jsonl.open", ".new", (".jsonl", ".jsonl.gz")
TAIL = 65_536  # bytes that are looked at together for the last end of a line


class LineFile:
    """Lines of one kind."""

    def __init__(self, folder: Path, kind: str, most_bytes: int, most_age_s: float, packed: bool) -> None:
        self.folder, self.kind = folder, kind
        self._most = (most_bytes, most_age_s)
        self._packed = packed
        self._file: BinaryIO | None = None
        self._path = folder
        self._began = 0.0

    def append(self, lines: bytes) -> None:
        """Write whole lines, on disk when this returns; all of them or, where it raises OSError, none."""
        if self._file is not None and (self._file.tell() >= self._most[0] or time.monotonic() - self._began > self._most[1]):
            self.put_aside()
        file = self._file or self._begin()
        before = file.tell()
        try:
            _write_all(file, lines)
            os.fsync(file.fileno())
        except OSError:
            self._take_back(file, before)
            raise

    def put_aside(self) -> None:
        """End the file that is written to, if there is one."""
        if self._file is not None:
            file, self._file = self._file, None
            put_aside(self._path, file, self._packed)

    def _begin(self) -> BinaryIO:
        self._path = self.folder / f"{self.kind}-{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{uuid.uuid4().hex[:8]}{OPEN}"
        unlocked = self._path.with_suffix(NEW)
        self._file = unlocked.open("xb", buffering=0)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unlocked.rename(self._path)  # not before: whoever puts aside what others left takes an open file without a lock
        self._began = time.monotonic()
        _sync_folder(self.folder)
        return self._file

    def _take_back(self, file: BinaryIO, before: int) -> None:
        """Cut off what was written of lines that did not fit; a file that does not even allow that is left as one of a process that died."""
        try:
            os.ftruncate(file.fileno(), before)
            file.seek(before)
        except OSError:
            self._file = None
            file.close()


def _write_all(file: BinaryIO, data: bytes) -> None:
    """Where the disk is nearly full, an unbuffered file takes what there is room for and says only how much that was."""
    left = memoryview(data)
    while left:
        left = left[file.write(left) :]


def put_aside_left(folder: Path, packed: bool) -> None:
    """Put aside the open files of processes that died, and pack what is not packed yet. Raises OSError."""
    for path in folder.glob(f"*{OPEN}"):
        with taken(path) as file:
            if file is not None:
                _cut_to_lines(file)
                put_aside(path, file, packed)
    for path in folder.glob("*.jsonl") if packed else ():
        with taken(path) as file:
            if file is not None:
                _pack(path)


def delete_older(folder: Path, than_s: float, most: int) -> int:
    """Remove files that were put aside and last written to before a time in seconds since 1970, at most so many; how many."""
    old = [path for path in sorted(folder.glob("*.jsonl*")) if path.name.endswith(LAST) and path.stat().st_mtime < than_s][:most]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def put_aside(path: Path, file: BinaryIO, packed: bool) -> None:
    """Give an open file that this process holds its last name, and pack it where there is room for that; the lock goes last."""
    last = path.with_name(path.name.removesuffix(".open"))
    path.rename(last)
    if packed:
        with contextlib.suppress(OSError):  # later, then: it is whole as it is
            _pack(last)
    file.close()
    _sync_folder(path.parent)


def _pack(path: Path) -> None:
    with path.open("rb") as plain:
        write_anew(path.with_name(f"{path.name}.gz"), iter(lambda: plain.read(1 << 20), b""), path)
    path.unlink()


def write_anew(target: Path, pieces: Iterable[bytes], made_of: Path) -> None:
    """Write a file, packed where its name says so, that is there whole or not at all and as old as what it is made of. Raises OSError."""
    partial = target.with_name(f"{target.name}.partial")
    try:
        with partial.open("wb") as out:
            with gzip.GzipFile("", "wb", 6, out, mtime=0) if target.suffix == ".gz" else contextlib.nullcontext(out) as file:
                file.writelines(pieces)
            out.flush()
            os.fsync(out.fileno())
        shutil.copystat(made_of, partial)  # the time of its last line: retention goes by it
        partial.replace(target)
    except OSError:
        partial.unlink(missing_ok=True)  # it may have taken the last of the room
        raise


@contextlib.contextmanager
def taken(path: Path) -> Iterator[BinaryIO | None]:
    """A file with a lock on it; None where another process holds it, or has renamed it since the folder was read."""
    with contextlib.ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb+"))
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            is_there = os.path.samestat(os.fstat(file.fileno()), path.stat())
        except (FileNotFoundError, BlockingIOError):
            is_there = False
        yield file if is_there else None


def _cut_to_lines(file: BinaryIO) -> None:
    """Cut off what stands behind the last end of a line."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - TAIL)
        file.seek(start)
        if (found := file.read(end - start).rfind(b"\n")) >= 0:
            end = start + found + 1
            break
        end = start
    file.truncate(end)
    os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
