"""ZIP and tar archives: their members in order, each a file like any other. A broken member costs itself."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import IO

from copydesk.shared.inputs.items import BROKEN, Reading, Values
from copydesk.shared.inputs.names import is_hidden
from copydesk.shared.stage import Rejected
from copydesk.shared.unpacking import PIECE, BrokenFileError, bounded, reported, seekable

ReadMember = Callable[[IO[bytes], str], Values]
"""Reads one member, given as a stream and its name."""


def members_of_zip(stream: IO[bytes], reading: Reading, read: ReadMember) -> Values:
    """Records of all members but hidden ones."""
    with seekable(stream, reading.bounds) as file, _as_broken(), zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if not info.is_dir() and not is_hidden(PurePosixPath(info.filename)):
                yield from _member(info.filename, lambda info=info: bounded(archive.open(info), info.compress_size, reading.bounds), read)  # type: ignore[misc]


def members_of_tar(stream: IO[bytes], reading: Reading, read: ReadMember) -> Values:
    """Records of all members but hidden ones, as the stream gives them."""
    with _as_broken(), tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if not info.isreg() or is_hidden(PurePosixPath(info.name)):
                continue
            if info.issparse():
                yield info.name, Rejected(BROKEN, "it is a sparse file: pack it again without --sparse")
            elif (member := archive.extractfile(info)) is not None:
                yield from _member(info.name, lambda member=member: io.BufferedReader(member, PIECE), read)  # type: ignore[misc]


def _member(name: str, opening: Callable[[], IO[bytes]], read: ReadMember) -> Values:
    try:
        with _as_broken(), reported(), opening() as stream:
            for part, value in read(stream, name):
                yield f"{name}:{part}" if part else name, value
    except BrokenFileError as error:
        yield name, Rejected(BROKEN, str(error))


@contextmanager
def _as_broken() -> Iterator[None]:
    """What the archives' libraries raise, as BrokenFileError."""
    try:
        yield
    except (zipfile.BadZipFile, tarfile.TarError) as error:
        raise BrokenFileError(f"the archive is broken ({error}): fetch or pack it again") from error
    except NotImplementedError as error:
        raise BrokenFileError(f"it is packed in a way that is not read ({error}): pack it again") from error
    except RuntimeError as error:
        if "password" not in str(error):
            raise
        raise BrokenFileError("it needs a password: unpack the archive, and name the folder") from error
