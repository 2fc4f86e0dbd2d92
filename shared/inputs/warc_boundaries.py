"""Where the records of a web archive begin and end, packed or not: where reading goes on behind a broken one, and whether a length is true."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from typing import IO

from copydesk.shared.unpacking import GZIP, PIECE, Counted, is_packed_archive

PLAIN = b"\r\nWARC/1."
LONGEST_HEAD = 1_000_000


class RecordBoundaries(Counted):
    """The archive from one place on, as fastwarc reads it, and where to go on behind a broken record."""

    def __init__(self, stream: IO[bytes]) -> None:
        super().__init__(stream)
        self._can_go_on = stream.seekable()
        self._start: int | None = stream.tell() if self._can_go_on else 0
        self.last = 0

    def begin(self) -> bool:
        """Whether there is a place to read from, and go there."""
        if self._start is None:
            return False
        self.taken = 0
        if self._can_go_on:
            self._stream.seek(self._start)
        return True

    def reached(self, position: int) -> None:
        self.last = (self._start or 0) + position

    def ends_where_it_says(self) -> bool:
        """Whether nothing but the end of a line follows the last record that was reached, after as many bytes as it says; True where nobody can go
        back and look."""
        if not self._can_go_on:
            return True
        self._stream.seek(self.last)
        try:
            return not _behind(self._stream).strip(b"\r\n")
        except (OSError, EOFError, ValueError, zlib.error):
            return False

    def go_on(self) -> None:
        """Behind the last record that was read, or the place from which none could be."""
        begun = self._start or 0
        self._start = next(self._beginnings(max(self.last, begun) + 1), None) if self._can_go_on else None
        if self._start is not None:
            self.last = self._start

    def _beginnings(self, at: int) -> Iterator[int]:
        self._stream.seek(at)
        before = b""
        while piece := self._stream.read(PIECE):
            window = before + piece
            yield from (at - len(before) + found for found in _begins(window))
            at += len(piece)
            before = window[-512:]


def _begins(window: bytes) -> Iterator[int]:
    """Where records begin in these bytes, packed or not."""
    found = window.find(PLAIN)
    if found >= 0:
        yield found + 2
    found = window.find(GZIP)
    while found >= 0:
        if is_packed_archive(window[found:]):
            yield found
        found = window.find(GZIP, found + 1)


def _behind(stream: IO[bytes]) -> bytes:
    """The two ends of lines that should follow the record at which the stream stands. Raises ValueError for a head without a length."""
    begin = stream.tell()
    is_packed = stream.read(len(GZIP)) == GZIP
    stream.seek(begin)
    record: IO[bytes] = gzip.GzipFile(fileobj=stream) if is_packed else stream  # type: ignore[assignment]
    left = _length(record)
    while left and (piece := record.read(min(left, PIECE))):
        left -= len(piece)
    return record.read(4)


def _length(record: IO[bytes]) -> int:
    length = -1
    for line in iter(lambda: record.readline(LONGEST_HEAD), b""):
        name, _, value = line.partition(b":")
        if name.strip().lower() == b"content-length":
            length = int(value)
        if not line.strip():
            break
    if length < 0:
        raise ValueError("no length")
    return length
