"""Where the files lie: a folder of this machine, or an object store that fsspec knows. A file is there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import time
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

from copydesk.shared.errors import CopydeskError, UnavailableError

PARTIAL = ".partial"
FIRST_DAY = "0001-01-01"  # has no articles, but a file with the columns of each table


class Lake:
    """The root of the files. Raises CopydeskError for an address that no installed file system knows; all else raises UnavailableError while the
    place does not answer or has no room.
    """

    def __init__(self, url: str) -> None:
        import fsspec

        self.url = url
        try:
            self.files, self.root = fsspec.url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise CopydeskError(f"{url}: {error}", "install the file system, such as pip install s3fs, or set COPYDESK_PARQUET_URL") from error
        self.is_local = "file" in (self.files.protocol if isinstance(self.files.protocol, tuple) else (self.files.protocol,))

    def address(self, path: str = "") -> str:
        """A path below the root as DuckDB and pyarrow take it."""
        inner = f"{self.root}/{path}".rstrip("/")
        return inner if self.is_local else str(self.files.unstrip_protocol(inner))

    def write(self, path: str, content: bytes) -> None:
        """Write a file, in the place of one that is there already; it is durable when this returns."""
        with self._available():
            if self.is_local:
                _write_local(Path(self.root) / path, content)
            else:
                self.files.pipe_file(f"{self.root}/{path}", content)  # one request of an object store: all or nothing

    def read(self, path: str) -> bytes:
        """A file. Raises FileNotFoundError."""
        with self._available(FileNotFoundError):
            return bytes(self.files.cat_file(f"{self.root}/{path}"))

    def has(self, path: str) -> bool:
        with self._available():
            return bool(self.files.exists(f"{self.root}/{path}"))

    def remove(self, path: str) -> bool:
        """Remove a file; False where another has done so meanwhile."""
        try:
            with self._available(FileNotFoundError):
                self.files.rm_file(f"{self.root}/{path}")
        except FileNotFoundError:
            return False
        return True

    def names(self, table: str) -> Iterator[tuple[str, str, int]]:
        """Day, path below the root and bytes of each file of a table, in order."""
        with self._available():
            self.files.invalidate_cache()  # of listings: other processes write here as well
            found = self.files.glob(f"{self.root}/{table}/day=*/*.parquet", detail=True)
        for info in sorted(found.items()):
            path = info[0].removeprefix(self.root).lstrip("/")
            yield path.split("/")[1].removeprefix("day="), path, int(info[1]["size"])

    def delete_days(self, table: str, before: str, most: int) -> int:
        """Remove some files of the days before that one, at most so many; how many."""
        old = [path for day, path, _ in self.names(table) if FIRST_DAY < day < before][:most]
        for path in old:
            self.remove(path)
        if self.is_local:
            _remove_empty({(Path(self.root) / path).parent for path in old})
        return len(old)

    def sweep(self, older_than_s: float) -> None:
        """Remove what processes that died have begun to write."""
        if self.is_local:
            for path in Path(self.root).glob(f"*/day=*/*{PARTIAL}"):
                if time.time() - path.stat().st_mtime > older_than_s:
                    path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _available(self, *passing: type[Exception]) -> Iterator[None]:
        """Whatever a file system raises is about the place: nothing here looks into a record. Clients of object stores have errors of their own."""
        try:
            yield
        except passing:
            raise
        except Exception as error:
            raise UnavailableError(f"{self.url} cannot be used: {error!r}", "make room or see to the store; it goes on by itself") from error


def new_name(table: str, day: str) -> str:
    """A path that nobody else uses; names are in the order of time."""
    return f"{table}/day={day}/{time.strftime('%Y%m%dT%H%M%S', time.gmtime())}-{uuid.uuid4().hex[:12]}.parquet"


def _remove_empty(folders: Collection[Path]) -> None:
    for folder in folders:
        with contextlib.suppress(OSError):  # something came in meanwhile
            folder.rmdir()


def _write_local(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}{PARTIAL}")
    try:
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
    except OSError:
        partial.unlink(missing_ok=True)
        raise
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
