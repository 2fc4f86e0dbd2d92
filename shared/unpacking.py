"""Files as streams of bytes, unpacked where they are packed, within bounds: what is small on disk cannot fill the memory or the day."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tempfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from fastwarc.stream_io import ZstdReader

STDIN = "-"
PIECE = 1 << 16
PACKED: dict[bytes, Callable[[Any], Any]] = {
    b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open,
    b"\x28\xb5\x2f\xfd": lambda stream: _Zstd(stream),
}  # fmt: skip
GZIP = b"\x1f\x8b\x08"


class BrokenFileError(Exception):
    """A file that cannot be read, or not to its end: what is wrong with it, and what to do."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much is taken, in bytes after unpacking: of one record (a text, a page, a line), of a .json file that is parsed as a whole,
    for each packed byte, once more than `free` bytes are unpacked, and from an address. News packs at 3 to 10 to one, and gzip ends at 1,030."""

    record: int = 64_000_000
    document: int = 256_000_000
    ratio: int = 200
    free: int = 16_000_000
    download: int = 8_000_000_000


@contextmanager
def reported() -> Iterator[None]:
    """What reading a file raises, as BrokenFileError."""
    try:
        yield
    except (gzip.BadGzipFile, EOFError, zlib.error, lzma.LZMAError) as error:
        raise BrokenFileError(f"the packed stream is broken ({error}): fetch or pack the file again") from error
    except OSError as error:
        raise BrokenFileError(f"it cannot be read ({error.strerror or error}): check the file and its permissions") from error


def unpacked(stream: IO[bytes], bounds: Bounds) -> IO[bytes]:
    """The stream, unpacked where its first bytes say that it is packed; one that can be peeked into. Web archives stay packed: each of their
    records is, and a broken one costs itself."""
    head = stream.peek(PIECE)  # type: ignore[attr-defined]
    if is_packed_archive(head):
        return stream
    opening = next((opening for magic, opening in PACKED.items() if head.startswith(magic)), None)
    if opening is None:
        return stream
    counted = Counted(stream)
    return io.BufferedReader(_Unpacked(opening(counted), counted, bounds), PIECE)


def is_packed_archive(head: bytes) -> bool:
    """Whether bytes begin as the gzip member of a record in a web archive."""
    try:
        return head.startswith(GZIP) and zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head[:512], 5) == b"WARC/"
    except zlib.error:
        return False


def bounded(stream: Any, packed: int, bounds: Bounds) -> IO[bytes]:
    """A stream that is unpacked from so many bytes, ended by BrokenFileError where it is beyond the ratio."""
    counted = Counted(io.BytesIO())
    counted.taken = packed
    return io.BufferedReader(_Unpacked(stream, counted, bounds), PIECE)


@contextmanager
def seekable(stream: IO[bytes], bounds: Bounds) -> Iterator[IO[bytes]]:
    """The stream itself where it can be sought in, else a copy on disk. Raises BrokenFileError for a copy that would be too large."""
    if stream.seekable() and not isinstance(getattr(stream, "raw", None), _Unpacked):
        yield stream
        return
    with tempfile.TemporaryFile(prefix="copydesk-") as copy:
        while piece := stream.read(PIECE):
            copy.write(piece)
            if copy.tell() > bounds.document:
                raise BrokenFileError(f"it has more than {bounds.document:,} bytes: unpack it, or save it as a file of its own")
        copy.seek(0)
        yield copy


class _Zstd:
    """What zstd packed; unlike zstandard's, this reader tells of a stream that is cut off."""

    def __init__(self, stream: Any) -> None:
        self._reader = ZstdReader(stream)

    def read1(self, most: int) -> bytes:
        try:
            return bytes(self._reader.read(most))
        except OSError as error:
            raise EOFError(error) from error


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were taken from it, also where it is a pipe, and tells those who ask where it is."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        count: int = self._stream.readinto1(buffer)  # type: ignore[attr-defined]
        self.taken += count
        return count

    def tell(self) -> int:
        return self.taken

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Where it is: fastwarc asks so, and goes nowhere."""
        return self.taken


class _Unpacked(io.RawIOBase):
    """A packed stream that ends in an error where it unpacks to too many times its size."""

    def __init__(self, stream: Any, packed: Counted, bounds: Bounds) -> None:
        self._stream, self._packed, self._bounds = stream, packed, bounds
        self._size = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read1(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > self._bounds.free and self._size > self._bounds.ratio * self._packed.taken:
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
