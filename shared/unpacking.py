"""Files as streams of bytes, unpacked where they are packed, within bounds: what is small on disk cannot fill the memory or the day."""

from __future__ import annotations

import gzip
import io
import sys
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

STDIN = "-"
GZIP = b"\x1f\x8b"
PIECE = 1 << 16


class BrokenFileError(Exception):
    """A file that cannot be read, or not to its end: what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken, in bytes after unpacking: of one record (a text, a page, a line), of a .json file that is parsed as a whole,
    and for each packed byte, once more than `free` bytes are unpacked. News packs at 3 to 10 to one, and gzip ends at 1,030."""

    record: int = 64_000_000
    document: int = 256_000_000
    ratio: int = 200
    free: int = 16_000_000


@contextmanager
def unpacked_stream(name: str, bounds: Bounds) -> Iterator[tuple[IO[bytes], IO[bytes] | None]]:
    """The unpacked stream, and the file below it that tells how much is read (None for standard input).

    Raises BrokenFileError, here and while it is read, for what cannot be read, a broken gzip stream, and one beyond the ratio.
    """
    if name == STDIN:
        yield sys.stdin.buffer, None
        return
    try:
        with Path(name).open("rb") as raw:
            if raw.peek(2)[:2] == GZIP:
                with gzip.open(raw) as unpacked:
                    yield io.BufferedReader(_Unpacked(unpacked, raw, bounds), PIECE), raw
            else:
                yield raw, raw
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BrokenFileError(f"the gzip stream is broken ({error}): fetch or pack the file again") from error
    except OSError as error:
        raise BrokenFileError(f"it cannot be read ({error.strerror}): check the file and its permissions") from error


class _Unpacked(io.RawIOBase):
    """A gzip stream that ends in an error where it unpacks to too many times its size."""

    def __init__(self, stream: gzip.GzipFile, packed: IO[bytes], bounds: Bounds) -> None:
        self._stream, self._packed, self._bounds = stream, packed, bounds
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > self._bounds.free and self._size > self._bounds.ratio * self._packed.tell():
            raise BrokenFileError(f"it unpacks to more than {self._bounds.ratio} times its size: unpack it yourself if it is what it should be")
        return len(data)


def whole(stream: IO[bytes], most: int) -> bytes | None:
    """All that the stream has; None where that is more than `most` bytes."""
    data = stream.read(most + 1)
    return None if len(data) > most else data


def bounded_lines(stream: IO[bytes], most: int) -> Iterator[bytes | None]:
    """Lines with their ends; None for one of more than `most` bytes, of which no more is held than that."""
    while line := stream.readline(most + 1):
        if len(line) <= most:
            yield line
        else:
            yield None
            while line and not line.endswith(b"\n"):
                line = stream.readline(PIECE)
